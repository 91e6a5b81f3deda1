"""What the page draws: escaped, complete, and in the reader's language."""

import json
import re
from html import unescape

import pytest

from desk import i18n
from desk.library import Piece
from desk.page import cards, fields, views
from desk.page.state import Session
from desk.service import Options
from summarizer.types import Article, Candidate, Draft, Finding, Forms, Removal, Section, SplitPage

HOSTILE = "<script>alert(1)</script>\"'`${7*7}{{7*7}}&<img src=x onerror=alert(1)>"
zh, en = i18n.Words("zh"), i18n.Words("en")


def finding(verdict, start=0, end=2, text="甲乙", evidence=((0, 2),), reason="数不同 / numbers differ"):
    return Finding("number", text, start, end, verdict, evidence, reason)


def draft(headline=HOSTILE, **more):
    found = Candidate(
        headline, 10, 1.0, "model", (finding("unsupported", 0, 8, HOSTILE, (), HOSTILE),), ((0, 3),), HOSTILE
    )
    values = dict(
        headline=headline, kicker=HOSTILE, subhead=HOSTILE, candidates=(found,), summary=HOSTILE,
        summary_evidence=(), key_points=(HOSTILE,), page_headline=HOSTILE, byline=HOSTILE, body=HOSTILE,
        coverage=0.5, warnings=(HOSTILE,),
    )  # fmt: skip
    return Draft(**(values | more))


def session():
    removal = Removal("caption", HOSTILE, 0, 5, HOSTILE)
    article = Article(HOSTILE, headline=HOSTILE, kicker=HOSTILE, byline=HOSTILE, removed=(removal,))
    made = Session(SplitPage((article, article)), Options())
    made.put(0, draft(), True)
    return made


@pytest.mark.parametrize("t", [zh, en])
def test_nothing_from_outside_is_markup(t):
    made = session()
    slots = [("main", HOSTILE, 3.0, 20, [finding("contradicted", 0, 2, HOSTILE, (), HOSTILE)])]
    pages = [
        views.body(t, made), views.articles(t, made), views.notice(HOSTILE, "error"), views.empty(HOSTILE),
        cards.candidates(t, draft(), 20), fields.guard(t, slots), fields.key_points(t, (HOSTILE,)),
        fields.summary(t, HOSTILE, [Piece(0, 4, ((0, 2),))], 5.0, 100),
        fields.final(t, HOSTILE, HOSTILE, "", HOSTILE, "x"),
    ]  # fmt: skip
    for page in pages:
        assert "<script" not in page and "<img" not in page
        assert HOSTILE in unescape(
            re.sub(r"</?(span|mark|b|i)\b[^<>]*>", "", page)
        ) or "alert(1)" in unescape(page)
        for attribute in re.findall(r'(?:data-copy|title)="([^"]*)"', page):
            assert "<" not in attribute


def test_a_lone_surrogate_can_be_sent():
    views.notice("坏\ud800字").encode("utf-8")


def test_paragraphs_know_their_offset_in_code_points():
    text = "第一段𬭁。\n\n第二段。"
    made = Session(SplitPage((Article(text),)), Options())
    found = re.findall(r'<p data-at="(\d+)">([^<]*)</p>', views.body(zh, made))
    assert [(text[int(at) : int(at) + len(p)]) for at, p in found] == ["第一段𬭁。", "第二段。"]


def test_underlines_cover_the_finding_and_the_worse_verdict_wins():
    found = [finding("supported", 0, 4), finding("contradicted", 2, 4)]
    html = cards.underlined("甲乙丙丁戊", found)
    assert html == '<span class="f supported">甲乙</span><span class="f contradicted">丙丁</span>戊'
    assert (
        cards.underlined("", []) == ""
        and cards.underlined("甲", [finding("supported", 0, 99)]).count("span") == 2
    )


def test_a_card_carries_its_evidence_and_its_doubts():
    html = cards.candidates(zh, draft("标题"), 20)
    spans = json.loads(unescape(re.search(r'class="card"[^>]*data-spans="([^"]*)"', html)[1]))
    assert spans == [[0, 3]]
    assert "1 处存疑" in html and "无据" in html and 'data-do="use"' in html and "data-copy" in html


def test_findings_put_the_worst_first_and_say_why_in_one_language():
    html = cards.findings(zh, [finding("inferred"), finding("contradicted")])
    assert html.index("不符") < html.index("可推出")
    assert "数不同" in html and "numbers differ" not in html
    assert "numbers differ" in cards.findings(en, [finding("contradicted")])


def test_the_gauge_turns_red_over_budget():
    assert "over" in fields.guard(zh, [("main", "长题", 21.0, 20, [])])
    clean = fields.guard(zh, [("main", "短题", 4.0, 20, [finding("supported")])])
    assert "over" not in clean and "每一处都能" in clean
    assert "核对" in fields.guard(zh, [("main", "", 0.0, 20, [])])


def test_a_summary_sentence_without_evidence_is_marked():
    html = fields.summary(zh, "有据。无据。", [Piece(0, 2, ((0, 2),)), Piece(3, 5, ())], 6, 120)
    assert html.count('class="piece"') == 1 and html.count('class="piece weak"') == 1


def test_the_other_forms_can_be_copied_and_show_their_evidence():
    found = Forms(
        "手机短题", HOSTILE, ("前一行", "后一行"), None, (Section(3, 99, HOSTILE, "page"),), ((0, 2),)
    )
    html = fields.forms(zh, found)
    assert "手机题" in html and "前一行 ／ 后一行" in html and "[[0, 2]]" in html and "[[3, 43]]" in html
    assert re.findall(r'data-copy="([^"]*)"', html)[2] == "前一行\n后一行"
    assert "<script" not in html and "Phone title" in fields.forms(en, found)
    assert fields.forms(zh, Forms()) == ""


def test_every_word_exists_in_both_languages():
    for key, pair in i18n.table().items():
        assert len(pair) == 2 and all(pair), key
        assert sorted(re.findall(r"{(\w+)}", pair[0])) == sorted(re.findall(r"{(\w+)}", pair[1])), key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-US,en;q=0.9", "en"), ("en;q=0.5,zh;q=0.9", "zh"),
        ("fr-FR,fr", "en"), ("fr,zh;q=0.2", "zh"), ("*", "zh"), (";;q=x,,,", "zh"), ("en;q=abc,zh", "zh"),
    ],
)  # fmt: skip
def test_the_browsers_language(header, language):
    assert i18n.preferred(header) == language

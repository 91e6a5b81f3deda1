"""Polarity, quotations, names and posts, one rule at a time."""

import pytest

from summarizer.errors import MissingDependency, SettingsError
from summarizer.guard import check, facts, flagged
from summarizer.guard.names import JiebaTagger, LacTagger, load_tagger, strangers
from summarizer.guard.places import stem
from summarizer.guard.polarity import is_negated, marks, negations
from summarizer.guard.quotes import pieces, quotes


@pytest.mark.parametrize("text", ["不断", "未来", "无人机", "不仅", "没收", "不锈钢", "无锡"])
def test_words_that_only_look_negated(text):
    assert negations(f"云溪{text}推进") == ()


@pytest.mark.parametrize("text", ["未通过", "不会通过", "没有通过", "尚未获通过", "未能通过", "并未完全通过"])
def test_negated(text):
    assert is_negated(text, text.index("通过"))


def test_zero_is_no_increase():
    (mark,) = marks("新增0例")
    assert mark.negated


def test_neutral_words_turn_nothing():
    assert marks("出入境管理") == ()


def test_unclosed_quote_opens_nothing():
    assert quotes("章明远：“要把好事办好") == ()


def test_quotes_and_titles():
    assert [(q.inner, q.kind) for q in quotes("《云溪志》：“好”")] == [("云溪志", "title"), ("好", "quote")]


def test_ellipsis_cuts_a_quotation():
    assert pieces("要办好……，办实！") == ["要办好", "办实"]


@pytest.mark.parametrize(
    ("name", "short"), [("云溪市", "云溪"), ("青石县", "青石"), ("区", "区"), ("临河新区", "临河")]
)
def test_stem(name, short):
    assert stem(name) == short


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        ("中国和俄罗斯今天举行磋商。", "中俄磋商"),
        ("我国粮食产量再创新高。", "中国粮食产量再创新高"),
        ("昆明连日降雨。", "云南连日降雨"),
        ("中国人民银行发布公告。", "央行发布公告"),
        ("国内生产总值增长百分之五。", "GDP增长5%"),
        ("国防部长陆文清出席。", "防长陆文清出席"),
        ("市委书记章明远出席。", "章书记出席"),
    ],
)
def test_other_names_of_one_thing(body, headline):
    assert flagged(check(headline, facts(body, tagger="jieba"))) == ()


@pytest.mark.parametrize("word", ["临河", "枫桥镇"])
def test_dateline_supports_without_a_span(word):
    known = facts("会议今天举行。", dateline=f"本报{word}7月5日电", tagger="jieba")
    assert all(f.verdict != "unsupported" for f in check(f"{word}举行会议", known))


def test_flagged_puts_contradictions_first():
    known = facts("工业产值增长5%，市长陆文清出席。", tagger="jieba")
    found = flagged(check("C919飞抵 工业产值下降5%", known))
    assert [f.verdict for f in found] == ["contradicted", "unsupported"]


def test_one_flag_for_a_whole_invented_quotation():
    known = facts("会议举行。", tagger="jieba")
    assert [f.kind for f in flagged(check("陆文清：“明年增长3.5%，谁也挡不住”", known)) if f.start >= 4] == [
        "quote"
    ]


def test_strangers_are_characters_of_no_word():
    assert strangers("走向奇纳费") == [(2, 5)]


def test_unknown_tagger():
    with pytest.raises(SettingsError, match="nobody"):
        load_tagger("nobody")


def test_lac_names_its_install_command(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingDependency, match=r"headline-desk\[ner\]"):
        LacTagger()


def test_tokens_cover_the_text():
    text = "云溪 市委书记\t章明远\n2025年"
    tokens = JiebaTagger().tag(text)
    assert [t.start for t in tokens[1:]] == [t.end for t in tokens[:-1]]
    assert (tokens[0].start, tokens[-1].end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "claim", "verdict"),
    [
        ("云溪大桥于12月10时合龙", "12月10时", "unsupported"),
        ("云溪大桥于12月上午10时合龙", "12月上午10时", "unsupported"),
        ("云溪大桥12月18日10时合龙", "10时", "supported"),
        ("云岭轴承签下合同超4.8亿元", "4.8亿元", "contradicted"),
        ("云岭轴承签下合同4.8亿元", "4.8亿元", "supported"),
        ("云岭轴承产值超10亿元", "10亿元", "inferred"),
        ("云岭轴承研发投入超6000万元", "6000万元", "supported"),
    ],
)
def test_a_lost_day_and_a_figure_that_was_not_exceeded(text, claim, verdict):
    body = "云溪大桥12月18日上午10时合龙。云岭轴承签下合同4.8亿元，产值首次达10亿元，研发投入将超过6000万元。"
    found = {f.text: f.verdict for f in check(text, facts(body))}
    assert found[claim] == verdict


DEPUTY = (
    "云溪市委书记章明远7日会见临河国王储兼副首相、防务大臣萨尔曼。云溪市副市长陆文清、市长何小满参加会见。"
)


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("章明远会见临河国王储兼首相萨尔曼", "首相"),
        ("章明远会见临河国副首相萨尔曼", None),
        ("章明远会见临河国副首相", None),
        ("市长何小满参加会见", None),
    ],
)
def test_a_deputy_is_not_promoted(text, post):
    found = [f for f in check(text, facts(DEPUTY)) if f.kind == "post" and f.verdict == "contradicted"]
    assert [f.text for f in found] == ([post] if post else [])
    assert all("副" + post in f.reason for f in found)

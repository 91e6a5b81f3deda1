"""The extractor: rules that shorten a sentence, the table that picks, and what must hold for any text."""

from __future__ import annotations

import pytest
from core_texts import ARTICLE, report
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.centrality import centrality, position
from summarizer.chars import unbalanced, width
from summarizer.models import keep
from summarizer.models.base import Backend
from summarizer.models.clauses import clause_kind, clauses, compress, fit, strip_lead, without_times
from summarizer.models.extractive import Extractive
from summarizer.models.trim import trims
from summarizer.types import Decoding, Request

TEXTS = st.text(alphabet="云溪市会议召开，。；“”《》（）在的了1 a\n：说", max_size=200)


def ask(text, chars=20, task="headline", count=5, **options):
    return [
        g.text for g in Extractive().generate([Request(task, text, chars, **options)], Decoding(count))[0]
    ]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("新华社云溪12月20日电（记者沈知夏）市长陆文清出席会议。", "市长陆文清出席会议。"),
        ("本报讯 市长陆文清出席会议。", "市长陆文清出席会议。"),
        ("据云溪市统计局通报，全市粮食总产量增长。", "全市粮食总产量增长。"),
        ("记者从市交通局获悉，青石县大桥通车。", "青石县大桥通车。"),
        ("此外，青石县大桥通车。", "青石县大桥通车。"),
        ("电影节在云溪市开幕。", "电影节在云溪市开幕。"),
        ("据点被拆除，道路畅通。", "据点被拆除，道路畅通。"),
    ],
)
def test_strip_lead(sentence, left):
    assert strip_lead(sentence) == left


def test_times_and_brackets_go_where_enough_is_left():
    assert without_times("12月20日晚，云溪市委召开会议（扩大）") == "云溪市委召开会议"
    assert without_times("12月20日晚") == "12月20日晚"


def test_clauses_leave_quotations_whole():
    assert clauses("他说：“路通了，车来了。”大家笑了，散了。") == [
        "他说",
        "“路通了，车来了。”大家笑了",
        "散了",
    ]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("据云溪市统计局通报", "source"),
        ("随着天气转暖", "aside"),
        ("其中青石县三例", "weak"),
        ("大桥通车", "main"),
    ],
)
def test_kinds_of_clause(clause, kind):
    assert clause_kind(clause) == kind


def test_a_clause_is_trimmed_from_the_inside_and_keeps_its_verb():
    assert trims("云溪市政府向全社会发布安全生产公告", 13) == ["云溪市政府发布安全生产公告"]


@pytest.mark.parametrize(
    "said", ["云溪市政府不向全社会发布公告", "大桥尚未正式通车", "公司拟将工厂迁往青石县"]
)
def test_what_says_no_or_perhaps_is_never_left_out(said):
    word = next(w for w in ("不", "尚未", "拟") if w in said)
    assert all(word in form for form in trims(said, 20))


def test_fit_cuts_at_the_end_of_a_word_and_leaves_nothing_hanging():
    for limit in range(4, 22):
        text = fit("青石县投资312.5亿元建设“安心家园”和枫桥镇大桥的工程", limit)
        assert width(text) <= limit and not unbalanced(text)
        assert not text.endswith(("和", "的", "312", "312.5"))


def test_forms_say_how_they_were_made():
    forms = compress("市长陆文清指出，青石县要加快建设大桥，确保明年通车。", 20)
    assert any(form.said and form.text.startswith("市长陆文清：") for form in forms)
    assert all(width(form.text) <= 20 for form in forms)
    long = compress("云溪市人民政府安全生产委员会办公室专项督导检查工作领导小组会议召开", 12)
    assert all(form.cut for form in long)


def test_a_later_clause_takes_over_the_subject_of_the_first():
    forms = {f.text: f for f in compress("入冬以来，云溪市抢抓有利时机，掀起冬修水利热潮。", 20)}
    assert forms["云溪市掀起冬修水利热潮"].lent
    mixed = compress("枫桥镇发展柑橘种植，年产值突破8000万元，带动农户增收。", 20)
    assert not any(f.lent for f in mixed)


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("云岭轴承有限公司近日与沿海一家风电企业签订供货合同。", "云岭轴承与沿海风电企业签订供货合同"),
        ("云溪大桥于12月18日上午10时顺利合龙。", "云溪大桥顺利合龙"),
        (
            "凌晨三点，环卫工人郑春娥和工友们已经扫出了第一条人行道。",
            "环卫工人郑春娥和工友们扫出第一条人行道",
        ),
        ("来自临河区各个乡镇和街道的代表讨论了政府工作报告。", "代表讨论政府工作报告"),
    ],
)
def test_company_kinds_counts_times_and_opening_clauses_may_go(sentence, shorter):
    assert shorter in [form.text for form in compress(sentence, 20)]


def test_a_relative_clause_that_denies_something_stays():
    forms = [form.text for form in compress("拒绝物业收费的居民要求物业公司公开账目。", 20)]
    assert "居民要求物业公司公开账目" not in forms


def test_a_bare_place_is_no_headline():
    assert clause_kind("临河区东门路上") == "aside"
    forms = [form.text for form in compress("临河区东门路上，环卫工人扫出了人行道。", 20)]
    assert "临河区东门路上" not in forms and "环卫工人扫出人行道" in forms


def test_a_cut_clause_does_not_end_with_its_verb():
    forms = compress("市政府办公室印发《云溪市电动自行车停放充电安全管理暂行办法》。", 12)
    assert all(not form.text.endswith("印发") for form in forms)


def test_the_table_is_shipped_and_says_what_a_headline_keeps():
    assert len(keep.table()) > 1000
    sentence = "市长陆文清表示，青石县大桥昨日通车。"
    chances = keep.chances(sentence, 0, sentence + "大桥通车后，青石县群众出行方便。")
    assert len(chances) == len(sentence) and all(0 <= c < 1 for c in chances)
    assert chances[sentence.index("大桥")] > chances[sentence.index("表示")]


def test_a_models_opinion_moves_the_choice():
    at = ARTICLE.index("青石县")
    salience = [1.0 if at <= i < at + 30 else 0.0 for i in range(len(ARTICLE))]
    request = Request("headline", ARTICLE, 20)
    (found,) = Extractive().generate([request], Decoding(3), [salience])
    assert "青石县" in found[0].text


def test_it_is_a_backend():
    made = Extractive()
    assert isinstance(made, Backend)
    assert made.count("云溪") == 2
    assert len(made.info.sha256) == 64


def test_headlines_differ_and_the_best_comes_first():
    found = ask(ARTICLE)
    assert len(found) == len(set(found)) >= 3
    assert "常委会" in found[0] or "安全生产" in found[0]


def test_words_to_keep_and_to_avoid():
    kept, avoided = ask(ARTICLE, keep=("青石县",)), ask(ARTICLE, avoid=("章明远",))
    assert kept and all("青石县" in text for text in kept)
    assert avoided and all("章明远" not in text for text in avoided)


def test_a_summary_is_whole_sentences_in_order():
    (summary,) = ask(ARTICLE, 80, "summary")
    places = [ARTICLE.index(piece) for piece in summary.split("。") if piece and piece in ARTICLE]
    assert places == sorted(places) and places
    assert width(summary) <= 80


def test_where_no_sentence_fits_the_summary_is_the_first_clauses():
    body = "云溪市统计局公布数据，" + "，".join(f"第{i}个行业增长{i}.5%" for i in range(1, 60)) + "。"
    (summary,) = ask(body, 60, "summary")
    assert body.startswith(summary) and 30 < width(summary) <= 60 and not summary.endswith("，")


def test_tasks_it_does_not_do_are_answered_with_nothing():
    assert ask(ARTICLE, task="kicker") == []
    assert ask("") == []


def test_the_beginning_of_a_long_report_does_not_take_it_all():
    (summary,) = ask(report(8000), 120, "summary")
    assert 40 < width(summary) <= 120


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(4, 30))
def test_headlines_of_any_text_fit_and_are_made_of_it(text, chars):
    for headline in ask(text, chars):
        assert width(headline) <= chars and not unbalanced(headline)
        assert set(headline) <= set(text) | set("，：")


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.integers(10, 120))
def test_summaries_of_any_text_fit(text, chars):
    for summary in ask(text, chars, "summary"):
        assert width(summary) <= chars and not unbalanced(summary)


def test_centrality():
    values = centrality(["云溪市召开会议", "云溪市召开会议部署", "天气晴好"])
    assert max(values) == 1.0 and values[2] == 0.0
    assert centrality([]) == [] and centrality([""]) == [0.0]
    assert position(5)[0] == 1.0 and len(position(5)) == 5 and position(0) == []


@pytest.mark.parametrize(
    "said", ["市民反对在公园里新建停车楼。", "枫桥镇难以完成全年灌溉任务。", "两名船员险些掉进云溪江里。"]
)
def test_what_the_dictionary_calls_an_adverb_may_be_the_point(said):
    for form in compress(said, 12):
        assert any(word in form.text for word in ("反对", "难以", "险些")), form.text

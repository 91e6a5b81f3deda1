"""Phone and web titles: statements that stand alone, torn out of nothing, with who acts and what is denied."""

import pytest

from summarizer.chars import width
from summarizer.forms.short import PHONE, WEB, keeps_sense, sewn, shown, stands, variants
from summarizer.forms.whole import bare, torn, unspoken, verbless
from summarizer.pipeline.titles import shorten
from summarizer.types import Candidate, Finding

BODY = (
    "11月20日，云溪至枫桥高速公路今日建成通车，两地车程缩短一小时。市长陆文清在青石县会见临河国总统特别顾问欧明。\n"
    "云溪市政府否认上调停车收费标准，称城区停车收费标准没有变化。枫桥高新区与青石县将互设科技金融中心，"
    "记者从会上获悉，企业登记时间缩短，企业登记窗口增加到12个。外卖快递行业联盟成立有着重要意义。"
)


def made(text, findings=(), score=0.5):
    return Candidate(text, width(text), score, "model", findings)


def titles(*texts, budget=PHONE, body=BODY):
    return [v.text for v in variants([made(text) for text in texts], budget, body, shorten)]


@pytest.mark.parametrize(
    "text, why",
    [
        ("陆文清会见临河国总统", "特别"),  # another person
        ("枫桥高新区与青石县将互设科技", "金融中心"),  # another thing
        ("同比增长8.6%", "靠着上文"),
        ("其中青石县缩短一小时", "靠着上文"),
        ("云溪推动", "话没说完"),
        ("云溪至枫桥高速公路的", "话没说完"),
        ("市长陆文清会见", "话没说完"),
        ("云溪高速公路通车后", "话没说完"),
        ("●企业登记时间缩短", "●"),
        ("上调停车收费标准", "否认"),  # what the word before it turns round
        ("ABC 2024", "没有词"),
        ("陆文清出席第130届", "话没说完"),
        ("陆文清出席第130届中国", "话没说完"),
        ("云溪举行通水胜利七周年", "话没说完"),
        ("云溪加大对供水权利", "话没说完"),
        ("云溪龙舟队举行", "话没说完"),
    ],
)
def test_torn_wild(text, why):
    found = torn(text, BODY)
    assert found and why in found


@pytest.mark.parametrize(
    "text",
    [
        "云溪至枫桥高速公路建成通车",
        "两地车程缩短一小时",
        "外卖快递行业联盟成立",
        "企业登记窗口增加到12个",
        "云溪高速通车",
        "陆文清同临河国总理通电话",
        "云溪举行通水纪念仪式",
        "电影《清水长流》在云溪热映",
    ],
)
def test_whole_must_not_change(text):
    assert torn(text, BODY) == "" and not verbless(text)


def test_a_compound_of_the_report_is_not_cut():
    assert "登记" in torn("云溪方便企业", BODY)  # 企业登记 stands twice: one name


@pytest.mark.parametrize(
    "text, expected",
    [
        ("推动绿色发展", True),
        ("为居民送温暖", True),
        ("实地探访新城", True),
        ("云溪推动绿色发展", False),
        ("", False),
    ],
)
def test_bare(text, expected):
    assert bare(text) is expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("我深信云溪会更好", True),
        ("章明远：我深信云溪会更好", False),
        ("我国首座跨江隧道贯通", False),
        ("“我们已经撤离”", True),
        ("如果下雨", True),
        ("如果下雨 比赛顺延", False),
    ],
)
def test_unspoken(text, expected):
    assert unspoken(text) is expected


def test_whole_candidates_come_before_cut_ones():
    found = titles("云溪至枫桥高速公路今日建成通车 两地车程缩短一小时", "云溪枫桥高速公路通车")
    assert found[0] == "云溪枫桥高速公路通车"
    assert "两地车程缩短一小时" in found[1:]
    assert all(width(text) <= PHONE for text in found)


def test_a_cut_title_keeps_what_is_denied_who_speaks_and_who_acts():
    assert all("否认" in text for text in titles("云溪市政府否认上调城区停车收费标准"))
    assert all(text.startswith("陆文清：") for text in titles("陆文清：两地车程今后将会缩短一小时"))
    assert keeps_sense("云溪建成高速公路", "云溪今日建成高速公路")
    assert not keeps_sense("建成高速公路", "云溪今日建成高速公路")
    assert not keeps_sense("停车收费标准变化", "停车收费标准没有变化")
    assert not keeps_sense("车程缩短", "市政府称车程缩短")
    assert not keeps_sense("青石县居民获救", "青石县居民4人获救")
    assert "车程将缩短一小时" not in titles("陆文清：车程将缩短一小时", "车程将缩短一小时", body="")


def test_only_the_leading_headline_may_leave_out_who_acts():
    assert titles("推动高速公路建成通车", budget=WEB, body="推动高速公路建成通车") == ["推动高速公路建成通车"]
    assert "推动高速公路建成通车" not in titles("云溪高速公路通车", "推动高速公路建成通车", body="")


def test_a_title_speaks_of_what_the_headline_does():
    assert titles("云溪至枫桥高速公路建成通车", "企业登记窗口增加到12个", body=BODY) == [
        "云溪至枫桥高速公路建成通车"
    ]


def test_doubted_and_unprintable_candidates_are_not_used():
    bad = made("云溪枫桥高速通车", (Finding("place", "枫桥", 2, 4, "unsupported"),))
    assert not list(variants([bad], PHONE)) and not list(variants([], PHONE))
    assert titles("云溪“高速公路通车") == []


@pytest.mark.parametrize("text", ["骗子让骗子上当", "云溪 通车两地 车程", "云溪至枫桥高速公路"])
def test_synthetic_nonsense_does_not_stand(text):
    assert not stands(text, PHONE, "")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("两地车程缩短一小时", False),
        ("云溪车程缩短", False),  # one seam
        ("联盟车程窗口会见时间", True),  # sewn together of pieces
        ("云溪市政府否认车程", True),  # its last word was lost from elsewhere
        ("高速公路开幕", False),  # a verb may end it
    ],
)
def test_sewn(text, expected):
    assert sewn(text, BODY) is expected
    assert sewn(text, "") is False


def test_a_name_begins_after_a_post_and_a_deed_ends_before_the_next():
    body = "国务院副总理韩明远在云溪调研。临河驻云溪总领馆宣布闭馆并撤回人员。"
    assert torn("韩明远在云溪调研", body) == "" and torn("临河驻云溪总领馆宣布闭馆", body) == ""


def test_a_count_without_its_number_does_not_stand():
    assert not stands("今年第台风登陆云溪", PHONE, "") and stands("今年第三台风登陆云溪", PHONE, "")


def test_shown_keeps_to_the_topic():
    texts = ("推动通车", "两地车程缩短一小时", "企业登记窗口增加到12个")
    assert list(shown(texts, PHONE, BODY, "云溪枫桥两地车程缩短")) == ["两地车程缩短一小时"]
    assert list(shown(texts, PHONE, BODY)) == ["两地车程缩短一小时", "企业登记窗口增加到12个"]

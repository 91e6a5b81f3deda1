"""Events without their noun, verbs without their figure: refused where the report goes on with it, and only there."""

import pytest

from summarizer import Summarizer
from summarizer.forms.lost import lost
from summarizer.forms.unfinished import unfinished
from summarizer.forms.whole import torn
from summarizer.models.fake import Fake
from summarizer.types import Article

MEETING = (
    "云溪市委书记章明远7日出席山塘水库除险加固推进会议。他说，要守住安全底线，把账算清楚。会议由市长陆文清主持召开，"
    "各县区负责同志参加。会议要求，年底前完成整改。"
)
FAIR = "第九届云溪小商品（标准）博览会7日开幕，参展企业1200家。"
CLINIC = (
    "云溪市中医院义诊7日举行，首周接诊2400人次，发放药品三百份。全年产值突破30亿元，出口累计完成12.5亿元。"
)


@pytest.mark.parametrize(
    ("text", "body", "lacks"),
    [
        ("章明远出席山塘水库除险加固", MEETING, "推进会议"),
        ("章明远出席水库除险加固推进", MEETING, "会议"),
        ("第九届云溪小商品（标准）开幕", FAIR, "博览会"),
        ("章明远至17日到青石县调研", "章明远14日至17日到青石县调研。", "日期"),
        ("云溪市中医院首周接诊", CLINIC, "数字"),
        ("云溪中医院义诊 首周接诊", CLINIC, "数字"),
        ("云溪全年产值突破", CLINIC, "数字"),
        ("云溪出口累计完成", CLINIC, "数字"),
    ],
)
def test_what_is_lost(text, body, lacks):
    assert lacks in lost(text, body) and torn(text, body)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("章明远出席水库除险加固推进会议", MEETING),
        ("章明远14日至17日到青石县", "章明远14日至17日到青石县调研。"),
        ("闸门封闭延长至17日", "闸门封闭延长至17日，原定14日。"),
        ("章明远出席推进会", MEETING),
        ("云溪市年底前完成", MEETING),
        ("第九届云溪小商品博览会开幕", FAIR),
        ("云溪小博会开幕", FAIR),
        ("云溪中医院义诊举行", CLINIC),
        ("首周接诊2400人次", CLINIC),
        ("云溪产值获突破", "云溪轴承的技术取得突破，产值突破30亿元。"),
        ("章明远参加义务植树", "章明远7日参加义务植树活动。章明远还参加义务植树后的座谈会。"),
        ("专项资金提前下达", "专项资金提前下达3亿元。"),
        ("“云溪古城”开幕", "“云溪古城”系列活动7日开幕。"),
        ("云溪一年累计", "云溪一年累计降雨，水位上升。另一县一年累计30毫米。"),
    ],
)
def test_what_is_whole(text, body):
    assert lost(text, body) == ""


@pytest.mark.parametrize(
    ("text", "left_open"),
    [
        ("章明远出席第三届云溪博览会开幕", True),
        ("章明远向云溪邻里论坛召开", True),
        ("章明远向临河国总统", True),
        ("云溪合唱团赴临河开幕", True),
        ("章明远出席云溪博览会并宣布博览会开幕", False),
        ("章明远向云溪邻里论坛致贺信", False),
        ("第三届研讨会在我校举行", False),
        ("云溪市举行两场集体采访", False),
        ("云溪抗议升级 举办地停课", False),
        ("云溪市政府召开紧急情况", True),
    ],
)
def test_ends_that_are_left_open(text, left_open):
    assert unfinished(text) is left_open


@pytest.mark.parametrize(
    ("bad", "why"), [("章明远出席山塘水库除险加固", "会议"), ("章明远出席博览会开幕", "没说完")]
)
def test_a_default_is_never_one_of_them_and_the_editor_is_told(bad, why):
    desk = Summarizer(
        backend=Fake(script={"headline": (bad, "章明远要求年底前完成整改"), "summary": ("要守住安全底线。",)})
    )
    found = desk.draft(Article(MEETING))
    assert bad not in [c.text for c in found.candidates]
    assert any(f"未采用“{bad}”" in w and why in w for w in found.warnings)

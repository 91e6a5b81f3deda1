"""A total is not one of its parts, and a prize belongs to its winner."""

import pytest

from summarizer.guard import check, facts, flagged

CASES = facts(
    "7日全国新增输入病例34例（北京21例，广东9例，黑龙江4例）。其中广东省的病例都在广州。福建当日新增34例疑似病例，另有福建2例待查。"
)
SKATING = facts(
    "在四洲滑冰赛上，云溪组合沈知夏/何小满夺得冠军，临河组合马立本/方远夺得亚军。章明远获得短跑金牌，陆文清收获跳远铜牌和铅球银牌。"
)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("黑龙江新增34例输入病例", "34例"),
        ("广东省新增34例", "34例"),
        ("黑龙江新增4例输入病例", None),
        ("全国新增34例 北京21例", None),
        ("北京广东等新增34例", None),
        ("福建新增34例疑似病例", None),
        ("湖北新增34例", None),  # no part of its own in the body
    ],
)
def test_counts(text, claim):
    found = [f for f in flagged(check(text, CASES)) if "正文为" in f.reason and f.kind == "number"]
    assert [f.text for f in found] == ([claim] if claim else [])


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("沈知夏/何小满夺得亚军", "亚军"),
        ("云溪组合沈知夏/何小满夺得冠军", None),
        ("马立本/方远夺得冠军", "冠军"),
        ("章明远获得短跑银牌", "银牌"),
        ("章明远摘得金牌", None),
        ("云溪组合夺冠 亚军归临河", None),
    ],
)
def test_prizes(text, claim):
    found = [f for f in flagged(check(text, SKATING)) if "正文为" in f.reason and f.kind == "ordinal"]
    assert [f.text for f in found] == ([claim] if claim else [])

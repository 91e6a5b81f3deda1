"""Refusals: what is no report is said with what was found, and ordinary reports pass.

The stories are our own; HEADLINE_DATA (a folder with news-dev.jsonl) adds a check on real reports.
"""

import json
import os
import random
import time
from itertools import islice
from pathlib import Path

import pytest

from eval.negatives import BODY, SECOND, negatives
from summarizer.refuse import refusals


def kinds(text):
    return [r.kind for r in refusals(text)]


@pytest.mark.parametrize("kind", ["short", "symbols", "language", "table", "names", "stories"])
def test_constructed_negatives(kind):
    made = [text for name, text in negatives(random.Random(5), 40) if name == kind]
    hits = sum(any(r.kind == kind and r.stops for r in refusals(text)) for text in made)
    assert len(made) == 40 and hits >= 38


def test_ordinary_report_passes():
    assert refusals(BODY) == () and refusals(SECOND) == ()


@pytest.mark.parametrize(
    "text",
    [
        # Prose with many figures, names or foreign words is still prose.
        "据云溪市统计局20日公布的数据，2024年全市地区生产总值1200.5亿元，增长5.3%；其中第一产业增加值90.1亿元，"
        "增长3.1%；第二产业增加值510.2亿元，增长5.9%；第三产业增加值600.2亿元，增长5.1%。",
        "云溪市人民政府1月20日召开全体会议，章明远、陆文清、沈知夏、何小满等出席，"
        "会议研究了今年的重点工作，并就安全生产、城市更新作出部署，要求各部门抓好落实。",
        "云溪Open Sea公司与枫桥镇的Green Land合作社20日签约，双方将共建AI实验室，预测病虫害，"
        "首批设备已经运抵青石县，预计今年秋天投入使用。",
        "本报云溪1月20日讯（记者沈知夏）云溪至枫桥的高速公路20日建成通车，全长48公里。\n"
        "市长陆文清宣布通车。通车后，云溪到枫桥只需40分钟，比过去缩短一个小时。\n"
        "枫桥镇居民何小满说，以后到云溪看病方便多了，高速公路让两地近了。",
    ],
)
def test_must_not_refuse(text):
    assert refusals(text) == ()


@pytest.mark.parametrize(
    "text, kind, part",
    [
        ("", "short", "0 字"),
        ("云溪市今天下雨。", "short", "7 字"),
        ("12345678901234567890123456789012345678901234567890", "symbols", "文字只占 0%"),
        (
            "The city council met on Monday to discuss the new budget for schools and roads. " * 3,
            "language",
            "外文",
        ),
        (
            "雲渓市では二十日、新しい高速道路が開通し、市長が出席した式典が行われました。" * 3,
            "language",
            "日文",
        ),
        (
            "운계시는 20일 새로운 고속도로를 개통했다고 밝혔다. 시장이 행사에 참석했다." * 3,
            "language",
            "韩文",
        ),
    ],
)
def test_says_what_was_found(text, kind, part):
    (found,) = refusals(text)
    assert found.kind == kind and found.stops and part in found.message


def test_traditional_is_accepted_with_a_remark():
    text = (
        "雲溪市統計局二十日發布數據，全市經濟運行總體平穩，市長陸文清說，將繼續擴大內需，讓成果為民眾共享。"
    )
    (found,) = refusals(text)
    assert found.kind == "traditional" and not found.stops


def test_second_story_says_where_it_begins():
    text = BODY + "\n本报枫桥1月21日讯（记者何小满）" + SECOND
    found = [r for r in refusals(text) if r.kind == "stories"]
    assert found and found[0].stops and text[found[0].at :].startswith("本报枫桥")


def test_linear_time():
    long = "\n".join(f"{BODY}第{i}段。" for i in range(200))
    refusals(BODY)  # loads the dictionary
    began = time.perf_counter()
    refusals(long)
    once = time.perf_counter() - began
    began = time.perf_counter()
    refusals(long + "\n" + long + "\n" + long)
    assert time.perf_counter() - began < 8 * once + 0.5


@pytest.mark.skipif(not os.environ.get("HEADLINE_DATA"), reason="HEADLINE_DATA names no data folder")
def test_fewer_than_one_in_a_hundred_reports_is_refused():
    path = Path(os.environ["HEADLINE_DATA"]) / "news-dev.jsonl"
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 0, 4500, 15)]
    refused = [row["id"] for row in rows if any(r.stops for r in refusals(row["body"]))]
    assert len(refused) <= 0.01 * len(rows), refused

"""Cleaning of training rows: what goes, what stays, and that a held-out story can't slip in."""

import json
import sqlite3

import pytest

from train.crumbs import strip_body, strip_title
from train.data import choices, clean_row, leaks, prepare, rows, style_of

BODY = (
    "云溪市一季度外贸进出口总值达到128.6亿元，同比增长5.3%，增速高于全省平均水平，机电产品出口占比首次过半。"
)


@pytest.mark.parametrize(
    "body, expected",
    [
        ("本报讯 12月20日晚，云溪大桥合龙。", "12月20日晚，云溪大桥合龙。"),
        ("新华社云溪3月5日电（记者沈知夏）云溪港恢复通航。", "云溪港恢复通航。"),
        ("中新网云溪5月23日电(沈知夏何小满)云溪茶开采。", "云溪茶开采。"),
        ("（记者 沈知夏）首届茶博会开幕。", "首届茶博会开幕。"),
        ("云溪港恢复通航。（记者沈知夏）", "云溪港恢复通航。"),
        ("电力供应平稳，云溪未拉闸。", "电力供应平稳，云溪未拉闸。"),
        ("本报告由云溪市统计局发布。", "本报告由云溪市统计局发布。"),
    ],
)
def test_body_loses_crumbs_only(body, expected):
    assert strip_body(body) == expected


@pytest.mark.parametrize(
    "title, expected",
    [
        ("【云溪新貌】老街焕新", "老街焕新"),
        ("老街焕新（民生一线）", "老街焕新"),
        ("云溪老街焕新_云溪网", "云溪老街焕新"),
        ("“小巷管家”上岗", "“小巷管家”上岗"),
        ("云溪：老街焕新", "云溪：老街焕新"),
    ],
)
def test_title_loses_tags_only(title, expected):
    assert strip_title(title) == expected


def test_title_that_the_body_lacks_is_dropped_with_its_reason():
    assert clean_row({"title": "远山如黛梦里水乡", "body": BODY})[1] == "title not from the body"
    example, reason = clean_row({"title": "云溪一季度外贸增长5.3%", "body": BODY, "source": "rmrb_2020"})
    assert reason == "" and example["style"] == "daily" and example["title"] == "云溪一季度外贸增长5.3%"


def test_prepare_keeps_held_out_and_doubled_stories_out(tmp_path):
    other = "枫桥镇卫生院昨日启用新的门诊楼，设床位一百二十张，"
    other += "方便周边六个村的群众就近看病，今后看小病不再需要出镇进城。"
    third = "青石县新建的三座口袋公园昨日全部开放，居民出门步行五分钟就能走进绿地休闲健身。"
    train = [
        {"id": "1", "title": "云溪外贸增长5.3%", "body": BODY},
        {"id": "2", "title": "枫桥镇卫生院启用新门诊楼", "body": "本报讯 " + other},
        {"id": "3", "title": "枫桥卫生院门诊楼启用", "body": other + "记者看到，楼内设施齐全。"},
        {"id": "4", "title": "青石县三座口袋公园开放", "body": third},
    ]
    dev = [{"id": "d", "title": "外贸进出口128.6亿元", "body": "新华社云溪4月1日电 " + BODY}]
    for name, data in (("train", train), ("dev", dev)):
        (tmp_path / f"{name}.jsonl").write_text(
            "\n".join(json.dumps(r, ensure_ascii=False) for r in data), "utf-8"
        )
    report = prepare([tmp_path / "train.jsonl"], [tmp_path / "dev.jsonl"], tmp_path / "out")
    kept = [r["id"] for r in rows(tmp_path / "out" / "train.jsonl")]
    assert kept == ["2", "4"]
    assert report["dropped"] == {"leak: lead is in a held-out row": 1, "duplicate": 1}
    assert report["leaks_left"] == 0


def test_leak_check_can_fail(tmp_path):
    from train.data import held_out

    row = {"id": "1", "title": "云溪外贸增长5.3%", "body": BODY}
    (tmp_path / "a.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    assert leaks(tmp_path / "a.jsonl", *held_out([tmp_path / "a.jsonl"])) == 1


def test_broken_line_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": 1}\n{oops\n', "utf-8")
    with pytest.raises(ValueError, match="a.jsonl:2"):
        list(rows(tmp_path / "a.jsonl"))


def test_choices_of_the_desk_are_rows(tmp_path):
    path = tmp_path / "choices.sqlite"
    with sqlite3.connect(path) as log:
        log.execute(
            "CREATE TABLE choices (id INTEGER PRIMARY KEY, kind, body, headline, kicker, subhead, summary)"
        )
        log.execute(
            "INSERT INTO choices VALUES (1, 'changed', ?, '云溪外贸增长', NULL, NULL, '增长5.3%')", (BODY,)
        )
        log.execute("INSERT INTO choices VALUES (2, 'changed', NULL, '没有正文', NULL, NULL, NULL)")
    assert list(choices(path)) == [
        {"id": "choice-1", "body": BODY, "title": "云溪外贸增长", "summary": "增长5.3%"}
    ]
    (tmp_path / "bad.db").write_bytes(b"not a database, but long enough to be looked at")
    with pytest.raises(ValueError, match="bad.db"):
        list(choices(tmp_path / "bad.db"))


def test_style_of_sources():
    assert [style_of(s) for s in ("rmrb_2020", "xwlb_briefs", "unknown", "")] == [
        "daily",
        "brief",
        "web",
        "plain",
    ]

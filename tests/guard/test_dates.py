# ruff: noqa: E501
"""Dates and times: what is written, and what follows from the day of the report."""

from datetime import date

import pytest

from summarizer.guard import check, facts, flagged
from summarizer.guard.dates import parse, resolve

BASE = date(2025, 7, 5)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("2025年7月4日", (2025, 7, 4)), ("二〇二五年七月四日", (2025, 7, 4)), ("2025-07-04", (2025, 7, 4)),
        ("7月4日", (None, 7, 4)), ("7 月 4 日", (None, 7, 4)), ("７月４号", (None, 7, 4)), ("4日", (None, None, 4)),
        ("昨日", (2025, 7, 4)), ("今天", (2025, 7, 5)), ("明晚", (2025, 7, 6)), ("去年", (2024, None, None)),
        ("上月", (2025, 6, None)), ("2024年度", (2024, None, None)), ("廿三日", (None, None, 23)), ("2025世界", (2025, None, None)),
    ],
)  # fmt: skip
def test_fields(text, fields):
    moment = parse(text, BASE)[0]
    assert (moment.year, moment.month, moment.day) == fields


@pytest.mark.parametrize(
    ("text", "span"),
    [("上半年", "1-6"), ("前6个月", "1-6"), ("1—6月", "1-6"), ("一季度", "1-3"), ("第1季度", "1-3"), ("前三季度", "1-9"),
     ("前十月", "1-10"), ("星期三", "周三"), ("周日", "周日")],
)  # fmt: skip
def test_stretches(text, span):
    assert parse(text)[0].span == span


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("20时30分", 20, 30), ("晚8点半", 20, 30), ("下午3时", 15, None), ("08:05", 8, 5), ("十时整", 10, None)],
)
def test_times(text, hour, minute):
    moment = parse(text)[0]
    assert (moment.kind, moment.hour, moment.minute) == ("time", hour, minute)


@pytest.mark.parametrize(
    "text", ["13月", "5号线", "近10日", "2000人", "3个月", "2638点", "两日", "20小时", "", "三点建议", "32日"]
)
def test_what_is_no_date(text):
    assert parse(text, BASE) == ()


def test_part_of_day_belongs_to_the_date():
    assert [(m.text, m.part) for m in parse("20日晚举行")] == [("20日晚", "晚")]


def test_missing_fields_come_from_the_last_date_then_from_the_base():
    first, second = resolve(parse("3月7日报到，10日开会"), BASE)
    assert (second.month, second.year, second.guessed) == (3, 2025, ("month", "year"))
    assert first.guessed == ("year",)


def test_without_base_relative_words_stay_open():
    moment = parse("昨日")[0]
    assert moment.relative == "昨日" and moment.day is None


def test_a_stretch_of_months_takes_the_year_of_publication():
    known = facts("1—5月，云溪供水1.2亿吨。", date="2026-06-23")
    assert not flagged(check("2026年1—5月供水情况", known))
    assert [f.text for f in flagged(check("2025年1—5月供水情况", known))] == ["2025年1—5月"]


def test_the_end_of_a_quarter_tells_of_the_quarter():
    known = facts("截至3月底，云溪用水1.2亿吨。截至5月底的数待公布。", date="2026-06-23")
    assert not flagged(check("云溪一季度用水1.2亿吨", known))
    assert [f.text for f in flagged(check("云溪上半年用水1.2亿吨", known))] == ["上半年"]


def test_a_day_that_the_body_calls_today():
    known = facts("节日车票今日开售。", date="2026-06-23")
    assert not flagged(check("节日车票23日开售", known))
    assert [f.text for f in flagged(check("节日车票24日开售", known))] == ["24日"]


def test_the_day_of_a_release_is_no_month_of_its_figures():
    known = facts("水务局15日公布，今年4月用水量比3月多。", date="2026-05-16")
    assert not flagged(check("4月用水量增多", known))
    assert [f.text for f in flagged(check("5月用水量增多", known))] == ["5月"]


def test_the_year_of_publication_gives_way_to_last_year():
    known = facts("去年云溪全年用水1.2亿吨。", date="2026-02-16")
    assert not flagged(check("云溪去年用水1.2亿吨", known))
    assert [f.text for f in flagged(check("云溪今年用水1.2亿吨", known))] == ["今年"]


def test_three_months_early_is_no_first_quarter():
    known = facts("云溪前三季度用水1.2亿吨，提前3个月完成计划。", date="2026-10-16")
    assert [f.text for f in flagged(check("云溪一季度用水1.2亿吨", known))] == ["一季度"]


def test_an_event_named_by_its_day():
    known = facts("4月20日，云溪停水，人称4·20停水。315晚会今晚播出。", date="2026-05-16")
    assert not flagged(check("云溪4·20停水一案宣判 3·15晚会播出", known))
    assert [f.text for f in flagged(check("云溪9·20停水一案宣判", known))] == ["9·20"]

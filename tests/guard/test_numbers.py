# ruff: noqa: E501
"""Numerals, units and quantities, normalised."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.guard.numbers import parse
from summarizer.guard.numerals import spell, value
from summarizer.guard.units import UNITS, agree, unit_at


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一万二千", 12000), ("1.2万", 12000), ("12000", 12000), ("12,000", 12000), ("一万二", 12000), ("一万零二", 10002),
        ("二〇二六", 2026), ("廿三", 23), ("卅", 30), ("两", 2), ("俩", 2), ("十", 10), ("十五", 15), ("一百二", 120),
        ("一百零二", 102), ("百", 100), ("3亿5000万", 350000000), ("三亿五千万", 350000000), ("三万亿", 3 * 10**12),
        ("1.2万亿", 12 * 10**11), ("两千三百", 2300), ("1万2千", 12000), ("三点五", Fraction(7, 2)), ("0", 0),
    ],
)  # fmt: skip
def test_value(text, number):
    assert value(text) == (number, number)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("三四", 3, 4), ("三五百", 300, 500), ("十七八", 17, 18), ("七八十万", 700000, 800000)],
)
def test_two_digits_are_a_range(text, low, high):
    assert value(text) == (low, high)


@pytest.mark.parametrize("text", ["", "人", "点", "abc"])
def test_no_numeral(text):
    assert value(text) is None


@given(st.integers(0, 10**16 - 1))
def test_spelled_numbers_read_back(n):
    assert value(spell(n)) == (n, n)


@given(st.integers(0, 10**12))
def test_all_notations_agree(n):
    notations = [str(n), f"{n:,}", spell(n), "".join(chr(ord(c) + 0xFEE0) for c in str(n))]
    if n % 1000 == 0 and n >= 10000:
        notations.append(f"{n / 10000:.1f}万")
    assert {parse(f"{text}吨")[0].low for text in notations} == {n * 1000000}


@given(st.integers(1, 999))
def test_percentages_agree(n):
    texts = [f"{n}%", f"{n}％", f"百分之{n}", f"百分之{spell(n)}", f"{n}/100"][:4]
    assert {parse(text)[0].low for text in texts} == {Fraction(n, 100)}


def test_spell_refuses_what_it_cannot_write():
    with pytest.raises(ValueError, match="10"):
        spell(-1)


@pytest.mark.parametrize(
    ("a", "b"),
    [("3公里", "3000米"), ("三成", "30%"), ("五分之一", "20%"), ("1吨", "1000公斤"), ("15亩", "1公顷"), ("2小时", "120分钟"),
     ("一半", "50%"), ("翻一番", "2倍"), ("3至5公里", "3-5千米"), ("3万至5万元", "3至5万元"), ("三五百人", "300至500人")],
)  # fmt: skip
def test_equal_quantities(a, b):
    left, right = parse(a)[0], parse(b)[0]
    assert (left.low, left.high, left.unit.dimension) == (right.low, right.high, right.unit.dimension)


@pytest.mark.parametrize(
    ("text", "bound"),
    [("近500人", "near"), ("逾500人", "over"), ("500多人", "over"), ("约500人", "about"), ("不足500人", "under"),
     ("500人左右", "about"), ("30余万元", "over"), ("500人", "")],
)  # fmt: skip
def test_bounds(text, bound):
    assert parse(text)[0].bound == bound


@pytest.mark.parametrize(
    "text",
    [
        "一起努力",
        "万众一心",
        "三农工作",
        "一带一路",
        "十堰",
        "G20峰会",
        "一首歌",
        "百姓",
        "（18）",
        "今明两年",
        "",
    ],
)
def test_words_that_count_nothing(text):
    assert parse(text) == ()


def test_kinds_and_places():
    found = parse("第三届云溪车展成交3.2亿元 增长5％")
    assert [(q.kind, q.text) for q in found] == [
        ("ordinal", "第三届"),
        ("money", "3.2亿元"),
        ("percent", "5％"),
    ]


def test_scores_stay_two_numbers():
    assert [int(q.low) for q in parse("云溪队3-2胜")] == [3, 2]


def test_units():
    assert unit_at("千米外", 0) == (UNITS["千米"], 2)
    assert unit_at("的", 0)[1] == 0 and unit_at("gap", 0)[1] == 0
    assert agree(UNITS["人"], UNITS["名"]) and not agree(UNITS["元"], UNITS["美元"])

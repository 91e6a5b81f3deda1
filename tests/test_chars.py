"""Widths, scripts and pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.chars import clip, fold_width, han_count, is_han, matched_pairs, unbalanced, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("云溪", 2),
        ("GDP", 1.5),
        ("增长5.3%", 4),
        ("“好”", 3),
        ("——", 2),
        ("……", 2),
        ("ｶ", 0.5),
        ("５", 1),
    ],
)
def test_width_in_full_width_units(text, expected):
    assert width(text) == expected


def test_marks_that_take_no_room():
    assert width("e\u0301\u200b") == 0.5


@given(st.text(max_size=40), st.integers(0, 20))
def test_clip_is_the_longest_start_that_fits(text, units):
    cut = clip(text, units)
    assert width(text[:cut]) <= units
    assert cut == len(text) or width(text[: cut + 1]) > units


def test_han():
    assert is_han("云") and is_han("〇") and is_han("\U00020000")
    assert not is_han("か") and not is_han("，") and not is_han("A")
    assert han_count("云溪GDP，市") == 3


def test_fold_width_keeps_punctuation_and_length():
    assert fold_width("１２Ａ，“》：！") == "12A，“》：！"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("“好”《书》（一）", ""),
        ("“好", "“"),
        ("好》", "》"),
        ("（一", "（"),
        ('"好', '"'),
        ("it’s", ""),
        ("“一‘二’三”", ""),
        ("（一】", "（"),
    ],
)
def test_unbalanced(text, mark):
    assert unbalanced(text) == mark


@given(st.text(alphabet="“”《》（）a", max_size=30))
def test_pairs_nest_and_match(text):
    pairs = list(matched_pairs(text))
    assert all(a < b for a, b in pairs)
    assert len({i for pair in pairs for i in pair}) == 2 * len(pairs)

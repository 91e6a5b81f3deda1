"""Offsets and edits account for every character, whatever the input; time is linear."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.clean import clean
from summarizer.read import read_str
from tests.accounting import unaccounted

PIECES = st.sampled_from(
    [
        "云溪市",
        "，",
        "。",
        "！！",
        "\n",
        "\n\n",
        "　　",
        " ",
        "２０２６",
        "5．3",
        "辛苦了",
        "辛苦了",
        "\u200b",
        "\x00",
        "\ud800",
    ]
    + [
        "“",
        "”",
        "（",
        "）",
        "记者",
        "沈知夏 摄",
        "——",
        "■",
        "\r\n",
        "\u2028",
        "GDP",
        "\U0001f600",
        "\ue001",
        "1. ",
        "a b",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_character_is_kept_or_edited(text):
    page = read_str(text)
    cleaned = clean(page)
    assert len(cleaned.offsets) == len(cleaned.text)
    assert list(cleaned.offsets) == sorted(cleaned.offsets)
    assert not unaccounted(page, cleaned)
    starts = [edit.start for edit in cleaned.edits]
    assert starts == sorted(starts)
    cleaned.text.encode("utf-8")


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_a_kept_character_is_that_of_the_page_or_of_an_edit(text):
    page = read_str(text)
    cleaned = clean(page)
    edited = {index for edit in cleaned.edits for index in range(edit.start, edit.end)}
    for char, offset in zip(cleaned.text, cleaned.offsets, strict=True):
        assert char == page.text[offset] or offset in edited


@pytest.mark.parametrize(
    "text",
    [
        "云" * 200_000,
        "\n" * 1_000_000,
        " " * 200_000,
        "云 " * 100_000,
        "（" * 200_000,
        "1\n" * 20_000,
        "、" * 200_000,
    ],
    ids=["one line", "line feeds", "blanks", "spaced", "brackets", "short lines", "marks"],
)
def test_long_odd_texts_take_seconds_at_most(text):
    begun = time.perf_counter()
    clean(read_str(text))
    assert time.perf_counter() - begun < 20

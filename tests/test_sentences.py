"""Sentences: labelled cases, and what must hold for any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sentences import MAX_QUOTE, sentences

CASES = json.loads((Path(__file__).parent / "cases" / "sentences.json").read_text("utf-8"))
MIXED = st.text(alphabet="云溪市会议，。！？；“”‘’《》（）…\n\t　 .1a、一：[]", max_size=120)


def _param(case):
    marks = [pytest.mark.xfail(strict=True)] if case["label"] == "known-failure" else []
    return pytest.param(case, id=case["why"], marks=marks)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_case(case):
    found = sentences(case["text"])
    assert [case["text"][s.start : s.end] for s in found] == case["sentences"]
    if "headings" in case:
        assert [i for i, s in enumerate(found) if s.heading] == case["headings"]
    if "sections" in case:
        assert [s.section for s in found] == case["sections"]


def _holds(text):
    found = sentences(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)
    assert "".join("".join(text[s.start : s.end] for s in found).split()) == "".join(text.split())
    assert [s.section for s in found] == sorted(s.section for s in found)
    assert not found or (found[0].section == 0 and not found[-1].heading)


@given(MIXED)
def test_spans_hold_every_character_in_order(text):
    _holds(text)


@given(st.text(max_size=80))
def test_any_unicode_text(text):
    _holds(text)


def test_a_quotation_longer_than_the_limit_is_split_inside():
    inner = "路通了，车来了，人也多了。" * (MAX_QUOTE // 10)
    assert len(sentences(f"他说：“{inner}”")) > 10


@pytest.mark.parametrize(
    "unit", ["云溪市召开会议，研究工作。", "（", "“", "“好。”", "\n", "云", "a.b ", "1、"]
)
def test_time_grows_linearly(unit):
    def took(size):
        text = (unit * size)[:size]
        began = time.perf_counter()
        sentences(text)
        return time.perf_counter() - began

    took(1000)
    small = min(took(20_000) for _ in range(3))
    assert min(took(200_000) for _ in range(2)) < 30 * small + 0.2

"""Near-duplicates: what is the same however worded, and what must never be merged."""

import json
from pathlib import Path

import pytest

from summarizer.chars import width
from summarizer.forms.numerals import numerals
from summarizer.rank.merge import differs, merge, same, signature
from summarizer.types import Candidate, Finding

CASES = json.loads((Path(__file__).parents[1] / "cases" / "merge.json").read_text(encoding="utf-8"))


def make(text, score=-1.0, origin="model", findings=()):
    return Candidate(text, width(text), score, origin, findings)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['label']}:{c['a'][:10]}")
def test_labelled(case):
    names = case.get("names", ())
    a, b = signature(case["a"], names), signature(case["b"], names)
    assert same(a, b) is case["same"] and same(b, a) is case["same"]
    if "differs" in case:
        assert differs(a, b) == case["differs"]


@pytest.mark.parametrize(
    "text, values",
    [
        ("一万二千元", ("12000",)),
        ("1.2万元", ("12000",)),
        ("百分之五点三", ("5.3%",)),
        ("增长5.3％", ("5.3%",)),
        ("三点五亿", ("350000000",)),
        ("第十四届", ("第14",)),
        ("一带一路上万众一心", ()),
        ("", ()),
    ],
)
def test_numerals(text, values):
    assert numerals(text) == values


def test_better_is_kept_and_says_for_what():
    bad = (Finding("number", "1200", 0, 4, "unsupported"),)
    merged = merge(
        [
            make("2024年云溪市GDP增长5.3%", -0.2, findings=bad),
            make("云溪市2024年GDP增长5.3%", -0.9),
            make("章明远到青石县调研春耕", -0.3),
        ]
    )
    assert [c.text for c in merged] == ["云溪市2024年GDP增长5.3%", "章明远到青石县调研春耕"]
    assert "2024年云溪市GDP增长5.3%" in merged[0].why and merged[1].why == ""


def test_exact_double_is_dropped_silently_and_order_stays():
    merged = merge([make("云溪开通新航线"), make("云溪开通新航线"), make("枫桥镇春耕忙")])
    assert [c.text for c in merged] == ["云溪开通新航线", "枫桥镇春耕忙"]
    assert merged[0].why == ""


def test_empty():
    assert merge([]) == ()

"""The labelled cases of tests/cases/clean.json: found in the wild, must not change, synthetic, known failures."""

import json
from pathlib import Path

import pytest

from summarizer.clean import clean
from summarizer.read import read_str

CASES = json.loads((Path(__file__).parents[1] / "cases" / "clean.json").read_text(encoding="utf-8"))


def _parameters():
    for case in CASES:
        failing = case["kind"] == "known-failure"
        marks = [pytest.mark.xfail(strict=True, reason=case["name"])] if failing else []
        yield pytest.param(case, id=f"{case['kind']}: {case['name']}", marks=marks)


@pytest.mark.parametrize("case", _parameters())
def test_case(case):
    cleaned = clean(read_str(case["text"]))
    assert cleaned.text == case["clean"]
    assert sorted({edit.repair for edit in cleaned.edits}) == case["repairs"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["kind"] != "known-failure"], ids=lambda case: case["name"]
)
def test_cleaning_twice_changes_nothing_more(case):
    once = clean(read_str(case["text"])).text
    assert clean(read_str(once)).text == once


def test_every_edit_has_a_reason_in_both_languages():
    for case in CASES:
        for edit in clean(read_str(case["text"])).edits:
            assert " / " in edit.reason and edit.repair

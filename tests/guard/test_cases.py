"""Labelled headlines against fictional reports, under each installed tagger."""

import json
from pathlib import Path

import pytest

from summarizer.guard import check, facts
from tests.guard.taggers import TAGGERS

CASES = json.loads((Path(__file__).parents[1] / "cases" / "guard_claims.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("tagger", TAGGERS)
@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case, tagger, request):
    if case["label"] == "known failure":
        request.applymarker(pytest.mark.xfail(strict=True))
    if case.get("tagger", tagger) != tagger:
        pytest.skip(f"only {case['tagger']} tags this name")
    known = facts(case["body"], case["dateline"], date=case["date"], tagger=tagger)
    found = check(case["candidate"], known)
    for wanted in case["expect"]:
        got = [(f.text, f.verdict, f.kind) for f in found if f.text == wanted["text"]]
        assert (wanted["text"], wanted["verdict"], wanted["kind"]) in got, found
    expected = {w["text"] for w in case["expect"] if w["verdict"] in ("unsupported", "contradicted")}
    flagged = {f.text for f in found if f.verdict in ("unsupported", "contradicted")}
    assert flagged == expected, found


def test_every_finding_points_into_both_texts():
    for case in CASES:
        for finding in check(case["candidate"], facts(case["body"], case["dateline"], date=case["date"])):
            assert case["candidate"][finding.start : finding.end] == finding.text
            assert all(0 <= s < e <= len(case["body"]) for s, e in finding.evidence)
            assert finding.reason or finding.verdict == "supported"

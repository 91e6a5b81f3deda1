"""True pieces put together wrongly: joined names, deeds turned round, figures at a wrong place; and right ones."""

import json
from pathlib import Path

import pytest

from summarizer.guard import check, facts, flagged
from tests.guard.taggers import TAGGERS

CASES = json.loads((Path(__file__).parents[1] / "cases" / "guard_pieces.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("tagger", TAGGERS)
@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case, tagger, request):
    if case["label"] == "known failure":
        request.applymarker(pytest.mark.xfail(strict=True))
    if case.get("tagger", tagger) != tagger:
        pytest.skip(f"only {case['tagger']} sees this name")
    found = flagged(check(case["candidate"], facts(case["body"], date=case["date"], tagger=tagger)))
    assert bool(found) == case["flagged"], found


def test_a_negated_deed_tells_nothing_of_its_parties():
    known = facts("云溪队未能战胜临河队，双方握手言和。", tagger="jieba")
    assert flagged(check("临河队战胜云溪队", known))  # the body negates the verb
    assert not any(f.kind == "role" for f in check("临河队战胜云溪队", known))

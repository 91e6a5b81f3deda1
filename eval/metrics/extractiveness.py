"""How much of a text is copied from its article, over characters (Grusky and others 2018).

Copied fragments are found greedily from the left: the longest run of the text's tokens that stands in
the body, then on from its end. Novel n-grams are those that the body does not hold; repeated ones have
stood in the text before.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import tokens
from .measure import Measure, of_counts, of_values

NOVEL = (1, 2, 3, 4)
REPEATED = (1, 2, 3)
_FIRST = 0xF0000  # private use plane: each token becomes one character, so a run is a substring


def fragments(text: Sequence[str], body: Sequence[str]) -> list[tuple[int, int]]:
    """Copied fragments as half-open token spans of ``text``, in order; ``[]`` where nothing is shared."""
    names: dict[str, str] = {}
    short, long = (
        "".join(names.setdefault(token, chr(_FIRST + len(names))) for token in side) for side in (text, body)
    )
    found, start = [], 0
    while start < len(short):
        end = _longest(short, long, start)
        if end > start:
            found.append((start, end))
        start = max(end, start + 1)
    return found


def _longest(short: str, long: str, start: int) -> int:
    end, place = start, 0
    while end < len(short):
        place = long.find(short[start : end + 1], place)
        if place < 0:
            break
        end += 1
        # The match at ``place`` may already be longer: follow it before searching again.
        while (
            end < len(short) and place + end - start < len(long) and long[place + end - start] == short[end]
        ):
            end += 1
    return end


def measures(preds: Sequence[str], bodies: Sequence[str]) -> list[Measure]:
    """Extractiveness of ``preds`` against their bodies; empty predictions have no n-grams and count 0."""
    cut = [
        (tokens.characters(pred), tokens.characters(body)) for pred, body in zip(preds, bodies, strict=True)
    ]
    copied = [fragments(pred, body) for pred, body in cut]
    lengths = [[end - start for start, end in row] for row in copied]
    sizes = [len(pred) for pred, _ in cut]
    signature = {"tok": "char", "punct": "drop", "agg": "macro"}
    pooled = {**signature, "agg": "micro"}
    group = "抽取程度 / extractiveness"
    density = [
        sum(n * n for n in row) / size if size else 0.0 for row, size in zip(lengths, sizes, strict=True)
    ]
    compression = [len(body) / len(pred) if pred else 0.0 for pred, body in cut]
    covered = [(sum(row), size) for row, size in zip(lengths, sizes, strict=True)]
    found = [
        of_counts("coverage", "coverage %", group, "neither", covered, pooled),
        of_values("density", "density", group, "neither", density, signature),
        of_values("compression", "compression", group, "neither", compression, signature),
    ]
    for n in NOVEL:
        counts = [_novel(pred, body, n) for pred, body in cut]
        found.append(of_counts(f"novel-{n}", f"novel {n}-grams %", group, "neither", counts, pooled))
    for n in REPEATED:
        counts = [_repeated(pred, n) for pred, _ in cut]
        found.append(of_counts(f"repeated-{n}", f"repeated {n}-grams %", group, "lower", counts, pooled))
    return found


def _grams(units: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return list(zip(*(units[i:] for i in range(n)), strict=False))


def _novel(pred: Sequence[str], body: Sequence[str], n: int) -> tuple[int, int]:
    grams, known = _grams(pred, n), set(_grams(body, n))
    return sum(gram not in known for gram in grams), len(grams)


def _repeated(pred: Sequence[str], n: int) -> tuple[int, int]:
    grams = _grams(pred, n)
    return len(grams) - len(set(grams)), len(grams)

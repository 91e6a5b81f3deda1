"""Fits the extractor's table: which words of an article its headline keeps (``summarizer/models/keep.json``).

Logistic regression over the features of ``summarizer.models.keep``; a unit of the first sentences counts as
kept where the title holds it. Words enter the table only when they are common, and never when the dictionary
tags them as names, so that the table says nothing about anybody.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from summarizer.forms.words import tag
from summarizer.models import keep
from summarizer.sentences import sentences

SENTENCES, REACH, BODY = 4, 160, 4000
EPOCHS, BATCH, RATE, SHRINK = 6, 4096, 0.3, 1e-6
SMALLEST_WEIGHT = 0.03
Example = tuple[tuple[str, ...], bool, float]  # features, kept, weight


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", required=True, metavar="ROWS.jsonl", help="rows with body and title")
    parser.add_argument("--rows", type=int, default=6000, metavar="N", help="rows drawn (6000)")
    parser.add_argument("--out", default=str(keep.TABLE), metavar="FILE", help="where the table goes")
    parser.add_argument("--seed", type=int, default=0, metavar="N")


def run(args: argparse.Namespace) -> int:
    found = [e for row in _drawn(Path(args.data), args.rows, args.seed) for e in examples(*row)]
    if not found:
        raise ValueError(f"{args.data} holds no rows with a body of 60 and a title of 6 to 40 characters")
    names = vocabulary(found, args.rows)
    weights, loss = fit(found, names, args.seed)
    table = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if abs(w) >= SMALLEST_WEIGHT}
    made = {"rows": args.rows, "units": len(found), "loss": round(loss, 4), "seed": args.seed}
    text = json.dumps({"made": made, "weights": dict(sorted(table.items()))}, ensure_ascii=False, indent=0)
    Path(args.out).write_text(text + "\n", encoding="utf-8")
    print(f"{len(table)} weights from {len(found)} units, loss {loss:.4f} → {args.out}")
    return 0


def _drawn(path: Path, count: int, seed: int) -> Iterator[tuple[str, str]]:
    with open(path, encoding="utf-8") as file:
        lines = file.readlines()
    random.Random(seed).shuffle(lines)
    for line in lines:
        row = json.loads(line)
        body, title = row["body"], row.get("title") or row.get("headline", "")
        if len(body) >= 60 and 6 <= len(title) <= 40:
            yield body[:BODY], title
            count -= 1
        if not count:
            return


def examples(body: str, title: str) -> Iterator[Example]:
    """The units of the first sentences; longer words weigh more, as they fill more of a headline."""
    for place, span in enumerate(sentences(body)[:SENTENCES]):
        sentence = body[span.start : span.end][:REACH]
        for unit in keep.sentence_units(sentence, place, body):
            word = sentence[unit.start : unit.end]
            yield unit.features, word in title, min(len(word), 6) ** 0.5


def vocabulary(found: Iterable[Example], rows: int) -> list[str]:
    """Features that are common enough, and of the words those that name nobody."""
    counts = Counter(name for features, _, _ in found for name in features)
    return [name for name, count in counts.items() if _enters(name, count, rows)]


def _enters(name: str, count: int, rows: int) -> bool:
    if name[0] in "wpf" and len(name) > 1:  # "x" is a word that the dictionary lacks: most often a name
        return count >= max(60, rows // 150) and not tag(name[1:]).startswith(("nr", "ns", "nt", "nz", "x"))
    return count >= max(20, rows // 300)


def fit(found: list[Example], names: list[str], seed: int) -> tuple[np.ndarray, float]:
    """Weights by minibatch Adagrad, and the mean log loss of the last pass."""
    index = {name: place + 1 for place, name in enumerate(names)}  # 0 is for features not in the table
    most = max(len(features) for features, _, _ in found)
    rows = np.zeros((len(found), most), np.int32)
    for row, (features, _, _) in enumerate(found):
        rows[row, : len(features)] = [index.get(name, 0) for name in features]
    kept = np.array([example[1] for example in found], np.float64)
    weight = np.array([example[2] for example in found])
    theta, square = np.zeros(len(names) + 1), np.full(len(names) + 1, 1e-6)
    random_state, rate, loss = np.random.default_rng(seed), RATE, 0.0
    for _ in range(EPOCHS):
        loss = 0.0
        for batch in np.array_split(random_state.permutation(len(kept)), max(1, len(kept) // BATCH)):
            loss += _step(theta, square, rows[batch], kept[batch], weight[batch], rate)
        rate *= 0.7
    return theta[1:], loss / len(kept)


def _step(theta, square, rows, kept, weight, rate: float) -> float:
    """One step in place; the batch's summed loss."""
    chance = 1.0 / (1.0 + np.exp(-theta[rows].sum(1)))
    slope = (chance - kept) * weight / len(kept)
    gradient = np.bincount(rows.ravel(), np.repeat(slope, rows.shape[1]), len(theta)) + SHRINK * theta
    gradient[0] = 0.0
    square += gradient**2
    theta -= rate * gradient / np.sqrt(square)
    return float(-(weight * np.log(np.where(kept > 0, chance, 1 - chance) + 1e-9)).sum())

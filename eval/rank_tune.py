"""Weights of the ranking, tuned on candidates of development articles.

    python -m eval.rank_tune draw --data ROWS.jsonl --n 300 --out CANDIDATES.jsonl --model embedded
    python -m eval.rank_tune tune CANDIDATES.jsonl

``draw`` runs the pipeline and keeps every candidate that was gathered, with its model score and findings.
``tune`` fits the weights to the likeness of each candidate to the human headline (ROUGE-L, characters) on one
half of the articles and judges the first headline on the other, both ways round.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from summarizer import Summarizer
from summarizer.errors import SummarizerError
from summarizer.forms import one_line
from summarizer.pipeline import candidates as stage
from summarizer.rank import Context, Signals, Weights, measure_all, merge
from summarizer.rank.order import value_of
from summarizer.rank.subsequence import lcs_length
from summarizer.types import Candidate, Finding

from .craft import sample

TUNED = ("model", "consensus", "support", "salience", "length", "fluency", "ending")


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one article: signals, origin and likeness (0..1) to the human headline."""

    items: tuple[tuple[Signals, Candidate, float], ...]


def likeness(text: str, title: str) -> float:
    """ROUGE-L F1 over letters and digits; 0 where either has none."""
    a, b = ([c for c in t if c.isalnum()] for t in (text, title))
    return 2 * lcs_length(a, b) / (len(a) + len(b)) if a and b else 0.0


def draw(args: argparse.Namespace) -> int:
    """Write the gathered candidates of ``args.n`` articles as JSON lines."""
    rows = sample(args.data, args.n, args.seed)
    gather, caught = stage.gather_all, []

    def keep(asked, limit, *more):
        found = gather(asked, limit, *more)
        if limit == args.headline_chars:  # the web's line is gathered for as well
            caught.extend((source, kept) for (source, _), (kept, _) in zip(asked, found, strict=True))
        return found

    stage.gather_all = keep
    try:
        _draw(args, rows, caught)
    finally:
        stage.gather_all = gather
    return 0


def _draw(args: argparse.Namespace, rows: Sequence[dict], caught: list) -> None:
    with Summarizer(args.model, seed=args.seed) as desk, args.out.open("w", encoding="utf-8") as out:
        for start in range(0, len(rows), 20):
            part = rows[start : start + 20]
            caught.clear()
            desk.write_many([row["body"] for row in part], 5, args.headline_chars)
            bodies = {source.body: (source, kept) for source, kept in caught}
            for row in part:
                # A row that split made several articles of has no one headline to compare with.
                found = bodies.get(row["body"]) or bodies.get(row["body"].strip())
                if found:
                    out.write(json.dumps(_row(row, *found), ensure_ascii=False) + "\n")
            out.flush()


def _row(row: dict, source, kept: Sequence[Candidate]) -> dict:
    salience = None if source.salience is None else [round(float(x), 3) for x in source.salience]
    return {
        "title": row["title"],
        "body": source.body,
        "salience": salience,
        "candidates": [asdict(c) for c in kept],
    }


def pools(path: Path, budget: int) -> list[Pool]:
    """The measured candidates of a file that ``draw`` wrote; articles with fewer than two are left out."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            items = [_candidate(c) for c in row["candidates"]]
            crowd = tuple(c.text for c in items if c.origin != "page")
            context = Context(row["body"], one_line(budget), budget, row["salience"], (), crowd)
            measured = [
                (m.signals, m.candidate, likeness(m.candidate.text, row["title"]))
                for m in measure_all(merge(items), context, Weights())
            ]
            clean = tuple(item for item in measured if item[0].clean)
            if len(clean) > 1:
                found.append(Pool(clean))
    return found


def _candidate(row: dict) -> Candidate:
    findings = tuple(Finding(**{**f, "evidence": ()}) for f in row["findings"])
    return Candidate(row["text"], row["chars"], row["score"], row["origin"], findings)


def outcome(found: Sequence[Pool], weights: Weights) -> float:
    """Mean likeness of the first headline, in percent."""
    total = 0.0
    for pool in found:
        best = max(pool.items, key=lambda item: (value_of(item[0], item[1], weights), item[1].text))
        total += best[2]
    return 100 * total / len(found)


def fitted(found: Sequence[Pool], ridge: float = 1.0) -> Weights:
    """Weights by ridge regression of likeness on the signals, both centred within each article.

    Every candidate counts, not only the first: a search for the best first headline on some hundred
    articles gained 4 points there and lost 1 elsewhere. Negative weights become 0; the largest is 0.6.
    """
    rows, aims = [], []
    for pool in found:
        x = np.array([_values(signals, candidate) for signals, candidate, _ in pool.items])
        y = np.array([likely for *_, likely in pool.items])
        rows.append(x - x.mean(axis=0))
        aims.append(y - y.mean())
    a, b = np.vstack(rows), np.concatenate(aims)
    solved = np.linalg.solve(a.T @ a + ridge * np.eye(a.shape[1]), a.T @ b).clip(min=0)
    scale = 0.6 / max(solved[:-1].max(), 1e-9)
    named = {name: round(float(value * scale), 2) for name, value in zip(TUNED, solved, strict=False)}
    # The bonus of an origin is added to a weighted mean, so it is measured against the sum of weights.
    bonus = round(float(solved[-1] * scale) / max(sum(named.values()), 1e-9), 3)
    return replace(Weights(), **named, origin={**Weights().origin, "model": bonus})


def _values(signals: Signals, candidate: Candidate) -> list[float]:
    return [*(getattr(signals, name) for name in TUNED), float(candidate.origin == "model")]


def tune(args: argparse.Namespace) -> int:
    """Fit on either half, judge on the other, and print both beside the weights in use."""
    found = pools(args.candidates, args.headline_chars)
    halves = (found[::2], found[1::2])
    print(f"{len(found)} articles, ROUGE-L (characters) of the first headline")
    for name, own, other in (("even", *halves), ("odd", *halves[::-1])):
        weights = fitted(own)
        ceiling = 100 * sum(max(item[2] for item in pool.items) for pool in other) / len(other)
        print(
            f"fitted on {name}: other half {outcome(other, weights):.2f}, in use {outcome(other, Weights()):.2f},"
        )
        print(f"  best candidate each time {ceiling:.2f}; {_shown(weights)}")
    print(f"fitted on all: {_shown(fitted(found))}")
    return 0


def _shown(weights: Weights) -> str:
    return ", ".join(f"{name} {getattr(weights, name)}" for name in TUNED) + f", origin {weights.origin}"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.rank_tune", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("draw")
    one.add_argument("--data", type=Path, required=True)
    one.add_argument("--n", type=int, default=300)
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--model", default="embedded")
    two = commands.add_parser("tune")
    two.add_argument("candidates", type=Path)
    for command in (one, two):
        command.add_argument("--headline-chars", type=int, default=20)
        command.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    try:
        return draw(args) if args.command == "draw" else tune(args)
    except SummarizerError as error:
        print(f"错误 / error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

"""Weights of the ranking, tuned on candidates of development articles.

    python -m eval.rank_tune draw --data ROWS.jsonl --n 300 --out CANDIDATES.jsonl --model embedded
    python -m eval.rank_tune tune CANDIDATES.jsonl --rounds 300

``draw`` runs the pipeline and keeps every candidate that was gathered, with its model score and findings.
``tune`` looks for the weights whose first headline has the most characters in common, in order, with the
human one (ROUGE-L, characters), by coordinate search on the even rows; the odd rows judge the outcome.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from summarizer import Summarizer
from summarizer.errors import SummarizerError
from summarizer.forms import one_line
from summarizer.pipeline import candidates as stage
from summarizer.rank import Context, Signals, Weights, merge
from summarizer.rank.order import value_of
from summarizer.rank.signals import measure
from summarizer.types import Candidate, Finding

from .craft import sample

TUNED = ("model", "support", "salience", "length", "fluency")
STEPS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6)
ORIGIN_STEPS = (-0.1, -0.05, 0.0, 0.03, 0.06, 0.1)


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one article: signals, origin and likeness (0..1) to the human headline."""

    items: tuple[tuple[Signals, Candidate, float], ...]


def likeness(text: str, title: str) -> float:
    """ROUGE-L F1 over letters and digits; 0 where either has none."""
    a, b = ([c for c in t if c.isalnum()] for t in (text, title))
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], last + 1 if x == y else max(row[j], row[j - 1])
    return 2 * row[-1] / (len(a) + len(b)) if a and b else 0.0


def draw(args: argparse.Namespace) -> int:
    """Write the gathered candidates of ``args.n`` articles as JSON lines."""
    rows = sample(args.data, args.n, args.seed)
    gather, caught = stage.gather, []

    def keep(source, drawn, limit, style=None):
        kept, refused = gather(source, drawn, limit, style)
        caught.append((source, kept))
        return kept, refused

    stage.gather = keep
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
    return 0


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
            context = Context(row["body"], one_line(budget), budget, row["salience"])
            ground = context.ground()
            measured = [
                (measure(c, context, ground), c, likeness(c.text, row["title"])) for c in merge(items)
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


def tune(args: argparse.Namespace) -> int:
    """Search, and print the weights with what they give on both halves."""
    found = pools(args.candidates, args.headline_chars)
    even, odd = found[::2], found[1::2]
    rng, best = random.Random(args.seed), Weights()
    print(f"{len(found)} articles; start: even {outcome(even, best):.2f} odd {outcome(odd, best):.2f}")
    ceiling = [100 * sum(max(i[2] for i in p.items) for p in half) / len(half) for half in (even, odd)]
    print(f"best candidate each time: even {ceiling[0]:.2f} odd {ceiling[1]:.2f}")
    score = outcome(even, best)
    for _ in range(args.rounds):
        trial = _neighbour(best, rng)
        value = outcome(even, trial)
        if value > score:
            best, score = trial, value
    print({f.name: getattr(best, f.name) for f in fields(Weights)})
    print(f"tuned: even {score:.2f} odd {outcome(odd, best):.2f}")
    return 0


def _neighbour(weights: Weights, rng: random.Random) -> Weights:
    name = rng.choice((*TUNED, "origin"))
    if name == "origin":
        origin = {**weights.origin, rng.choice(("model", "extract")): rng.choice(ORIGIN_STEPS)}
        return replace(weights, origin=origin)
    return replace(weights, **{name: rng.choice(STEPS)})


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
    two.add_argument("--rounds", type=int, default=300)
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

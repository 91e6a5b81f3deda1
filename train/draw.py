"""Candidates of a trained model for its training rows, each scored against the human headline: food for ``contrast``.

Likelihood alone teaches the model what an editor wrote, not which of its own wordings comes nearest to it. The drawn
candidates are what it will have to choose between when it decodes (Liu et al. 2022, "BRIO").
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from eval.metrics import rouge
from summarizer import models
from summarizer.chars import width
from summarizer.models import control
from summarizer.types import Decoding, Request

from .batches import PLAIN_SHARE, STYLE_WEIGHT
from .data import rows
from .score import opening

METRICS = ("rouge-1", "rouge-2", "rouge-l")
GROUP = 64


def worth(text: str, title: str) -> float:
    """Mean of character ROUGE-1, -2 and -L F1 against the human headline, 0..1."""
    found = rouge.corpus([text], [title])
    return sum(found[name] for name in METRICS) / len(METRICS) / 100


def chosen(path: Path, count: int, seed: int) -> list[dict]:
    """``count`` rows drawn by style weight, in random order; some lose their style, as in ``fit``."""
    rng = random.Random(seed)
    keyed = []
    for row in rows(path):
        if width(row["title"]) > control.HEADLINE_BOUNDS[-1]:
            continue  # nobody can ask for the open bucket
        weight = STYLE_WEIGHT.get(row["style"], 1.0)
        keyed.append((rng.random() ** (1 / weight), row["id"], row))
    picked = [row for _, _, row in sorted(keyed, key=lambda k: k[:2], reverse=True)[:count]]
    rng.shuffle(picked)
    return [r | {"style": "plain"} if rng.random() < PLAIN_SHARE else r for r in picked]


def limit_of(title: str) -> int:
    """The budget (full-width units) for which the model is asked in the title's own length bucket."""
    return int(control.HEADLINE_BOUNDS[control.bucket("headline", width(title))])


def candidates(backend, picked: list[dict], pieces: int, decoding: Decoding) -> Iterator[dict]:
    """Rows with ``candidates``: [text, worth] pairs, the best first; rows with fewer than three are left out."""
    stream = iter(picked)
    while group := list(islice(stream, GROUP)):
        bodies = [opening(backend, row["body"], pieces) for row in group]
        asked = [
            Request("headline", body, limit_of(row["title"]), style=row["style"])
            for body, row in zip(bodies, group, strict=True)
        ]
        for body, row, found in zip(bodies, group, backend.generate(asked, decoding), strict=True):
            texts = dict.fromkeys(g.text for g in found if not g.truncated)
            scored = sorted(([t, round(worth(t, row["title"]), 4)] for t in texts), key=lambda c: -c[1])
            if len(scored) >= 3:
                yield {"body": body, "style": row["style"], "title": row["title"], "candidates": scored}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="embedded", help="embedded or a model folder")
    parser.add_argument("--data", type=Path, default=Path("runs/data/train.jsonl"))
    parser.add_argument("--count", type=int, default=12000, help="rows to draw candidates for")
    parser.add_argument("--beams", type=int, default=6)
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--pieces", type=int, default=125, help="source pieces shown")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("runs/drawn.jsonl"))


def run(args: argparse.Namespace) -> int:
    backend = models.load(args.model, "ct2")
    decoding = Decoding(candidates=args.beams, beams=args.beams, samples=args.samples, seed=args.seed)
    best, mean, count = 0.0, 0.0, 0
    with open(args.out, "w", encoding="utf-8") as sink:
        for row in candidates(backend, chosen(args.data, args.count, args.seed), args.pieces, decoding):
            sink.write(json.dumps(row, ensure_ascii=False) + "\n")
            best, count = best + row["candidates"][0][1], count + 1
            mean += sum(w for _, w in row["candidates"]) / len(row["candidates"])
            if count % 500 == 0:
                print(
                    f"{count} rows, best {best / count:.4f}, mean {mean / count:.4f}",
                    file=sys.stderr,
                    flush=True,
                )
    print(json.dumps({"rows": count, "best": best / max(1, count), "mean": mean / max(1, count)}))
    return 0

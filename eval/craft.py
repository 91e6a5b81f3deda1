"""Craft figures of shown headlines: ``python -m eval.craft --data ROWS.jsonl --n 1000 --model embedded``.

Over development articles: headlines within their budget, with half a bracket or quotation mark, with a run
of four characters said twice; unsupported numbers, dates and names by the guard; and what guard and rank
cost in time against generation. Each share is given with its count and a 95% Wilson interval.
``--refusals`` measures refusals instead: of these articles (false) and of constructed non-reports (hits).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer import Summarizer
from summarizer.chars import unbalanced, width
from summarizer.errors import SummarizerError
from summarizer.forms.polish import repeated
from summarizer.pipeline import candidates as stage
from summarizer.refuse import refusals
from summarizer.types import Candidate, Draft

from .guard import wilson
from .negatives import negatives

NUMBERS = ("number", "percent", "money", "ordinal", "quantity")
DATES = ("date", "time")
NAMES = ("person", "place", "org", "post", "work", "code")
BAD = ("unsupported", "contradicted")
DEFECTS = (
    "over budget",
    "half a bracket or quotation",
    "repeated 4-gram",
    "unsupported number",
    "unsupported date",
    "unsupported name",
    "any unsupported claim",
)


@dataclass
class Clock:
    """CPU seconds spent in generation and in guard and rank, by wrapping the calls that do them."""

    generate: float = 0.0
    judge: float = 0.0
    calls: Counter = field(default_factory=Counter)
    undo: list[tuple[object, str, Callable]] = field(default_factory=list)

    def timed(self, owner: object, name: str, into: str) -> None:
        """Replace ``owner.name`` by itself with its time added to ``into``."""
        call = getattr(owner, name)

        def wrapped(*args, **kwargs):
            began = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                setattr(self, into, getattr(self, into) + time.process_time() - began)
                self.calls[name] += 1

        setattr(owner, name, wrapped)
        self.undo.append((owner, name, call))

    def __enter__(self) -> Clock:
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, call in reversed(self.undo):
            setattr(owner, name, call)


def sample(path: Path, count: int, seed: int) -> list[dict]:
    """``count`` rows of a JSON-lines file (all if it has fewer), drawn with ``seed``."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return random.Random(seed).sample(rows, min(count, len(rows)))


def defects(item: Candidate, budget: float) -> list[str]:
    """What is wrong with one shown headline: names of the counts that it adds to."""
    bad = [f.kind for f in item.findings if f.verdict in BAD]
    found = {
        "over budget": width(item.text) > budget,
        "half a bracket or quotation": bool(unbalanced(item.text)),
        "repeated 4-gram": bool(repeated(item.text)),
        "unsupported number": any(kind in NUMBERS for kind in bad),
        "unsupported date": any(kind in DATES for kind in bad),
        "unsupported name": any(kind in NAMES for kind in bad),
        "any unsupported claim": bool([kind for kind in bad if kind != "style"]),
    }
    return [name for name, wrong in found.items() if wrong]


def measure(drafts: Sequence[Draft], budget: float) -> tuple[dict[str, Counter], Counter]:
    """Counts of defects among default headlines and among all shown ones, and how many there are of each."""
    counts = {"default": Counter(), "shown": Counter()}
    totals: Counter = Counter(articles=len(drafts))
    for draft in drafts:
        totals["default"] += bool(draft.candidates)
        for place, item in enumerate(draft.candidates):
            totals["shown"] += 1
            totals[f"origin {item.origin}" if not place else "others"] += 1
            for name in defects(item, budget):
                counts["shown"][name] += 1
                counts["default"][name] += not place
    return counts, totals


def report(counts: dict[str, Counter], totals: Counter, clock: Clock) -> str:
    """The figures as lines of Markdown."""
    lines = [f"articles {totals['articles']}, with a headline {totals['default']}, shown {totals['shown']}"]
    lines += [", ".join(f"{k} {v}" for k, v in sorted(totals.items()) if k.startswith("origin")), ""]
    lines += ["| defect | of the default headlines | of all shown |", "|---|---|---|"]
    for name in DEFECTS:
        cells = (_share(counts[group][name], totals[group]) for group in ("default", "shown"))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    share = clock.judge / clock.generate if clock.generate else float("nan")
    lines += [
        "",
        f"CPU time: generation {clock.generate:.1f} s, guard and rank {clock.judge:.1f} s = {share:.0%} of it",
    ]
    return "\n".join(lines)


def _share(hits: int, total: int) -> str:
    low, high = wilson(hits, total)
    return f"{hits}/{total} = {hits / total if total else 0:.2%} [{low:.2%}, {high:.2%}]"


def refusal_report(rows: Sequence[dict], each: int, seed: int) -> str:
    """False refusals of real reports, and hits on ``each`` constructed texts of every kind."""
    stopped, remarked = Counter(), Counter()
    for row in rows:
        for found in refusals(row["body"]):
            (stopped if found.stops else remarked)[found.kind] += 1
    lines = [f"refused reports: {_share(sum(stopped.values()), len(rows))} {dict(stopped)}"]
    lines += [f"remarks on reports: {_share(sum(remarked.values()), len(rows))} {dict(remarked)}"]
    hits: Counter = Counter()
    for kind, text in negatives(random.Random(seed), each):
        hits[kind] += any(found.kind == kind and found.stops for found in refusals(text))
    lines += [f"{kind}: {_share(count, each)}" for kind, count in hits.items()]
    joined = [_joined(rows, random.Random(seed + i)) for i in range(each)]
    found = sum(any(r.kind == "stories" for r in refusals(text)) for text in joined)
    return "\n".join([*lines, f"two reports joined without a dateline (remark): {_share(found, each)}"])


def _joined(rows: Sequence[dict], rng: random.Random) -> str:
    long = [row["body"] for row in rows if len(row["body"]) >= 250]
    return "\n".join(rng.sample(long, 2))


def run(args: argparse.Namespace) -> int:
    """Measure and print; 1 where a headline that is shown breaks a hard rule."""
    rows = sample(args.data, args.n, args.seed)
    if args.refusals:
        print(refusal_report(rows, 200, args.seed))
        return 0
    drafts: list[Draft] = []
    with Clock() as clock, Summarizer(args.model, args.engine, style=args.style, seed=args.seed) as desk:
        for name in ("generate", "salience"):
            if hasattr(desk.backend, name):
                clock.timed(desk.backend, name, "generate")
        for name in ("gather_all", "order"):
            clock.timed(stage, name, "judge")
        for start in range(0, len(rows), args.batch):
            texts = [row["body"] for row in rows[start : start + args.batch]]
            found = desk.write_many(texts, args.candidates, args.headline_chars)
            drafts += [draft for one in found for draft in one.articles]
            print(f"{start + len(texts)}/{len(rows)}", end="\r", file=sys.stderr, flush=True)
    counts, totals = measure(drafts, args.headline_chars)
    print(report(counts, totals, clock))
    if args.out:
        args.out.write_text("\n".join(_row(draft) for draft in drafts) + "\n", encoding="utf-8")
    hard = ("over budget", "half a bracket or quotation", "repeated 4-gram")
    return int(any(counts["shown"][name] for name in hard))


def _row(draft: Draft) -> str:
    shown = [
        {"text": c.text, "origin": c.origin, "score": c.score, "why": c.why, "bad": _bad(c)}
        for c in draft.candidates
    ]
    return json.dumps({"body": draft.body[:120], "candidates": shown}, ensure_ascii=False)


def _bad(item: Candidate) -> list[str]:
    return [f"{f.kind} {f.text}: {f.reason}" for f in item.findings if f.verdict in BAD]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.craft", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="JSON lines with id, body, title")
    parser.add_argument("--n", type=int, default=1000, help="articles drawn (default 1000)")
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--style", default=None)
    parser.add_argument("--candidates", type=int, default=5)
    parser.add_argument("--headline-chars", type=int, default=20)
    parser.add_argument("--batch", type=int, default=25, help="articles per call")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=None, help="also write the shown headlines as JSON lines")
    parser.add_argument("--refusals", action="store_true", help="measure refusals instead")
    try:
        return run(parser.parse_args(argv))
    except SummarizerError as error:
        print(f"错误 / error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

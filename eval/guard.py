"""How much the guard catches and how often it cries wolf: ``python -m eval.guard --data ROWS.jsonl``.

Recall: seeded corruptions (``eval.corrupt``); caught means that a flagged finding overlaps the change. So for
swaps of true pieces (``eval.swaps``).
False alarms: flagged findings on untouched human headlines, as a share of all claims and of all headlines.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from summarizer.guard import check, facts, flagged
from summarizer.guard.names import load_tagger
from summarizer.guard.text import CLAUSE

from . import swaps
from .corrupt import KINDS, corrupt


def rows(paths: list[Path], half: str) -> list[dict]:
    """The data rows of one half (``even``, ``odd`` by the checksum of the id) or of ``all``."""
    out = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                odd = zlib.crc32(str(row["id"]).encode()) % 2
                if half == "all" or odd == (half == "odd"):
                    out.append({**row, "title": row.get("title") or row["headline"]})
    return out


def corruptions(data: list[dict], count: int, seed: int) -> Iterator[tuple[dict, str, tuple[int, int], str]]:
    """``count`` corruptions, as evenly over the kinds as the data allows; a row serves each kind once."""
    rng = random.Random(seed)
    for kind in KINDS:
        order, made = rng.sample(data, len(data)), 0
        for row in order:
            result = corrupt(row["title"], row["body"], kind, rng) if made < count // len(KINDS) else None
            if result:
                made += 1
                yield row, *result


def exchanges(data: list[dict], count: int, seed: int) -> Iterator[tuple[dict, str, tuple[int, int], str]]:
    """``count`` swaps of true pieces (``eval.swaps``), half of each kind where the data allows; a row serves once."""
    rng = random.Random(seed)
    for kind in swaps.KINDS:
        made = 0
        for row in rng.sample(data, len(data)):
            result = swaps.swap(row["title"], row["body"], kind, rng) if made < count // 2 else None
            if result:
                made += 1
                yield row, *result


def article(row: dict, tagger: str):
    return facts(row["body"], row.get("dateline"), row.get("byline"), date=row.get("date"), tagger=tagger)


def wilson(hits: int, total: int) -> tuple[float, float]:
    """95% Wilson score interval of a rate (Wilson 1927); (0, 1) for no trials."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, hits / total
    centre, spread = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return max(0.0, (centre - spread) / (1 + z * z / total)), min(
        1.0, (centre + spread) / (1 + z * z / total)
    )


def recall(
    changed: Iterator[tuple[dict, str, tuple[int, int], str]], tagger: str
) -> tuple[dict[str, list[int]], list[str]]:
    """Per kind ``[caught, made]``, and a line for each miss."""
    table, missed = {}, []
    for row, text, (start, end), kind in changed:
        table.setdefault(kind, [0, 0])
        found = flagged(check(text, article(row, tagger)))
        hit = any(f.start < end and start < f.end for f in found)
        table[kind][0] += hit
        table[kind][1] += 1
        if not hit:
            missed.append(f"{kind}\t{row['id']}\t{row['title']} → {text}")
    return table, missed


def alarms(data: list[dict], count: int, seed: int, tagger: str) -> tuple[Counter, list[str]]:
    """Counts of headlines, claims and flags over ``count`` human headlines, and a line for each flag."""
    totals, lines = Counter(), []
    for row in random.Random(seed).sample(data, min(count, len(data))):
        found = check(row["title"], article(row, tagger))
        bad = flagged(found)
        totals.update(
            {"headlines": 1, "claims": len(found), "flags": len(bad), "flagged headlines": bool(bad)}
        )
        totals.update(f"claims {f.kind}" for f in found)
        totals.update(f"flags {f.kind}" for f in bad)
        lines += [f"{f.kind}\t{f.verdict}\t{f.text}\t{row['title']}\t{row['id']}\t{f.reason}" for f in bad]
    return totals, lines


def timing(data: list[dict], tagger: str, articles: int = 40, candidates: int = 10) -> dict[str, float]:
    """Processor milliseconds per article of about 1,500 characters, nothing cached: facts and ten checks.

    The candidates are the headline and clauses of the body, as a model that copies would write.
    """
    load_tagger(tagger).tag("预热")
    check("预热考察卡维尔森", facts("", tagger=tagger))
    chosen = sorted(data, key=lambda r: abs(len(r["body"]) - 1500))[:articles]
    texts = [
        [r["title"], *(c for c in CLAUSE.findall(r["body"]) if 8 <= len(c) <= 25)][:candidates]
        for r in chosen
    ]
    began = time.process_time()
    for row, wanted in zip(chosen, texts, strict=True):
        known = article(row, tagger)
        for text in wanted:
            check(text, known)
    spent = (time.process_time() - began) * 1000
    return {"ms per article": spent / len(chosen), "ms per candidate": spent / sum(map(len, texts))}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.guard", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="data rows (.jsonl)")
    parser.add_argument("--half", choices=("all", "even", "odd"), default="all")
    parser.add_argument("--corruptions", type=int, default=600)
    parser.add_argument("--swaps", type=int, default=300, help="exchanged figures and parties")
    parser.add_argument("--headlines", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tagger", default="auto", choices=("auto", "lac", "jieba"))
    parser.add_argument("--lines", type=Path, help="write each miss and each flag to this file, to be read")
    args = parser.parse_args(argv)
    data = rows(args.data, args.half)
    table, missed = recall(corruptions(data, args.corruptions, args.seed), args.tagger)
    turned, unseen = recall(exchanges(data, args.swaps, args.seed), args.tagger)
    table, missed = table | turned, missed + unseen
    totals, flags = alarms(data, args.headlines, args.seed, args.tagger)
    print(f"guard|tagger:{load_tagger(args.tagger).name}|half:{args.half}|rows:{len(data)}|seed:{args.seed}")
    for kind, (caught, made) in table.items():
        low, high = wilson(caught, made)
        print(f"recall {kind:9} {caught}/{made} = {caught / max(1, made):.1%}  [{low:.1%}, {high:.1%}]")
    _print_alarms(totals)
    print("speed " + ", ".join(f"{v:.1f} {k}" for k, v in timing(data, args.tagger).items()))
    if args.lines:
        args.lines.write_text("\n".join(["# missed", *missed, "# flags", *flags]) + "\n", encoding="utf-8")
    return 0


def _print_alarms(totals: Counter) -> None:
    for bad, whole in (("flags", "claims"), ("flagged headlines", "headlines")):
        low, high = wilson(totals[bad], totals[whole])
        print(f"{bad}/{whole} {totals[bad]}/{totals[whole]} = {totals[bad] / max(1, totals[whole]):.1%}  "
              f"[{low:.1%}, {high:.1%}]")  # fmt: skip
    kinds = sorted(k.removeprefix("claims ") for k in totals if k.startswith("claims "))
    print("by kind " + ", ".join(f"{k} {totals[f'flags {k}']}/{totals[f'claims {k}']}" for k in kinds))


if __name__ == "__main__":
    sys.exit(main())

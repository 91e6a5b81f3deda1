"""What the faithfulness metric catches: golds corrupted on purpose (``eval.corrupt``), and golds left alone.

    python -m eval.metrics.selftest --data ROWS.jsonl [--task headline] [--rows N]

A corruption is caught where the metric loses a claim that the change touches (as ``eval.guard`` counts). A
false alarm is a claim of an untouched gold that is lost; not all of them are the metric's fault, since golds
say things that their article does not. Where the metric had lost the claim before it was changed, a catch is
no merit: "fell" counts the texts that lose more claims than their gold does.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from summarizer.errors import SummarizerError
from summarizer.guard import check, facts
from summarizer.types import Finding

from .. import data as datasets
from ..corrupt import Corruption, corrupt
from ..data import Row
from . import faithfulness

KINDS = ("number", "date", "name", "place", "polarity")


@dataclass
class Tally:
    """Per kind: corruptions caught, those whose score fell, and all made; claims of untouched golds lost and made."""

    caught: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    fell: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    made: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)
    claims: int = 0
    lost: int = 0

    def recall(self, kind: str) -> float:
        """Share of the corruptions of ``kind`` that were caught; NaN where none could be made."""
        return self.caught[kind] / self.made[kind] if self.made[kind] else float("nan")

    @property
    def alarms(self) -> float:
        """Share of the untouched golds' claims that the metric does not keep."""
        return self.lost / self.claims if self.claims else float("nan")


def tally(rows: Iterable[Row], seed: int = 0, rounds: int = 1) -> Tally:
    """Corrupts each gold once per kind and round where it can be, and counts what the metric sees."""
    found = Tally()
    for row in rows:
        known = facts(row.body)
        whole = check(row.gold, known)
        lost = _lost(whole)
        found.claims += len(whole)
        found.lost += len(lost)
        for kind, (text, (start, end), _) in _corruptions(row, seed, rounds):
            now = _lost(check(text, known))
            caught = any(finding.start < end and start < finding.end for finding in now)
            found.made[kind] += 1
            found.caught[kind] += caught
            found.fell[kind] += len(now) > len(lost)
            if not caught:
                found.missed.append((kind, row.id, row.gold, text))
    return found


def _corruptions(row: Row, seed: int, rounds: int) -> Iterator[tuple[str, Corruption]]:
    for kind in KINDS:
        for n in range(rounds):
            made = corrupt(row.gold, row.body, kind, random.Random(f"{seed}:{n}:{row.id}"))
            if made is not None:
                yield kind, made


def _lost(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.verdict not in faithfulness.KEPT]


def main(argv: list[str] | None = None) -> int:
    """Prints recall by kind and the rate of false alarms."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.metrics.selftest", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--data", required=True)
    parser.add_argument("--task", choices=["headline", "summary"], default="headline")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="missed corruptions to print")
    args = parser.parse_args(argv)
    try:
        data = datasets.select(datasets.load(args.data, args.task, skip_bad=True), args.rows)
    except SummarizerError as error:
        print(f"错误 / error: {error}", file=sys.stderr)
        return 2
    found = tally(data.rows, rounds=args.rounds)
    print(f"{data.name}，{len(data.rows)} 条，数据 {data.sha256[:8]}")
    for kind in KINDS:
        told = f"{found.caught[kind]}/{found.made[kind]} = {100 * found.recall(kind):.1f}%"
        print(f"{kind}: 捕获 / caught {told}，分数下降 / fell {found.fell[kind]}")
    print(f"误报 / false alarms: {found.lost}/{found.claims} = {100 * found.alarms:.1f}%")
    for kind, key, gold, text in found.missed[: args.show]:
        print(f"漏报 {kind} {key}: {gold} → {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

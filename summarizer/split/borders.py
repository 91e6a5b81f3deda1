"""Where one article ends and the next begins: cues of wording, display lines between, shift of topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .. import roles
from .units import Unit
from .words import Weights

THRESHOLD = 2.0
"""A gap whose score passes this parts two articles; the weights below were set on composed pages."""
REACH = 4
"""Paragraphs on each side whose words are compared."""


@dataclass(slots=True)
class Gap:
    """What stands between two body units: indices of units ``start`` up to ``end`` (not included)."""

    start: int
    end: int
    score: float = 0.0
    why: list[str] = field(default_factory=list)

    @property
    def border(self) -> bool:
        return self.score >= THRESHOLD

    def add(self, points: float, why: str) -> None:
        self.score += points
        self.why.append(f"{why}{points:+.1f}")


def gaps_of(units: Sequence[Unit], bags: Sequence[Counter[str]], weights: Weights, page: bool) -> list[Gap]:
    """The gap before each body unit but the first, scored; ``page`` tells of signs of a newspaper page."""
    body = [index for index, unit in enumerate(units) if unit.role in ("body", "heading")]
    gaps = []
    for number in range(1, len(body)):
        gap = Gap(body[number - 1] + 1, body[number])
        between = units[gap.start : gap.end]
        _cues(gap, units[body[number - 1]], between, units[body[number]])
        _display(gap, between)
        near = _pool(bags, body[max(0, number - REACH) : number]), _pool(bags, body[number : number + REACH])
        _topic(gap, weights.cosine(*near), min(sum(near[0].values()), sum(near[1].values())))
        if not page:
            gap.add(-2.0, "no page")
        gaps.append(gap)
    return gaps


def _pool(bags: Sequence[Counter[str]], indices: Sequence[int]) -> Counter[str]:
    pool: Counter[str] = Counter()
    for index in indices:
        pool.update(bags[index])
    return pool


def _cues(gap: Gap, before: Unit, between: Sequence[Unit], after: Unit) -> None:
    if after.head:
        gap.add(2.6, "dateline")
    bylines = [unit for unit in between if unit.role == "byline"]
    if bylines:
        gap.add(2.2, "byline")
    if before.tail:
        gap.add(2.0, "credit at end")
    if after.role == "heading":
        gap.add(-3.0, "section heading")
    if not roles.ends_sentence(before.text) and not before.tail:
        gap.add(-1.5, "sentence goes on")


def _display(gap: Gap, between: Sequence[Unit]) -> None:
    shown = [unit for unit in between if unit.role == "display"]
    if not shown:
        return
    gap.add(0.6 if len(shown) == 1 else 1.6, "display lines")
    if any(roles.is_dash(unit.text) for unit in shown):
        gap.add(1.0, "dash")
    if any(roles.KICKER_END.search(unit.text) for unit in shown[:-1]):
        gap.add(1.0, "kicker")


def _topic(gap: Gap, cosine: float, size: int) -> None:
    # Few words can't prove a shift; many without a common bigram do.
    trust = min(1.0, size / 120)
    gap.add(round(trust * max(-2.0, min(2.0, (0.055 - cosine) * 40)), 2), f"topic {cosine:.3f}")

"""Where one article ends and the next begins: cues of wording, display lines between, shift of topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .. import roles
from .units import Unit
from .words import Vector, Weights, cosine

THRESHOLD = 0.0
"""Log-odds from which a gap parts two articles. The weights below are a logistic regression over the
gaps of 300 composed pages (seeds 100–399), rounded; a wrong weight shows in ``python -m eval.pages``."""
PRIOR = -1.7
NOT_A_PAGE = -4.0
"""Added where nothing else says newspaper: one document seldom holds two articles."""
COHESION = ((1, -25.0), (3, -33.0), (6, -23.0))
"""Paragraphs compared on each side, and the weight of their cosine (capped at ``MOST_ALIKE``)."""
MOST_ALIKE = 0.2


@dataclass(slots=True)
class Gap:
    """What stands between two body units: indices of units ``start`` up to ``end`` (not included)."""

    start: int
    end: int
    score: float = 0.0
    shown: bool = False
    why: list[str] = field(default_factory=list)

    @property
    def border(self) -> bool:
        return self.score > THRESHOLD

    def add(self, points: float, why: str) -> None:
        self.score += points
        self.why.append(f"{why}{points:+.1f}")


def gaps_of(units: Sequence[Unit], bags: Sequence[Counter[str]], weights: Weights, page: bool) -> list[Gap]:
    """The gap before each body unit but the first, scored; ``page`` tells of signs of a newspaper page."""
    body = [index for index, unit in enumerate(units) if unit.role in ("body", "heading")]
    gaps = []
    ahead: dict[tuple[int, int], Vector] = {}  # what stands after a gap stands before a later one
    for number in range(1, len(body)):
        gap = Gap(body[number - 1] + 1, body[number], PRIOR if page else PRIOR + NOT_A_PAGE)
        between = units[gap.start : gap.end]
        _cues(gap, units[body[number - 1]], between, units[body[number]])
        _between(gap, between)
        if not page and not gap.border:
            gaps.append(gap)  # cohesion only takes away, and off a page nobody asks by how much
            continue
        for reach, weight in COHESION:
            first, last = max(0, number - reach), min(len(body), number + reach)
            left = ahead.pop((first, number), None) or weights.vector(_pool(bags, body[first:number]))
            right = ahead[number, last] = weights.vector(_pool(bags, body[number:last]))
            gap.add(weight * min(MOST_ALIKE, cosine(left, right)), f"cohesion over {reach}")
        gaps.append(gap)
    return gaps


def _pool(bags: Sequence[Counter[str]], indices: Sequence[int]) -> Counter[str]:
    pool: Counter[str] = Counter()
    for index in indices:
        pool.update(bags[index])
    return pool


def _cues(gap: Gap, before: Unit, between: Sequence[Unit], after: Unit) -> None:
    if after.head:
        gap.add(6.5, "dateline")
    if any(unit.role in ("byline", "dateline") for unit in between):
        gap.add(6.3, "byline")
    if before.tail:
        gap.add(2.8, "credit or turn at end")
    if after.role == "heading":
        gap.add(-6.0, "section heading")
    if not roles.ends_sentence(before.text) and not before.tail:
        gap.add(-2.9, "sentence goes on")
    if min(len(before.text), len(after.text)) < 40:
        gap.add(-1.1, "short paragraph")


def _between(gap: Gap, between: Sequence[Unit]) -> None:
    gap.shown = any(unit.role in ("display", "box") for unit in between)
    for role, points in (("display", 2.6), ("advert", 1.9), ("furniture", 0.7), ("caption", 0.5)):
        if any(unit.role == role for unit in between):
            gap.add(points, role)
    if any(roles.is_dash(unit.text) for unit in between if unit.role == "display"):
        gap.add(0.5, "dash")

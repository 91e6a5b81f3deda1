"""Parallel halves: the two-line headline of political news, two clauses of one length and one build.

Such halves are found, not made: adjacent clauses of the report that already run parallel (稳中求进 以进促稳)
are its best two-line headline, and a candidate with a separator is measured by the same rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ..chars import unbalanced, width
from .breaks import NO_END, NO_START
from .words import tag, units

MIN_HALF, MAX_HALF = 4.0, 16.0
_CLAUSE = re.compile(r"[^，；。！？：、\s“”‘’（）()《》]+")
_SEPARATED = re.compile(r"[ ，；]")
# 要坚持生态优先，推动绿色发展: one modal for both halves, which the headline leaves out.
_MODAL = re.compile(r"^(?:要|必须|应当?|将|就要|就是要|需要?|务必|坚决)(?=..)")
# Openings that tie a clause to the one before it, so that it can't stand as a line.
_TIED = re.compile(
    r"^(?:但|而|也|并|又|则|其|该|这|那|他|她|它|以及|同时|其中|此外|因此|所以|如果|只要|就|才|更|还|对此)"
)


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two halves and how parallel they are, 0..1: equal length, equal rhythm, the same build."""

    left: str
    right: str
    score: float

    @property
    def text(self) -> str:
        """The headline: the halves with a space between."""
        return f"{self.left} {self.right}"


def parallel(left: str, right: str) -> float:
    """How parallel two clauses are, 0..1; 0 where their lengths differ or one says the other's words.

    Half for equal length, 0.3 for the share of words that begin at the same place, 0.2 for the share of
    those with the same part of speech.
    """
    if not left or width(left) != width(right):
        return 0.0
    a, b = units(left), units(right)
    first, second = ({t[s:e] for s, e in spans if e - s > 1} for t, spans in ((left, a), (right, b)))
    if first & second:
        return 0.0
    starts = {s for s, _ in a} & {s for s, _ in b}
    rhythm = len(starts) / max(len(a), len(b))
    at = {s: tag(right[s:e]) for s, e in b}
    alike = sum(tag(left[s:e])[:1] == at.get(s, "-")[:1] for s, e in a) / len(a)
    return 0.5 + 0.3 * rhythm + 0.2 * alike


def halves(headline: str) -> Parallel | None:
    """The two halves of a headline with one separator, with their score; None for any other headline."""
    parts = [part for part in _SEPARATED.split(headline) if part]
    if len(parts) != 2 or unbalanced(parts[0]) or unbalanced(parts[1]):
        return None
    return Parallel(parts[0], parts[1], parallel(parts[0], parts[1]))


def couplets(body: str, budget: float = MAX_HALF, least: float = 0.8, count: int = 5) -> tuple[Parallel, ...]:
    """Adjacent clauses of ``body`` that run parallel, the best first, each half within ``budget`` units.

    Ties fall to the earlier. Empty where the report has none; nothing is reworded.
    """
    clauses = [m for m in _CLAUSE.finditer(body) if MIN_HALF <= width(m.group()) <= min(budget, MAX_HALF)]
    found = []
    for one, two in pairwise(clauses):
        if body[one.end() : two.start()] not in ("，", "；", "、") or not _stands(one) or not _stands(two):
            continue
        for left in {one.group(), _MODAL.sub("", one.group())}:
            score = parallel(left, two.group())
            if score >= least:
                found.append((-score, one.start(), Parallel(left, two.group(), score)))
    distinct = {item[2].text: item for item in sorted(found, key=lambda item: item[:2])[::-1]}
    return tuple(item[2] for item in sorted(distinct.values(), key=lambda item: item[:2])[:count])


def _stands(clause: re.Match[str]) -> bool:
    text = clause.group()
    if not any(tag(text[a:b]).startswith(("v", "a")) for a, b in units(text)):
        return False  # 普通市民 社区群众: a list, not two statements
    return not (_TIED.match(text) or text.startswith(NO_START) or text.endswith(NO_END) or text.isascii())

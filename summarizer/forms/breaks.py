"""Setting a headline in lines: where it may be broken, and why a break is bad.

The best breaks are found by dynamic programming over the unbreakable units of the text; a headline for
which there is no allowed break is refused with its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..chars import CLOSERS, PAIRS, matched_pairs, width
from .layout import Shape
from .words import units

# A line that starts with one of these reads as a continuation; Chinese setting rules forbid the marks.
NO_START = (
    "的",
    "地",
    "得",
    "了",
    "着",
    "过",
    "和",
    "与",
    "及",
    "们",
    "等",
    "吗",
    "呢",
    "吧",
    "之",
    "、",
    "·",
    "—",
    "…",
    "～",
    "%",
    "％",
    "℃",
)
NO_START_MARKS = frozenset(CLOSERS) | frozenset("，。；：！？、,.;:!?”’")
NO_END = (
    "和",
    "与",
    "及",
    "在",
    "对",
    "把",
    "被",
    "将",
    "为",
    "向",
    "从",
    "由",
    "让",
    "使",
    "于",
    "·",
    "第",
    "约",
    "￥",
    "$",
    "—",
)
NO_END_MARKS = frozenset(PAIRS)
# 地, 得, 过, 等, 和, 为… are also parts of words (地方, 等待, 和平): only a unit of its own counts.


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text sits in a shape. ``lines`` is empty and ``reasons`` is not when it can't be set.

    ``fill`` is the share of the shape's room that is used, 0..1; ``cost`` is 0 for the best breaks.
    """

    lines: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    fill: float = 0.0
    cost: float = 0.0

    @property
    def ok(self) -> bool:
        """True when the text can be set."""
        return bool(self.lines) and not self.reasons


def fit(text: str, shapes: Iterable[Shape], names: Iterable[str] = ()) -> Fit:
    """``text`` in the first shape that takes it with the least cost; reasons where none does.

    ``names`` are never broken. A space at a break is dropped. No shapes, or an empty text, do not fit.
    """
    names = tuple(names)
    tried = [fit_shape(text, shape, names) for shape in shapes]
    good = [found for found in tried if found.ok]
    if good:
        return min(good, key=lambda found: found.cost)
    return tried[0] if tried else Fit((), ("版式没有这一栏 / the layout has no such slot",))


def fit_shape(text: str, shape: Shape, names: tuple[str, ...] = ()) -> Fit:
    """``text`` in exactly the lines of ``shape``; fewer lines are no fit, except that one always may be.

    A text that fits the first line alone is not spread over two.
    """
    budgets = [line.budget for line in shape]
    total = width(text)
    if not text.strip():
        return Fit((), ("标题为空 / empty headline",))
    if total <= budgets[0] and len(budgets) == 1:
        return Fit((text,), fill=total / budgets[0], cost=_slack(total, budgets[0]))
    if total - len(budgets) / 2 > sum(budgets):
        return Fit((), (f"{total:g} 字，版面只有 {sum(budgets)} 字 / over the budget",))
    if len(budgets) == 1:
        return Fit((), (f"{total:g} 字，一行只有 {budgets[0]} 字 / over the line",))
    return _broken(text, budgets, names)


def breaks(text: str, names: Iterable[str] = ()) -> dict[int, tuple[float, str]]:
    """Each place between two units of ``text``: cost of a line break there, and why it is bad ("" if good).

    A cost of infinity forbids. Places inside a unit (word, number, name) are not listed at all.
    """
    spans = units(text, names)
    enclosed = [(a, b) for a, b in matched_pairs(text)]
    return {b: _cost(text, (a, b), (c, d), enclosed) for (a, b), (c, d) in pairwise(spans)}


def _cost(text: str, left: tuple[int, int], right: tuple[int, int], enclosed: list) -> tuple[float, str]:
    end, start = text[left[0] : left[1]], text[right[0] : right[1]]
    if start.isspace():
        return float("inf"), "下一行以空格开头 / a line would start with a space"
    if start in NO_START or start[0] in NO_START_MARKS:
        return float("inf"), f"下一行以“{start[0]}”开头 / a line would start with {start[0]}"
    if end in NO_END or end[-1] in NO_END_MARKS:
        return float("inf"), f"上一行以“{end}”结尾 / a line would end with {end}"
    if end.isspace():
        return 0.0, ""
    inside = sum(a < left[1] <= b for a, b in enclosed)
    if end[-1] in "，；：、。！？—…":
        return 0.05 + 0.6 * inside + 0.3 * (end[-1] == "、"), ""
    return 0.5 + 0.6 * inside + 0.3 * (left[1] - left[0] == 1) + 0.2 * (right[1] - right[0] == 1), ""


def _slack(used: float, budget: float) -> float:
    """A line three quarters full or more costs nothing; an emptier one up to 0.5."""
    return max(0.0, 0.75 - used / budget) * 0.67


def _broken(text: str, budgets: list[int], names: tuple[str, ...]) -> Fit:
    places = breaks(text, names)
    allowed = [0, *(p for p, (cost, _) in places.items() if cost < float("inf")), len(text)]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for budget in budgets:
        best = _next_line(text, budget, allowed, best, places)
    if len(text) not in best:
        return Fit((), _why_not(text, budgets, places))
    cost, cuts = best[len(text)]
    lines = tuple(text[a:b].strip() for a, b in pairwise((0, *cuts)))
    widths = [width(line) for line in lines]
    cost += 0.5 * (max(widths) - min(widths)) / max(widths)
    return Fit(lines, fill=min(1.0, sum(widths) / sum(budgets)), cost=cost)


def _next_line(text: str, budget: int, allowed: list[int], best: dict, places: dict) -> dict:
    """Cheapest way to each break after one more line; the balance of lines is weighed by squares."""
    found: dict[int, tuple[float, tuple[int, ...]]] = {}
    for start, (cost, cuts) in best.items():
        for end in allowed:
            if end <= start or (used := width(text[start:end].strip())) > budget or not used:
                continue
            here = cost + (places[end][0] if end < len(text) else 0.0) + (1 - used / budget) ** 2
            if end not in found or (here, (*cuts, end)) < found[end]:
                found[end] = here, (*cuts, end)
    return found


def _why_not(text: str, budgets: list[int], places: dict) -> tuple[str, ...]:
    """The reasons at the places where the first break would have had to fall."""
    low, high = width(text) - sum(budgets[1:]) - 0.5, budgets[0] + 0.5
    inside = [p for p in range(1, len(text)) if low <= width(text[:p]) <= high]
    reasons = [places[p][1] for p in inside if p in places and places[p][1]]
    cut = next((_unit_at(text, p, places) for p in inside if p not in places), "")
    if cut:
        reasons.append(f"断在“{cut}”中间 / the break would fall inside {cut}")
    return tuple(dict.fromkeys(reasons)) or ("没有合适的断行处 / no place to break",)


def _unit_at(text: str, place: int, places: dict) -> str:
    start = max((p for p in places if p < place), default=0)
    end = min((p for p in places if p > place), default=len(text))
    return text[start:end]

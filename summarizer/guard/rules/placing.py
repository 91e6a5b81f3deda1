"""Figures of the body at a wrong place: 受伤38人 where the body has 死亡38人，受伤29人."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ...types import Span
from .. import numbers
from ..facts import Facts
from ..numbers import Quantity
from ..text import around, bigrams, clause, fold

_WIDE = 28
_TRAIL = re.compile(r"(?:的|因|被)?([\u4e00-\u9fff]{2})")
_LEAD = re.compile(
    r"([\u4e00-\u9fff]{2}?)(?:达到?|为|至|到|了|近|超过?|约|逾|共|有|已|将|累计|同比|环比|率|数|量|额|病例|人数|\s){0,3}$"
)
#: 由14.6万公里增至16.5万公里: both figures belong to the words before 由.
_RELATIVE = ("累计", "同比", "环比", "现有")
_LEVEL = re.compile("[至到]")
_QUALIFIERS = frozenset("累计 新增 其中 另有 现有 同比 环比 目前 平均 共计 合计".split())
#: 3248例（包括西藏1例）: what is counted stands before the first figure.
_AMONG = re.compile(r"\s*[（(，,]\s*(?:其中|包括|包含|含)[^，。；\d]{0,8}")
_FROM_TO = re.compile(
    r"\s*(?:[上下回]?[增减升降提跌涨落扩缩发][加少高低长到至大小展]?[至到为]|至|到|和|与|及|以及|、)\s*"
)


def rival_in_place(claim: Quantity, equal: Sequence[Quantity], text: str, facts: Facts) -> Quantity | None:
    """The figure that the body has at the claim's place, where ``equal``, the claim's own, stand elsewhere."""
    other = _misplaced(claim, equal, text, facts) or _elsewhere(claim, equal, text, facts)
    return None if other and _nearer(claim, equal, other, text, facts) else other


def _nearer(claim: Quantity, equal: Sequence[Quantity], rival: Quantity, text: str, facts: Facts) -> bool:
    """Whether the sentence of the claim's own figure is more like the claim's clause than the rival's."""
    words, whole = _clause(fold(text), claim), len(facts.folded)
    theirs = around(facts.folded, rival.start, rival.end, whole)
    ours = [around(facts.folded, q.start, q.end, whole) for q in equal]
    if theirs in ours:
        return False
    said = len(words & bigrams(facts.folded[slice(*theirs)]))
    return any(len(words & bigrams(facts.folded[slice(*span)])) > said + 1 for span in ours)


def _misplaced(claim: Quantity, equal: Sequence[Quantity], text: str, facts: Facts) -> Quantity | None:
    """The word beside the claim belongs to another figure, and stands nowhere in the clause of the claim's own."""
    folded, body = fold(text), facts.folded
    for beside in (word_before, word_after):
        key = beside(folded, claim)
        if key and not any(key in body[slice(*_segment(q, facts))] for q in equal):
            other = next((q for q in _rivals(claim, facts) if beside(body, q) == key), None)
            if (
                other
                and not _also_said(other, key, folded, beside)
                and not _excused(claim, equal, other, text, facts)
            ):
                return other
    return None


def _excused(claim: Quantity, equal: Sequence[Quantity], rival: Quantity, text: str, facts: Facts) -> bool:
    """Whether the claim's own figure has the other word beside it, or the claim's 累计, and the rival has neither."""
    folded, body = fold(text), facts.folded
    for beside in (word_before, word_after):
        key = beside(folded, claim)
        if key and key != beside(body, rival) and any(beside(body, q) == key for q in equal):
            return True
    said = {q for q in _RELATIVE if q in folded[max(0, claim.start - 8) : claim.start]}
    own = {q for q in said if any(q in body[slice(*_segment(e, facts))] for e in equal)}
    return any(q not in body[slice(*_segment(rival, facts))] for q in own)


def _segment(quantity: Quantity, facts: Facts) -> Span:
    """The clause of a figure of the body, up to the figures beside it."""
    body = facts.folded
    low, high = clause(body, quantity.start, quantity.end, 40)
    for other in facts.quantities:
        if low < other.end <= quantity.start:
            joined = any(p.fullmatch(body, other.end, quantity.start) for p in (_FROM_TO, _AMONG))
            low = low if joined else other.end
        if quantity.end <= other.start < high:
            high = other.start
    return low, high


def _rivals(claim: Quantity, facts: Facts) -> list[Quantity]:
    """Figures of the body with the claim's very unit and another value."""
    if not claim.unit.name or claim.kind == "ordinal":
        return []
    return [
        q
        for q in facts.quantities
        if q.unit.name == claim.unit.name and q.low != claim.low and q.kind != "ordinal"
    ]


def _also_said(rival: Quantity, key: str, folded: str, beside: Callable[[str, Quantity], str]) -> bool:
    """Whether the headline gives the rival figure too, beside the same word: 确诊病例218例 累计确诊927例."""
    return any(q.low == rival.low and beside(folded, q) == key for q in numbers.parse(folded))


def _elsewhere(claim: Quantity, equal: Sequence[Quantity], text: str, facts: Facts) -> Quantity | None:
    """Another figure with the claim's unit whose surroundings are much more like the claim's clause.

    The thresholds come from figures swapped inside the body against untouched headlines (docs/guard.md).
    """
    folded, body = fold(text), facts.folded
    rivals = _rivals(claim, facts)
    words = _clause(folded, claim) if rivals else set()
    best = max(rivals, key=lambda q: len(words & facts.pairs_near(q.start, q.end)), default=None)
    if best is None or _tied(claim, equal, folded, body):
        return None
    here = max(len(words & facts.pairs_near(q.start, q.end, _WIDE)) for q in equal)
    return best if here <= 1 and len(words & facts.pairs_near(best.start, best.end)) >= here + 3 else None


def _tied(claim: Quantity, equal: Sequence[Quantity], folded: str, body: str) -> bool:
    """Whether the word beside the claim is the word beside its own figure in the body: 顺差1987亿元."""
    words = {word_before(folded, claim), word_after(folded, claim)} - {""}
    return any(words & {word_before(body, q), word_after(body, q)} for q in equal)


def _clause(folded: str, claim: Quantity) -> set[str]:
    """Pairs of the clause around a claim, without the claim, up to like figures beside it: 新增7例|累计58例."""
    low, high = clause(folded, claim.start, claim.end)
    for other in numbers.parse(folded):
        if other.unit.name == claim.unit.name and low <= other.start and other.end <= high:
            low = other.end if other.end <= claim.start else low
            high = min(high, other.start) if other.start >= claim.end else high
    return bigrams(folded[low : claim.start]) | bigrams(folded[claim.end : high])


def word_before(folded: str, quantity: Quantity) -> str:
    """The last two Han characters before a figure, past particles (达, 约, 同比); "" for other text."""
    found = _LEAD.search(folded, max(0, quantity.start - 12), quantity.start)
    if not found:
        return ""
    level = _LEVEL.search(found.group(), 2)
    return found.group(1) + (
        "至" if level and found.group(1)[0] in "增升提减降下" else ""
    )  # 增加至 is not 增加了


def word_after(folded: str, quantity: Quantity) -> str:
    """The two Han characters right after a figure."""
    found = _TRAIL.match(folded, quantity.end)
    return found.group(1) if found and found.group(1) not in _QUALIFIERS else ""  # 7例|累计58例

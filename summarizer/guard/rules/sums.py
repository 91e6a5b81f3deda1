"""Totals that the body does not write but gives: figures that add up to the claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from ..facts import Facts
from ..numbers import Quantity, exact, round_step
from ..text import clause, fold
from ..units import PERSONS
from .placing import word_before
from .support import NOTHING, Support

_TOTAL = re.compile(r"共|合[计力砍]|总(?=[共计数额量值产投成规里面]|$)|全部|双方|累计")
_TOTAL_BEHIND = re.compile(r"(?:死伤|伤亡)")
#: 5例，其中输入3例: the second is a part of the first.
_PART = re.compile(r"其中|包括|包含|[（(：]")
_FATES = frozenset("死伤亡")
_AND, _LINKED = re.compile(r"[和、及与，]"), re.compile(r"[和、及与]")
ADDENDS, _FEW = 6, 4  # two of fourteen counties add up to anything


def total(claim: Quantity, text: str, facts: Facts) -> Support:
    """Two or three like figures of one sentence that add up to a claim called a total, or persons joined by 和."""
    if claim.kind in ("ordinal", "percent") or claim.low != claim.high or not claim.unit.name:
        return NOTHING
    said = _TOTAL.search(
        text, clause(text, claim.start, claim.start, 10)[0], claim.start
    ) or _TOTAL_BEHIND.match(text, claim.end)
    people = claim.unit.name in PERSONS and claim.unit.name != "个"  # 2个单位、2名个人
    if claim.unit.name in _FATES and not said:
        return NOTHING  # 7死 is no 两名 and 5人
    if said and any(_is_total(q, facts) for q in facts.quantities if q.unit.name == claim.unit.name):
        return NOTHING  # the body gives its own: 累计确诊202例

    def like(q: Quantity) -> bool:
        same = q.unit.name in PERSONS if people else q.unit.name == claim.unit.name
        return same and q.kind == claim.kind and 0 < q.low < claim.low and q.low == q.high

    for group in sentences(facts, like):
        for size in (2, 3):
            for parts in combinations(group[:ADDENDS], size):
                if sum(q.low for q in parts) == claim.low and (
                    said or (len(group) <= _FEW and _whole_run(parts, claim, text, facts, people))
                ):
                    return tuple((q.start, q.end) for q in parts), "合计 / sum of the figures in one sentence"
    return _apart(claim, said, [q for q in facts.quantities if like(q)], text, facts)


def _apart(claim: Quantity, said: object, likes: list[Quantity], text: str, facts: Facts) -> Support:
    """Figures of several sentences: all that have the claim's word behind them (6人遇难, 5人遇难), or exact ones."""
    word = text[claim.end : claim.end + 2]
    alike = [q for q in likes if facts.body[q.end : q.end + 2] == word] if word.isalpha() else []
    even = alike and min(q.low for q in alike) * 4 >= claim.low  # 87 and 2 make no 89 that one would print
    together = alike and "。" not in facts.body[alike[0].start : alike[-1].end]
    apart = len({q.low for q in alike}) == len(alike) in (2, 3)  # “两个时刻” said three times makes no six
    if claim.unit.weak and apart and (even or together) and sum(q.low for q in alike) == claim.low:
        return tuple((q.start, q.end) for q in alike), f"合计 / sum of all that are {word}"
    if not said:
        return NOTHING
    parts = _each(claim, likes, facts)
    if not parts and (exact(claim) or claim.bound):
        parts = next((p for p in combinations(likes[:ADDENDS], 2) if _meets(claim, p)), ())
    return (tuple((q.start, q.end) for q in parts), "合计 / sum of these figures") if parts else NOTHING


def _each(claim: Quantity, likes: list[Quantity], facts: Facts) -> tuple[Quantity, ...]:
    """All figures with one word before them, in a list too long to try: 第1笔…成交金额400.6万元, 第2笔 …"""
    words: dict[str, list[Quantity]] = {}
    for quantity in likes:
        words.setdefault(word_before(facts.folded, quantity), []).append(quantity)
    lists = (found for word, found in words.items() if word and len(found) > 2)
    return next((tuple(found) for found in lists if sum(q.low for q in found) == claim.low), ())


def _meets(claim: Quantity, parts: tuple[Quantity, ...]) -> bool:
    """Whether a total is the claim's figure, or lies where its 近 and 超 put it: 近1700人 for 1688."""
    found, step = sum(q.low for q in parts), round_step(claim)
    fine = exact(replace(claim, low=found, step=min(q.step for q in parts)))
    if claim.bound == "near":
        return claim.low - step <= found < claim.low and fine
    if claim.bound == "over":
        return claim.low < found < claim.low + step and fine
    return found == claim.low


def _is_total(quantity: Quantity, facts: Facts) -> bool:
    """累计确诊202例: a total of the body's own."""
    low, _ = clause(facts.body, quantity.start, quantity.end, 24)
    return bool(_TOTAL.search(facts.body, low, quantity.start))


def _whole_run(parts: tuple[Quantity, ...], claim: Quantity, text: str, facts: Facts, people: bool) -> bool:
    """Whether figures joined by 和 or 、 are all that are so joined, and no other stands beside the claim's word."""
    units = PERSONS if people else {parts[0].unit.name}
    around = [q for q in facts.quantities if q.unit.name in units and q.kind == parts[0].kind]
    first, last = around.index(parts[0]), around.index(parts[-1]) + 1
    if last - first != len(parts) or not _joined(parts, facts, people):
        return False
    beyond = [
        *zip(around[:first][-1:], parts[:1], strict=False),
        *zip(parts[-1:], around[last:], strict=False),
    ]
    if any(_joined(pair, facts, people) for pair in beyond):
        return False
    key = word_before(fold(text), claim)
    return not key or all(word_before(facts.folded, q) != key for q in around if q not in parts)


def _joined(parts: tuple[Quantity, ...], facts: Facts, people: bool) -> bool:
    """Whether nothing but a short noun and 和, 及 (for persons also a comma) stands between neighbouring figures."""
    link = _AND if people else _LINKED
    gaps = [facts.body[a.end : b.start] for a, b in zip(parts, parts[1:], strict=False)]
    return all(
        len(gap) <= 12 and link.search(gap) and "，" not in gap[1:] and not _PART.search(gap) for gap in gaps
    )


def sentences(facts: Facts, wanted: Callable[[Quantity], bool]) -> Iterator[list[Quantity]]:
    """The quantities that are ``wanted``, by sentence, two or more at a time."""
    groups: dict[int, list[Quantity]] = {}
    for quantity in facts.quantities:
        if wanted(quantity):
            groups.setdefault(facts.body.count("。", 0, quantity.start), []).append(quantity)
    return (group for group in groups.values() if len(group) > 1)

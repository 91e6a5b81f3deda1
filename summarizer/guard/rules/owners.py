"""Whose figure it is: 中国…下调至3.3% where the body says 3.3% of the world.

Decided only for shares, money and large counts, where a place stands before the headline's figure in its clause and
every such figure of the body follows another place in a sentence that does not name this one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...types import Span
from ..facts import Facts
from ..gazetteer import COUNTRIES, PROVINCES
from ..numbers import Quantity
from ..places import OWN, SHORT
from ..text import around, clause, fold
from ..units import MONEY

_WORLD = ("世界", "全球", "国际")
_NATION = ("中国", "我国", "全国", "国内")
_PLACE = re.compile("|".join(sorted({*COUNTRIES, *PROVINCES, *_WORLD, *_NATION}, key=len, reverse=True)))
#: 31个省和新疆生产建设兵团: the country, one by one.
_BY_ONE = re.compile(r"\d+个?省|各省|兵团")
_HERE = tuple(word for word in OWN if word not in _NATION)
_LARGE = 100


def other_owner(
    claim: Quantity, own: Sequence[Quantity], text: str, facts: Facts
) -> tuple[Quantity, str] | None:
    """A figure of ``own``, the body's figures that fit the claim, and its place, where all follow other places."""
    if claim.unit.dimension not in MONEY | {"ratio"} and not (claim.unit.weak and claim.low >= _LARGE):
        return None
    folded = fold(text)
    place = _last(folded, clause(folded, claim.start, claim.end)[0], claim.start)
    if not place:
        return None
    names = _names(place)
    if any(_told(quantity, names, facts) for quantity in own):
        return None
    return own[0], _owner(own[0], facts)


def _names(place: str) -> set[str]:
    """The words by which a body may mean a place."""
    group = next((set(words) for words in (_WORLD, _NATION) if place in words), {place})
    short = {char for char, full in SHORT.items() if place in full}
    return group | short | set(PROVINCES.get(place, ()))


def _told(quantity: Quantity, names: set[str], facts: Facts) -> bool:
    """Whether a figure may belong to a place: its sentence has a name of it, speaks of its own place, or names none."""
    sentence = facts.folded[slice(*_sentence(quantity, facts))]
    if _BY_ONE.search(sentence) and names & set(_NATION):
        return True
    return not _owner(quantity, facts) or any(word in sentence for word in (*names, *_HERE))


def _owner(quantity: Quantity, facts: Facts) -> str:
    """The last place that the sentence names before a figure, "" for none."""
    return _last(facts.folded, _sentence(quantity, facts)[0], quantity.start)


def _last(folded: str, start: int, end: int) -> str:
    return next((m.group() for m in reversed(list(_PLACE.finditer(folded, start, end)))), "")


def _sentence(quantity: Quantity, facts: Facts) -> Span:
    return around(facts.folded, quantity.start, quantity.end, len(facts.folded))

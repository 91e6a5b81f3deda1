"""Which side does it: 俄方将维护渔民权益 where the body says so of 乌方.

Decided only where the body has the headline's own words behind a side, and each time behind another one.
"""

from __future__ import annotations

import re

from ...types import Finding, Span
from ..facts import Facts
from ..text import CLAUSE, fold, sentence_start

_COUNTRIES = "中美俄乌以日韩英法德印伊叙欧朝巴土"
_SIDE = re.compile(f"[{_COUNTRIES}][方军](?![向面位便法事官人队机舰])")
_ANY_SIDE = re.compile(f"[{_COUNTRIES}双各][方军]|两国|三国")
_LEAST = 6  # characters that are the body's own


def findings(text: str, facts: Facts) -> list[Finding]:
    """A contradiction for each side to which ``text`` gives what the body says of another."""
    folded, out = fold(text), []
    for clause in CLAUSE.finditer(folded):
        side = _SIDE.match(folded, clause.start())
        if not side or not facts.where(side.group(), 1) or _ANY_SIDE.search(folded, side.end(), clause.end()):
            continue
        end, places = _own_words(folded, side.end(), clause.end(), facts)
        others = [_side_before(place[0], facts) for place in places]
        if others and all(others) and all(side.group() not in o and o[0] in _COUNTRIES for o in others):
            reason = f"正文说的是“{others[0]}” / the body says it of {others[0]}"
            start = side.start()
            out.append(Finding("role", text[start:end], start, end, "contradicted", (places[0],), reason))
    return out


def _own_words(folded: str, low: int, high: int, facts: Facts) -> tuple[int, tuple[Span, ...]]:
    """The end of the longest run between ``low`` and ``high`` that the body has, and its places there."""
    for size in range(high - low, _LEAST - 1, -1):
        for start in range(low, high - size + 1):
            if places := facts.where(folded[start : start + size], 12):
                return start + size, places
    return high, ()


def _side_before(place: int, facts: Facts) -> str:
    """The last side that the sentence names before ``place``; "" for none."""
    return next(iter(_ANY_SIDE.findall(facts.folded, sentence_start(facts.folded, place), place)[-1:]), "")

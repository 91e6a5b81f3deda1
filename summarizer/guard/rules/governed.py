"""A clause taken over without the word that turned it: 让锅炉断粮 where the body says 不能让锅炉断粮."""

from __future__ import annotations

import re
from functools import lru_cache

from ...types import Finding, Span
from ..facts import Facts
from ..names import Token
from ..polarity import CONDITION, LEXICAL, NEGATORS, PREVENT, asks
from ..text import BREAK, fold

_GOVERNOR = re.compile("|".join(sorted(map(re.escape, [*NEGATORS, *PREVENT]), key=len, reverse=True)))
_TURNS = re.compile(r"[不没未无非勿莫拒禁防避免否停消止反别难零]")
_PREPOSITIONS = "在向对让把被给为与同将"
_LEAST, _LONGEST = 4, 24  # characters that the clause has in common with what the body turns
_BEFORE = 6  # characters of the clause that may hold the turning word


def findings(text: str, facts: Facts, tokens: tuple[Token, ...]) -> list[Finding]:
    """One finding per clause of ``text`` that the body has only after a word that turns it."""
    folded, out = fold(text), []
    for place in _governed(facts):
        head = facts.folded[place : place + _LEAST]
        at = folded.find(head)
        if at < 0 or _turned(folded, at) or any(f.start < at + _LEAST and at < f.end for f in out):
            continue
        end = at + _common(folded[at:], facts.folded[place : place + _LONGEST])
        run = folded[at:end]
        if not _acts(at, end, run, tokens) or not _always(run, facts):
            continue
        span = (place, place + len(run))
        governor = _word_before(facts.folded, place)
        reason = f"正文前有“{governor}” / the body puts {governor} before it"
        out.append(Finding("polarity", text[at:end], at, end, "contradicted", (span,), reason))
    return out


@lru_cache(maxsize=8)
def _governed(facts: Facts) -> tuple[int, ...]:
    """Where in the body something begins that a negator or preventing word turns."""
    ends = []
    for match in _GOVERNOR.finditer(facts.folded):
        after = facts.folded[match.end() : match.end() + _LEAST]
        if (
            len(after) == _LEAST
            and not BREAK.search(after)
            and not LEXICAL.match(facts.folded, match.start())
            and not asks(facts.folded, match.start())
            and not CONDITION.match(facts.folded, match.end())
        ):
            ends.append(match.end())
    return tuple(ends)


def _turned(folded: str, at: int) -> bool:
    """True where the text itself says no shortly before ``at``, or after it in the same clause (遭叫停)."""
    stop = BREAK.search(folded, at)
    after = _GOVERNOR.search(folded, at, stop.start() if stop else len(folded))
    denied = "否认" in folded[at:]
    return bool(after or denied or _TURNS.search(folded, max(0, at - _BEFORE), at))


def _common(a: str, b: str) -> int:
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y or BREAK.match(x)),
        min(len(a), len(b)),
    )


def _acts(start: int, end: int, run: str, tokens: tuple[Token, ...]) -> bool:
    """What is turned is a deed (a verb lies whole within it, or it opens with a preposition) and begins a word."""
    deed = run[0] in _PREPOSITIONS or any(
        t.tag == "verb" and start <= t.start and t.end <= end for t in tokens
    )
    return deed and any(t.start == start for t in tokens)


def _always(run: str, facts: Facts) -> bool:
    """True where the body nowhere has the run without a word that turns it."""
    places: list[Span] = list(facts.where(run, 20))
    return all(_word_before(facts.folded, start) for start, _ in places)


def _word_before(folded: str, start: int) -> str:
    """The turning word that ends at ``start``; "" for none."""
    for size in (2, 1):
        word = folded[max(0, start - size) : start]
        if len(word) == size and _GOVERNOR.fullmatch(word):
            return word
    return ""

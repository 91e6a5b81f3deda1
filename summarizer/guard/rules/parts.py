"""A total given to one of its parts, a prize to the winner of another: 枫桥新增34例 from 34例（枫桥1例，…）.

Both copy the body's own words and join them wrongly, so each word by itself is there.
"""

from __future__ import annotations

import re

from ...types import Finding
from ..facts import Facts
from ..gazetteer import COUNTRIES, PROVINCES
from ..text import clause, fold, sentence_start

_PLACES = "|".join(sorted({*COUNTRIES, *PROVINCES}, key=len, reverse=True))
_PLACE = re.compile(_PLACES)
_COUNT = re.compile(
    rf"(?P<place>{_PLACES})[省市]?[^,。;:!?\s\d]{{0,10}}?(?P<figure>\d+)(?P<unit>[例人起家名枚个所])"
)
_PRIZE = re.compile("冠军|亚军|季军|殿军|[金银铜]牌|[特一二三]等奖")
_LEAST, _LONGEST = 4, 8  # characters before a prize that are the body's own
_BEHIND = 8  # and within which the body names it


def findings(text: str, facts: Facts) -> list[Finding]:
    """A contradiction for each count that the body has of the whole only, and each prize that it gives to others."""
    folded = fold(text)
    counts = (_count(m, text, facts) for m in _COUNT.finditer(folded))
    prizes = (_prize(m, folded, text, facts) for m in _PRIZE.finditer(folded))
    return [found for found in (*counts, *prizes) if found]


def _count(said: re.Match[str], text: str, facts: Facts) -> Finding | None:
    place, figure, unit = said.group("place", "figure", "unit")
    low, _ = clause(said.string, said.start(), said.end())
    if len(_PLACE.findall(said.string, low, said.start("figure"))) > 1:
        return None  # 云南四川新增3例: of both together
    own = list(re.finditer(rf"{place}[省市]?(\d+){unit}", facts.folded))
    if not own or figure in (m.group(1) for m in own):
        return None
    wholes = [m.start() for m in re.finditer(rf"(?<![\d.]){figure}{unit}", facts.folded)]
    if not wholes or any(place in facts.folded[sentence_start(facts.folded, at) : at] for at in wholes):
        return None
    part = own[0]
    reason = f"正文为“{part.group()}” / the body says {part.group()}"
    start, end = said.start("figure"), said.end("unit")
    return Finding("number", text[start:end], start, end, "contradicted", (part.span(),), reason)


def _prize(said: re.Match[str], folded: str, text: str, facts: Facts) -> Finding | None:
    for size in range(min(_LONGEST, said.start()), _LEAST - 1, -1):
        places = facts.where(folded[said.start() - size : said.start()], 12)
        if not places:
            continue
        given = [_PRIZE.search(facts.folded, end, end + _BEHIND) for _, end in places]
        if all(given) and all(m.group() != said.group() for m in given if m):
            reason = f"正文为“{given[0].group()}” / the body says {given[0].group()}"
            return Finding("ordinal", said.group(), *said.span(), "contradicted", (given[0].span(),), reason)
        return None
    return None

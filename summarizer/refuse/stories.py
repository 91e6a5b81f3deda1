"""Where a second story begins: a fall of lexical cohesion between what is before and after a line break.

The cohesion of two halves is the cosine of their content words, each weighted by its rarity (TextTiling,
Hearst 1997, with one boundary). A new dateline in the middle is a cue that lets a weaker fall count.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..types import Span
from ..weigh import content, rarity

# Without a cue both halves need this many characters, or any brief would fall apart in two.
MIN_SIDE = 200
MAX_COHESION = 0.025
MIN_SIDE_CUED = 50
MAX_COHESION_CUED = 0.12

_DATELINE = re.compile(
    r"\s*(?:本报|新华社|中新[社网]|人民网|央视网|[\w]{2,6}(?:日报|晚报|晨报|新闻网|社|网))[^。，\n]{0,20}[讯电]"
    r"|\s*\w{2,10}\d{1,2}月\d{1,2}日[讯电]"
    r"|[^。\n]{0,16}[讯电]\s*[（(](?:本报|全媒体)?(?:记者|通讯员)"
)


@dataclass(frozen=True, slots=True)
class Boundary:
    """The second story begins at code point ``at``; ``cohesion`` (0..1) joins it to what is before.

    ``cued`` is true where it opens with a dateline of its own.
    """

    at: int
    cohesion: float
    cued: bool


def second_story(body: str) -> Boundary | None:
    """The most likely start of a second story in ``body``, or None. Only line breaks are looked at."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", body) if m.group().strip()]
    if len(lines) < 2:
        return None
    found = [b for b in _boundaries(body, lines) if b is not None]
    return min(found, key=lambda b: (not b.cued, b.cohesion), default=None)


def _boundaries(body: str, lines: list[Span]) -> Iterable[Boundary | None]:
    bags = [Counter(content(body[a:b])) for a, b in lines]
    halves = Halves(sum_of(bags))
    before, total = 0, sum(b - a for a, b in lines)
    for i in range(1, len(lines)):
        halves.move(bags[i - 1])
        before += lines[i - 1][1] - lines[i - 1][0]
        yield _boundary(body, lines[i], halves, min(before, total - before))


def _boundary(body: str, line: Span, halves: Halves, side: int) -> Boundary | None:
    cued = _DATELINE.match(body, line[0], line[1]) is not None
    if side < (MIN_SIDE_CUED if cued else MIN_SIDE):
        return None
    value = halves.cohesion()
    if value >= (MAX_COHESION_CUED if cued else MAX_COHESION):
        return None
    return Boundary(line[0], value, cued)


def sum_of(bags: Iterable[Counter[str]]) -> Counter[str]:
    """All bags in one; ``sum(bags, Counter())`` would copy the growing total each time."""
    total: Counter[str] = Counter()
    for bag in bags:
        total.update(bag)
    return total


class Halves:
    """Two bags of content words and their cosine, kept up to date as lines move from right to left.

    A word weighs ``(1 + log count) * rarity³``. Moving a line costs its own words only, so that a body
    of many lines takes linear time.
    """

    def __init__(self, right: Counter[str]) -> None:
        self._left: Counter[str] = Counter()
        self._right = Counter(right)
        self._dot = self._left_norm = 0.0
        self._right_norm = sum(_weight(w, n) ** 2 for w, n in right.items())

    def move(self, bag: Counter[str]) -> None:
        """Take ``bag`` from the right half to the left one."""
        left, right = self._left, self._right
        dot, left_norm, right_norm = self._dot, self._left_norm, self._right_norm
        for word, count in bag.items():
            worth, many, few = rarity(word) ** 3, left[word], right[word]
            for a, b, sign in ((many, few, -1.0), (many + count, few - count, 1.0)):
                a, b = worth * _damped(a), worth * _damped(b)
                dot += sign * a * b
                left_norm += sign * a * a
                right_norm += sign * b * b
            left[word], right[word] = many + count, few - count
        self._dot, self._left_norm, self._right_norm = dot, left_norm, right_norm

    def cohesion(self) -> float:
        """Cosine of the halves, 0..1; 1 where either holds no content word."""
        norm = math.sqrt(max(0.0, self._left_norm * self._right_norm))
        return min(1.0, max(0.0, self._dot / norm)) if norm > 1e-9 else 1.0


def _weight(word: str, count: int) -> float:
    return _damped(count) * rarity(word) ** 3


@cache
def _damped(count: int) -> float:
    return 1 + math.log(count) if count > 0 else 0.0

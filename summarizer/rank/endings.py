"""Whether the clauses of a headline end where the article ends a thought, or were cut off: 市委书记章明远来|到青石县.

Likelihood does not see it (a beam that ends in mid-air may be the likeliest) and ROUGE barely does; an editor sees
nothing else. Each clause's ending is looked up in the article, and what follows there tells what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..forms.words import tag, units
from ..types import Span

_CLAUSE = re.compile(r"[^\s，。！？；：、,!?;:]+")
_TAIL = 6  # characters of an ending that are looked up, two at the least
_PLACES = 12
CUT = 0.3  # no better ending than this: the clause was cut off
UNKNOWN = 0.85  # the ending is the model's own wording
INSIDE_A_WORD, SAID_WHAT, NO_NOUN, NO_OBJECT, NO_HEAD, LISTED, MORE = 0.2, 0.2, 0.3, 0.75, 0.75, 0.75, 0.9
_SAYING = frozenset("说 称 道 表示 指出 认为 介绍 透露 告诉 写道 强调 坦言 直言 获悉 据悉".split())
# What a verb takes along: 清|出来, 来|到.
_COMPLEMENTS = frozenset(
    "到 成 出 为 给 得 起 来 去 着 了 过 出来 起来 下来 上来 进来 过来 下去 出去 进去 上去".split()
)
# Marks behind which a thought goes on: a title or quotation to come, the rest of a name, the next of a list.
_BY_MARK = {**dict.fromkeys("“《「『（‘", NO_HEAD), "·": INSIDE_A_WORD, "、": LISTED}
_NOUNS = ("n", "nr", "ns", "nt", "nz", "nrt", "l", "i", "j", "vn", "x", "eng")


class Endings:
    """The words of one article (``spans``) and where they begin; made once for all of its candidates."""

    def __init__(self, body: str, spans: Sequence[Span]) -> None:
        self._body = body
        self._word_at = {a: body[a:b] for a, b in spans}
        self._known: dict[str, float] = {}

    def whole(self, text: str) -> float:
        """1 where every clause of ``text`` ends as one does in the article, down to 0 where one is cut in a word.

        The worst clause counts. A text without clauses has 1.
        """
        clauses = _CLAUSE.findall(text)
        if clauses and clauses[-1][slice(*units(clauses[-1])[-1])] in _SAYING:
            return SAID_WHAT
        return min(map(self._ending, clauses), default=1.0)

    def _ending(self, clause: str) -> float:
        if clause not in self._known:
            self._known[clause] = self._look_up(clause)
        return self._known[clause]

    def _look_up(self, clause: str) -> float:
        for size in range(min(_TAIL, len(clause)), 1, -1):
            places = self._ends_of(clause[-size:])
            if places:
                start, end = units(clause)[-1]
                return max(self._value(clause[start:end], place) for place in places)
        return UNKNOWN

    def _ends_of(self, tail: str) -> list[int]:
        found, at = [], self._body.find(tail)
        while at >= 0 and len(found) < _PLACES:
            found.append(at + len(tail))
            at = self._body.find(tail, at + 1)
        return found

    def _value(self, last: str, place: int) -> float:
        """How well a clause ends in ``last`` where the article goes on at ``place``."""
        if place >= len(self._body) or not self._body[place].isalnum():
            return _BY_MARK.get(self._body[place : place + 1], 1.0)
        follows = self._word_at.get(place)
        if follows is None or follows in _COMPLEMENTS:
            return INSIDE_A_WORD
        kind, after = tag(last), tag(follows)
        if last[:1].isdigit() or kind[:1] in "mq" or last[:1] == "第":
            return NO_NOUN if after.startswith(_NOUNS) else MORE
        if kind.startswith("v") and after[:1] not in "vupcd":
            return NO_OBJECT
        if follows == "的" or (kind.startswith(("n", "b", "a", "t")) and after.startswith(_NOUNS)):
            return NO_HEAD
        return MORE

"""Where each clause of a headline and each sentence of a summary comes from, and how surely."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..types import Span
from .facts import Facts
from .text import CLAUSE, fold

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*[”’」』）]*")
_HEADLINE_CHARS = 40
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Link:
    """``text[start:end]`` rests on ``spans`` of the body.

    ``strength`` (0 to 1) is the share of the clause's character pairs, weighted by rarity in the body, that
    the spans hold; pairs that the body lacks weigh as the rarest. 0 with no spans means no evidence.
    """

    start: int
    end: int
    spans: tuple[Span, ...]
    strength: float


@dataclass(frozen=True)
class _Index:
    """Body sentences and, for each character pair, the sentences that hold it."""

    sentences: tuple[Span, ...]
    holders: dict[str, list[int]]

    def weight(self, pair: str) -> float:
        return math.log(1 + len(self.sentences) / (len(self.holders.get(pair, ())) or 0.5))


@lru_cache(maxsize=8)
def _index(facts: Facts) -> _Index:
    holders: dict[str, list[int]] = defaultdict(list)
    spans = tuple(m.span() for m in _SENTENCE.finditer(facts.folded))
    for number, (start, end) in enumerate(spans):
        for pair in set(_pairs(facts.folded[start:end])):
            holders[pair].append(number)
    return _Index(spans, dict(holders))


def evidence(text: str, facts: Facts) -> tuple[Link, ...]:
    """One link per clause of a headline (text up to 40 characters) or per sentence of a longer text.

    Time grows with the body's length once per article and then with the text's. An empty text has no links.
    """
    return tuple(_link(text, start, end, facts) for start, end in _units(text))


def _units(text: str) -> Iterator[Span]:
    """Clauses of a headline, sentences of a summary, without the marks and spaces at their ends."""
    pattern = CLAUSE if len(text) <= _HEADLINE_CHARS else _SENTENCE
    for match in pattern.finditer(text):
        if re.search(r"\w", match.group()):
            lead = len(match.group()) - len(match.group().lstrip())
            yield match.start() + lead, match.start() + len(match.group().rstrip())


def _pairs(folded: str) -> list[str]:
    return [
        folded[i : i + 2] for i in range(len(folded) - 1) if folded[i].isalnum() and folded[i + 1].isalnum()
    ]


def _link(text: str, start: int, end: int, facts: Facts) -> Link:
    folded, index = fold(text[start:end]), _index(facts)
    wanted = Counter(_pairs(folded))
    total = sum(index.weight(p) * n for p, n in wanted.items())
    if not total:
        spans = facts.where(text[start:end], 1)
        return Link(start, end, spans, 1.0 if spans else 0.0)
    spans, left = [], set(wanted)
    for number in _best(index, wanted):
        low, high = index.sentences[number]
        runs = _runs(folded, facts.folded[low:high], left)
        spans.extend((low + a, low + b) for a, b in runs)
        left -= {p for a, b in runs for p in _pairs(facts.folded[low + a : low + b])}
    missing = sum(index.weight(p) * wanted[p] for p in left)
    return Link(start, end, _merged(spans), round(1 - missing / total, 4))


def _best(index: _Index, wanted: Counter[str]) -> list[int]:
    """At most three sentences that together cover the clause best, greedily."""
    chosen, left = [], set(wanted)
    for _ in range(3):
        scores: dict[int, float] = defaultdict(float)
        for pair in left:
            for number in index.holders.get(pair, ()):
                scores[number] += index.weight(pair)
        if not scores:
            break
        number = max(scores, key=lambda n: (scores[n], -n))
        chosen.append(number)
        left -= {p for p in left if number in index.holders.get(p, ())}
    return chosen


def _runs(clause: str, sentence: str, left: set[str]) -> list[Span]:
    """Stretches of the sentence shared with the clause (longest first at each place) that cover a pair of ``left``."""
    runs, at = [], 0
    while at < len(clause) - 1:
        length = 0
        while at + length < len(clause) and length < _LONGEST and clause[at : at + length + 1] in sentence:
            length += 1
        if length >= 2:
            place = sentence.find(clause[at : at + length])
            if left & set(_pairs(clause[at : at + length])):
                runs.append((place, place + length))
            at += length
        else:
            at += 1
    return runs


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Sorted, overlapping and touching spans joined."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)

"""Where each clause of a headline and each sentence of a summary comes from, and how surely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ..types import Span
from .check import check
from .facts import Facts
from .index import SENTENCE, Index
from .text import CLAUSE, bigrams, fold

_HEADLINE_CHARS = 40
_LONGEST = 120
_SENTENCES = 3
_CREDIT = {"supported": 1.0, "inferred": 0.5}


@dataclass(frozen=True, slots=True)
class Link:
    """``text[start:end]`` rests on ``spans`` of the body.

    ``strength`` (0 to 1) is the share of the clause's word characters that the spans hold, either in the same
    words (at least two characters long) or as a claim that ``check`` found supported (1.2万 for 12000) or
    inferred, which counts half. 0 with no spans means no evidence.
    """

    start: int
    end: int
    spans: tuple[Span, ...]
    strength: float


def evidence(text: str, facts: Facts) -> tuple[Link, ...]:
    """One link per clause of a headline (text up to 40 characters) or per sentence of a longer text.

    Time grows with the body's length once per article and then with the text's. An empty text has no links.
    """
    return tuple(_link(text, start, end, facts) for start, end in _units(text))


def _units(text: str) -> Iterator[Span]:
    """Clauses of a headline, sentences of a summary, without the marks and spaces at their ends."""
    pattern = CLAUSE if len(text) <= _HEADLINE_CHARS else SENTENCE
    for match in pattern.finditer(text):
        if any(c.isalnum() for c in fold(match.group())):  # what _link counts: "_" is no letter
            lead = len(match.group()) - len(match.group().lstrip())
            yield match.start() + lead, match.start() + len(match.group().rstrip())


def _link(text: str, start: int, end: int, facts: Facts) -> Link:
    folded, index = fold(text[start:end]), facts.index
    worth = [0.0] * len(folded)
    spans = []
    for number in _best(index, bigrams(folded)):
        low, high = index.sentences[number]
        for at, place, length in _runs(folded, facts.folded[low:high], worth):
            spans.append((low + place, low + place + length))
            worth[at : at + length] = [1.0] * length
    for finding in check(text, facts):
        credit = _CREDIT.get(finding.verdict, 0.0) if finding.evidence else 0.0
        inside = range(max(0, finding.start - start), min(len(folded), finding.end - start))
        if any(worth[i] < credit for i in inside):
            spans += _nearest(finding.evidence, spans)
            worth = [max(w, credit) if i in inside else w for i, w in enumerate(worth)]
    words = [i for i, c in enumerate(folded) if c.isalnum()]
    strength = sum(worth[i] for i in words) / len(words)
    return Link(start, end, _merged(spans), round(strength, 4))


def _nearest(evidence: tuple[Span, ...], spans: list[Span]) -> list[Span]:
    """A name may stand in many places: the one nearest to the rest of the clause is shown."""
    if not spans or len(evidence) < 2:
        return list(evidence[:1])
    return [min(evidence, key=lambda e: min(abs(e[0] - s[0]) for s in spans))]


def _best(index: Index, wanted: set[str]) -> list[int]:
    """At most three sentences that together hold the clause's pairs best, greedily; rare pairs weigh more."""
    chosen, left = [], set(wanted)
    for _ in range(_SENTENCES):
        scores: dict[int, float] = defaultdict(float)
        for pair in sorted(left):
            for number in index.holders.get(pair, ()):
                scores[number] += index.weight(pair)
        if not scores:
            break
        number = max(scores, key=lambda n: (scores[n], -n))
        chosen.append(number)
        left = {p for p in left if p not in index.pairs[number]}
    return chosen


def _runs(clause: str, sentence: str, worth: list[float]) -> list[tuple[int, int, int]]:
    """``(place in clause, place in sentence, length)`` of shared stretches with something not yet found."""
    runs, at = [], 0
    while at < len(clause) - 1:
        length = 0
        while at + length < len(clause) and length < _LONGEST and clause[at : at + length + 1] in sentence:
            length += 1
        if length >= 2 and any(not worth[i] and clause[i].isalnum() for i in range(at, at + length)):
            runs.append((at, sentence.find(clause[at : at + length]), length))
        at += max(1, length if length >= 2 else 1)
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

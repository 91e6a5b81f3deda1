"""提要: the key points of a report, one per section where it has sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ..chars import width
from ..forms.points import key_point, sections
from ..forms.points import key_points as best_lines
from ..models.extractive import rate
from ..types import Article, Sentence, Span
from . import stages
from .source import Source
from .summary import sound
from .telling import finished, from_the_news

MOST = 6
FEW = 3
REACH = 240  # characters
POINT_CHARS = 34
SHORTEST_BODY = 200  # full-width units: below that the summary says it all


@dataclass
class Part:
    """A part of a report that gives ``most`` lines, and what they may be, best first."""

    facts: stages.Facts
    lines: Iterator[str]
    most: int

    def ahead(self) -> list[str]:
        """The lines that will be shown, unless the guard finds something in one of them."""
        first = list(islice(self.lines, self.most))
        self.lines = chain(first, self.lines)
        return first


def key_points(items: Sequence[Source]) -> list[tuple[str, ...]]:
    """Per report at most six lines of at most 34 units, in reading order; ``()`` for a short or refused one.

    Each is made of whole clauses of one sentence of the article, and the guard finds nothing new in it. The first
    lines of all reports are tagged together.
    """
    parts = [() if item.refused else _parts(item) for item in items]
    stages.read_ahead([(part.ahead(), part.facts) for own in parts for part in own])
    return [_chosen(item, own) for item, own in zip(items, parts, strict=True)]


def _parts(item: Source) -> tuple[Part, ...]:
    """The sections of a long report; the whole of another."""
    if width(item.body[: 2 * SHORTEST_BODY]) < SHORTEST_BODY:
        return ()
    divided = sections(item.body, item.sentences)
    if len(divided) > 1:
        return tuple(_section(item, span) for span in _spread(divided))
    texts = [_opening(item, s) for s in item.sentences if not s.heading]
    found = best_lines([texts[i] for i in _best(texts)], POINT_CHARS, 2 * FEW)
    return (Part(item.facts, filter(finished, found), FEW),)


def _section(item: Source, span: Span) -> Part:
    """One section, of which the best sentence that can be set gives a line."""
    inner = [s for s in item.sentences if span[0] <= s.start < span[1] and not s.heading]
    texts = [_opening(item, s) for s in inner]
    lines = (key_point(texts[i], POINT_CHARS) for i in _best(texts))
    facts = stages.facts_of(Article(item.body[span[0] : span[1]]))
    return Part(facts, (line for line in lines if line and finished(line)), 1)


def _chosen(item: Source, parts: Sequence[Part]) -> tuple[str, ...]:
    """The first sound lines of each part, in reading order."""
    found = [list(islice((line for line in p.lines if sound(p.facts, line)), p.most)) for p in parts]
    if len(found) == 1:  # of the whole report, and best first
        found[0].sort(key=lambda line: _place(item, line))
    return tuple(dict.fromkeys(line for lines in found for line in lines))


def _opening(item: Source, sentence: Sentence) -> str:
    """As much of a sentence as a line could be made of, however long it is."""
    text = item.body[sentence.start : min(sentence.end, sentence.start + REACH)]
    return from_the_news(text, POINT_CHARS)


def _best(texts: Sequence[str]) -> list[int]:
    worth = rate(texts)
    return sorted(range(len(texts)), key=lambda i: (-worth[i], i))


def _spread(divided: Sequence[Span]) -> list[Span]:
    """At most ``MOST`` sections, evenly over the report, the first among them."""
    step = max(1.0, len(divided) / MOST)
    return [divided[int(i * step)] for i in range(min(MOST, len(divided)))]


def _place(item: Source, line: str) -> int:
    return item.body.find(line[:6])

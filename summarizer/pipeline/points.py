"""提要: the key points of a report, one per section where it has sections."""

from __future__ import annotations

from collections.abc import Sequence

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


def key_points(item: Source) -> tuple[str, ...]:
    """At most six lines of at most 34 units, in reading order; ``()`` for a short article.

    Each is made of whole clauses of one sentence of the article, and the guard finds nothing new in it.
    """
    if width(item.body[: 2 * SHORTEST_BODY]) < SHORTEST_BODY:
        return ()
    divided = sections(item.body, item.sentences)
    if len(divided) > 1:
        lines = [_line(item, span) for span in _spread(divided)]
    else:
        texts = [_opening(item, s) for s in item.sentences if not s.heading]
        order = _best(texts)
        found = best_lines([texts[i] for i in order], POINT_CHARS, 2 * FEW)
        stages.read_ahead(found, item.facts)
        kept = [line for line in found if good(item.facts, line)][:FEW]
        lines = sorted(kept, key=lambda line: _place(item, line))
    return tuple(dict.fromkeys(line for line in lines if line))


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


def _line(item: Source, span: Span) -> str:
    """The best sentence of a section as one line; "" where none can be set."""
    inner = [s for s in item.sentences if span[0] <= s.start < span[1] and not s.heading]
    texts = [_opening(item, s) for s in inner]
    lines = (key_point(texts[i], POINT_CHARS) for i in _best(texts))
    facts = stages.facts_of(Article(item.body[span[0] : span[1]]))
    return next((line for line in lines if line and good(facts, line)), "")


def good(facts: stages.Facts, line: str) -> bool:
    """True for a line that says something of its own (not “…”他说, not 随着…) and nothing but what the report says."""
    return finished(line) and sound(facts, line)


def _place(item: Source, line: str) -> int:
    return item.body.find(line[:6])

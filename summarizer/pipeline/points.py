"""提要: the key points of a report, one per section where it has sections."""

from __future__ import annotations

from itertools import groupby

from ..chars import width
from . import summary
from .ask import Asker
from .source import Source

MOST = 6
POINT_CHARS = 32
SHORTEST_BODY = 200  # full-width units: below that the summary says it all


def key_points(item: Source, asker: Asker) -> tuple[str, ...]:
    """At most six lines of at most 32 units, in reading order; ``()`` for a short article.

    Each is cut from one sentence of the article, so nothing in it is new.
    """
    if width(item.body) < SHORTEST_BODY:
        return ()
    texts = _sections(item)
    if len(texts) > 1:
        found = [_point(item, asker, text) for text in _spread(texts)]
    else:
        drawn = asker.extract("headline", item.body, POINT_CHARS, MOST)
        found = [text for text in (summary.choose(item, [g], POINT_CHARS) for g in drawn)][:3]
        found.sort(key=lambda text: item.body.find(text[:4]))
    return tuple(dict.fromkeys(text for text in found if text))


def _sections(item: Source) -> list[str]:
    groups = groupby((s for s in item.sentences if not s.heading), key=lambda s: s.section)
    return ["".join(item.body[s.start : s.end] for s in group) for _, group in groups]


def _spread(texts: list[str]) -> list[str]:
    """At most ``MOST`` sections, evenly over the report, the first among them."""
    step = max(1.0, len(texts) / MOST)
    return [texts[int(i * step)] for i in range(min(MOST, len(texts)))]


def _point(item: Source, asker: Asker, text: str) -> str:
    return summary.choose(item, asker.extract("headline", text, POINT_CHARS, 3), POINT_CHARS)

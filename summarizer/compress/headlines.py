"""Headlines by extraction: each leading sentence compressed, the best of them offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..centrality import centrality, position
from ..errors import SettingsError
from ..types import Sentence
from ..weigh import salience as heuristic
from ..weigh import scaled
from .search import Compression, compress
from .tokens import PRICES, Prices

POOL = 5  # sentences that are compressed
# What a sentence's place and centrality weigh against the salience it can hold in 20 units; tuned on dev.
PRIOR = 8.0
PRIOR_ALONE = 40.0  # without a model


def headlines(
    body: str,
    sentences: Sequence[Sentence],
    target: float,
    salience: Sequence[float] | None = None,
    names: Iterable[str] = (),
    count: int = 3,
    prices: Prices = PRICES,
) -> tuple[Compression, ...]:
    """At most ``count`` different headlines within ``target`` full-width units, best first.

    ``salience`` are values per code point of ``body`` (see ``weigh.mix``), or None for word counts alone.
    ``spans`` of the results index ``body``. Headings and sentences without words are
    passed over; no sentences give ``()``.
    """
    scores = scaled(heuristic(body) if salience is None else salience)
    prior = PRIOR_ALONE if salience is None else PRIOR
    names = tuple(names)
    usable = [s for s in sentences if not s.heading and sum(map(str.isalnum, body[s.start : s.end])) > 3]
    worth = _prior([body[s.start : s.end] for s in usable])
    pool = sorted(range(len(usable)), key=lambda i: (-worth[i], i))[:POOL]
    found: dict[str, tuple[float, Compression]] = {}
    for index in pool:
        here = usable[index]
        inner = scores[here.start : here.end]
        try:
            made = compress(body[here.start : here.end], target, inner, names, prices)
        except SettingsError:
            continue  # a sentence in which nothing is a word
        value = made.value * _peak(inner) + prior * worth[index]
        spans = tuple((a + here.start, b + here.start) for a, b in made.spans)
        found.setdefault(made.text, (value, Compression(made.text, spans, value)))
    ordered = sorted(found.values(), key=lambda item: (-item[0], item[1].spans))
    return tuple(item for _, item in ordered[:count])


def _prior(texts: Sequence[str]) -> list[float]:
    """Worth of each sentence in 0..1 by its place and its centrality."""
    return [0.55 * p + 0.45 * c for p, c in zip(position(len(texts)), centrality(texts), strict=True)]


def _peak(scores: Sequence[float]) -> float:
    """The tenth highest salience: a sentence that names what the article is about has a high one."""
    return sorted(scores, reverse=True)[:10][-1] if scores else 0.0

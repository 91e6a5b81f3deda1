"""What is known about an article before anything is written: sentences, selections, refusals, facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import NamedTuple

from ..errors import ModelError
from ..models.base import Backend, Salient
from ..rank import Yardstick
from ..types import Article, Request, Selection, Sentence, Span
from . import stages

# Room for what joining sentences may cost; a backend's budget already leaves out its own control tokens.
RESERVED = 4
SMALLEST_BUDGET = 16
CORE = 1500  # characters
NOTHING = Selection("", (), 0, 0.0)


class Views(NamedTuple):
    """The requests that will be made of an article's views, each of its text."""

    whole: Callable[[str], Request]
    opening: Callable[[str], Request]


@dataclass(frozen=True, eq=False)
class Source:
    """One article made ready for the backend. ``headline`` is shown for headlines, ``parts`` for summaries.

    ``opening`` is the start of the article within the backend's ``headline_budget``: models learn headlines
    from openings, so it is shown beside ``headline`` where it is less than that.

    A refused article is shown to nobody: both are empty.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    headline: Selection
    parts: tuple[Selection, ...]
    refusals: tuple[stages.Refusal, ...] = ()
    salience: Sequence[float] | None = None
    opening: Selection = NOTHING

    @property
    def body(self) -> str:
        return self.article.body

    @property
    def refused(self) -> bool:
        """True where no headline can honestly be written."""
        return _stops(self.refusals)

    @cached_property
    def coverage(self) -> float:
        """Share of the body's characters that the backend is shown in at least one request."""
        spans: list[Span] = [*self.headline.spans, *self.opening.spans]
        for part in self.parts:
            spans += part.spans
        return 0.0 if self.refused else round(stages.coverage(self.body, spans), 4)

    @cached_property
    def core(self) -> tuple[str, Sequence[float] | None]:
        """The best sentences, at most ``CORE`` characters, and their salience: what candidates are ranked by."""
        if len(self.body) <= CORE:
            return self.body, self.salience
        spans = stages.select(self.body, self.sentences, CORE, len, self.salience).spans
        text = "".join(self.body[a:b] for a, b in spans)
        return text, self.salience and [value for a, b in spans for value in self.salience[a:b]]

    @cached_property
    def yard(self) -> Yardstick:
        """What candidates are measured with, for whatever line they are ranked."""
        return Yardstick(*self.core)

    def part_facts(self, part: Selection) -> stages.Facts:
        """The claims of one part: what is written for it must rest on it, and asking a part stays cheap."""
        if len(self.parts) == 1:
            return self.facts
        return stages.facts_of(replace(self.article, body=part.text))

    @cached_property
    def facts(self) -> stages.Facts:
        """The claims of the article, read once."""
        return stages.facts_of(self.article)


def source(article: Article, backend: Backend, views: Views | None = None) -> Source:
    """Sentences and selections of ``article`` within the backend's budget.

    ``views`` makes the requests that will be sent, where that is known already.
    """
    found = stages.sentences(article.body)
    refusals = stages.refusals(article.body)
    if _stops(refusals) or not found:
        return Source(article, found, NOTHING, (), refusals)
    budget = max(SMALLEST_BUDGET, backend.source_budget - RESERVED)
    count = cache(backend.count)  # the same sentences are counted for each selection
    parts = stages.windows(article.body, found, budget, count)
    limit = min(budget, getattr(backend, "headline_budget", budget))
    opening = _opening(article.body, found, limit, count)
    whole = len(parts) == 1  # then one read of it serves the salience and the request
    first, ask = (parts[0], views and views.whole) if whole else (opening, views and views.opening)
    scores = _salience(backend, article.body, ask and ask(first.text))
    best = parts[0]
    if len(parts) > 1:
        best = stages.select(article.body, found, budget, count, scores)
    return Source(article, found, best, parts, refusals, scores, opening)


def _opening(body: str, found: Sequence[Sentence], limit: int, count: Callable[[str], int]) -> Selection:
    """The first sentences that fit in ``limit`` tokens, or the first clauses of a long one."""
    fitting, used = 0, 0
    for sentence in found:
        used += count(body[sentence.start : sentence.end]) + 1
        if used > limit:
            break
        fitting += 1
    return stages.windows(body, found[: max(1, fitting)], limit, count)[0]


def _stops(refusals: Sequence[stages.Refusal]) -> bool:
    """Several stories in one body are worth a warning, but the first of them can still be headed."""
    return any(refusal.stops and refusal.kind != "stories" for refusal in refusals)


def _salience(backend: Backend, body: str, first: Request | None) -> Sequence[float] | None:
    """The model's own opinion of each character, where it has a head for that."""
    if not isinstance(backend, Salient):
        return None
    if first and not body.startswith(first.text):
        first = None
    try:
        return backend.salience([body], [first])[0]
    except ModelError:  # the engine has the method, this model lacks the head
        return None

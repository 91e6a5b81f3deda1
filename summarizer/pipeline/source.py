"""What is known about an article before anything is written: sentences, selections, facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..models.base import Backend, Salient
from ..types import Article, Selection, Sentence, Span
from . import stages

# Room for the prefix, control tokens and end mark that a backend adds to its input.
RESERVED = 12


@dataclass(frozen=True, eq=False)
class Source:
    """One article made ready for the backend. ``headline`` is shown for headlines, ``parts`` for summaries."""

    article: Article
    sentences: tuple[Sentence, ...]
    headline: Selection
    parts: tuple[Selection, ...]

    @property
    def body(self) -> str:
        return self.article.body

    @cached_property
    def coverage(self) -> float:
        """Share of the body's characters that the backend is shown in at least one request."""
        spans: list[Span] = [*self.headline.spans]
        for part in self.parts:
            spans += part.spans
        return round(stages.coverage(self.body, spans), 4)

    @cached_property
    def facts(self):
        """The claims of the article, read once."""
        return stages.facts_of(self.article)


def source(article: Article, backend: Backend) -> Source:
    """Sentences and selections of ``article`` within the backend's budget."""
    found = stages.sentences(article.body)
    budget = max(16, backend.source_budget - RESERVED)
    parts = stages.windows(article.body, found, budget, backend.count)
    if len(parts) <= 1:
        whole = parts[0] if parts else Selection("", (), 0, 1.0)
        return Source(article, found, whole, parts)
    scores = backend.salience([article.body])[0] if isinstance(backend, Salient) else None
    best = stages.select(article.body, found, budget, backend.count, scores)
    return Source(article, found, best, parts)

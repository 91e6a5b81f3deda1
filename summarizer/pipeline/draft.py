"""Drafts of many articles at once: every kind of request goes to the backend in one batch."""

from __future__ import annotations

from collections.abc import Sequence

from ..models.base import Backend
from ..settings import Settings
from ..types import Article, Candidate, Draft, Generated, Origin
from . import candidates, summary
from .ask import Asker, Drawn
from .points import key_points
from .source import Source, source


class Writer:
    """Turns articles into drafts with one backend."""

    def __init__(self, backend: Backend, style: str | None = None, seed: int = 0) -> None:
        self.asker = Asker(backend, style or "plain", seed)
        self.warnings: tuple[str, ...] = ()

    def write(self, articles: Sequence[Article], settings: Settings) -> list[Draft]:
        """One draft per article, in order; ``[]`` for none."""
        sources = [source(article, self.asker.backend) for article in articles]
        drawn = self.asker.headlines(sources, settings)
        parts = self.asker.summaries(sources, settings)
        chosen = [self._chosen(item, found, settings) for item, found in zip(sources, drawn, strict=True)]
        headlines = [kept[0].text if kept else "" for kept, _ in chosen]
        kickers = self._beside("kicker", sources, headlines, settings)
        subheads = self._beside("subhead", sources, headlines, settings)
        rows = zip(sources, chosen, parts, kickers, subheads, strict=True)
        return [self._draft(*row, settings) for row in rows]

    def _chosen(self, item: Source, drawn: Drawn, settings: Settings) -> tuple[list[Candidate], list[str]]:
        """Candidates in order of offer, and what is to be said about them."""
        if item.article.headline:
            drawn = [*drawn, (Generated(item.article.headline), "page")]
        kept, warnings = candidates.gather(item, drawn, settings.headline_chars)
        ordered = candidates.order(kept, self.first("headline"))[: settings.candidates]
        return ordered, [*warnings, *candidates.remarks(ordered)]

    def first(self, task: str) -> Origin:
        """Whose text is offered first for ``task``: the model's card may prefer extraction."""
        if self.asker.extracts:
            return "extract"
        prefer = getattr(self.asker.backend, "prefer", "model")
        value = prefer.get(task, "model") if isinstance(prefer, dict) else prefer
        return "extract" if value == "extract" else "model"

    def _beside(
        self, task, sources: Sequence[Source], headlines: Sequence[str], settings: Settings
    ) -> list[str | None]:
        """The page's own kicker or subhead, else the model's where it makes such lines."""
        own = [getattr(item.article, task) for item in sources]
        if not self.asker.can(task):
            return own
        wanted = ["" if text else headline for text, headline in zip(own, headlines, strict=True)]
        drawn = self.asker.beside(task, sources, wanted, settings.headline_chars)
        rows = zip(own, sources, drawn, strict=True)
        return [
            text or summary.choose(item, found, settings.headline_chars) or None for text, item, found in rows
        ]

    def _draft(
        self,
        item: Source,
        chosen: tuple[list[Candidate], list[str]],
        parts: list[list[Generated]],
        kicker: str | None,
        subhead: str | None,
        settings: Settings,
    ) -> Draft:
        article = item.article
        ordered, warnings = chosen
        text, notes = self._summary(item, parts, settings)
        return Draft(
            headline=ordered[0].text if ordered else "",
            kicker=kicker,
            subhead=subhead,
            candidates=tuple(ordered),
            summary=text,
            summary_evidence=summary.evidence(item, text),
            key_points=key_points(item, self.asker),
            page_headline=article.headline,
            byline=article.byline,
            body=article.body,
            coverage=item.coverage,
            warnings=tuple([*warnings, *notes]),
        )

    def _summary(
        self, item: Source, parts: list[list[Generated]], settings: Settings
    ) -> tuple[str, list[str]]:
        """The joined summary; parts that the model could not write are extracted, and that is said."""
        room = summary.part_chars(len(parts), settings.summary_chars)
        prefer = self.first("summary") == "extract"
        texts, fallen = [], 0
        for part, drawn in zip(item.parts, parts, strict=True):
            text = "" if prefer else summary.choose(item, drawn, room)
            if not text:
                fallen += 1
                text = next((g.text for g in self.asker.extract("summary", part.text, room)), "")
            texts.append(text)
        joined = summary.join([text for text in texts if text], settings.summary_chars)
        return joined, summary.remarks(item, joined, 0 if self.asker.extracts else fallen)

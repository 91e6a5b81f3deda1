"""Drafts of many articles at once: every kind of request goes to the backend in one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..models.base import Backend
from ..models.extractive import Extractive
from ..settings import Settings
from ..types import Article, Candidate, Decoding, Draft, Generated, Origin, Request
from . import candidates, summary
from .source import Source, source


class Writer:
    """Turns articles into drafts with one backend; keeps an extractor beside it for second opinions."""

    def __init__(self, backend: Backend, style: str | None = None, seed: int = 0) -> None:
        self.backend = backend
        self.extractor = backend if isinstance(backend, Extractive) else Extractive()
        self.style = style
        self.seed = seed
        self.warnings: tuple[str, ...] = ()

    def write(self, articles: Sequence[Article], settings: Settings) -> list[Draft]:
        """One draft per article, in order; ``[]`` for none."""
        sources = [source(article, self.backend) for article in articles]
        headlines = self._headlines(sources, settings)
        summaries = self._summaries(sources, settings)
        return [
            self._draft(item, drawn, parts, settings)
            for item, drawn, parts in zip(sources, headlines, summaries, strict=True)
        ]

    def first(self, task: str) -> Origin:
        """Whose text is offered first for ``task``: the model's card may prefer extraction."""
        if isinstance(self.backend, Extractive):
            return "extract"
        prefer = getattr(self.backend, "prefer", "model")
        value = prefer.get(task, "model") if isinstance(prefer, dict) else prefer
        return "extract" if value == "extract" else "model"

    def _decoding(self, count: int, samples: int) -> Decoding:
        return Decoding(candidates=count, beams=4, samples=samples, seed=self.seed)

    def _headlines(
        self, sources: Sequence[Source], settings: Settings
    ) -> list[list[tuple[Generated, Origin]]]:
        requests = [
            Request("headline", s.headline.text, settings.headline_chars, style=self.style or "plain")
            for s in sources
        ]
        drawn = self._ask(requests, self._decoding(settings.candidates, 2), "model")
        if self.backend is self.extractor:
            return [[(g, "extract") for g, _ in found] for found in drawn]
        whole = [replace(r, text=s.body) for r, s in zip(requests, sources, strict=True)]
        extra = self.extractor.generate(whole, self._decoding(3, 0))
        return [found + [(g, "extract") for g in more] for found, more in zip(drawn, extra, strict=True)]

    def _ask(
        self, requests: Sequence[Request], decoding: Decoding, origin: Origin
    ) -> list[list[tuple[Generated, Origin]]]:
        """The backend's answers; empty texts are not sent."""
        filled = [i for i, request in enumerate(requests) if request.text.strip()]
        answers: list[list[tuple[Generated, Origin]]] = [[] for _ in requests]
        if filled:
            drawn = self.backend.generate([requests[i] for i in filled], decoding)
            for index, found in zip(filled, drawn, strict=True):
                answers[index] = [(generated, origin) for generated in found]
        return answers

    def _summaries(self, sources: Sequence[Source], settings: Settings) -> list[list[list[Generated]]]:
        """Per source, per part, the outputs."""
        requests = [
            Request("summary", part.text, summary.part_chars(len(s.parts), settings.summary_chars))
            for s in sources
            for part in s.parts
        ]
        flat = iter(self._ask(requests, self._decoding(2, 0), "model"))
        return [[[g for g, _ in next(flat)] for _ in s.parts] for s in sources]

    def _draft(
        self,
        item: Source,
        drawn: list[tuple[Generated, Origin]],
        parts: list[list[Generated]],
        settings: Settings,
    ) -> Draft:
        article = item.article
        if article.headline:
            drawn = [*drawn, (Generated(article.headline), "page")]
        kept, warnings = candidates.gather(item, drawn, settings.headline_chars)
        ordered = candidates.order(kept, self.first("headline"))
        text, notes = self._summary(item, parts, settings)
        return Draft(
            headline=ordered[0].text if ordered else "",
            kicker=article.kicker,
            subhead=article.subhead,
            candidates=tuple(ordered[: settings.candidates]),
            summary=text,
            summary_evidence=summary.evidence(item, text),
            key_points=self._key_points(item, settings),
            page_headline=article.headline,
            byline=article.byline,
            body=article.body,
            coverage=item.coverage,
            warnings=tuple([*warnings, *notes, *_said(ordered)]),
        )

    def _summary(
        self, item: Source, parts: list[list[Generated]], settings: Settings
    ) -> tuple[str, list[str]]:
        limit = settings.summary_chars
        room = summary.part_chars(len(parts), limit)
        texts, fallen = [], 0
        for part, drawn in zip(item.parts, parts, strict=True):
            text = summary.choose(item, drawn, room)
            if not text:
                fallen += 1
                extract = self.extractor.generate(
                    [Request("summary", part.text, room)], self._decoding(1, 0)
                )[0]
                text = extract[0].text if extract else ""
            texts.append(text)
        notes = []
        if fallen and self.backend is not self.extractor:
            notes.append(f"摘要有 {fallen} 段改用原文句子 / {fallen} part(s) of the summary were extracted")
        return summary.join([text for text in texts if text], limit), notes

    def _key_points(self, item: Source, settings: Settings) -> tuple[str, ...]:
        return ()


def _said(ordered: Sequence[Candidate]) -> list[str]:
    if not ordered:
        return ["没有可用的标题：正文太短或不成句 / too little text to write a headline from"]
    if candidates.doubtful(ordered[0]):
        return [
            "没有更好的标题：首选仍有原文未载的内容 / none better: the default says something unsupported"
        ]
    return []

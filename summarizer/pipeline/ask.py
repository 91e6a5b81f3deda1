"""What is asked of the backend, in as few calls as there are kinds of request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ..models.base import Backend
from ..models.extractive import Extractive
from ..settings import Settings
from ..types import Decoding, Generated, Origin, Request, Task
from . import summary
from .source import Source, Views

Drawn = list[tuple[Generated, Origin]]
# A second, shorter request gives an editor headlines of another length, not only other words.
SHORTER = 0.7
SHORTEST = 8
EXTRACTS = 3
# Wordings asked for the web's longer line, where it holds this much more than the headline's.
WIDE, WIDER = 4, 4


class Asker:
    """A backend with the extractor beside it. Empty texts (refused articles) are never sent."""

    def __init__(self, backend: Backend, style: str = "plain", seed: int = 0) -> None:
        self.backend = backend
        self.extractor = backend if isinstance(backend, Extractive) else Extractive()
        self.style = style
        self.seed = seed

    @property
    def extracts(self) -> bool:
        """True where there is no model but the extractor."""
        return self.backend is self.extractor

    @property
    def crowd(self) -> int:
        """Wordings worth asking of a headline beyond those to be shown; 0 where asking is dear."""
        return getattr(self.backend, "crowd", 0)

    def can(self, task: Task) -> bool:
        """True where the backend was made for ``task``; headlines and summaries are taken for granted."""
        return task in getattr(self.backend, "tasks", ("headline", "summary"))

    def first(self, task: Task) -> Origin:
        """Whose text is offered first for ``task``: the model's card may prefer extraction."""
        if self.extracts:
            return "extract"
        prefer = getattr(self.backend, "prefer", "model")
        value = prefer.get(task, "model") if isinstance(prefer, dict) else prefer
        return "extract" if value == "extract" else "model"

    def headlines(self, sources: Sequence[Source], settings: Settings) -> list[Drawn]:
        """Per source the model's headlines of two views of it at two lengths, then the extractor's."""
        own: Origin = "extract" if self.extracts else "model"
        asked = [self._views(item, settings) for item in sources]
        requests = [request for views in asked for request in views]
        crowd = max(settings.candidates, self.crowd)
        flat = iter(self.ask(requests, self.decoding(crowd, samples=2)))
        drawn = [[(g, own) for _ in views for g in next(flat)] for views in asked]
        if not self.extracts:
            for found, more in zip(drawn, self._extracts(sources, settings), strict=True):
                found += [(generated, "extract") for generated in more]
        return drawn

    def _views(self, item: Source, settings: Settings) -> list[Request]:
        """The selection from the whole article, and the opening at the other length: two views, two lengths."""
        best, ask = item.headline.text, self.views(settings)
        views = [ask.whole(best), ask.opening(item.opening.text or best)]
        return views if views[0] != views[1] else views[:1]

    def views(self, settings: Settings) -> Views:
        """How the views of an article are asked for: the opening at the shorter length, where there are two."""
        lengths = self._lengths(settings)
        whole, opening = (
            partial(Request, "headline", max_chars=length, style=self.style)
            for length in (lengths[0], lengths[-1])
        )
        return Views(whole, opening)

    def wide(self, sources: Sequence[Source], budget: int, settings: Settings) -> list[Drawn]:
        """Per source the model's wordings for a line of ``budget`` units, the web's.

        None where that is hardly longer than the headline's line, or where asking is dear (``crowd``).
        """
        if budget < settings.headline_chars + WIDER or not self.crowd:
            return [[] for _ in sources]
        texts = [item.opening.text or item.headline.text for item in sources]
        requests = [Request("headline", text, budget, style=self.style) for text in texts]
        drawn = self.ask(requests, self.decoding(WIDE))
        return [[(generated, "model") for generated in found] for found in drawn]

    def _lengths(self, settings: Settings) -> list[int]:
        limit = settings.headline_chars
        shorter = int(limit * SHORTER)
        several = settings.candidates > 2 and shorter >= SHORTEST and not self.extracts
        return [limit, shorter] if several else [limit]

    def _extracts(self, sources: Sequence[Source], settings: Settings) -> list[list[Generated]]:
        requests = [
            Request("headline", "" if item.refused else item.body, settings.headline_chars)
            for item in sources
        ]
        opinions = [item.salience for item in sources]
        return self.extractor.generate(requests, self.decoding(EXTRACTS), opinions)

    def summaries(self, sources: Sequence[Source], settings: Settings) -> list[list[list[Generated]]]:
        """Per source and part, the model's summaries; none where its card prefers extraction anyway."""
        if self.first("summary") == "extract":
            return [[[] for _ in item.parts] for item in sources]
        requests = [
            Request("summary", part.text, summary.part_chars(len(item.parts), settings.summary_chars))
            for item in sources
            for part in item.parts
        ]
        flat = iter(self.ask(requests, self.decoding(2)))
        return [[next(flat) for _ in item.parts] for item in sources]

    def beside(self, task: Task, pairs: Sequence[tuple[Source, str]], limit: int) -> list[list[Generated]]:
        """Kickers or subheads, each to go with a source's headline."""
        requests = [
            Request(task, item.headline.text, limit, headline, self.style) for item, headline in pairs
        ]
        return self.ask(requests, self.decoding(2))

    def extract(self, task: Task, text: str, limit: int, count: int = 1) -> list[Generated]:
        """The extractor's answer for one text."""
        return self.extractor.generate([Request(task, text, limit)], self.decoding(count))[0]

    def turned_away(self) -> list[str]:
        """What the backend itself kept out since the last time of asking, each with its reason."""
        kept_out = getattr(self.backend, "rejections", None)
        if not kept_out:
            return []
        told = [f"模型端未采用“{item.text}”：{item.reason}" for item in kept_out]
        kept_out.clear()
        return list(dict.fromkeys(told))

    def ask(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """One answer per request, in one call; requests without text are answered with nothing."""
        filled = [index for index, request in enumerate(requests) if request.text.strip()]
        answers: list[list[Generated]] = [[] for _ in requests]
        if filled:
            drawn = self.backend.generate([requests[index] for index in filled], decoding)
            for index, found in zip(filled, drawn, strict=True):
                answers[index] = found
        return answers

    def decoding(self, count: int, samples: int = 0, seed: int = 0) -> Decoding:
        """Beams for what is most likely, ``samples`` for what else could be said."""
        return replace(Decoding(), candidates=count, samples=samples, seed=self.seed + seed)

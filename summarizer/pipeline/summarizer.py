"""The library's face: one object that holds a backend and writes reports."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..errors import ModelError
from ..models import load
from ..models.base import Backend
from ..models.extractive import Extractive
from ..settings import Settings, engine_name
from ..types import Article, Draft, Finding, Page, Report, SplitPage
from . import rewrite, stages
from .draft import Writer


class Summarizer:
    """Writes headlines and summaries.

    ``model`` is ``embedded``, ``extractive``, a model folder, a registered name or a URL; ``engine`` picks
    what runs it. Raises ModelError where the model can't be used. With ``engine="auto"`` and the embedded
    model missing from the installation, extraction takes its place and every report says so.
    """

    def __init__(
        self,
        model: str = "embedded",
        engine: str = "auto",
        style: str | None = None,
        seed: int = 0,
        backend: Backend | None = None,
    ) -> None:
        self.warnings: tuple[str, ...] = ()
        self.engine = engine_name(engine)
        self.backend = backend if backend is not None else self._load(model, engine)
        self.writer = Writer(self.backend, style=style, seed=seed)

    def _load(self, model: str, engine: str) -> Backend:
        try:
            return load(model, engine)
        except ModelError as error:
            if (model, engine) != ("embedded", "auto"):
                raise
            self.warnings = (f"内置模型不可用，改用抽取式：{error} / fell back to extraction",)
            return Extractive()

    def write(
        self, text: str, candidates: int = 5, headline_chars: int = 20, summary_chars: int = 120
    ) -> Report:
        """Headlines and a summary for every article in ``text``; lengths in full-width units.

        Raises InputError where ``text`` holds nothing to write about, SettingsError for a bad option.
        """
        return self.write_many([text], candidates, headline_chars, summary_chars)[0]

    def write_path(
        self, path: str | Path, candidates: int = 5, headline_chars: int = 20, summary_chars: int = 120
    ) -> Report:
        """``write`` for a file; raises InputError where it can't be read."""
        return self.write_page(stages.read_path(path), candidates, headline_chars, summary_chars)

    def write_page(
        self, page: Page, candidates: int = 5, headline_chars: int = 20, summary_chars: int = 120
    ) -> Report:
        """``write`` for a page that is already read."""
        return self.write_pages([page], candidates, headline_chars, summary_chars)[0]

    def write_many(
        self,
        texts: Sequence[str],
        candidates: int = 5,
        headline_chars: int = 20,
        summary_chars: int = 120,
    ) -> list[Report]:
        """One report per text; the requests of all texts go to the backend together.

        ``seconds`` of each report is its share of the whole by characters. The first text that can't be
        read raises its InputError.
        """
        pages = [stages.read_str(text) for text in texts]
        return self.write_pages(pages, candidates, headline_chars, summary_chars)

    def write_pages(
        self,
        pages: Iterable[Page],
        candidates: int = 5,
        headline_chars: int = 20,
        summary_chars: int = 120,
    ) -> list[Report]:
        """``write_many`` for pages that are already read."""
        settings = Settings(candidates, headline_chars, summary_chars)
        began = time.perf_counter()
        pages = list(pages)
        split = [stages.prepare(page) for page in pages]
        drafts = iter(self.writer.write([a for s in split for a in s.articles], settings))
        # The backend does not know whose candidate it kept out: only a report of its own can say it.
        told = self.writer.asker.turned_away() if len(pages) == 1 else []
        total = sum(len(page.text) for page in pages) or 1
        elapsed = time.perf_counter() - began
        return [
            self._report(
                page, parts, [next(drafts) for _ in parts.articles], elapsed * len(page.text) / total, told
            )
            for page, parts in zip(pages, split, strict=True)
        ]

    def _report(
        self, page: Page, split: SplitPage, drafts: list[Draft], seconds: float, told: Sequence[str]
    ) -> Report:
        warnings = (*self.warnings, *self.writer.warnings, *page.warnings, *split.warnings, *told)
        removed = [*split.removed, *(r for article in split.articles for r in article.removed)]
        return Report(
            source=page.source,
            model=self.backend.info,
            seconds=round(seconds, 3),
            warnings=tuple(dict.fromkeys(warnings)),
            articles=tuple(drafts),
            removed=tuple(sorted(removed, key=lambda r: (r.start, r.end))),
        )

    def prepare(self, text: str) -> SplitPage:
        """The articles of ``text`` as the reader sees them; nothing is written."""
        return stages.prepare(stages.read_str(text))

    def draft(
        self, article: Article, candidates: int = 5, headline_chars: int = 20, summary_chars: int = 120
    ) -> Draft:
        """The draft of one article that is already split off."""
        return self.writer.write([article], Settings(candidates, headline_chars, summary_chars))[0]

    def rewrite(
        self,
        body: str,
        headline: str,
        how: str,
        keep: Sequence[str] = (),
        avoid: Sequence[str] = (),
        headline_chars: int = 20,
        candidates: int = 5,
        seen: Sequence[str] = (),
    ) -> rewrite.Rewritten:
        """Other headlines for ``body``: ``how`` is shorter, longer, formal or again (see ``rewrite``).

        None of ``seen`` is given again. A tuple of candidates; where it is empty its ``why`` says why.
        """
        return rewrite.rewrite(
            self.writer.asker,
            body,
            headline,
            how,
            keep,
            avoid,
            headline_chars,
            candidates,
            self.writer.style,
            seen,
        )

    def check(self, text: str, body: str) -> tuple[Finding, ...]:
        """The guard on any text: each claim of ``text`` and what ``body`` says about it."""
        return stages.check(text, stages.facts_of(Article(body)))

    def close(self) -> None:
        """Frees the backend; the object can't write afterwards."""
        self.backend.close()

    def __enter__(self) -> Summarizer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

"""A library double: answers echo the text they were asked about, as slowly as the test wants."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from desk.library import Library
from summarizer.errors import InputError, ModelError
from summarizer.types import Article, Candidate, Draft, Finding, ModelInfo, Page, Report, SplitPage


class Echo:
    """A Summarizer whose headline is the text's first line: an answer names the question it belongs to."""

    warnings = ()
    backend = None

    def __init__(self, place: str, seconds: float = 0.0):
        self.place, self.seconds = place, seconds
        self.inside, self.most_inside = 0, 0
        self._lock = threading.Lock()

    def write_page(self, page: Page, **lengths: int) -> Report:
        if "坏稿" in page.text:
            raise InputError("这篇稿子读不了 / this text can't be read")
        with self._lock:
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
        time.sleep(self.seconds)
        with self._lock:
            self.inside -= 1
        drafts = tuple(
            self.draft(Article(part), **lengths) for part in page.text.split("\n\n") if part.strip()
        )
        return Report(page.source, ModelInfo(self.place, "0" * 64, "fake"), self.seconds, (), drafts)

    def draft(
        self, article: Article, candidates: int = 5, headline_chars: int = 20, summary_chars: int = 120
    ) -> Draft:
        first = article.body.split("\n")[0][: headline_chars * 2]
        finding = Finding("number", first[:2], 0, min(2, len(first)), "supported", ((0, min(2, len(first))),))
        found = tuple(
            Candidate(
                f"{first}{'' if not n else n}", len(first), 1.0 - n / 10, "model", (finding,), ((0, 2),)
            )
            for n in range(candidates)
        )
        return Draft(
            first,
            None,
            None,
            found,
            article.body[:summary_chars],
            ((0, 2),),
            ("要点一",),
            None,
            None,
            article.body,
            1.0,
        )

    def rewrite(self, body, headline, how, keep=(), avoid=(), headline_chars=20, candidates=5, seen=()):
        return (Candidate(f"{how}{''.join(keep)}", 4.0, 0.5, "model"),)

    def close(self) -> None:
        pass


class Double(Library):
    """A Library over Echo. ``broken`` places can't be loaded."""

    def __init__(self, seconds: float = 0.0, broken: tuple[str, ...] = ()):
        super().__init__()
        self.seconds, self.broken = seconds, broken
        self.echoes: dict[str, Echo] = {}

    def _make(self, place, style, seed):
        if place in self.broken:
            self._failed.add(place)
            raise ModelError("模型文件缺失 / the model is missing")
        seconds = 0.0 if place == "extractive" else self.seconds
        return self.echoes.setdefault(place, Echo(place, seconds))

    def split(self, page: Page) -> SplitPage:
        parts = [part for part in page.text.split("\n\n") if part.strip()]
        return SplitPage(tuple(Article(part) for part in parts))

    def findings(self, text, article):
        return ()

    def pieces(self, text, article):
        return ()


def renamed(draft: Draft, headline: str) -> Draft:
    """``draft`` under another headline."""
    return replace(draft, headline=headline)

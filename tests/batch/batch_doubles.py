"""A stand-in for the library, for any worker process: deterministic, and badly behaved on request."""

from __future__ import annotations

import os
import time
from pathlib import Path

from summarizer.errors import InputError
from summarizer.types import Candidate, Draft, ModelInfo, Report

FACTORY = "batch_doubles:Double"


class _Backend:
    def __init__(self, name: str):
        self.info = ModelInfo(name, "0" * 64, "fake")


class Double:
    """``write_pages`` of the library. What it writes shows which texts shared a batch.

    A text with 坏稿 raises InputError, with 崩溃 kills its process, with 一次 fails until a file
    ``TRY_ONCE`` (environment) exists, which it then makes. ``SLOW`` (environment) is seconds per batch.
    """

    def __init__(self, model="embedded", engine="auto", style=None, seed=0):
        if model == "missing":
            raise InputError("没有这个模型")
        if model == "deadly":
            os._exit(9)
        self.backend = _Backend(model)
        self.style = style

    def write_pages(self, pages, candidates=5, headline_chars=20, summary_chars=120):
        time.sleep(float(os.environ.get("SLOW", "0")))
        for page in pages:
            self._misbehave(page.text)
        mates = sum(len(page.text) for page in pages)
        return [self._report(page, mates, headline_chars) for page in pages]

    def _misbehave(self, text: str) -> None:
        if "崩溃" in text:
            os._exit(7)
        if "坏稿" in text:
            raise InputError("这篇写不了")
        if "一次" in text and not (flag := Path(os.environ["TRY_ONCE"])).exists():
            flag.touch()
            raise ValueError("第一次不成")

    def _report(self, page, mates: int, limit: int) -> Report:
        headline = page.text.strip()[:limit]
        if not headline:
            return Report(page.source, self.backend.info, 0.0, ("没有正文 / no text to work on",), ())
        candidate = Candidate(headline, float(len(headline)), mates / 7, "model")
        draft = Draft(headline, None, None, (candidate,), page.text[:50], (), (), None, None, page.text, 1.0)
        return Report(page.source, self.backend.info, time.time() % 100, (), (draft,))

    def close(self) -> None:
        """Nothing is held."""

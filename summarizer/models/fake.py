"""A deterministic backend for tests: scripted outputs, or the first clause of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ..chars import clip
from ..types import Decoding, Generated, ModelInfo, Request

Script = Mapping[str, Sequence[str]] | Callable[[Request], Sequence[str]] | None


class Fake:
    """Backend ``fake``. ``script`` maps a task to its outputs, or makes them from the request.

    ``requests`` and ``calls`` keep what was asked. A token is one character.
    """

    languages: tuple[str, ...] = ("zh",)

    def __init__(self, model: str = "fake", script: Script = None, budget: int = 512, prefer: str = "model"):
        self.info = ModelInfo(model, "0" * 64, "fake")
        self.source_budget = budget
        self.prefer = prefer
        self.script = script
        self.requests: list[Request] = []
        self.calls: list[int] = []
        self.closed = False

    def count(self, text: str) -> int:
        return len(text)

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """Scripted texts with falling scores, at most ``decoding.candidates`` per request."""
        self.requests += requests
        self.calls.append(len(requests))
        return [
            [Generated(text, -0.1 * rank) for rank, text in enumerate(self._texts(request))][
                : decoding.candidates
            ]
            for request in requests
        ]

    def close(self) -> None:
        self.closed = True

    def _texts(self, request: Request) -> Sequence[str]:
        if callable(self.script):
            return self.script(request)
        if self.script is not None:
            return self.script.get(request.task, ())
        if request.task not in ("headline", "summary"):
            return ()
        first = re.split(r"[，。！？；\s]", request.text.strip())[0]
        return (first[: clip(first, request.max_chars)],)

"""The protocol every backend follows. A backend turns model input into texts and knows no articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from ..types import Decoding, Generated, ModelInfo, Request


@runtime_checkable
class Backend(Protocol):
    """``info`` names the model; ``source_budget`` is how many of its tokens one input may hold."""

    info: ModelInfo
    source_budget: int
    languages: tuple[str, ...]

    def count(self, text: str) -> int:
        """Number of the model's tokens in ``text``, without prefix or end mark."""
        ...

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """One list of candidates per request, best first, at most ``decoding.candidates`` each.

        An empty list means that the model wrote nothing usable; raises ModelError when the model
        can't run. A request over ``source_budget`` raises ModelError: cutting is ``select``'s work.
        """
        ...

    def close(self) -> None: ...


@runtime_checkable
class Salient(Protocol):
    """Optional: a backend that can say how likely each character is to stand in the headline."""

    def salience(self, texts: Sequence[str], openings: Sequence[Request | None] = ()) -> list[list[float]]:
        """Per text a list of ``len(text)`` values in 0..1. Longer texts are read in windows.

        ``openings`` may give the request, about the beginning of each text, that will be made of it next: read as
        one window, that beginning need not be encoded twice.
        """
        ...

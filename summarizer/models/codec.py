"""What stands between article text and a sequence-to-sequence model: one protocol for all families.

An engine (``ct2``, ``torch``) knows tensors and beams; a codec knows one tokenizer layout: its task prefix,
special tokens, how the decoder starts and ends, and how ids become text again. Neither knows articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from ..types import Request


@runtime_checkable
class Codec(Protocol):
    """Text to ids and back for one model.

    ``source_budget`` is how many ids of text one input may hold, special tokens and prefix aside.
    ``decoder_start`` are the ids that the decoder is given before its first step: the start token, then
    (mBART) a forced language mark. A CTranslate2 folder made by ``convert`` starts at ``decoder_start[0]``:
    its target prefix is ``tokens(decoder_start[1:])``, which ``decode`` drops again. ``lead`` goes on from there
    with what a request asks for. ``suppress`` are ids that must never be written, such as the unknown mark.
    """

    source_budget: int
    decoder_start: tuple[int, ...]
    end_id: int
    pad_id: int
    suppress: tuple[int, ...]

    def count(self, text: str) -> int:
        """Number of ids in ``text`` alone, without prefix or end mark; 0 for the empty text."""
        ...

    def encode(self, request: Request) -> list[int]:
        """The whole input of the encoder, prefix and special tokens included.

        Nothing is cut: a request over ``source_budget`` raises ModelError, and so does a task that the
        model was not trained for.
        """
        ...

    def lead(self, request: Request) -> tuple[int, ...]:
        """Ids that the decoder is given for this request behind ``decoder_start``; as many for every request."""
        ...

    def tokens(self, ids: Sequence[int]) -> list[str]:
        """The vocabulary entry of each id, as CTranslate2 takes them."""
        ...

    def decode(self, ids: Sequence[int]) -> str:
        """Ids as text, special tokens left out; ids after the first ``end_id`` are not read."""
        ...

    def finish(self, text: str, request: Request) -> str:
        """What a decoded text still needs from its source, such as the case of Latin words; else ``text``."""
        ...

    def max_target(self, request: Request) -> int:
        """How many ids the decoder may write for this request, end mark included."""
        ...

    def allowed(self, source: Sequence[int]) -> Sequence[int] | None:
        """The ids that may be written for this encoded source (grounded decoding); None means all."""
        ...


class CodecFactory(Protocol):
    """What a family registers: ``path`` is the model folder, ``card`` its parsed ``summarizer.json``."""

    def __call__(self, path: Path, card: Mapping[str, object]) -> Codec: ...

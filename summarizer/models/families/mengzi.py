"""Mengzi-T5: T5 v1.1 over Chinese SentencePiece pieces, without an English task prefix."""

from __future__ import annotations

from . import t5
from .base import Checkpoint, Family
from .spm import read


def recognise(checkpoint: Checkpoint) -> bool:
    """A T5 without a recorded task prefix whose pieces are Chinese for more than a third."""
    if checkpoint.model_type != "t5" or checkpoint.sentencepiece is None or t5.prefix(checkpoint):
        return False
    pieces = [text for text, _, _ in read(checkpoint.sentencepiece).pieces]
    return sum(any("\u4e00" <= c <= "\u9fff" for c in p) for p in pieces) > len(pieces) / 3


FAMILY = Family(name="mengzi", recognise=recognise, vocabulary=t5.vocabulary, layout=t5.layout)

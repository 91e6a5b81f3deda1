"""mT5, umT5 and mT5-XLSum: SentencePiece of 101 languages, sentinels among the pieces, no prefix."""

from __future__ import annotations

from . import t5
from .base import Checkpoint, Family
from .vocabulary import Vocabulary


def vocabulary(checkpoint: Checkpoint) -> Vocabulary:
    """As T5's, but the model file holds the sentinels itself."""
    return t5.vocabulary(checkpoint, sentinels=0)


FAMILY = Family(
    name="mt5",
    recognise=lambda checkpoint: checkpoint.model_type in ("mt5", "umt5"),
    vocabulary=vocabulary,
    layout=t5.layout,
)

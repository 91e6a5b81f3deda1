"""Which sentences of an article hold a pair of characters, and how much it tells that they do."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass

from ..types import Span
from .text import bigrams

SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*[”’」』）]*")


@dataclass(frozen=True)
class Index:
    """Sentences, the character pairs of each, and for each pair the sentences that hold it."""

    sentences: tuple[Span, ...]
    pairs: tuple[set[str], ...]
    holders: dict[str, list[int]]

    def weight(self, pair: str) -> float:
        """Rare pairs weigh more."""
        return math.log(1 + len(self.sentences) / (len(self.holders.get(pair, ())) or 0.5))


def index(folded: str) -> Index:
    """The index of a text in the form of ``text.fold``."""
    holders: dict[str, list[int]] = defaultdict(list)
    spans = tuple(m.span() for m in SENTENCE.finditer(folded))
    pairs = tuple(bigrams(folded[start:end]) for start, end in spans)
    for number, held in enumerate(pairs):
        for pair in held:
            holders[pair].append(number)
    return Index(spans, pairs, dict(holders))

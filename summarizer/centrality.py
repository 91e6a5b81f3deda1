"""How central each piece of a document is, in linear time and without a model.

A piece scores by the character pairs it shares with the rest of the document, each pair weighted by the
number of other pieces that hold it (the degree centrality of LexRank, Erkan & Radev 2004, computed from
document frequencies so that no pair of pieces is ever compared).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from operator import add

_WORD = re.compile(r"[^\W_]+")


def pairs(text: str) -> list[str]:
    """Character pairs inside the words of ``text``, in order; punctuation and space break them."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found += map(add, word, word[1:])
    return found


def centrality(pieces: Sequence[str]) -> list[float]:
    """One value in 0..1 per piece, 1 for the most central; all 0 where nothing is shared.

    The sum over a piece's pairs grows with its length, so it is divided by the square root of its
    number of pairs: long sentences keep some of their advantage, as lead sentences do in news.
    """
    bags = [set(pairs(piece)) for piece in pieces]
    frequency = Counter(chain.from_iterable(bags))
    ceiling = max(2, len(pieces) // 2)  # a pair of half the pieces or more says little: 的人, 我们
    logs = {pair: math.log(min(count, ceiling)) for pair, count in frequency.items()}
    raw = [sum([logs[pair] for pair in bag]) / math.sqrt(len(bag)) if bag else 0.0 for bag in bags]
    top = max(raw, default=0.0)
    return [value / top for value in raw] if top else [0.0] * len(pieces)


def position(count: int) -> list[float]:
    """A prior in 0..1 per piece for news order: the first pieces say most, the last a little again."""
    return [1.0 / (1.0 + 0.5 * i) if i < count - 1 or count < 4 else 0.3 for i in range(count)]

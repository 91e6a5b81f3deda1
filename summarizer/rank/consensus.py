"""How far the candidates of one article agree with each of them: minimum-Bayes-risk choice with ROUGE-like agreement.

The wording that is nearest to all the others is the one that a headline drawn from the model would most likely
resemble (Kumar & Byrne 2004, "Minimum Bayes-Risk Decoding"). A beam's own probability knows nothing of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

from .subsequence import lcs_length, places_of


class Read(NamedTuple):
    """What is compared of a text: its letters and digits, their pairs, and the places of each for ``lcs_length``."""

    letters: str
    pairs: Counter[str]
    places: dict[str, int]


def agreement(a: str, b: str) -> float:
    """Mean F1 of the longest common subsequence and of the character bigrams of two texts, 0..1.

    Letters and digits count, marks and spaces do not; 0 where either text has none.
    """
    return _agreement(_read(a), _read(b))


def consensus(texts: Sequence[str], crowd: Sequence[str]) -> list[float]:
    """For each of ``texts`` its mean agreement with the other texts of ``crowd``, 0..1; 0 where there is no other."""
    read = {text: _read(text) for text in [*crowd, *texts]}
    others = dict.fromkeys(crowd)
    known: dict[frozenset[str], float] = {}  # two texts agree as far either way round
    found = []
    for text in texts:
        values = []
        for other in others:
            if other != text:
                pair = frozenset((text, other))
                if pair not in known:
                    known[pair] = _agreement(read[text], read[other])
                values.append(known[pair])
        found.append(sum(values) / len(values) if values else 0.0)
    return found


def _read(text: str) -> Read:
    letters = "".join([c for c in text if c.isalnum()])
    return Read(letters, Counter(map(add, letters, letters[1:])), places_of(letters))


def _agreement(a: Read, b: Read) -> float:
    if not a.letters or not b.letters:
        return 0.0
    size = len(a.letters) + len(b.letters)
    whole = 2 * lcs_length(a.letters, b.letters, b.places) / size
    both = a.pairs.keys() & b.pairs.keys()
    shared = sum([min(a.pairs[pair], b.pairs[pair]) for pair in both])
    return (whole + (2 * shared / (size - 2) if size > 2 else whole)) / 2

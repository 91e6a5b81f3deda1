"""How far the candidates of one article agree with each of them: minimum-Bayes-risk choice with ROUGE-like agreement.

The wording that is nearest to all the others is the one that a headline drawn from the model would most likely
resemble (Kumar & Byrne 2004, "Minimum Bayes-Risk Decoding"). A beam's own probability knows nothing of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add

from .subsequence import Row


def agreement(a: str, b: str) -> float:
    """Mean F1 of the longest common subsequence and of the character bigrams of two texts, 0..1.

    Letters and digits count, marks and spaces do not; 0 where either text has none.
    """
    return Crowd([a, b]).agreements(a)[b]


def consensus(texts: Sequence[str], crowd: Sequence[str]) -> list[float]:
    """For each of ``texts`` its mean agreement with the other texts of ``crowd``, 0..1; 0 where there is no other."""
    known = Crowd(crowd)
    found = []
    for text in texts:
        values = [value for other, value in known.agreements(text).items() if other != text]
        found.append(sum(values) / len(values) if values else 0.0)
    return found


class Crowd:
    """The texts of a crowd, read once. What is compared of each are its letters and digits, and their pairs."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._bits: dict[tuple[str, int], int] = {}  # a bit for each pair, and for each time it comes again
        letters = {text: _letters(text) for text in texts}
        self._pairs = {text: self._pairs_of(own) for text, own in letters.items()}
        self._sizes = {text: len(own) for text, own in letters.items()}
        self._row = Row(list(letters.values()))

    def agreements(self, text: str) -> dict[str, float]:
        """How far ``text`` agrees with each text of the crowd, in the crowd's order."""
        letters = _letters(text)
        pairs = self._pairs[text] if text in self._pairs else self._pairs_of(letters)
        lengths = self._row.lcs_lengths(letters)
        return {
            other: _f1(length, (pairs & own).bit_count(), len(letters), self._sizes[other])
            for (other, own), length in zip(self._pairs.items(), lengths, strict=True)
        }

    def _pairs_of(self, letters: str) -> int:
        """The pairs of neighbours as bits: two texts share as many as their integers have bits in common."""
        times: dict[str, int] = {}
        found = 0
        for pair in map(add, letters, letters[1:]):
            times[pair] = time = times.get(pair, 0) + 1
            found |= 1 << self._bits.setdefault((pair, time), len(self._bits))
        return found


def _letters(text: str) -> str:
    return "".join([c for c in text if c.isalnum()])


def _f1(length: int, shared: int, mine: int, other: int) -> float:
    """The mean of both, from what two texts of so many letters have in common."""
    if not mine or not other:
        return 0.0
    size = mine + other
    whole = 2 * length / size
    return (whole + (2 * shared / (size - 2) if size > 2 else whole)) / 2

"""How far the candidates of one article agree with each of them: minimum-Bayes-risk choice with ROUGE-like agreement.

The wording that is nearest to all the others is the one that a headline drawn from the model would most likely
resemble (Kumar & Byrne 2004, "Minimum Bayes-Risk Decoding"). A beam's own probability knows nothing of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .subsequence import lcs_length


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


def _read(text: str) -> tuple[str, Counter[str]]:
    letters = "".join(c for c in text if c.isalnum())
    return letters, Counter(letters[i : i + 2] for i in range(len(letters) - 1))


def _agreement(a: tuple[str, Counter[str]], b: tuple[str, Counter[str]]) -> float:
    if not a[0] or not b[0]:
        return 0.0
    whole = 2 * lcs_length(a[0], b[0]) / (len(a[0]) + len(b[0]))
    pairs = len(a[0]) + len(b[0]) - 2
    shared = sum(min(count, b[1][pair]) for pair, count in a[1].items() if pair in b[1])
    return (whole + (2 * shared / pairs if pairs else whole)) / 2

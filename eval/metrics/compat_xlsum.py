"""The numbers of XL-Sum's multilingual ROUGE (csebuetnlp/xl-sum) for Chinese.

Google's ROUGE over jieba words, after lower-casing and replacing every punctuation mark by a space.
The space stays a token between words, as jieba returns it and XL-Sum does not drop it: that is worth
points, and why these figures compare only with themselves. No stemming for Chinese. Held equal by a
parity test to the ``multilingual-rouge`` 0.0.1 package (a published copy of XL-Sum's code).

The published tables are means over a test set (through a bootstrap whose middle is the mean, give or
take sampling); Lsum is not given here, since XL-Sum's Lsum leaves out its own word cutter.
"""

from __future__ import annotations

import unicodedata

from .rouge import Score, rouge_l, rouge_n, score
from .tokens import jieba_cut

NAMES = ("rouge-1", "rouge-2", "rouge-l")
_ASCII_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _is_mark(char: str) -> bool:
    return char in _ASCII_MARKS or unicodedata.category(char).startswith("P")


def _kept(char: str) -> str:
    """``char``, or a space for white space and punctuation, or nothing for control characters."""
    if char in " \t\n\r" or unicodedata.category(char) == "Zs" or _is_mark(char):
        return " "
    if char == "\ufffd" or unicodedata.category(char).startswith("C"):
        return ""
    return char


def tokens(text: str) -> list[str]:
    """XL-Sum's tokens of a Chinese text: jieba words, and single spaces where a mark or space stood."""
    plain = " ".join("".join(map(_kept, text.lower().strip())).split())
    return jieba_cut(plain)


def scores(pred: str, gold: str) -> dict[str, Score]:
    """ROUGE-1, 2 and L as XL-Sum's scorer gives them for ``lang="chinese"``."""
    have, want = tokens(pred), tokens(gold)
    bigrams = rouge_n(have, want, 2) if len(want) >= 2 else score(0, 1, 1)
    unigrams = rouge_n(have, want, 1) if want else score(0, 1, 1)
    return {"rouge-1": unigrams, "rouge-2": bigrams, "rouge-l": rouge_l(have, want)}

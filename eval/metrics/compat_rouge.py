"""The numbers of two packages that Chinese papers cite: pltrdy's ``rouge`` and its fork ``rouge-chinese``.

Both count *sets* of n-grams, so saying an n-gram twice costs nothing; pltrdy's ROUGE-L is a set-based
union-LCS over sentences cut at the half-width full stop (5.3% becomes two sentences), the fork's is
the plain LCS over tokens, sentences cut at 。！？…. Punctuation is kept. They are here to meet
published numbers on their own terms, held equal by parity tests (rouge 1.0.1, rouge-chinese 1.0.3);
report ``eval.metrics.rouge`` for anything new.

Deviations: where the packages raise on an empty prediction, 0 is given; theirs recurses once per LCS
step and fails on texts of about a thousand tokens, this does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .rouge import Score, lcs_length, lcs_positions
from .tokens import jieba_cut

NAMES = ("rouge-1", "rouge-2", "rouge-l")
_FORK_CUTS = (
    (re.compile(r"([。！？?])([^”’])"), r"\1\n\2"),
    (re.compile(r"(\.{6})([^”’])"), r"\1\n\2"),
    (re.compile(r"(…{2})([^”’])"), r"\1\n\2"),
    (re.compile(r"([。！？?][”’])([^，。！？?])"), r"\1\n\2"),
)


def spaced_characters(text: str) -> str:
    """Every character of ``text`` with spaces between: how papers feed Chinese to pltrdy's ``rouge``."""
    return " ".join("".join(text.split()))


def spaced_words(text: str) -> str:
    """jieba's words with spaces between: how rouge-chinese's own page feeds it."""
    return " ".join(jieba_cut(text))


def pltrdy(pred: str, gold: str) -> dict[str, Score]:
    """Scores of ``rouge.Rouge().get_scores`` on two texts whose tokens stand between spaces."""
    return _all(_sentences(pred.split(".")), _sentences(gold.split(".")), _union_l)


def chinese(pred: str, gold: str) -> dict[str, Score]:
    """Scores of ``rouge_chinese.Rouge().get_scores`` on two texts whose tokens stand between spaces."""
    return _all(_sentences(_fork_cut(pred)), _sentences(_fork_cut(gold)), _plain_l)


def _fork_cut(text: str) -> list[str]:
    for pattern, replacement in _FORK_CUTS:
        text = pattern.sub(replacement, text)
    return text.rstrip().split("\n")


def _sentences(pieces: list[str]) -> list[list[str]]:
    # A piece of blanks becomes one empty token, as it does in the packages.
    return [" ".join(piece.split()).split(" ") for piece in pieces if piece]


def _all(pred: list[list[str]], gold: list[list[str]], rouge_l) -> dict[str, Score]:
    if not pred or not gold:
        return dict.fromkeys(NAMES, Score(0.0, 0.0, 0.0))
    have, want = ([token for sentence in side for token in sentence] for side in (pred, gold))
    return {
        "rouge-1": _set_n(have, want, 1),
        "rouge-2": _set_n(have, want, 2),
        "rouge-l": rouge_l(pred, gold),
    }


def _score(hits: int, predicted: int, wanted: int) -> Score:
    precision = hits / predicted if predicted else 0.0
    recall = hits / wanted if wanted else 0.0
    # The 1e-8 is the packages': a perfect score comes out as 99.9999995.
    return Score(100 * precision, 100 * recall, 200 * precision * recall / (precision + recall + 1e-8))


def _set_n(have: Sequence[str], want: Sequence[str], n: int) -> Score:
    ours, theirs = (set(zip(*(side[i:] for i in range(n)), strict=False)) for side in (have, want))
    return _score(len(ours & theirs), len(ours), len(theirs))


def _plain_l(pred: list[list[str]], gold: list[list[str]]) -> Score:
    have, want = ([token for sentence in side for token in sentence] for side in (pred, gold))
    return _score(lcs_length(have, want), len(have), len(want))


def _union_l(pred: list[list[str]], gold: list[list[str]]) -> Score:
    # Arguments swapped: among equally long subsequences pltrdy's backtracking prefers the other one.
    union = {have[i] for want in gold for have in pred for i in lcs_positions(want, have)}
    have, want = ({token for sentence in side for token in sentence} for side in (pred, gold))
    return _score(len(union), len(have), len(want))

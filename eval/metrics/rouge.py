"""ROUGE-1, 2, L and Lsum after Lin (2004), F1 times 100, over Chinese characters or words.

Matches are clipped: an n-gram counts at most as often as the gold holds it, so saying it again only
costs precision. Lsum is Lin's union-LCS over sentences with the clipping of Google's ``rouge_score``
0.1.2, to which all four are held equal by a parity test. The LCS is bit-parallel (Hyyrö 2004): one
big-integer step per predicted token.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from summarizer.errors import InputError
from summarizer.rank.subsequence import lcs_length, lcs_rows

from . import tokens

NAMES = ("rouge-1", "rouge-2", "rouge-l", "rouge-lsum")
LABELS = {"rouge-1": "ROUGE-1", "rouge-2": "ROUGE-2", "rouge-l": "ROUGE-L", "rouge-lsum": "ROUGE-Lsum"}


class Score(NamedTuple):
    """Precision, recall and F1 in 0..100."""

    precision: float
    recall: float
    f1: float


def score(hits: int, predicted: int, wanted: int) -> Score:
    """Score of ``hits`` matches among ``predicted`` and ``wanted`` units; zeros where there are none."""
    if not hits:
        return Score(0.0, 0.0, 0.0)
    return Score(100 * hits / predicted, 100 * hits / wanted, 200 * hits / (predicted + wanted))


def ngrams(units: Sequence[str], n: int) -> Counter:
    """How often each run of ``n`` tokens stands in ``units``."""
    return Counter(zip(*(units[i:] for i in range(n)), strict=False))


def rouge_n(pred: Sequence[str], gold: Sequence[str], n: int) -> Score:
    """ROUGE-n of two token sequences.

    Where the gold is shorter than ``n`` tokens and so has no n-gram, an equal prediction scores 100
    and any other 0 (``rouge_score`` gives 0 to both).
    """
    if len(gold) < n:
        return _exact(pred, gold)
    have, want = ngrams(pred, n), ngrams(gold, n)
    hits = sum(min(count, want[gram]) for gram, count in have.items() if gram in want)
    return score(hits, have.total(), want.total())


def _exact(pred: Sequence[str], gold: Sequence[str]) -> Score:
    return score(int(bool(gold) and tuple(pred) == tuple(gold)), 1, 1)


def lcs_positions(pred: Sequence[str], gold: Sequence[str]) -> list[int]:
    """Positions in ``gold`` of one longest common subsequence, last first (the one ``rouge_score`` picks)."""
    rows, found = lcs_rows(pred, gold), []
    i, j = len(gold), len(pred)
    while i and j:
        if gold[i - 1] == pred[j - 1]:
            i, j = i - 1, j - 1
            found.append(i)
        elif not rows[j - 1] >> (i - 1) & 1:
            j -= 1
        else:
            i -= 1
    return found


def rouge_l(pred: Sequence[str], gold: Sequence[str]) -> Score:
    """ROUGE-L of two token sequences, F1 with equal weights."""
    return score(lcs_length(pred, gold), len(pred), len(gold))


def rouge_lsum(pred: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> Score:
    """Summary-level ROUGE-L of two lists of tokenised sentences (union-LCS, clipped)."""
    left_pred = Counter(token for sentence in pred for token in sentence)
    left_gold = Counter(token for sentence in gold for token in sentence)
    predicted, wanted, hits = left_pred.total(), left_gold.total(), 0
    for sentence in gold:
        union = {i for other in pred for i in lcs_positions(other, sentence)}
        for i in sorted(union):
            token = sentence[i]
            if left_pred[token] > 0 and left_gold[token] > 0:
                hits += 1
                left_pred[token] -= 1
                left_gold[token] -= 1
    return score(hits, predicted, wanted)


def details(pred: str, gold: str, tok: str = "char") -> dict[str, Score]:
    """Precision, recall and F1 of the four measures, keyed by NAMES; an empty prediction scores 0."""
    cut = tokens.tokenizer(tok)
    have, want = cut(pred), cut(gold)
    longest = rouge_l(have, want)
    return {
        "rouge-1": rouge_n(have, want, 1),
        "rouge-2": rouge_n(have, want, 2),
        "rouge-l": longest,
        "rouge-lsum": _lsum(pred, gold, cut) or longest,
    }


def _lsum(pred: str, gold: str, cut) -> Score | None:
    """None when both are one sentence: Lsum is then ROUGE-L."""
    have, want = tokens.sentences(pred), tokens.sentences(gold)
    if len(have) <= 1 and len(want) <= 1:
        return None
    return rouge_lsum([cut(s) for s in have], [cut(s) for s in want])


def scores(pred: str, gold: str, tok: str = "char") -> dict[str, float]:
    """F1 x 100 of one prediction, keyed by NAMES. ``tok`` is "char" or "word"."""
    return {name: value.f1 for name, value in details(pred, gold, tok).items()}


def corpus(preds: Iterable[str], golds: Iterable[str], tok: str = "char") -> dict[str, float]:
    """Mean over the pairs (macro) of ``scores``. No pairs, or lists of unequal length, raise InputError."""
    preds, golds = list(preds), list(golds)
    if len(preds) != len(golds):
        raise InputError(
            f"预测 {len(preds)} 条，参考 {len(golds)} 条，数目须相同 / predictions and golds differ in number"
        )
    if not preds:
        raise InputError("没有可评分的条目 / nothing to score")
    rows = [scores(pred, gold, tok) for pred, gold in zip(preds, golds, strict=True)]
    return {name: sum(row[name] for row in rows) / len(rows) for name in NAMES}

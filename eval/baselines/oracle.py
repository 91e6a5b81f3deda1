"""Upper bounds that look at the gold: what choosing whole sentences, or one span, could reach at best.

Both maximise ROUGE-1 + ROUGE-2 F1 over characters, as Nallapati and others (2017) label sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..metrics import tokens
from ..metrics.rouge import rouge_n
from .units import split

_LONGEST = 2.0  # spans up to this many times the gold's tokens: longer ones only lose precision


def sentences(body: str, gold: str, task: str) -> str:
    """Greedy sentence oracle: the best one for a headline; for a summary more, while the score grows."""
    units = split(body)
    cut, want = [tokens.characters(unit) for unit in units], tokens.characters(gold)
    picked: list[int] = []
    best = -1.0
    while len(picked) < (1 if task == "headline" else len(units)):
        scored = [
            (_worth([t for j in sorted([*picked, i]) for t in cut[j]], want), -i)
            for i in range(len(units))
            if i not in picked
        ]
        value, index = max(scored, default=(best, 0))
        if value <= best:
            break
        best = value
        picked.append(-index)
    return "".join(units[i] for i in sorted(picked))


def _worth(have: Sequence[str], want: Sequence[str]) -> float:
    return rouge_n(have, want, 1).f1 + rouge_n(have, want, 2).f1


def span(body: str, gold: str) -> str:
    """The best contiguous stretch of ``body``, at token borders; the first of equals."""
    found, want = tokens.spans(body), tokens.characters(gold)
    have = [token for token, _, _ in found]
    longest = max(1, round(_LONGEST * len(want)))
    singles, pairs = Counter(want), Counter(zip(want, want[1:], strict=False))
    best, place = -1.0, (0, 0)
    for start, token in enumerate(have):
        if token not in singles:  # the best span begins with a token of the gold
            continue
        value, end = _best_end(have, start, longest, singles, pairs, len(want))
        if value > best:
            best, place = value, (start, end)
    if best < 0:
        return ""
    return body[found[place[0]][1] : found[place[1] - 1][2]]


def _best_end(
    have: Sequence[str], start: int, longest: int, singles: Counter, pairs: Counter, wanted: int
) -> tuple[float, int]:
    """Best (ROUGE-1 + ROUGE-2, end) of the spans from ``start``, growing one token at a time."""
    left_singles, left_pairs = dict(singles), dict(pairs)
    hits_1 = hits_2 = 0
    best, place = -1.0, start + 1
    for end in range(start + 1, min(start + longest, len(have)) + 1):
        token = have[end - 1]
        if left_singles.get(token, 0) > 0:
            left_singles[token] -= 1
            hits_1 += 1
        pair = (have[end - 2], token)
        if end - start > 1 and left_pairs.get(pair, 0) > 0:
            left_pairs[pair] -= 1
            hits_2 += 1
        size = end - start
        value = 200 * hits_1 / (size + wanted) + 200 * hits_2 / max(size + wanted - 2, 1)
        if value > best:
            best, place = value, end
    return best, place

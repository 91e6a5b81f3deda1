"""Which sentences a model is shown within its token budget, and how much of the body that is.

``select`` takes the best sentences of a whole document (for a headline); ``windows`` deals the whole
document out into inputs that each fit (for a summary of every part). Nothing is cut: a sentence over
the budget is split at its clause marks, and what is left out shows in ``coverage``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from .centrality import centrality, position
from .chars import CLAUSE_MARKS, END_MARKS
from .types import Selection, Sentence, Span

Count = Callable[[str], int]

_CLAUSE = re.compile(rf"[^{CLAUSE_MARKS}{END_MARKS}\s]*[{CLAUSE_MARKS}{END_MARKS}\s]*")
# Joining pieces can cost a token at the seam; a margin keeps the joined text inside the budget.
_SEAM = 1


def select(
    body: str,
    sentences: Sequence[Sentence],
    budget_tokens: int,
    count: Count,
    scores: Sequence[float] | None = None,
) -> Selection:
    """The most salient sentences within ``budget_tokens`` of ``count``, in reading order.

    ``scores`` gives one salience per code point of ``body``; without it sentences are taken by position
    and centrality. The first piece is always kept. No sentences give an empty selection, coverage 1.0.
    """
    pieces, costs = _pieces(body, sentences, budget_tokens, count)
    if sum(costs) <= budget_tokens:
        return _selection(body, pieces, count)
    worth = _heuristic(body, pieces) if scores is None else _salience(pieces, scores)
    chosen = _take(worth, costs, budget_tokens)
    while len(chosen) > 1 and count(_text(body, [pieces[i] for i in sorted(chosen)])) > budget_tokens:
        chosen.pop()
    return _selection(body, [pieces[i] for i in sorted(chosen)], count)


def windows(
    body: str, sentences: Sequence[Sentence], budget_tokens: int, count: Count
) -> tuple[Selection, ...]:
    """Consecutive selections, each within ``budget_tokens``, that together hold every sentence.

    A window ends early at a section's start once it is half full. No sentences give ``()``.
    """
    pieces, costs = _pieces(body, sentences, budget_tokens, count)
    starts = {s.start for a, s in pairwise(sentences) if a.section != s.section}
    groups: list[list[Span]] = [[]]
    used = 0
    for piece, cost in zip(pieces, costs, strict=True):
        full = used + cost > budget_tokens
        if groups[-1] and (full or (piece[0] in starts and used > budget_tokens // 2)):
            groups.append([])
            used = 0
        groups[-1].append(piece)
        used += cost
    return tuple(_selection(body, group, count) for group in groups if group)


def coverage(body: str, spans: Sequence[Span]) -> float:
    """Share of the characters of ``body`` that are not white space and stand in ``spans``; 1.0 if none."""
    total = len("".join(body.split()))
    seen = sum(len("".join(body[start:end].split())) for start, end in _union(spans))
    return 1.0 if not total else seen / total


def _union(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _selection(body: str, pieces: Sequence[Span], count: Count) -> Selection:
    text = _text(body, pieces)
    return Selection(text, tuple(pieces), count(text) if text else 0, coverage(body, pieces))


def _text(body: str, pieces: Sequence[Span]) -> str:
    """The pieces joined as they stood: line breaks stay, other gaps close up."""
    parts: list[str] = []
    last = None
    for start, end in pieces:
        if last is not None:
            gap = body[last:start]
            parts.append("\n" if "\n" in gap else gap if gap.isspace() else "")
        parts.append(body[start:end])
        last = end
    return "".join(parts)


def _pieces(
    body: str, sentences: Sequence[Sentence], budget: int, count: Count
) -> tuple[list[Span], list[int]]:
    pieces: list[Span] = []
    costs: list[int] = []
    limit = max(1, budget - _SEAM)
    for sentence in sentences:
        span = (sentence.start, sentence.end)
        # No tokenizer packs eight characters of prose into a token: such a run is split uncounted.
        cost = count(body[span[0] : span[1]]) + _SEAM if span[1] - span[0] <= 8 * budget else budget + 1
        if cost <= budget:
            pieces.append(span)
            costs.append(cost)
            continue
        for part in _split(body, span, limit, count):
            pieces.append(part)
            costs.append(min(budget, count(body[part[0] : part[1]]) + _SEAM))
    return pieces, costs


def _split(body: str, span: Span, limit: int, count: Count) -> list[Span]:
    """A long sentence as runs of clauses, each within ``limit`` tokens."""
    parts: list[Span] = []
    start, used = span[0], 0
    for clause in _CLAUSE.finditer(body, span[0], span[1]):
        for low, high in _halves(body, clause.span(), limit, count):
            cost = count(body[low:high])
            if used and used + cost > limit:
                parts.append((start, low))
                start, used = low, 0
            used += cost
    if start < span[1]:
        parts.append((start, span[1]))
    return [part for part in parts if body[part[0] : part[1]].strip()]


def _halves(body: str, span: Span, limit: int, count: Count) -> list[Span]:
    """A clause without any mark that is over the limit, cut in fixed lengths that fit."""
    start, end = span
    if start == end:
        return []
    step = max(1, min(end - start, limit))
    while step > 1 and any(count(body[i : i + step]) > limit for i in range(start, end, step)):
        step //= 2
    if end - start <= step:
        return [span]
    return [(i, min(end, i + step)) for i in range(start, end, step)]


def _salience(pieces: Sequence[Span], scores: Sequence[float]) -> list[float]:
    """Sum of salience over the square root of the length: neither short nor long pieces win by size."""
    return [sum(scores[a:b]) / max(1, b - a) ** 0.5 for a, b in pieces]


def _heuristic(body: str, pieces: Sequence[Span]) -> list[float]:
    central = centrality([body[a:b] for a, b in pieces])
    return [0.6 * c + 0.4 * p for c, p in zip(central, position(len(pieces)), strict=True)]


def _take(worth: Sequence[float], costs: Sequence[int], budget: int) -> list[int]:
    """Indices taken greedily by worth, the lead first; ties fall to the earlier piece."""
    order = sorted(range(len(worth)), key=lambda i: (i != 0, -worth[i], i))
    chosen, used = [], 0
    for index in order:
        if used + costs[index] <= budget:
            chosen.append(index)
            used += costs[index]
    return chosen

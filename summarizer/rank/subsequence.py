"""The longest common subsequence, a row of its table in one integer (Hyyrö 2004)."""

from __future__ import annotations

from collections.abc import Sequence


def lcs_rows(pred: Sequence[str], gold: Sequence[str]) -> list[int]:
    """Bit rows of the LCS table: bit ``i`` of row ``j`` is 0 where gold[i] adds to the LCS up to pred[j]."""
    places: dict[str, int] = {}
    for i, token in enumerate(gold):
        places[token] = places.get(token, 0) | 1 << i
    full = row = (1 << len(gold)) - 1
    rows = []
    for token in pred:
        match = row & places.get(token, 0)
        if match:
            row = ((row + match) | (row - match)) & full
        rows.append(row)
    return rows


def lcs_length(pred: Sequence[str], gold: Sequence[str]) -> int:
    """Length in tokens of the longest common subsequence."""
    rows = lcs_rows(pred, gold)
    return len(gold) - rows[-1].bit_count() if rows else 0

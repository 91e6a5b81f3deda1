"""The longest common subsequence, a row of its table in one integer (Hyyrö 2004)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def lcs_rows(pred: Sequence[str], gold: Sequence[str]) -> list[int]:
    """Bit rows of the LCS table: bit ``i`` of row ``j`` is 0 where gold[i] adds to the LCS up to pred[j]."""
    places = places_of(gold)
    full = row = (1 << len(gold)) - 1
    rows = []
    for token in pred:
        match = row & places.get(token, 0)
        if match:
            row = ((row + match) | (row - match)) & full
        rows.append(row)
    return rows


def places_of(gold: Sequence[str]) -> dict[str, int]:
    """For each token the bits of its places."""
    places: dict[str, int] = {}
    for i, token in enumerate(gold):
        places[token] = places.get(token, 0) | 1 << i
    return places


def lcs_length(pred: Sequence[str], gold: Sequence[str], places: Mapping[str, int] | None = None) -> int:
    """Length in tokens of the longest common subsequence; ``places`` are those of ``gold``, where they are known."""
    places = places_of(gold) if places is None else places
    full = row = (1 << len(gold)) - 1
    for match in map(places.get, pred):
        if match and (match := row & match):
            row = ((row + match) | (row - match)) & full
    return len(gold) - row.bit_count()

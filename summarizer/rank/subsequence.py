"""The longest common subsequence, a row of its table in one integer (Hyyrö 2004)."""

from __future__ import annotations

from collections.abc import Sequence


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


def lcs_length(pred: Sequence[str], gold: Sequence[str]) -> int:
    """Length in tokens of the longest common subsequence."""
    return Row([gold]).lcs_lengths(pred)[0]


class Row:
    """Texts one behind another in one integer: what a text shares with all of them is found in one pass.

    Between two texts one bit is free. A sum within a text carries into it at the most, and there it is wiped out.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._places: dict[str, int] = {}
        self._parts: list[tuple[int, int]] = []
        self._full = start = 0
        for text in texts:
            own = (1 << len(text)) - 1
            self._parts.append((start, own))
            self._full |= own << start
            for token, bits in places_of(text).items():
                self._places[token] = self._places.get(token, 0) | bits << start
            start += len(text) + 1

    def lcs_lengths(self, pred: Sequence[str]) -> list[int]:
        """Length in tokens of the longest common subsequence with each text."""
        full = row = self._full
        for match in map(self._places.get, pred):
            if match and (match := row & match):
                row = ((row + match) | (row - match)) & full
        gained = row ^ full
        return [(gained >> start & own).bit_count() for start, own in self._parts]

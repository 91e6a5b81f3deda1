"""Which characters of a source the headline was taken from: its best subsequence, batched.

A dynamic programme over (source, headline): starting a run of matched characters pays little, continuing it pays much,
and a place further on costs a trifle, so contiguous and early runs win over scattered single characters.
"""

from __future__ import annotations

import numpy as np

START, CONTINUE, DELAY = 0.3, 1.2, 0.0006


def _codes(texts: list[str], pad: int) -> np.ndarray:
    width = max(1, max(map(len, texts)))
    out = np.full((len(texts), width), pad, dtype=np.int32)
    for row, text in enumerate(texts):
        out[row, : len(text)] = [ord(c) for c in text]
    return out


def align(sources: list[str], targets: list[str]) -> np.ndarray:
    """Keep flags, shape (len(sources), longest source), true where a character belongs to the target."""
    source, target = _codes(sources, -1), _codes(targets, -2)
    batch, n = source.shape
    m = target.shape[1]
    low = np.float32(-1e9)
    match_before = np.full((batch, m + 1), low, np.float32)
    best_before = np.zeros((batch, m + 1), np.float32)
    continued = np.zeros((n, batch, m + 1), bool)
    from_match = np.zeros((n, batch, m + 1), bool)
    column = np.zeros((n, batch, m + 1), np.uint8)
    columns = np.broadcast_to(np.arange(m + 1, dtype=np.uint8), (batch, m + 1))
    for i in range(n):
        equal = source[:, i, None] == target
        go_on, begin = match_before[:, :-1] + CONTINUE, best_before[:, :-1] + START
        here = np.where(equal, np.maximum(go_on, begin) - DELAY * i, low)
        match = np.concatenate([np.full((batch, 1), low, np.float32), here], 1)
        continued[i, :, 1:] = go_on >= begin
        from_match[i] = match > best_before
        value = np.maximum(match, best_before)
        best = np.maximum.accumulate(value, axis=1)
        column[i] = np.maximum.accumulate(np.where(value >= best, columns, 0), axis=1)
        match_before, best_before = match, best
    return _trace(continued, from_match, column, m)


def _trace(continued: np.ndarray, from_match: np.ndarray, column: np.ndarray, m: int) -> np.ndarray:
    n, batch, _ = continued.shape
    rows = np.arange(batch)
    j = np.full(batch, m)
    inside = np.zeros(batch, bool)
    keep = np.zeros((batch, n), bool)
    for i in range(n - 1, -1, -1):
        j = np.where(inside, j, column[i, rows, j])
        matched = (inside | from_match[i, rows, j]) & (j > 0)
        keep[:, i] = matched
        inside = matched & continued[i, rows, j]
        j = np.where(matched, j - 1, j)
    return keep

"""What one metric leaves per row, and how rows add up to a corpus figure.

Every metric is kept as *sufficient statistics*: one row of numbers per scored item, whose sums over any
resample give the figure. A mean, a rate (claims supported over claims made) and corpus BLEU are then
bootstrapped by the same code, without scoring a text twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

Fold = Callable[[np.ndarray], np.ndarray]
Better = Literal["higher", "lower", "neither"]


def ratio(sums: np.ndarray) -> np.ndarray:
    """100 x first column over second; NaN where the second is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums[..., 1] > 0, 100 * sums[..., 0] / sums[..., 1], np.nan)


def mean(sums: np.ndarray) -> np.ndarray:
    """First column over second; NaN where the second is 0."""
    return ratio(sums) / 100


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """``stats`` has shape (rows, k); ``fold`` takes sums of shape (..., k) to figures of shape (...).

    ``signature`` holds what the figure depends on beside data and version (see ``signature``).
    """

    key: str
    label: str
    group: str
    better: Better
    stats: np.ndarray
    fold: Fold
    signature: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> float:
        """The figure over all rows; NaN where it is not defined (no claim made, no row)."""
        return float(self.fold(self.stats.sum(axis=0)))

    @property
    def each(self) -> np.ndarray:
        """The figure of every single row, of shape (rows,)."""
        return self.fold(self.stats)


def of_values(
    key: str, label: str, group: str, better: Better, values: list[float], signature: dict[str, str]
) -> Measure:
    """A measure that is the mean of ``values``, one per row."""
    stats = np.column_stack([np.asarray(values, float), np.ones(len(values))])
    return Measure(key, label, group, better, stats, mean, tuple(signature.items()))


def of_counts(
    key: str, label: str, group: str, better: Better, counts: list[tuple[int, int]], signature: dict[str, str]
) -> Measure:
    """A rate in percent: ``counts`` are (hits, of how many) per row, added up before dividing."""
    stats = np.asarray(counts, float).reshape(len(counts), 2)
    return Measure(key, label, group, better, stats, ratio, tuple(signature.items()))

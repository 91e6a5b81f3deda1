"""Bootstrap intervals and paired comparisons over rows (Efron 1979; Koehn 2004 for the paired form).

All measures and all systems of a run are resampled with the same draws, so differences are paired. A
draw is a vector of how often each row is taken; sums over draws are one matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .measure import Measure

RESAMPLES = 1000
SEED = 20240601
_CELLS = 4_000_000  # draws x rows held at once: 32 MB


@dataclass(frozen=True, slots=True)
class Interval:
    """Two-sided 95% percentile interval; both ends NaN where the figure is not defined."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """``first - second`` in the measure's units, its interval, and a two-sided p from the same draws."""

    delta: float
    low: float
    high: float
    p: float

    @property
    def noise(self) -> bool:
        """True where the interval holds 0 or is not defined: the data can't tell the two apart."""
        return not (self.low > 0 or self.high < 0)


def resample(stats: np.ndarray, resamples: int = RESAMPLES, seed: int = SEED) -> np.ndarray:
    """Sums of ``stats`` (rows, k) over ``resamples`` draws with replacement: shape (resamples, k).

    The draws depend on the number of rows, ``resamples`` and ``seed`` only.
    """
    rows = len(stats)
    rng = np.random.default_rng(seed)
    sums = np.empty((resamples, stats.shape[1]))
    step = max(1, _CELLS // max(rows, 1))
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        picked = rng.integers(0, rows, (count, rows), dtype=np.int64)
        picked += np.arange(count)[:, None] * rows
        draws = np.bincount(picked.ravel(), minlength=count * rows).reshape(count, rows)
        sums[start : start + count] = draws.astype(float) @ stats
    return sums


def distributions(
    measures: Sequence[Measure], resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, np.ndarray]:
    """Bootstrap distribution of each measure by key; the measures must be over the same rows."""
    if not measures:
        return {}
    sums = resample(np.hstack([measure.stats for measure in measures]), resamples, seed)
    found, start = {}, 0
    for measure in measures:
        width = measure.stats.shape[1]
        found[measure.key] = measure.fold(sums[:, start : start + width])
        start += width
    return found


def interval(distribution: np.ndarray) -> Interval:
    """95% percentile interval of a bootstrap distribution; draws without a value are left out."""
    defined = distribution[~np.isnan(distribution)]
    if not defined.size:
        return Interval(float("nan"), float("nan"))
    low, high = np.percentile(defined, [2.5, 97.5])
    return Interval(float(low), float(high))


def difference(first: float, second: float, ours: np.ndarray, theirs: np.ndarray) -> Difference:
    """Paired bootstrap of ``first - second``; ``ours`` and ``theirs`` are over the same draws.

    p is twice the smaller share of draws on either side of 0, counting the observed data as one draw.
    """
    deltas = ours - theirs
    bounds = interval(deltas)
    defined = deltas[~np.isnan(deltas)]
    if not defined.size:
        return Difference(float("nan"), bounds.low, bounds.high, float("nan"))
    tail = min(np.count_nonzero(defined <= 0), np.count_nonzero(defined >= 0))
    p = min(1.0, 2 * (tail + 1) / (defined.size + 1))
    return Difference(first - second, bounds.low, bounds.high, float(p))

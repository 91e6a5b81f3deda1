"""The bootstrap against closed forms and a plain loop."""

import numpy as np
import pytest

from eval.metrics import significance
from eval.metrics.measure import Measure, of_counts, of_values, ratio


def measure(values, key="m"):
    return of_values(key, "M", "g", "higher", list(values), {})


def test_interval_of_a_mean_is_near_the_normal_one():
    values = np.random.default_rng(1).normal(50, 10, 400)
    found = significance.distributions([measure(values)], 4000)["m"]
    bounds = significance.interval(found)
    half = 1.96 * values.std() / 20
    assert bounds.low == pytest.approx(values.mean() - half, abs=0.15)
    assert bounds.high == pytest.approx(values.mean() + half, abs=0.15)


def test_chunked_draws_equal_a_plain_loop(monkeypatch):
    stats = np.random.default_rng(2).random((37, 3))
    whole = significance.resample(stats, 25)
    monkeypatch.setattr(significance, "_CELLS", 37 * 4)
    rng = np.random.default_rng(significance.SEED)
    plain = []
    for start in range(0, 25, 4):
        picked = rng.integers(0, 37, (min(4, 25 - start), 37))
        plain += [stats[row].sum(axis=0) for row in picked]
    assert significance.resample(stats, 25) == pytest.approx(np.array(plain))
    assert whole.shape == (25, 3)


def test_same_draws_for_all_measures_make_differences_paired():
    values = np.random.default_rng(3).normal(40, 15, 300)
    ours, theirs = measure(values + 1), measure(values)
    a = significance.distributions([ours])["m"]
    b = significance.distributions([theirs])["m"]
    found = significance.difference(ours.value, theirs.value, a, b)
    assert found.delta == pytest.approx(1) and found.low == pytest.approx(1) == pytest.approx(found.high)
    assert not found.noise and found.p < 0.01


def test_a_difference_inside_the_noise_is_called_so():
    rng = np.random.default_rng(4)
    ours, theirs = measure(rng.normal(40, 15, 200)), measure(rng.normal(40, 15, 200))
    a, b = (significance.distributions([m])["m"] for m in (ours, theirs))
    found = significance.difference(ours.value, theirs.value, a, b)
    assert found.noise == (found.low <= 0 <= found.high) and found.p > 0.01
    same = significance.difference(ours.value, ours.value, a, a)
    assert same.noise and same.p == 1.0


def test_false_alarms_of_the_paired_test_stay_near_five_percent():
    """Two systems of equal quality on 120 rows, 200 times over."""
    rng, alarms = np.random.default_rng(5), 0
    for _ in range(200):
        pair = rng.normal(0, 1, (2, 120))
        a, b = (significance.distributions([measure(row)], 300)["m"] for row in pair)
        alarms += not significance.difference(pair[0].mean(), pair[1].mean(), a, b).noise
    assert alarms <= 20


def test_rates_add_up_before_dividing_and_may_be_undefined():
    rate = of_counts("r", "R", "g", "higher", [(1, 1), (1, 3), (0, 0)], {})
    assert rate.value == pytest.approx(50)
    assert np.isnan(rate.each[2])
    nothing = of_counts("r", "R", "g", "higher", [(0, 0)] * 5, {})
    assert np.isnan(nothing.value)
    bounds = significance.interval(significance.distributions([nothing])["r"])
    assert np.isnan(bounds.low)
    assert significance.difference(1.0, 2.0, np.full(5, np.nan), np.full(5, np.nan)).noise


def test_no_measures_no_distributions():
    assert significance.distributions([]) == {}
    assert isinstance(Measure("k", "l", "g", "lower", np.ones((1, 2)), ratio).value, float)

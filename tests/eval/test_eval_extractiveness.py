"""Copied fragments against a slow reference, and hand-counted rates."""

import random

import numpy as np
import pytest

from eval.metrics import extractiveness, length


def slow_fragments(text, body):
    """Grusky and others' algorithm as printed, quadratic."""
    found, i = [], 0
    while i < len(text):
        best = 0
        for j in range(len(body)):
            k = 0
            while i + k < len(text) and j + k < len(body) and text[i + k] == body[j + k]:
                k += 1
            best = max(best, k)
        if best:
            found.append((i, i + best))
        i += max(best, 1)
    return found


def test_fragments_equal_the_slow_reference():
    rng = random.Random(6)
    for _ in range(300):
        text, body = (rng.choices("云溪市通水了", k=rng.randint(0, 14)) for _ in range(2))
        assert extractiveness.fragments(text, body) == slow_fragments(text, body)


def test_hand_counted():
    found = {m.key: m for m in extractiveness.measures(["云溪通水水水"], ["今日云溪市通水，可喜。"])}
    # 6 tokens: 云溪 | 通水 | 水 | 水 copied
    assert found["coverage"].value == 100
    assert found["density"].value == pytest.approx((4 + 4 + 1 + 1) / 6)
    assert found["compression"].value == pytest.approx(9 / 6)
    assert found["novel-2"].value == pytest.approx(100 * 3 / 5)  # 溪通, 水水, 水水
    assert found["repeated-1"].value == pytest.approx(100 * 2 / 6)
    assert found["repeated-2"].value == pytest.approx(100 / 5)


def test_an_empty_prediction_counts_as_nothing_copied():
    found = {m.key: m for m in extractiveness.measures([""], ["云溪市通水。"])}
    assert np.isnan(found["coverage"].value) and found["density"].value == 0


CUT = [
    ("云溪市引水工程正式通水", "headline", False),
    ("云溪市引水工程的", "headline", True),
    ("云溪市引水工程，", "headline", True),
    ("云溪市发布《引水", "headline", True),
    ("云溪市引水工程通水。", "summary", False),
    ("云溪市引水工程通水。惠及四个乡", "summary", True),
    ("章明远说：“通水了。”", "summary", False),
    ("", "summary", False),
]


@pytest.mark.parametrize("text, task, expected", CUT)
def test_endings_that_are_cut_off(text, task, expected):
    assert length.cut_off(text, task) is expected


def test_length_measures():
    found = {
        m.key: m.value
        for m in length.measures(["云溪通水", "", "GDP增5%的"], ["云溪市通水"] * 3, "headline", 4)
    }
    assert found["length"] == pytest.approx((4 + 0 + 4.5) / 3)
    assert found["length-ratio"] == pytest.approx(100 * 8.5 / 15)
    assert found["empty"] == pytest.approx(100 / 3) == found["over-limit"] == found["cut-off"]

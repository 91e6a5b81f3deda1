"""Faithfulness over the guard, and its self-test: what corruption it catches, what it cries wolf on."""

import eval_rows as fixtures
import numpy as np
import pytest

from eval.metrics import faithfulness

BODY = "11月3日，青石县引水工程正式通水，总投资12.5亿元，惠及群众3万人。市长陆文清说：“水来了。”产值增长6%。"


def rates(texts, golds=None):
    bodies = [BODY] * len(texts)
    pred, gold = faithfulness.table([texts, golds or texts], bodies)
    return {m.key: m.value for m in faithfulness.measures(pred, gold)}


def test_kept_and_lost_claims_by_kind():
    kept = rates(["青石县引水工程通水 投资12.5亿元", "引水工程惠及三万人"])
    assert kept["faith-numbers"] == kept["faith-all"] == kept["faith-clean"] == 100
    lost = rates(["青石县引水工程通水 投资18.5亿元", "产值下降6%"])
    assert lost["faith-numbers"] < 100 and lost["faith-polarity"] == 0 and lost["faith-clean"] == 0


def test_relative_to_the_golds_own_rate():
    # The gold breaks one of its two numbers, the prediction none: twice the gold's rate.
    found = rates(["投资12.5亿元 惠及3万人"], ["投资12.5亿元 惠及9万人"])
    assert found["faith-relative"] == pytest.approx(200)
    assert np.isnan(rates(["天气晴好"])["faith-relative"])


def test_texts_without_claims_count_as_clean_but_have_no_rate():
    found = rates(["", "通水了"])
    assert found["faith-clean"] == 100 and np.isnan(found["faith-quotes"])


def test_one_process_and_two_count_alike(monkeypatch):
    bodies = [row["body"] for row in fixtures.rows(24)]
    titles = [row["title"] for row in fixtures.rows(24)]
    alone = faithfulness.table([titles, titles[::-1]], bodies)
    monkeypatch.setattr(faithfulness, "_PARALLEL", 1)
    monkeypatch.setattr(faithfulness.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    assert faithfulness.table([titles, titles[::-1]], bodies) == alone


def test_swapped_numbers_are_caught_and_golds_kept():
    """On our own rows, where every number of a gold stands in its body."""
    rows = fixtures.rows(24)
    golds = [row["summary"] for row in rows]
    bodies = [row["body"] for row in rows]
    bad = [gold.replace(".5亿元", ".8亿元") for gold in golds]
    good, broken = faithfulness.table([golds, bad], bodies)
    assert all(kept == made for row in good for kept, made in [row["numbers"]])
    assert all(kept < made for row in broken for kept, made in [row["numbers"]])


def test_corrupted_golds_of_our_own_set_are_caught():
    """The figures asked of the metric, on some 240 corruptions; ``eval.metrics.selftest`` takes any set."""
    from pathlib import Path

    from eval import data
    from eval.metrics import selftest

    path = Path(faithfulness.__file__).parents[1] / "sets" / "desk60.jsonl"
    found = selftest.tally(
        row for task in ("headline", "summary") for row in data.load(path, task, "rows").rows
    )
    assert found.made["number"] >= 50 and found.made["polarity"] >= 40
    assert found.recall("number") >= 0.99
    assert found.fell["number"] >= 0.98 * found.made["number"]  # caught for the change, not for the gold
    assert found.caught["name"] + found.caught["place"] >= 0.95 * (found.made["name"] + found.made["place"])
    assert found.recall("polarity") >= 0.9 and found.alarms <= 0.05

"""The gate: floors hold, are missed, rise by themselves and fall only when told to."""

import json
from pathlib import Path

import eval_rows as fixtures
import pytest

from eval import gate
from eval.__main__ import main
from eval.metrics.measure import of_counts, of_values

SETS = Path(gate.__file__).parent / "sets"


@pytest.fixture
def rows(tmp_path):
    return fixtures.write(tmp_path / "set.jsonl", fixtures.rows(8))


def call(rows, *more):
    return main(["gate", "--set", str(rows), "--model", "extractive", *more])


def floors_of(rows):
    return rows.with_suffix(".floors.json")


def test_pin_then_hold(rows, capsys):
    assert call(rows) == 2 and "--pin" in capsys.readouterr().err
    assert call(rows, "--pin") == 0
    assert call(rows) == 0
    said = capsys.readouterr().out
    assert "全部达标" in said and said.count("✓") >= 14 and "ROUGE-L|tok:char" in said


def test_a_missed_floor_fails(rows, capsys):
    call(rows, "--pin")
    pinned = json.loads(floors_of(rows).read_text())
    pinned["floors"]["headline"]["char/rouge-1"] = 99.9
    pinned["floors"]["summary"]["length-of-nothing"] = 1
    floors_of(rows).write_text(json.dumps(pinned))
    assert call(rows) == 1
    assert "✗ headline ROUGE-1" in capsys.readouterr().out


def test_floors_fall_only_when_told_to(rows, capsys):
    call(rows, "--pin")
    pinned = json.loads(floors_of(rows).read_text())
    pinned["floors"]["headline"]["char/rouge-1"] = 99.9
    pinned["floors"]["headline"]["char/rouge-2"] = 0.5
    floors_of(rows).write_text(json.dumps(pinned))
    before = floors_of(rows).read_text()
    assert call(rows, "--pin") == 2 and floors_of(rows).read_text() == before
    assert "99.9" in capsys.readouterr().err
    assert call(rows, "--pin", "--allow-lower") == 0
    after = json.loads(floors_of(rows).read_text())["floors"]["headline"]
    assert after["char/rouge-1"] < 99.9 and after["char/rouge-2"] > 0.5
    assert "lowered" in capsys.readouterr().out


def test_pinning_again_keeps_the_stricter_floor(rows):
    call(rows, "--pin")
    pinned = json.loads(floors_of(rows).read_text())
    old = pinned["floors"]["headline"]["char/rouge-1"]
    pinned["floors"]["headline"]["char/rouge-1"] = old + 1  # still below what is measured
    floors_of(rows).write_text(json.dumps(pinned))
    assert call(rows, "--pin") == 0
    assert json.loads(floors_of(rows).read_text())["floors"]["headline"]["char/rouge-1"] == pytest.approx(
        old + 1
    )


def test_another_set_is_no_comparison(rows, capsys):
    call(rows, "--pin")
    fixtures.write(rows, fixtures.rows(7))
    assert call(rows) == 2 and "另一份数据" in capsys.readouterr().err
    assert call(rows, "--pin") == 2 and call(rows, "--pin", "--allow-lower") == 0 and call(rows) == 0


def test_bad_floor_files(rows, capsys):
    floors_of(rows).write_text("{}")
    assert call(rows) == 2 and "不是固定的下限" in capsys.readouterr().err
    assert call(rows, "--allow-lower") == 2


def test_bounds_leave_a_margin_to_the_safe_side():
    up = of_values("u", "U", "g", "higher", [50.0], {})
    down = of_counts("d", "D", "g", "lower", [(1, 10)], {})
    none = of_counts("n", "N", "g", "higher", [(0, 0)], {})
    assert gate.bounds([up, down, none]) == {"u": 50 - gate.MARGIN, "d": 10 + gate.MARGIN}
    assert gate.held(up, 50) and not gate.held(up, 50.1)
    assert gate.held(down, 10) and not gate.held(down, 9.9) and not gate.held(none, 0)


@pytest.mark.parametrize("path", sorted(SETS.glob("*.jsonl")), ids=lambda p: p.name)
def test_the_projects_own_sets_are_sound(path):
    """Every article has a headline and a summary of the length that the desk writes; their claims stand in it.

    Not all of them: editors add up two sums, and write 不敌 where the body says who won.
    """
    from eval import data
    from eval.metrics import faithfulness
    from summarizer.chars import width

    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({record["genre"] for record in records}) >= 6
    for task, (low, high) in {"headline": (6, 24), "summary": (20, 130)}.items():
        rows = data.load(path, task, "rows").rows
        assert not [row.id for row in rows if not low <= width(row.gold) <= high]
        (claims,) = faithfulness.table([[row.gold for row in rows]], [row.body for row in rows])
        kept, made = (sum(row["all"][place] for row in claims if "all" in row) for place in (0, 1))
        assert made > len(rows) and kept >= 0.95 * made

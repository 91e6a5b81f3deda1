"""Costs of whole processes, and their ratios."""

from __future__ import annotations

import os
import sys

import pytest

from eval.bench import process
from eval.bench.process import Cost

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="POSIX only")


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_process_costs_its_own_time_and_memory():
    small = process.cost(python("pass"))
    large = process.cost(python("x = bytearray(b'x') * 80_000_000; sum(range(4_000_000))"))
    assert 70 < large.memory_mb - small.memory_mb < 170
    assert large.cpu_s > small.cpu_s > 0
    assert small.wall_s > 0


def test_the_first_round_is_not_counted_and_rounds_alternate(tmp_path):
    log = tmp_path / "log"
    code = f"open({str(log)!r}, 'a').write('%s')"
    told = []
    found = process.in_turn({"a": python(code % "a"), "b": python(code % "b")}, 2, told.append)
    assert log.read_text() == "ababab"
    assert [len(costs) for costs in found.values()] == [2, 2]
    assert len(told) == 4


def test_ratios_are_taken_round_by_round():
    found = process.compared([Cost(1, 2, 100), Cost(2, 2, 100)], [Cost(6, 4, 300), Cost(8, 2, 500)])
    assert found["cpu_s"] == {"median": 5.0, "low": 4.0, "high": 6.0}
    assert found["memory_mb"] == {"median": 4.0, "low": 3.0, "high": 5.0}


def test_a_failing_command_is_told():
    with pytest.raises(SystemExit, match="no such thing"):
        process.cost(python("raise ValueError('no such thing')"))


def test_every_kind_has_a_command(tmp_path):
    found = process.commands(tmp_path / "a.txt", "embedded", process.KINDS)
    assert list(found) == list(process.KINDS)
    assert found["ct2"][-2:] == ["--engine", "ct2"]
    assert "--alone" in found["generate"]

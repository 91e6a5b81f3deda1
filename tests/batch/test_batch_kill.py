"""Runs that are killed, stopped, starved or doubled: the output is as if nothing had happened."""

import json
import os
import random
import resource
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from batch_inputs import read, write_rows

DRIVE = Path(__file__).with_name("drive.py")
SMALL = ("--workers", "2", "--batch-size", "4", "--window", "24")


def start(rows, out, *more, slow="0.01", **options):
    """The command as a process of its own, telling each batch it finished as a JSON line."""
    words = [
        sys.executable,
        DRIVE,
        rows,
        "-o",
        out,
        *SMALL,
        "--progress",
        "json",
        "--progress-every",
        "0",
        *more,
    ]
    env = {**os.environ, "SLOW": slow, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen([str(w) for w in words], stderr=subprocess.PIPE, text=True, env=env, **options)


def events(process):
    for line in process.stderr:
        if line.startswith("{"):
            yield json.loads(line)


def until(process, count):
    """Wait for ``count`` finished batches, or the end."""
    for event in events(process):
        count -= event["event"] == "progress"
        if count <= 0:
            return


@pytest.fixture
def whole(run, rows, tmp_path):
    """What an uninterrupted run writes."""
    run(rows, "-o", tmp_path / "whole.jsonl", *SMALL)
    return (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("seed", [1, 2])
def test_kill_9_at_any_moment_loses_and_doubles_nothing(rows, tmp_path, whole, seed):
    chance = random.Random(seed)
    out = tmp_path / "out.jsonl"
    killed = 0
    for _ in range(4):
        process = start(rows, out, slow="0.05")
        until(process, chance.randrange(6))
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        process.stderr.close()
        assert not out.exists() or out.read_bytes() == whole
    process = start(rows, out)
    told = list(events(process))
    assert process.wait() == 0
    assert killed and told[0]["event"] in ("resume", "complete")
    assert out.read_bytes() == whole


def test_workers_do_not_outlive_a_killed_run(rows, tmp_path):
    process = start(rows, tmp_path / "out.jsonl", slow="0.05")
    until(process, 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists() or not hasattr(os, "pidfd_open"):
        pytest.skip("needs Linux's /proc/PID/task/PID/children and pidfd")
    workers = [os.pidfd_open(int(pid)) for pid in children.read_text().split()]
    process.kill()
    process.wait()
    for worker in workers:
        assert select.select([worker], [], [], 20)[0], "a worker went on after its feeder was killed"
        os.close(worker)
    assert len(workers) >= 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_what_is_in_flight(rows, tmp_path, whole, number):
    out = tmp_path / "out.jsonl"
    process = start(rows, out, slow="0.2")
    until(process, 3)
    process.send_signal(number)
    told = list(events(process))
    assert process.wait() == 128 + number
    assert told[-1]["event"] == "stopped"
    assert not out.exists()
    process = start(rows, out)
    resumed = next(events(process))
    list(events(process))
    assert process.wait() == 0
    assert resumed["done"] >= 12  # the three batches that were told, at least
    assert out.read_bytes() == whole


def test_two_runs_on_one_output_are_refused(rows, tmp_path, whole):
    out = tmp_path / "out.jsonl"
    first = start(rows, out, slow="0.2")
    until(first, 1)
    first.send_signal(signal.SIGSTOP)  # it stays where it is until the others have been refused
    second = start(rows, out)
    said = second.stderr.read()
    assert second.wait() == 2
    assert f"另一个批处理正在写 {out}" in said
    third = start(rows, out, "--restart")
    assert "另一个批处理正在写" in third.stderr.read()
    assert third.wait() == 2
    first.send_signal(signal.SIGCONT)
    list(events(first))
    assert first.wait() == 0
    assert out.read_bytes() == whole


def test_a_limit_on_file_size_is_said_and_gone_on_from(rows, tmp_path, whole):
    """A real write that fails half-way, in the spool or in the ledger: the system's file size limit."""

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    out = tmp_path / "out.jsonl"
    process = start(rows, out, preexec_fn=limited)
    said = process.stderr.read().strip().splitlines()
    assert process.wait() == 2
    assert "磁盘" in said[-1] and "Traceback" not in "".join(said)
    process = start(rows, out)
    list(events(process))
    assert process.wait() == 0
    assert out.read_bytes() == whole


def test_a_kill_during_a_retry(run, tmp_path, monkeypatch):
    rows = write_rows(tmp_path / "rows.jsonl", 30)
    text = rows.read_text(encoding="utf-8").replace("第7号工程", "坏稿").replace("第8号工程", "坏稿")
    rows.write_text(text, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert run(rows, "-o", out, *SMALL) == 1
    before = out.read_bytes()
    process = start(rows, out, "--retry-failed")
    until(process, 1)
    process.kill()
    process.wait()
    process.stderr.close()
    assert out.read_bytes() == before
    assert run(rows, "-o", out, *SMALL, "--retry-failed") == 1
    assert [row["id"] for row in read(out)] == [f"a-{n}" for n in range(30)]

"""The Ray runner, two workers on this machine: the rows of the local one, and on after a kill."""

import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ray.data", reason="needs the extra: pip install 'headline-desk[ray]'")
pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(os.environ.get("SKIP_RAY") == "1", reason="SKIP_RAY=1: a local Ray takes a minute"),
]

BUSY = "this machine is too busy: Ray gives its own processes 30 seconds to start"
DRIVE = Path(__file__).with_name("drive.py")
SMALL = ("--workers", "2", "--batch-size", "4", "--window", "24")


def start(rows, out, *more, slow="0.01"):
    words = [sys.executable, DRIVE, rows, "-o", out, *SMALL, "--progress", "json", "--progress-every", "0"]
    env = {**os.environ, "SLOW": slow, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(DRIVE.parents[2])}
    words = [str(word) for word in (*words, "--runner", "ray", *more)]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=env)


def told(process):
    """The events of a run to its end."""
    lines = process.stderr.readlines()
    process.wait()
    if any("timed out during startup" in line for line in lines):
        pytest.skip(BUSY)
    return [json.loads(line) for line in lines if line.startswith("{")], lines


def test_the_same_rows_as_the_local_runner_and_on_after_a_kill(run, rows, tmp_path):
    text = rows.read_text(encoding="utf-8").replace("第7号工程", "坏稿")
    text += '{"id": "deadly", "body": "崩溃"}\n'
    rows.write_text(text + "不是 JSON\n", encoding="utf-8")
    out = tmp_path / "ray.jsonl"
    assert run(rows, "-o", tmp_path / "local.jsonl", *SMALL) == 1
    first = start(rows, out, slow="0.2")
    done = 0
    while done < 3 and (line := first.stderr.readline()):
        if "timed out during startup" in line:
            pytest.skip(BUSY)
        done += line.startswith("{") and json.loads(line)["event"] == "progress"
    first.kill()
    assert first.wait() == -signal.SIGKILL
    first.stderr.close()
    assert not out.exists()
    second = start(rows, out)
    events, _ = told(second)
    assert second.returncode == 1
    assert events[0]["event"] == "resume" and events[0]["done"] >= 12
    assert out.read_bytes() == (tmp_path / "local.jsonl").read_bytes()


def test_a_model_that_can_t_be_loaded_is_said_in_one_line(rows, tmp_path):
    process = start(rows, tmp_path / "out.jsonl", "--model", "missing")
    _, said = told(process)
    assert process.returncode == 2
    assert "没有这个模型" in said[-1]


def test_an_actor_hands_the_model_s_error_over_as_a_value(monkeypatch):
    """Without starting Ray: what the actor does with its block."""
    import pyarrow
    from batch_doubles import FACTORY

    from summarizer.batch.ray import Actor
    from summarizer.batch.records import Record, Shard
    from summarizer.batch.work import Job
    from summarizer.errors import ModelError

    monkeypatch.syspath_prepend(str(DRIVE.parent))
    block = pyarrow.table({"shard": [pickle.dumps(Shard(3, (Record(0, "a", "", "正文"),)))]})
    actor = Actor(Job(model="missing", factory=FACTORY))
    refused = pickle.loads(actor(block).column("done").to_pylist()[0])
    assert isinstance(refused, ModelError) and "没有这个模型" in str(refused)
    good = Actor(Job(factory=FACTORY))
    done = pickle.loads(good(block).column("done").to_pylist()[0])
    assert (done.number, [row.id for row in done.rows]) == (3, ["a"])
    for each in (actor, good):
        each.runner.__exit__(None, None, None)

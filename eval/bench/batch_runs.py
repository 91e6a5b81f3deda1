"""Runs of the real batch command for the bench: started, listened to, their memory and processor time read."""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMMAND = ("-m", "summarizer", "batch")
MOST_FAILED = 0.02  # of the records; a failure is written at no cost, so more of them would flatter a rate


def rows_of(data: Path, count: int, folder: Path) -> Path:
    """``count`` rows of ``data`` in a file, with ids that stand once; the same ones each time.

    Drawn, not the first ones: data that is sorted by source has its short articles together, and a run's memory
    would seem to grow with its length.
    """
    path = folder / f"rows-{count}.jsonl"
    lines = data.read_text("utf-8").splitlines()
    random.Random(0).shuffle(lines)
    with path.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines[:count]):
            row = json.loads(line)
            row = {"id": f"{number}-{row['id']}", "body": row["body"]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def start(rows: Path, out: Path, args, *more: object) -> subprocess.Popen:
    command = (args.script,) if args.script else COMMAND
    words = [sys.executable, *command, rows, "-o", out, "--workers", args.workers]
    words += ["--model", args.model, "--engine", args.engine]
    words += ["--batch-size", args.batch_size, "--progress", "json", "--progress-every", 0, *more]
    return subprocess.Popen([str(word) for word in words], stderr=subprocess.PIPE, text=True)


def events(process: subprocess.Popen) -> Iterator[tuple[float, dict]]:
    """What the run tells, with the moment (seconds of a monotonic clock) at which it came."""
    for line in process.stderr:
        if line.startswith("{"):
            yield time.perf_counter(), json.loads(line)


@dataclass
class Seen:
    """A finished run: what it told, each with its moment, and the peak of its memory in bytes."""

    told: list[tuple[float, dict]]
    peak: int

    @property
    def done(self) -> int:
        return self._most("done")

    @property
    def failed(self) -> int:
        return self._most("failed")

    def _most(self, name: str) -> int:
        return max((event[name] for _, event in self.told if event["event"] == "progress"), default=0)


def observed(process: subprocess.Popen, seconds: float | None = None) -> Seen:
    """Wait for the run, which is asked to stop after ``seconds``.

    The peak is the largest sum, over the processes alive together, of each one's high-water mark (Linux); it
    is read at each finished batch, which is often enough for marks that only rise.
    """
    timer = threading.Timer(seconds, process.terminate) if seconds else None
    if timer:
        timer.start()
    told, most = [], 0
    try:
        for moment, event in events(process):
            told.append((moment, event))
            most = max(most, sum(map(high_water, family(process.pid))))
        if process.wait() not in (0, 1, 128 + signal.SIGTERM):
            raise SystemExit(f"the run ended with {process.returncode}")
    finally:
        if timer:
            timer.cancel()
    seen = Seen(told, most)
    if seen.failed > seen.done * MOST_FAILED:
        raise SystemExit(f"{seen.failed} of {seen.done} records failed: their rate is no figure")
    return seen


def high_water(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0].split()[1]) * 1024 if found else 0


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(member for child in children for member in family(int(child)))]


def processor_seconds() -> float:
    """Of all processes that this one started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def steady(told: list[tuple[float, dict]]) -> float:
    """Records per second between the first and the last finished batch: without starting up."""
    marks = [(moment, event["done"]) for moment, event in told if event["event"] == "progress"]
    (then, before), (now, after) = marks[0], marks[-1]
    return (after - before) / (now - then)

"""Runs workers one after another and gathers what they print, each within its share of the time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GRACE = 0.25  # a batch that was begun in time may overrun its engine's share by this much of it


def engine(name: str, job: dict[str, Any], seconds: float, cold_starts: int) -> dict[str, Any]:
    """All lines of one engine within ``seconds``: cold starts, quality, cases.

    A case still running after that is ended and carries ``"over": true``, one in which the process fell
    ``"died"`` with its last words; those after it ``"skipped": null``: never begun.
    """
    end = time.perf_counter() + seconds
    cold = [_cold(name, job, end + GRACE * seconds) for _ in range(cold_starts)]
    failed = next((c["error"] for c in cold if "error" in c), None)
    if failed:
        return {"engine": name, "error": failed}
    found: dict[str, Any] = {
        "engine": name,
        "cold_seconds": [c["seconds"] for c in cold],
        "cold_memory_mb": (memory := max(c["memory_mb"] for c in cold)),
        "memory_mb": memory,
        "cases": [],
        "quality": None,
    }
    left = max(1.0, end - time.perf_counter())
    for line in _lines(name, {**job, "seconds": left}, end + GRACE * seconds):
        if "chars" in line:
            found["cases"].append(line)
        elif "quality" in line:
            found["quality"] = line["quality"]
        elif "died" in line:
            found["died"] = line["died"]
        found["memory_mb"] = max(found["memory_mb"], line.get("memory_mb", 0))
    found["cases"] += _lost(job["cases"], len(found["cases"]), found.pop("died", None))
    return found


def _lost(cases: list[dict[str, Any]], done: int, died: str | None) -> list[dict[str, Any]]:
    """The cases of which nothing came: the first was under way, the others were not begun."""
    places = [{"chars": c["chars"], "batch": c["batch"]} for c in cases[done:]]
    first = {"died": died} if died else {"over": True}
    return [{**place, **({"skipped": None} if i else first)} for i, place in enumerate(places)]


def _cold(name: str, job: dict[str, Any], end: float) -> dict[str, Any]:
    """Wall-clock seconds from starting a process to its first headline, and its memory."""
    began = time.perf_counter()
    for line in _lines(name, {**job, "only_cold": True}, end):
        if "error" in line:
            return line
        if "died" in line:
            return {"error": f"进程退出：{line['died']} / the engine's process ended"}
        return {"seconds": time.perf_counter() - began, "memory_mb": line["memory_mb"]}
    return {"error": "时限内没有第一条输出 / no first output in time"}


def _lines(name: str, job: dict[str, Any], end: float) -> Iterator[dict[str, Any]]:
    """The worker's JSON lines as they come; at ``end`` (on the performance counter) the worker is ended.

    A worker that fails by itself leaves ``{"died": last line of its errors}``.
    """
    with tempfile.TemporaryDirectory() as folder, open(Path(folder) / "errors", "w+b") as errors:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps({**job, "engine": name}, ensure_ascii=False), "utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "eval.bench.worker", str(path)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "OMP_NUM_THREADS": str(job["threads"]), "PYTHONWARNINGS": "ignore"},
        )
        try:
            told = False
            for line in _until(process, end):
                told = told or "error" in line
                yield line
            if process.poll() and not told:
                yield {"died": _last(errors) or f"exit {process.returncode}"}
        finally:
            process.kill()
            process.wait()


def _last(file) -> str:
    file.seek(0)
    lines = file.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


def _until(process: subprocess.Popen, end: float) -> Iterator[dict[str, Any]]:
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=max(0.0, end - time.perf_counter()))
        except queue.Empty:
            return
        if line is None:
            process.wait(10)
            return
        yield json.loads(line)

"""Runs workers one after another and gathers what they print, under a limit per case."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

COLD_STARTS = 3


def engine(name: str, job: dict[str, Any], limit: float) -> dict[str, Any]:
    """All lines of one engine: cold starts, cases, quality; ``limit`` seconds for each case.

    A case over the limit ends the worker: that case and the later ones carry ``"over": true``.
    """
    cold = [_cold(name, job, limit) for _ in range(COLD_STARTS)]
    failed = next((c["error"] for c in cold if "error" in c), None)
    if failed:
        return {"engine": name, "error": failed}
    found: dict[str, Any] = {
        "engine": name,
        "cold_seconds": [c["seconds"] for c in cold],
        "cold_memory_mb": max(c["memory_mb"] for c in cold),
        "cases": [],
        "quality": None,
    }
    wanted = [{"chars": c["chars"], "batch": c["batch"]} for c in job["cases"]]
    for line in _lines(name, job, limit):
        if "seconds" in line:
            found["cases"].append(line)
        elif "quality" in line:
            found["quality"] = line["quality"]
        found["memory_mb"] = line.get("memory_mb", found.get("memory_mb"))
    done = {(c["chars"], c["batch"]) for c in found["cases"]}
    found["cases"] += [{**c, "over": True} for c in wanted if (c["chars"], c["batch"]) not in done]
    return found


def _cold(name: str, job: dict[str, Any], limit: float) -> dict[str, Any]:
    """Wall-clock seconds from starting a process to its first headline, and its memory."""
    began = time.perf_counter()
    for line in _lines(name, {**job, "only_cold": True}, limit):
        if "error" in line:
            return line
        return {"seconds": time.perf_counter() - began, "memory_mb": line["memory_mb"]}
    return {"error": f"{limit:g} 秒内没有第一条输出 / no first output in time"}


def _lines(name: str, job: dict[str, Any], limit: float):
    """The worker's JSON lines as they come; the worker is ended when none comes within ``limit`` seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps({**job, "engine": name}, ensure_ascii=False), "utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "eval.bench.worker", str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "OMP_NUM_THREADS": str(job["threads"]), "PYTHONWARNINGS": "ignore"},
        )
        try:
            yield from _within(process, limit)
        finally:
            process.kill()
            process.wait()


def _within(process: subprocess.Popen, limit: float):
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=limit)
        except queue.Empty:
            return
        if line is None:
            return
        yield json.loads(line)

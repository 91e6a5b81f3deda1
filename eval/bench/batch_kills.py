"""Kills at random moments: what an interrupted batch writes, held against one that ran through."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

from .batch_runs import observed, rows_of, start


def kills(args, folder: Path) -> dict:
    """Kill at uniformly random moments until ``--kills`` have fallen; compare the outputs.

    Each is held against a run of the local runner that nothing interrupted; so is one of ``--runner`` where
    that is another.
    """
    rows = rows_of(args.data, args.records, folder)
    whole, own = folder / "whole.jsonl", folder / "own.jsonl"
    lasted = timed(rows, whole, args, "local")
    fallen = rounds = lost = doubled = differing = 0
    if args.runner != "local":
        lasted = timed(rows, own, args, args.runner)
        differing = int(own.read_bytes() != whole.read_bytes())
    chance = random.Random(args.seed)
    while fallen < args.kills:
        out = folder / f"killed-{rounds}.jsonl"
        while not out.exists():
            process = start(rows, out, args, "--runner", args.runner)
            if fallen < args.kills:
                fallen += killed_after(process, chance.uniform(0, args.spread * lasted))
            else:
                observed(process)
        ids = [json.loads(line)["id"] for line in out.open(encoding="utf-8")]
        lost += args.records - len(set(ids))
        doubled += len(ids) - len(set(ids))
        differing += out.read_bytes() != whole.read_bytes()
        rounds += 1
    return {
        "runner": args.runner,
        "records": args.records,
        "kills": fallen,
        "runs": rounds,
        "lost": lost,
        "doubled": doubled,
        "outputs_that_differ": differing,
        "uninterrupted_seconds": round(lasted, 1),
    }


def timed(rows: Path, out: Path, args, runner: str) -> float:
    """Seconds of a run that nothing interrupts."""
    began = time.perf_counter()
    observed(start(rows, out, args, "--runner", runner))
    return time.perf_counter() - began


def killed_after(process: subprocess.Popen, seconds: float) -> bool:
    """True when the run was killed, false when it ended by itself before."""
    try:
        process.wait(seconds)
        ended = True
    except subprocess.TimeoutExpired:
        process.kill()
        ended = process.wait() != -9
    process.stderr.close()
    return not ended

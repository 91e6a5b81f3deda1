"""Figures of the batch job: ``python -m eval.bench.batch kills|speed|memory|ray --data ROWS.jsonl``.

Each figure runs the real command in processes of its own and is printed as one JSON line, with what it was
measured on. ``ROWS.jsonl`` are data rows (``id``, ``body``); the first ``--records`` of them are used.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

COMMAND = ("-m", "summarizer", "batch")


def rows_of(data: Path, count: int, folder: Path) -> Path:
    """The first ``count`` rows of ``data`` in a file, with ids that stand once."""
    path = folder / f"rows-{count}.jsonl"
    with data.open(encoding="utf-8") as found, path.open("w", encoding="utf-8") as file:
        for number, line in enumerate(islice(found, count)):
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


def finished(process: subprocess.Popen) -> list[tuple[float, dict]]:
    told = list(events(process))
    if process.wait() not in (0, 1):
        raise SystemExit(f"the run ended with {process.returncode}")
    return told


# --- kills ---


def kills(args, folder: Path) -> dict:
    """Kill at uniformly random moments until ``--kills`` have fallen; compare the outputs.

    Each is held against a run of the local runner that nothing interrupted; so is one of ``--runner``.
    """
    rows = rows_of(args.data, args.records, folder)
    whole, own = folder / "whole.jsonl", folder / "own.jsonl"
    finished(start(rows, whole, args))
    began = time.perf_counter()
    finished(start(rows, own, args, "--runner", args.runner))
    lasted = time.perf_counter() - began
    chance = random.Random(args.seed)
    fallen = rounds = lost = doubled = 0
    differing = int(own.read_bytes() != whole.read_bytes())
    while fallen < args.kills:
        out = folder / f"killed-{rounds}.jsonl"
        while not out.exists():
            process = start(rows, out, args, "--runner", args.runner)
            if fallen < args.kills:
                fallen += killed_after(process, chance.uniform(0, args.spread * lasted))
            else:
                finished(process)
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


# --- speed ---


def speed(args, folder: Path) -> dict:
    """Documents per second of the batch, of a loop over the library, and of batched ``generate()``.

    The loop and ``generate()`` take ``--naive`` and ``--generate`` of the same rows, evenly over the lengths;
    loading is left out of the rates. Beside each rate stand the processor seconds per record, which other
    work on the machine hardly changes; those of the batch include starting its workers.
    """
    rows = rows_of(args.data, args.records, folder)
    before = processor_seconds()
    rate = steady(finished(start(rows, folder / "out.jsonl", args)))
    batch = (rate, (processor_seconds() - before) / args.records)
    bodies = [json.loads(line)["body"] for line in rows.open(encoding="utf-8")]
    naive = naive_rate(spread(bodies, args.naive), args)
    plain = generate_rate(spread(bodies, args.generate), args) if args.generate else None
    return {
        "records": args.records,
        "workers": args.workers,
        "batch": told(*batch),
        "naive": {"records": args.naive, **told(*naive)},
        "over_naive": round(rate / naive[0], 2),
        "generate": plain and {"records": args.generate, **told(*plain)},
        "over_generate": plain and round(rate / plain[0], 2),
    }


def told(rate: float, seconds: float) -> dict[str, float]:
    return {"per_second": round(rate, 3), "processor_seconds_each": round(seconds, 4)}


def processor_seconds() -> float:
    """Of all processes that this one started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def steady(told: list[tuple[float, dict]]) -> float:
    """Records per second between the first and the last finished batch: without starting up."""
    marks = [(moment, event["done"]) for moment, event in told if event["event"] == "progress"]
    (then, before), (now, after) = marks[0], marks[-1]
    return (after - before) / (now - then)


def spread(bodies: list[str], count: int) -> list[str]:
    """``count`` of the texts, evenly over the order of their lengths, in input order."""
    order = sorted(range(len(bodies)), key=lambda i: len(bodies[i]))
    step = max(1, len(order) // max(1, count))
    return [bodies[i] for i in sorted(order[step // 2 :: step][:count])]


def rated(count: int, began: float, used: float) -> tuple[float, float]:
    """Records per second, and processor seconds per record, since ``began`` and ``used`` were read."""
    return count / (time.perf_counter() - began), (time.process_time() - used) / count


def naive_rate(bodies: list[str], args) -> tuple[float, float]:
    from summarizer import Summarizer

    with Summarizer(args.model, args.engine) as summarizer:
        summarizer.write(bodies[0])
        began, used = time.perf_counter(), time.process_time()
        for body in bodies:
            summarizer.write(body)
        return rated(len(bodies), began, used)


def generate_rate(bodies: list[str], args) -> tuple[float, float]:
    """transformers' ``generate()``, same weights, over what ``write`` asks of a model, and nothing else.

    Headlines with 5 beams, summaries with 4, in length-sorted batches of 32, as a careful user would.
    """
    from summarizer.models import load
    from summarizer.types import Decoding, Request

    backend = load(args.model, "torch")
    texts = sorted((cut(body, backend) for body in bodies), key=len)
    jobs = [("headline", 20, Decoding(5, 5)), ("summary", 120, Decoding(2, 4))]
    backend.generate([Request("headline", texts[0], 20)], Decoding(1, 1))
    began, used = time.perf_counter(), time.process_time()
    for task, chars, decoding in jobs:
        for first in range(0, len(texts), 32):
            backend.generate([Request(task, text, chars) for text in texts[first : first + 32]], decoding)
    return rated(len(bodies), began, used)


def cut(text: str, backend) -> str:
    """The beginning of ``text`` that the model's input holds."""
    while backend.count(text) > backend.source_budget - 12:
        text = text[: len(text) * 9 // 10]
    return text


# --- memory ---


def memory(args, folder: Path) -> dict:
    """Peak memory of all processes of the run together, for a tenth of the records and for all."""
    peaks = {}
    for count in (max(1, args.records // 10), args.records):
        process = start(rows_of(args.data, count, folder), folder / f"out-{count}.jsonl", args)
        peaks[count] = peak(process)
    small, large = peaks.values()
    return {
        "peak_mib": {count: round(value / 2**20, 1) for count, value in peaks.items()},
        "ratio": round(large / small, 3),
    }


def peak(process: subprocess.Popen) -> int:
    """Bytes: the largest sum, over the processes alive together, of each one's high-water mark (Linux)."""
    most = 0
    for _ in process.stderr:  # a line for each finished batch: often enough for marks that only rise
        most = max(most, sum(map(high_water, family(process.pid))))
    process.wait()
    return most


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


# --- ray ---


def ray(args, folder: Path) -> dict:
    """The steady rate of the Ray runner against the local one's, with the same number of workers."""
    rows = rows_of(args.data, args.records, folder)
    rates = {}
    for runner in ("local", "ray"):
        rates[runner] = steady(finished(start(rows, folder / f"{runner}.jsonl", args, "--runner", runner)))
    same = (folder / "local.jsonl").read_bytes() == (folder / "ray.jsonl").read_bytes()
    return {
        "records": args.records,
        "workers": args.workers,
        **{f"{runner}_per_second": round(rate, 2) for runner, rate in rates.items()},
        "ratio": round(rates["ray"] / rates["local"], 3),
        "same_output": same,
    }


FIGURES = {"kills": kills, "speed": speed, "memory": memory, "ray": ray}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.batch", description=__doc__)
    add = parser.add_argument
    add("figure", choices=FIGURES)
    add("--data", type=Path, required=True, help="data rows")
    add("--records", type=int, default=1000)
    add("--workers", type=int, default=len(os.sched_getaffinity(0)))
    add("--batch-size", type=int, default=32)
    add("--model", default="embedded")
    add("--engine", default="auto")
    add("--runner", choices=("local", "ray"), default="local", help="kills: which runner")
    add("--kills", type=int, default=20)
    add("--script", type=Path, help="run this in place of the summarizer command, with the same options")
    add(
        "--spread",
        type=float,
        default=0.25,
        help="kills: a run lives up to this share of an uninterrupted one",
    )
    add("--seed", type=int, default=0)
    add("--naive", type=int, default=300, help="speed: records of the loop over the library")
    add("--generate", type=int, default=64, help="speed: records of generate(), 0 to leave it out")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batch-bench-") as folder:
        print(
            json.dumps(
                {
                    "figure": args.figure,
                    "model": args.model,
                    "engine": args.engine,
                    **FIGURES[args.figure](args, Path(folder)),
                }
            )
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

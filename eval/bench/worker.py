"""One engine in a process of its own: prints a JSON line per finished case, so that a limit loses nothing.

    python -m eval.bench.worker JOB.json

The job is what ``eval.bench`` writes: engine, model, threads, cases, repeats, quality rows.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


def main(path: str) -> int:
    """Runs the job in ``path``. The clock starts when this process began, imports included."""
    job = json.loads(Path(path).read_text("utf-8"))
    with contextlib.redirect_stdout(sys.stderr):  # some packages greet on stdout
        from summarizer.errors import SummarizerError

        from . import engines

        try:
            engine = engines.load(job["engine"], job["model"], job["threads"], Path(job["scratch"]))
            first = engine.write(job["cold"])
        except SummarizerError as error:
            say({"error": str(error)})
            return 1
    say({"cold": True, "text": first[0], "memory_mb": memory()})
    if job.get("only_cold"):
        return 0
    with contextlib.redirect_stdout(sys.stderr):
        engine.write(job["cold"])
    for case in job["cases"]:
        say(timed(engine, case, job["repeats"]))
    if job["quality"]:
        say({"quality": written(engine, job["quality"]), "memory_mb": memory()})
    return 0


def timed(engine, case: dict[str, Any], repeats: int) -> dict[str, Any]:
    """Seconds of ``repeats`` runs over the case's documents in batches of its size, and what was written.

    With batch size 1 every document's own latency is kept.
    """
    batch, texts = case["batch"], case["texts"]
    seconds, latencies, answers = [], [], []
    with contextlib.redirect_stdout(sys.stderr):
        for repeat in range(repeats):
            began = time.perf_counter()
            for start in range(0, len(texts), batch):
                before = time.perf_counter()
                answers += (
                    engine.write(texts[start : start + batch])
                    if repeat == 0
                    else _again(engine, texts, start, batch)
                )
                latencies.append(time.perf_counter() - before)
            seconds.append(time.perf_counter() - began)
    tokens = sum(map(engine.tokens, answers)) if engine.tokens else None
    return {
        "chars": case["chars"],
        "batch": batch,
        "documents": len(texts),
        "seconds": seconds,
        "latencies": latencies if batch == 1 else [],
        "tokens": tokens,
        "source_chars": sum(map(len, texts)),
        "memory_mb": memory(),
    }


def _again(engine, texts: list[str], start: int, batch: int) -> list[str]:
    engine.write(texts[start : start + batch])
    return []


def written(engine, bodies: list[str], batch: int = 8) -> list[str]:
    """Headlines of the quality rows."""
    with contextlib.redirect_stdout(sys.stderr):
        return [text for i in range(0, len(bodies), batch) for text in engine.write(bodies[i : i + batch])]


def memory() -> float:
    """Peak resident memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 if sys.platform != "darwin" else 1024**2), 1)


def say(value: dict[str, Any]) -> None:
    """One line for the parent."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""One engine in a process of its own: prints a JSON line per finished case, so that a limit loses nothing.

    python -m eval.bench.worker JOB.json

The job is what ``eval.bench`` writes: engine, model, threads, cases, repeats, seconds, quality rows.
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
    """Runs the job in ``path``; the clock of a cold start began with this process, imports included."""
    began = time.perf_counter()
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
        engine.write(job["cold"])
        if job["quality"]:  # before the cases: a case that is ended takes all after it along
            say({"quality": written(engine, job["quality"]), "memory_mb": memory()})
        cases(engine, job, began + job["seconds"])
    return 0


def cases(engine, job: dict[str, Any], end: float) -> None:
    """Every case within its share of what is left until ``end``; one that can't fit is said to be skipped."""
    pace: dict[str, float] = {}
    for index, case in enumerate(job["cases"]):
        left = end - time.perf_counter()
        wanted = expected(case, pace)
        if wanted > left:
            say({"chars": case["chars"], "batch": case["batch"], "skipped": round(wanted, 1)})
            continue
        found = timed(engine, case, job["repeats"], left / (len(job["cases"]) - index))
        pace = {"chars": case["chars"], "seconds": found["seconds"][0] / found["documents"][0]}
        say(found)


def expected(case: dict[str, Any], pace: dict[str, float]) -> float:
    """Seconds that the first batch will take, from the case before and in proportion to length (at least)."""
    if not pace:
        return 0.0
    return case["batch"] * pace["seconds"] * case["chars"] / pace["chars"]


def timed(engine, case: dict[str, Any], repeats: int, seconds: float) -> dict[str, Any]:
    """Passes over the case's documents in batches of its size: ``repeats``, or as many as ``seconds`` hold.

    The first pass may stop short after any batch; a later one only begins where it should end in time.
    ``documents``, ``seconds`` and ``tokens`` have an entry per pass, ``latencies`` one per batch.
    """
    found: dict[str, Any] = {"documents": [], "seconds": [], "tokens": [], "latencies": []}
    began = time.perf_counter()
    for repeat in range(repeats):
        spent = time.perf_counter() - began
        if repeat and spent + found["seconds"][0] > seconds:
            break
        stop = began + seconds if not repeat else float("inf")
        one_pass(engine, case, stop, found)
    chars = sum(map(len, case["texts"][: found["documents"][0]]))
    return {
        "chars": case["chars"],
        "batch": case["batch"],
        **found,
        "source_chars": chars,
        "memory_mb": memory(),
    }


def one_pass(engine, case: dict[str, Any], stop: float, found: dict[str, Any]) -> None:
    """Batches until the documents end or the time is past ``stop``; its figures are added to ``found``."""
    batch, texts, answers = case["batch"], case["texts"], []
    began = time.perf_counter()
    for start in range(0, len(texts), batch):
        before = time.perf_counter()
        answers += engine.write(texts[start : start + batch])
        found["latencies"].append(time.perf_counter() - before)
        if time.perf_counter() > stop:
            break
    found["seconds"].append(time.perf_counter() - began)
    found["documents"].append(len(answers))
    if engine.tokens:
        found["tokens"].append(sum(map(engine.tokens, answers)))


def written(engine, bodies: list[str], batch: int = 8) -> list[str]:
    """Headlines of the quality rows."""
    return [text for i in range(0, len(bodies), batch) for text in engine.write(bodies[i : i + batch])]


def memory() -> float:
    """Peak resident memory of this process so far, in MB.

    Linux hands the parent's peak down in ``ru_maxrss``, so that a bench which had loaded torch would show
    in every engine; ``VmHWM`` begins anew with the program.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 if sys.platform != "darwin" else 1024**2), 1)


def say(value: dict[str, Any]) -> None:
    """One line for the parent, on the true stdout."""
    print(json.dumps(value, ensure_ascii=False), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

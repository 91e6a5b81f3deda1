"""``python -m eval bench``: quality and speed side by side, every engine in a process of its own."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import SettingsError

from .. import data as datasets
from ..metrics import significance
from ..metrics.overlap import rouge_measures
from ..metrics.signature import signature
from . import documents, engines, figures, measure, tables

QUALITY = Path(__file__).parents[1] / "sets" / "desk60.jsonl"
COLD_STARTS = 3


QUICK = {"lengths": [500, 1500], "batches": [1, 8], "documents": 8, "rows": 10, "budget_s": 60.0}
FULL = {
    "lengths": [500, 1500, 10_000, 100_000],
    "batches": [1, 8, 32],
    "documents": 32,
    "rows": 60,
    "budget_s": 600.0,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``eval bench``."""
    parser.add_argument("--model", default="embedded", help="model folder (default: embedded)")
    parser.add_argument(
        "--engine",
        action="append",
        metavar="NAME",
        help=f"engine to time (repeatable; default: all): {', '.join(engines.ENGINES)}",
    )
    parser.add_argument(
        "--reference",
        default="torch",
        metavar="NAME",
        help="engine that the ratios are over (default: torch)",
    )
    parser.add_argument("--quick", action="store_true", help=f"a small grid: {_told(QUICK)}")
    parser.add_argument("--lengths", type=int, nargs="+", metavar="CHARS", help=f"default: {_told(FULL)}")
    parser.add_argument("--batches", type=int, nargs="+", metavar="N")
    parser.add_argument("--documents", type=int, help="documents per case (fewer for long ones)")
    parser.add_argument("--repeats", type=int, default=3, help="passes per case, as far as time allows")
    parser.add_argument("--budget-s", type=float, help="seconds for the whole bench")
    parser.add_argument("--threads", type=int, default=_cores())
    parser.add_argument("--data", help="rows for quality (default: the project's own set)")
    parser.add_argument("--rows", type=int, help="rows for quality; 0 for none")
    parser.add_argument("--out", type=Path, help="JSON file")


def _told(grid: dict[str, Any]) -> str:
    return "; ".join(f"{name} {value}" for name, value in grid.items()).replace("[", "").replace("]", "")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(args: argparse.Namespace) -> int:
    """Times the engines, prints the tables, writes the JSON. An engine that can't run says why."""
    for name, value in (QUICK if args.quick else FULL).items():
        if getattr(args, name) is None:
            setattr(args, name, value)
    names = list(dict.fromkeys(args.engine or engines.ENGINES))
    _check(args, names)
    end = time.perf_counter() + args.budget_s
    data = _quality_rows(args)
    with tempfile.TemporaryDirectory() as scratch:
        job = {
            "model": args.model,
            "threads": args.threads,
            "scratch": scratch,
            "repeats": args.repeats,
            "cold": documents.many(500, 1),
            "cases": cases(args.lengths, args.batches, args.documents),
            "quality": [row.body for row in data.rows] if data else [],
        }
        if "ct2-float32" in names:  # converted here, so that no cold start pays for it
            engines.prepare_float32(args.model, Path(scratch))
        found: list[dict[str, Any]] = []
        for index, name in enumerate(names):
            found.append(_engine(name, job, share(names[index:], end - time.perf_counter()), args, data))
            _save(args, found)  # after each: a bench that is stopped keeps what it has
    print(tables.markdown(_result(args, found)))
    return int(all("error" in one for one in found))


def _check(args: argparse.Namespace, names: Sequence[str]) -> None:
    unknown = [name for name in (*names, args.reference) if name not in engines.ENGINES]
    if unknown:
        raise SettingsError(
            f"没有引擎 {'、'.join(unknown)}，可用：{'、'.join(engines.ENGINES)} / unknown engine"
        )
    counts = [*args.lengths, *args.batches, args.documents, args.repeats, args.threads]
    if min(counts) < 1 or args.rows < 0 or args.budget_s <= 0:
        raise SettingsError("长度、批、篇数、遍数、线程和时限都应大于 0 / expected positive numbers")


def share(names: Sequence[str], left: float) -> float:
    """Seconds for the first of ``names`` out of ``left``: what one leaves unused goes to those after it."""
    weights = [engines.WEIGHTS.get(name, 1) for name in names]
    return max(10.0, left * weights[0] / sum(weights))


def _result(args: argparse.Namespace, found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "machine": machine(),
        "model": args.model,
        "beams": engines.BEAMS,
        "threads": args.threads,
        "reference": args.reference,
        "budget_s": args.budget_s,
        "lengths": sorted(args.lengths),
        "engines": found,
        "ratios": figures.ratios(found, args.reference),
        "starts": figures.starts(found, args.reference),
    }


def _save(args: argparse.Namespace, found: list[dict[str, Any]]) -> None:
    if args.out:
        from ..run import dump

        args.out.parent.mkdir(parents=True, exist_ok=True)
        dump(args.out, _result(args, found))


def _quality_rows(args: argparse.Namespace) -> datasets.DataSet | None:
    path = args.data or (QUALITY if QUALITY.exists() else None)
    if not args.rows or path is None:
        return None
    return datasets.select(datasets.load(path, "headline", skip_bad=True), args.rows)


def cases(lengths: Sequence[int], batches: Sequence[int], most: int) -> list[dict[str, Any]]:
    """Every length by every batch size, the cheap ones first; a case holds at least one full batch."""
    found = []
    for chars in sorted(lengths):
        count = max(2, min(most, round(most * 2000 / max(chars, 2000))))
        for batch in sorted(batches):
            texts = documents.many(chars, max(count, batch))
            found.append({"chars": chars, "batch": batch, "texts": texts})
    return found


def _engine(name: str, job: dict[str, Any], seconds: float, args: argparse.Namespace, data) -> dict[str, Any]:
    print(f"{name}（至多 {seconds:.0f} 秒）…", file=sys.stderr, flush=True)
    raw = measure.engine(name, job, seconds, 1 if args.quick else COLD_STARTS)
    if "error" in raw:
        return raw
    return {
        "engine": name,
        "cold_s": figures.spread(raw["cold_seconds"]),
        "cold_memory_mb": raw["cold_memory_mb"],
        "memory_mb": raw["memory_mb"],
        "quality": quality(raw["quality"], data),
        "cases": [figures.case(one) for one in raw["cases"]],
    }


def quality(texts: list[str] | None, data) -> dict[str, Any] | None:
    """Character ROUGE of the engine's headlines, with intervals and a signature."""
    if not texts or data is None:
        return None
    found: dict[str, Any] = {}
    for one in rouge_measures(texts, [row.gold for row in data.rows], "char"):
        bounds = significance.interval(significance.distributions([one])[one.key])
        found[one.key.removeprefix("char/")] = {
            "value": round(one.value, 3),
            "low": round(bounds.low, 3),
            "high": round(bounds.high, 3),
        }
        found["signature"] = signature(one, len(data.rows), data.sha256, data.task).replace(
            "ROUGE-Lsum", "ROUGE"
        )
    return found


def machine() -> str:
    """Processor, cores this process may use, system and Python."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{name}，可用 {_cores()} 核，{platform.system()}，Python {platform.python_version()}"

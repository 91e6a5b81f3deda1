"""From raw seconds to documents a second, latencies, and ratios with their spread."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile of at least one value."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked) - 1e-9) - 1)]


def timed(case: dict[str, Any]) -> bool:
    """True where the case has figures: it was neither ended nor left out."""
    return "docs_per_s" in case


def case(raw: dict[str, Any]) -> dict[str, Any]:
    """Figures of one case: medians over its passes, with the slowest and fastest beside.

    ``passes`` says how many there were: one alone has no spread.
    """
    if "seconds" not in raw:
        return raw
    passes = list(zip(raw["documents"], raw["seconds"], strict=True))
    ms = [1000 * s for s in raw["latencies"]]
    found = {
        "chars": raw["chars"],
        "batch": raw["batch"],
        "documents": raw["documents"][0],
        "passes": len(passes),
        "docs_per_s": spread([documents / seconds for documents, seconds in passes]),
        "source_chars_per_s": round(raw["source_chars"] / statistics.median(raw["seconds"]), 1),
        "latency_ms": {
            "p50": round(percentile(ms, 0.5), 2),
            "p95": round(percentile(ms, 0.95), 2),
            "n": len(ms),
        },
        "memory_mb": raw["memory_mb"],
    }
    if raw["tokens"]:
        rates = [count / seconds for count, seconds in zip(raw["tokens"], raw["seconds"], strict=True)]
        found["tokens_per_s"] = round(statistics.median(rates), 2)
    return found


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, lowest and highest of at least one value."""
    return {
        "median": round(statistics.median(values), 4),
        "low": round(min(values), 4),
        "high": round(max(values), 4),
    }


def ratio(ours: dict[str, float], theirs: dict[str, float]) -> dict[str, float]:
    """``ours`` over ``theirs``; the ends are the lowest and highest quotient that the repeats allow."""
    return {
        "median": round(ours["median"] / theirs["median"], 3),
        "low": round(ours["low"] / theirs["high"], 3),
        "high": round(ours["high"] / theirs["low"], 3),
    }


def ratios(engines: list[dict[str, Any]], reference: str) -> list[dict[str, Any]]:
    """Documents a second of every engine over those of ``reference``, case by case."""
    by_name = {e["engine"]: {(c["chars"], c["batch"]): c for c in e.get("cases", [])} for e in engines}
    base = by_name.get(reference, {})
    found = []
    for name, cases in by_name.items():
        for (chars, batch), one in cases.items():
            other = base.get((chars, batch))
            if name == reference or other is None or not (timed(one) and timed(other)):
                continue
            times = ratio(one["docs_per_s"], other["docs_per_s"])
            found.append({"engine": name, "over": reference, "chars": chars, "batch": batch, "times": times})
    return found


def starts(engines: list[dict[str, Any]], reference: str) -> list[dict[str, Any]]:
    """How many times sooner each engine's process has its first headline, and its share of the memory."""
    able = {e["engine"]: e for e in engines if "cold_s" in e}
    base = able.get(reference)
    if base is None:
        return []
    return [
        {
            "engine": name,
            "over": reference,
            "cold_times": ratio(base["cold_s"], one["cold_s"]),
            "memory_share": round(one["memory_mb"] / base["memory_mb"], 3),
        }
        for name, one in able.items()
        if name != reference
    ]

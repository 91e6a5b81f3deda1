"""From raw seconds to documents a second, latencies, and ratios with their spread; and the printed table."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile of at least one value."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked) - 1e-9) - 1)]


def case(raw: dict[str, Any]) -> dict[str, Any]:
    """Figures of one case: medians over the repeats, with the slowest and fastest beside."""
    if raw.get("over"):
        return raw
    rates = [raw["documents"] / s for s in raw["seconds"]]
    found = {
        "chars": raw["chars"],
        "batch": raw["batch"],
        "documents": raw["documents"],
        "docs_per_s": _spread(rates),
        "source_chars_per_s": round(statistics.median(raw["source_chars"] / s for s in raw["seconds"]), 1),
        "memory_mb": raw["memory_mb"],
    }
    if raw["tokens"] is not None:
        found["tokens_per_s"] = round(raw["tokens"] / statistics.median(raw["seconds"]), 2)
    if raw["latencies"]:
        ms = [1000 * s for s in raw["latencies"]]
        found["latency_ms"] = {
            "p50": round(percentile(ms, 0.5), 2),
            "p95": round(percentile(ms, 0.95), 2),
            "n": len(ms),
        }
    return found


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 4),
        "low": round(min(values), 4),
        "high": round(max(values), 4),
    }


def ratio(ours: dict[str, float], theirs: dict[str, float]) -> dict[str, float]:
    """How many times faster ``ours`` is; the ends are the worst and best that the repeats allow."""
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
        for place, one in cases.items():
            other = base.get(place)
            if name == reference or other is None or one.get("over") or other.get("over"):
                continue
            times = ratio(one["docs_per_s"], other["docs_per_s"])
            found.append(
                {"engine": name, "over": reference, "chars": place[0], "batch": place[1], "times": times}
            )
    return found


def tables(result: dict[str, Any]) -> str:
    """The bench as Markdown: start and memory with quality, then each length and batch size."""
    lines = [
        f"机器 / machine：{result['machine']}",
        f"模型 / model：{result['model']}，束宽 {result['beams']}，线程 {result['threads']}",
        "",
    ]
    lines += _overview(result)
    for chars in result["lengths"]:
        lines += ["", f"### {chars:,} 字", "", *_length(result, chars)]
    return "\n".join(lines)


def _overview(result: dict[str, Any]) -> list[str]:
    lines = [
        "| 引擎 | 冷启动 s（最快–最慢） | 内存峰值 MB | ROUGE-1 | ROUGE-2 | ROUGE-L |",
        "|---|---|---|---|---|---|",
    ]
    for engine in result["engines"]:
        if "error" in engine:
            lines.append(f"| {engine['engine']} | {engine['error'].splitlines()[0]} | | | | |")
            continue
        cold, quality = engine["cold_s"], engine["quality"] or {}
        cells = [_quality(quality.get(name)) for name in ("rouge-1", "rouge-2", "rouge-l")]
        start = f"{cold['median']:.2f}（{cold['low']:.2f}–{cold['high']:.2f}）"
        lines.append(f"| {engine['engine']} | {start} | {engine['memory_mb']:.0f} | {' | '.join(cells)} |")
    signed = next((e["quality"]["signature"] for e in result["engines"] if e.get("quality")), None)
    return lines + (["", f"`{signed}`"] if signed else [])


def _quality(figure: dict[str, float] | None) -> str:
    return "—" if figure is None else f"{figure['value']:.1f} [{figure['low']:.1f}, {figure['high']:.1f}]"


def _length(result: dict[str, Any], chars: int) -> list[str]:
    reference = result["reference"]
    lines = [
        f"| 引擎 | 批 | 篇/秒（最慢–最快） | 词元/秒 | 首条 p50 ms | p95 ms | 对 {reference} 的倍数 |",
        "|---|---|---|---|---|---|---|",
    ]
    times = {(r["engine"], r["chars"], r["batch"]): r["times"] for r in result["ratios"]}
    for engine in result["engines"]:
        for one in engine.get("cases", []):
            if one["chars"] == chars:
                lines.append(_row(engine["engine"], one, times.get((engine["engine"], chars, one["batch"]))))
    return lines


def _row(name: str, one: dict[str, Any], times: dict[str, float] | None) -> str:
    if one.get("over"):
        return f"| {name} | {one['batch']} | 超过时限 / over the limit | | | | |"
    rate, wait = one["docs_per_s"], one.get("latency_ms")
    tokens = f"{one['tokens_per_s']:.1f}" if "tokens_per_s" in one else "—"
    waits = f"{wait['p50']:.1f} | {wait['p95']:.1f}" if wait else "— | —"
    shown = f"{times['median']:.2f}×（{times['low']:.2f}–{times['high']:.2f}）" if times else "1"
    return (
        f"| {name} | {one['batch']} | {rate['median']:.2f}（{rate['low']:.2f}–{rate['high']:.2f}） "
        f"| {tokens} | {waits} | {shown} |"
    )

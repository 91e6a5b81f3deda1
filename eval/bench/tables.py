"""The bench as Markdown: start and memory with quality, then each length by batch size."""

from __future__ import annotations

from typing import Any

from . import figures

NOTES = (
    "ct2、torch：同一模型、同样束宽，读同一段入选文字（不超过模型窗口；任何引擎的 generate() 都读不了更长）"
    " / the same selection within the model's window",
    "desk、desk-torch：整篇按窗口全部读完，出候选标题、摘要、核对与依据；desk-torch 的每个窗口经 generate()"
    " / every window of the document",
    "抽取式一次处理一篇，批大小只是分组 / extractors take one document at a time",
)


def markdown(result: dict[str, Any]) -> str:
    """All tables of one bench."""
    reference = result["reference"]
    lines = [
        f"机器 / machine：{result['machine']}",
        f"模型 / model：{result['model']}，束宽 {result['beams']}，线程 {result['threads']}；倍数对 {reference}",
        *(f"- {note}" for note in NOTES),
        "",
        *_overview(result),
    ]
    for chars in result["lengths"]:
        lines += ["", f"### {chars:,} 字", "", *_length(result, chars)]
    return "\n".join(lines)


def _overview(result: dict[str, Any]) -> list[str]:
    lines = [
        "| 引擎 | 冷启动 s（最快–最慢） | 早几倍 | 内存峰值 MB | 占比 | ROUGE-1 | ROUGE-2 | ROUGE-L |",
        "|---|---|---|---|---|---|---|---|",
    ]
    starts = {one["engine"]: one for one in result["starts"]}
    for engine in result["engines"]:
        if "error" in engine:
            lines.append(f"| {engine['engine']} | {engine['error'].splitlines()[0]} | | | | | | |")
            continue
        cold, quality, start = engine["cold_s"], engine["quality"] or {}, starts.get(engine["engine"])
        cells = [
            f"{cold['median']:.2f}（{cold['low']:.2f}–{cold['high']:.2f}）",
            _times(start["cold_times"]) if start else "1",
            f"{engine['memory_mb']:.0f}",
            f"{start['memory_share']:.2f}" if start else "1",
            *(_quality(quality.get(name)) for name in ("rouge-1", "rouge-2", "rouge-l")),
        ]
        lines.append(f"| {engine['engine']} | {' | '.join(cells)} |")
    signed = next((e["quality"]["signature"] for e in result["engines"] if e.get("quality")), None)
    return lines + (["", f"`{signed}`"] if signed else [])


def _quality(figure: dict[str, float] | None) -> str:
    return "—" if figure is None else f"{figure['value']:.1f} [{figure['low']:.1f}, {figure['high']:.1f}]"


def _length(result: dict[str, Any], chars: int) -> list[str]:
    lines = [
        "| 引擎 | 批 | 篇×遍 | 篇/秒（最慢–最快） | 词元/秒 | 首批 p50 ms | p95 ms（次数） | 倍数 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    times = {(r["engine"], r["chars"], r["batch"]): r["times"] for r in result["ratios"]}
    for engine in result["engines"]:
        for one in engine.get("cases", []):
            if one["chars"] == chars:
                place = (engine["engine"], chars, one["batch"])
                shown = "1" if engine["engine"] == result["reference"] else _times(times.get(place))
                lines.append(_row(engine["engine"], one, shown))
    return lines


def _row(name: str, one: dict[str, Any], times: str) -> str:
    if not figures.timed(one):
        return f"| {name} | {one['batch']} | {_why(one)} | | | | | |"
    rate, wait = one["docs_per_s"], one["latency_ms"]
    tokens = f"{one['tokens_per_s']:.1f}" if "tokens_per_s" in one else "—"
    return (
        f"| {name} | {one['batch']} | {one['documents']}×{one['passes']} "
        f"| {rate['median']:.2f}（{rate['low']:.2f}–{rate['high']:.2f}） "
        f"| {tokens} | {wait['p50']:.1f} | {wait['p95']:.1f}（{wait['n']}） | {times} |"
    )


def _why(one: dict[str, Any]) -> str:
    if one.get("over"):
        return "超过时限 / over the limit"
    if one.get("died"):
        return f"进程退出：{one['died']}"
    wanted = one.get("skipped")
    return f"略：一批约需 {wanted:.0f} 秒 / left out" if wanted else "略：时限已到 / left out"


def _times(times: dict[str, float] | None) -> str:
    return f"{times['median']:.2f}×（{times['low']:.2f}–{times['high']:.2f}）" if times else "—"

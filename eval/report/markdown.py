"""Scores as Markdown: every figure with its interval, every column with its signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..score import GOLD, MAIN

COLUMNS = (
    "char/rouge-1",
    "char/rouge-2",
    "char/rouge-l",
    "char/rouge-lsum",
    "word/rouge-1",
    "word/rouge-l",
    "bleu",
    "chrf",
    "faith-all",
    "faith-relative",
    "faith-clean",
    "novel-2",
    "length-ratio",
)
NOISE_NOTE = "≈ 与首位（上限除外）之差在噪声之内 / not told apart from the best (oracles aside)"


def cell(figure: dict[str, Any] | None) -> str:
    """``41.2 [40.1, 42.3]``; a dash where the figure is not defined."""
    if figure is None or figure["value"] is None:
        return "—"
    if figure["low"] is None:
        return f"{figure['value']:.1f}"
    return f"{figure['value']:.1f} [{figure['low']:.1f}, {figure['high']:.1f}]"


def columns(result: dict[str, Any]) -> list[str]:
    """The keys to show: COLUMNS that were computed, and each mode that was asked for besides."""
    known = {key for system in result["systems"].values() for key in system["measures"]}
    extra = sorted(
        k for k in known if k.split("/")[0] in ("rouge", "rouge-chinese", "xlsum") or k == "bertscore"
    )
    return [key for key in COLUMNS if key in known] + extra


def names(result: dict[str, Any]) -> list[str]:
    """Systems by ROUGE-L, best first, the golds last."""
    systems = result["systems"]

    def place(name: str) -> tuple[bool, float]:
        figure = systems[name]["measures"].get("char/rouge-l") or _first_rouge(systems[name])
        return systems[name]["kind"] == GOLD, -((figure or {}).get("value") or 0)

    return sorted(systems, key=place)


def _first_rouge(system: dict[str, Any]) -> dict[str, Any] | None:
    return next((f for key, f in system["measures"].items() if key.endswith("/rouge-l")), None)


def tied(result: dict[str, Any], key: str) -> set[str]:
    """Systems whose paired difference from the best one (oracles aside) is inside the noise."""
    fair = [n for n in names(result) if result["systems"][n]["kind"] not in (GOLD, "oracle")]
    known = [n for n in fair if (result["systems"][n]["measures"].get(key) or {}).get("value") is not None]
    if not known:
        return set()
    best = max(known, key=lambda n: result["systems"][n]["measures"][key]["value"])
    pairs = (c for c in result["comparisons"] if c["measure"] == key and c["noise"])
    ties = {
        c["second"] if c["first"] == best else c["first"] for c in pairs if best in (c["first"], c["second"])
    }
    return ties & set(fair)


def table(result: dict[str, Any], keys: Sequence[str]) -> list[str]:
    """One Markdown table of ``keys``, with signatures below."""
    systems = result["systems"]
    label = {k: f for s in systems.values() for k, f in s["measures"].items()}
    heads = [f"{label[k]['label']}{_mode(k)}" for k in keys]
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(keys) + 1) + "|"]
    ties = {key: tied(result, key) for key in keys}
    for name in names(result):
        row = [_marked(systems[name]["measures"].get(key), name in ties[key]) for key in keys]
        lines.append(f"| {'参考' if systems[name]['kind'] == GOLD else name} | " + " | ".join(row) + " |")
    lines += ["", NOISE_NOTE, "", *(f"- `{label[key]['signature']}`" for key in keys)]
    return lines


def _mode(key: str) -> str:
    mode, _, name = key.partition("/")
    return f" ({mode})" if name else ""


def _marked(figure: dict[str, Any] | None, noise: bool) -> str:
    return cell(figure) + (" ≈" if noise else "")


def heading(result: dict[str, Any]) -> str:
    """One line that names the data: task, rows, hash, rows left out."""
    data = result["data"]
    task = {"headline": "标题", "summary": "摘要"}[data["task"]]
    left = f"，略去 {len(data['left_out'])} 条" if data["left_out"] else ""
    return (
        f"{data['name']}：{task}，{data['rows']} 条{left}，数据 {data['sha256'][:8]}，格式 {data['layout']}"
    )


def tables(results: Sequence[dict[str, Any]]) -> str:
    """The main table of each data set: what ``eval run`` prints."""
    lines: list[str] = []
    for result in results:
        lines += [f"## {heading(result)}", "", *table(result, columns(result)), ""]
    return "\n".join(lines)


def document(results: Sequence[dict[str, Any]], pictures: Sequence[Sequence[tuple[str, str]]]) -> str:
    """The whole report; ``pictures`` are (caption, file) pairs per data set."""
    lines = ["# 评测报告 / evaluation", ""]
    for result, shown in zip(results, pictures, strict=True):
        lines += [f"## {heading(result)}", "", *table(result, columns(result)), ""]
        lines += [f"![{caption}]({file})\n" for caption, file in shown]
        lines += ["### 两两之差 / paired differences", "", *_pairs(result), ""]
        if result["data"]["left_out"]:
            lines += [
                "### 略去的记录 / rows left out",
                "",
                *(f"- {w}" for w in result["data"]["left_out"]),
                "",
            ]
    return "\n".join(lines)


def listed(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The paired differences on MAIN that are defined."""
    return [pair for pair in result["comparisons"] if pair["measure"] in MAIN and pair["delta"] is not None]


def _pairs(result: dict[str, Any]) -> list[str]:
    lines = ["| 指标 | 前者 | 后者 | 差 [95%] | p | |", "|---|---|---|---|---|---|"]
    for pair in listed(result):
        gap = f"{pair['delta']:+.2f} [{pair['low']:+.2f}, {pair['high']:+.2f}]"
        note = "噪声之内 / noise" if pair["noise"] else ""
        lines.append(
            f"| {pair['measure']} | {pair['first']} | {pair['second']} | {gap} | {pair['p']:.3f} | {note} |"
        )
    return lines

"""``python -m eval agree``: win rate of a rated sheet, and Cohen's kappa between every two raters."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from summarizer.errors import InputError

from .metrics.significance import Interval, interval
from .sheet import CHOICE, COLUMNS

TIE = "平"
CHOICES = ("甲", "乙", TIE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``eval agree``."""
    parser.add_argument("sheets", nargs="+", type=Path, metavar="SHEET", help="filled sheets, one per rater")
    parser.add_argument("--key", required=True, type=Path, help="the key that eval sheet wrote")


def run(args: argparse.Namespace) -> int:
    """Prints wins, ties and agreement; raises InputError for a sheet that is not filled in right."""
    key = _key(args.key)
    first, second = key["systems"]
    raters = {path.name: votes(path, key) for path in args.sheets}
    if len(raters) < len(args.sheets):
        raise InputError("评分表重名 / two sheets share a file name")
    pooled = [vote for found in raters.values() for vote in found]
    for name, found in [*raters.items(), ("合计 / all", pooled)] if len(raters) > 1 else raters.items():
        tally, bounds = Counter(found), win_interval(raters if found is pooled else {name: found}, first)
        rate = f"{100 * win_rate(found, first):.1f}% [{100 * bounds.low:.1f}, {100 * bounds.high:.1f}]"
        wins = f"{first} 胜 {tally[first]}，{second} 胜 {tally[second]}，平 {tally[TIE]}"
        print(f"{name}：{wins}；{first} 胜率 {rate}（平局各半，n={len(found)}）")
    for one, other in combinations(raters, 2):
        agreed, value = kappa(raters[one], raters[other])
        shown = "未定义 / undefined" if value is None else f"{value:.3f}"
        print(f"{one} 与 {other}：一致 {100 * agreed:.1f}%，Cohen's kappa {shown}")
    return 0


def _key(path: Path) -> dict:
    try:
        key = json.loads(path.read_text(encoding="utf-8"))
        key["systems"], key["pairs"]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{path} 不是 eval sheet 写的答案 / not a key of eval sheet") from None
    return key


def votes(path: Path, key: dict) -> list[str]:
    """The rater's choices as system names or TIE, in the order of the key.

    Missing, unknown and unnumbered ratings raise InputError, which names each line.
    """
    wanted = {str(pair["number"]): pair for pair in key["pairs"]}
    found: dict[str, str] = {}
    problems = []
    try:
        reader = csv.DictReader(io.StringIO(_text(path), newline=""))
        if not reader.fieldnames or not {COLUMNS[0], CHOICE} <= set(reader.fieldnames):
            raise InputError(f"{path} 缺少“{COLUMNS[0]}”或“{CHOICE}”一栏 / no column for number or rating")
        for row in reader:
            number, choice = (row[COLUMNS[0]] or "").strip(), (row[CHOICE] or "").strip()
            if number not in wanted or number in found:
                problems.append(f"第 {reader.line_num} 行：编号 {number!r} 不在答案里或重复")
            elif choice not in CHOICES:
                problems.append(f"第 {reader.line_num} 行（{number}）：应填 甲、乙 或 平，得到 {choice!r}")
            else:
                found[number] = TIE if choice == TIE else wanted[number][choice]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"读不了 {path}：{error} / can't read") from None
    named = "\n".join(problems)
    missing = [n for n in wanted if n not in found]
    if problems or missing:
        left = f"\n没有评分：{'、'.join(missing)}" if missing else ""
        raise InputError(f"{path} 评分不完整 / not filled in right\n{named}{left}")
    return [found[number] for number in wanted]


def _text(path: Path) -> str:
    """The sheet as text: UTF-8, or GB18030, as a Chinese spreadsheet saves it."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def win_rate(found: Sequence[str], name: str) -> float:
    """Share of pairs that ``name`` wins, a tie counting half to each."""
    return sum(1.0 if vote == name else 0.5 if vote == TIE else 0.0 for vote in found) / len(found)


def win_interval(raters: dict[str, Sequence[str]], name: str, resamples: int = 2000) -> Interval:
    """95% bootstrap interval of the win rate over pairs: one pair's raters are drawn together."""
    table = np.array(
        [[1.0 if v == name else 0.5 if v == TIE else 0.0 for v in found] for found in raters.values()]
    )
    pairs = table.mean(axis=0)
    draws = np.random.default_rng(0).integers(0, len(pairs), (resamples, len(pairs)))
    return interval(pairs[draws].mean(axis=1))


def kappa(one: Sequence[str], other: Sequence[str]) -> tuple[float, float | None]:
    """Observed agreement and Cohen's kappa (1960) of two raters over the same pairs.

    Kappa is None where both always say the same single thing: chance alone explains that.
    """
    size = len(one)
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / size
    ours, theirs = Counter(one), Counter(other)
    chance = sum(ours[label] * theirs[label] for label in ours) / size**2
    return agreed, None if chance == 1 else (agreed - chance) / (1 - chance)

"""``python -m eval sheet``: blind pairs for human raters, and the key that tells which is which.

A rater sees the article and two texts, 甲 and 乙, in random places, and writes 甲, 乙 or 平 (a tie) in the
last column. The key goes to another file, which the rater should not see.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from pathlib import Path

from summarizer.errors import InputError, SettingsError

from . import data as datasets
from . import predictions
from .run import positive

COLUMNS = ("编号", "正文", "甲", "乙", "更好的是（甲/乙/平）", "备注")
CHOICE = COLUMNS[4]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``eval sheet``."""
    parser.add_argument("first", metavar="A", help="[NAME=]FILE of predictions, or gold")
    parser.add_argument("second", metavar="B", help="[NAME=]FILE of predictions, or gold")
    parser.add_argument("--data", required=True, metavar="FILE")
    parser.add_argument("--layout", choices=list(datasets.LAYOUTS))
    parser.add_argument("--task", choices=["headline", "summary"])
    parser.add_argument("--skip-bad", action="store_true")
    parser.add_argument("--count", type=int, default=50, help="pairs to draw (default: 50)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", required=True, type=Path, help="CSV sheet; the key goes to OUT.key.json")


def run(args: argparse.Namespace) -> int:
    """Draws pairs of differing texts, hides their names, writes the sheet and the key."""
    positive(args, "count")
    data = datasets.load(args.data, args.task, args.layout, skip_bad=args.skip_bad)
    sides = [_texts(spec, data) for spec in (args.first, args.second)]
    (first, ours), (second, theirs) = sides
    if first == second:
        raise SettingsError("两个系统重名，可写作 名称=文件 / name the two sides apart")
    differ = [i for i, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]
    if not differ:
        raise InputError("两个系统的输出完全相同 / the two systems never differ")
    rng = random.Random(args.seed)
    picked = rng.sample(differ, min(args.count, len(differ)))
    flipped = [rng.random() < 0.5 for _ in picked]
    with args.out.open("w", encoding="utf-8-sig", newline="") as file:  # the mark lets Excel read it
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, (index, flip) in enumerate(zip(picked, flipped, strict=True), 1):
            pair = (theirs[index], ours[index]) if flip else (ours[index], theirs[index])
            writer.writerow([number, data.rows[index].body, *map(_safe, pair), "", ""])
    key = {
        "systems": [first, second],
        "data": data.sha256,
        "task": data.task,
        "seed": args.seed,
        "pairs": [
            {
                "number": number,
                "id": data.rows[index].id,
                "甲": second if flip else first,
                "乙": first if flip else second,
            }
            for number, (index, flip) in enumerate(zip(picked, flipped, strict=True), 1)
        ],
    }
    path = args.out.with_name(args.out.name + ".key.json")
    path.write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    same = len(data.rows) - len(differ)
    written = f"{len(picked)} 对已写入 {args.out}，答案在 {path}"
    print(f"{written}；另有 {same} 条两者相同，未列入 / equal pairs left out")
    return 0


def _texts(spec: str, data: datasets.DataSet) -> tuple[str, list[str]]:
    if spec == "gold":
        return "gold", [row.gold for row in data.rows]
    name, _, path = spec.rpartition("=")
    return name or Path(path).stem, predictions.read(Path(path), data)


def _safe(text: str) -> str:
    """``text`` as a spreadsheet shows it: one that starts like a formula gets an apostrophe before it."""
    return "'" + text if text[:1] in "=+-@\t" and text else text

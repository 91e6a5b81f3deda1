"""``python -m eval run``: systems by data sets, to a folder of predictions, scores and a report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import summarizer
from summarizer.errors import SettingsError

from . import data as datasets
from . import predictions, report, systems
from .data import DataSet
from .data.rows import listing
from .metrics.overlap import MODES
from .score import Wanted, comparisons, score, table
from .systems import Options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``eval run``."""
    parser.add_argument(
        "--data", action="append", required=True, metavar="FILE", help="rows to score (repeatable)"
    )
    parser.add_argument(
        "--layout", choices=list(datasets.LAYOUTS), help="layout of the data (default: found by looking)"
    )
    parser.add_argument(
        "--task",
        choices=["headline", "summary"],
        help="gold to score against (default: headline where rows have one)",
    )
    parser.add_argument(
        "--system",
        action="append",
        default=[],
        metavar="NAME|DIR|URL",
        help="baseline, peer, model (repeatable)",
    )
    parser.add_argument(
        "--predictions",
        action="append",
        default=[],
        metavar="[NAME=]FILE",
        help="texts written elsewhere (repeatable)",
    )
    parser.add_argument(
        "--mode",
        action="append",
        choices=list(MODES),
        help="ROUGE to compute (repeatable; default: char and word)",
    )
    parser.add_argument(
        "--out",
        required=True,
        type=Path,
        help="folder for predictions, scores.json, report.html and report.md",
    )
    parser.add_argument("--limit", type=int, help="score the first N rows only")
    parser.add_argument("--min-label", type=int, help="keep rows with a human label of at least this (LCSTS)")
    parser.add_argument(
        "--skip-bad", action="store_true", help="leave out rows that can't be scored, naming each"
    )
    parser.add_argument("--engine", default="auto", help="engine of model systems")
    parser.add_argument("--headline-chars", type=int, default=20)
    parser.add_argument("--summary-chars", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0, help="seed of systems that sample")
    parser.add_argument("--resamples", type=int, default=1000, help="draws of the bootstrap")
    parser.add_argument("--no-faithfulness", action="store_true", help="leave out the guard's claims")
    parser.add_argument("--bertscore", type=Path, metavar="DIR", help="model folder for BERTScore")
    parser.add_argument("--bertscore-layer", type=int)


def run(args: argparse.Namespace) -> int:
    """Runs and scores; 0, or 1 where rows were left out with --skip-bad (each named)."""
    if not args.system and not args.predictions:
        raise SettingsError("请用 --system 或 --predictions 给出至少一个系统 / name a system")
    positive(args, "limit", "headline_chars", "summary_chars", "resamples")
    wanted = Wanted(
        tuple(dict.fromkeys(args.mode or ("char", "word"))),
        resamples=args.resamples,
        faithfulness=not args.no_faithfulness,
        bertscore=args.bertscore,
        bertscore_layer=args.bertscore_layer,
    )
    sets = [load(args, path) for path in args.data]
    _distinct([data.name for data in sets], "数据重名")
    results = [evaluate(data, args, wanted) for data in sets]
    args.out.mkdir(parents=True, exist_ok=True)
    plain = [{key: value for key, value in result.items() if key != "scored"} for result in results]
    dump(args.out / "scores.json", plain)
    report.write(args.out, results)
    print(report.markdown.tables(plain))
    for data in sets:
        if data.problems:
            print(listing(data.problems, data.name), file=sys.stderr)
    return int(any(data.problems for data in sets))


def positive(args: argparse.Namespace, *names: str) -> None:
    """Raises SettingsError where one of these options was given and is below 1."""
    for name in names:
        value = getattr(args, name)
        if value is not None and value < 1:
            option = "--" + name.replace("_", "-")
            raise SettingsError(f"{option} 应至少为 1，收到 {value} / {option} must be at least 1")


def load(args: argparse.Namespace, path: str) -> DataSet:
    """The data set that the options describe."""
    found = datasets.load(path, args.task, args.layout, args.min_label, args.skip_bad)
    return datasets.select(found, args.limit)


def dump(path: Path, value: Any) -> None:
    """``value`` as indented JSON with a line break at the end."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def evaluate(data: DataSet, args: argparse.Namespace, wanted: Wanted) -> dict[str, Any]:
    """Predictions and scores of all systems on one data set."""
    options = Options(data.task, args.headline_chars, args.summary_chars, args.engine, args.seed)
    texts = _written(data, args.system, options, args.out / "predictions" / data.name)
    texts += [_given(spec, data) for spec in args.predictions]
    _distinct([name for name, _, _ in texts], "系统重名")
    scored = score(data, texts, options, wanted)
    return {
        "data": {
            "name": data.name,
            "layout": data.layout,
            "task": data.task,
            "rows": len(data.rows),
            "sha256": data.sha256,
            "left_out": [str(problem) for problem in data.problems],
        },
        "options": {
            "headline_chars": options.headline_chars,
            "summary_chars": options.summary_chars,
            "seed": options.seed,
            "resamples": wanted.resamples,
            "bootstrap_seed": wanted.seed,
            "version": summarizer.__version__,
        },
        "systems": table(data, scored),
        "comparisons": comparisons(scored),
        "scored": (data, scored),
    }


def _written(
    data: DataSet, specs: Sequence[str], options: Options, folder: Path
) -> list[tuple[str, str, list[str]]]:
    found = []
    for spec in specs:
        system = systems.load(spec, options)
        try:
            found.append((system.name, system.kind, predictions.write(folder, system, data, _progress)))
        finally:
            system.close()
    return found


def _given(spec: str, data: DataSet) -> tuple[str, str, list[str]]:
    name, _, path = spec.rpartition("=")
    return name or Path(path).stem, "predictions", predictions.read(Path(path), data)


def _progress(name: str, done: int, total: int) -> None:
    if sys.stderr.isatty() or done == total:
        end = "\n" if done == total else "\r"
        print(f"{name}: {done}/{total}", end=end, file=sys.stderr, flush=True)


def _distinct(names: Sequence[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SettingsError(f"{what}：{'、'.join(twice)}；预测文件可写作 名称=文件 / same name twice")

"""``python -m eval compare A B``: where two systems differ, side by side, and on which kind of rows."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.chars import width

from . import data as datasets
from . import predictions
from .data import DataSet, Row
from .metrics import extractiveness, significance, tokens
from .metrics.measure import Measure
from .metrics.overlap import MODES, rouge_measures
from .metrics.signature import signature
from .report import compared
from .run import positive

LONG_SOURCE = 12  # sources shown on their own; the rest are pooled


@dataclass(frozen=True, slots=True)
class Side:
    """One system: its name, its texts, and its figure of every row."""

    name: str
    texts: list[str]
    measure: Measure
    copied: list[list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some of the rows, and how the two systems do on them. The interval is of the difference."""

    name: str
    rows: int
    first: float
    second: float
    gap: significance.Difference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``eval compare``."""
    parser.add_argument("first", metavar="A", help="[NAME=]FILE of predictions")
    parser.add_argument("second", metavar="B", help="[NAME=]FILE of predictions")
    parser.add_argument("--data", required=True, metavar="FILE")
    parser.add_argument("--layout", choices=list(datasets.LAYOUTS))
    parser.add_argument("--task", choices=["headline", "summary"])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--min-label", type=int)
    parser.add_argument("--skip-bad", action="store_true")
    parser.add_argument(
        "--measure", default="char/rouge-l", help="mode/measure to sort by (default: char/rouge-l)"
    )
    parser.add_argument("--show", type=int, default=200, help="rows to show, the largest differences first")
    parser.add_argument("--out", required=True, type=Path, help="HTML file; the Markdown goes beside it")


def run(args: argparse.Namespace) -> int:
    """Writes the comparison and prints its buckets; 0, or 1 where rows were left out."""
    positive(args, "limit", "show")
    data = datasets.load(args.data, args.task, args.layout, args.min_label, args.skip_bad)
    data = datasets.select(data, args.limit)
    sides = [side(spec, data, args.measure) for spec in (args.first, args.second)]
    found = {name: buckets(sides, groups) for name, groups in groupings(data).items()}
    page = compared.Page(
        data=data,
        sides=sides,
        signature=signature(sides[0].measure, len(data.rows), data.sha256, data.task),
        buckets=found,
        rows=order(sides)[: args.show],
    )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(compared.html(page), encoding="utf-8")
    text = compared.markdown(page)
    args.out.with_suffix(".md").write_text(text, encoding="utf-8")
    print(compared.summary(page))
    return int(bool(data.problems))


def side(spec: str, data: DataSet, key: str) -> Side:
    """One side's texts and figures; raises SettingsError for an unknown measure."""
    from summarizer.errors import SettingsError

    name, _, path = spec.rpartition("=")
    texts = predictions.read(Path(path), data)
    mode = key.partition("/")[0]
    measures = rouge_measures(texts, [row.gold for row in data.rows], mode) if mode in MODES else []
    measure = next((m for m in measures if m.key == key), None)
    if measure is None:
        raise SettingsError(f"没有指标 {key!r}，例如 char/rouge-l、word/rouge-1 / unknown measure")
    copied = [copies(text, row.body) for text, row in zip(texts, data.rows, strict=True)]
    return Side(name or Path(path).stem, texts, measure, copied)


def copies(text: str, body: str, least: int = 2) -> list[tuple[int, int]]:
    """Spans of ``text`` (code points) copied from ``body``, of at least ``least`` tokens."""
    mine = tokens.spans(text)
    theirs = tokens.characters(body)
    runs = extractiveness.fragments([token for token, _, _ in mine], theirs)
    return [(mine[start][1], mine[end - 1][2]) for start, end in runs if end - start >= least]


def order(sides: Sequence[Side]) -> list[int]:
    """Row indices where the texts differ, the largest difference in figure first."""
    gaps = np.abs(sides[0].measure.each - sides[1].measure.each)
    differ = [i for i, pair in enumerate(zip(*(s.texts for s in sides), strict=True)) if pair[0] != pair[1]]
    return sorted(differ, key=lambda i: (-gaps[i], i))


def groupings(data: DataSet) -> dict[str, list[tuple[str, np.ndarray]]]:
    """Ways to part the rows: by length of body, by source, by how much of the gold is copied."""
    copied = [_coverage(row) for row in data.rows]
    return {
        "全部 / all": [("全部", np.arange(len(data.rows)))],
        "正文长度（字）/ length of body": _ranges([width(row.body) for row in data.rows]),
        "来源 / source": _sources(data.rows, lambda row: row.source or "（无）"),
        "参考照抄率（%）/ coverage of the gold": _ranges(copied),
    }


def _coverage(row: Row) -> float:
    """Per cent of the gold's tokens that stand in copied fragments."""
    gold = tokens.characters(row.gold)
    runs = extractiveness.fragments(gold, tokens.characters(row.body))
    return 100 * sum(end - start for start, end in runs) / max(1, len(gold))


def _ranges(values: Sequence[float], parts: int = 4) -> list[tuple[str, np.ndarray]]:
    known = np.asarray(values, float)
    edges = np.unique(np.quantile(known, np.linspace(0, 1, parts + 1)))
    if len(edges) < 2:
        return [(f"{edges[0]:.0f}", np.arange(len(known)))]
    place = np.clip(np.searchsorted(edges, known, side="right") - 1, 0, len(edges) - 2)
    named = (
        (f"{edges[i]:.0f}–{edges[i + 1]:.0f}", np.flatnonzero(place == i)) for i in range(len(edges) - 1)
    )
    return [(name, rows) for name, rows in named if rows.size]


def _sources(rows: Sequence[Row], name_of: Callable[[Row], str]) -> list[tuple[str, np.ndarray]]:
    groups: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(name_of(row), []).append(index)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    shown = ranked[:LONG_SOURCE]
    rest = [i for _, members in ranked[LONG_SOURCE:] for i in members]
    if rest:
        shown.append((f"其余 {len(ranked) - LONG_SOURCE} 个来源", sorted(rest)))
    return [(name, np.array(members)) for name, members in shown]


def buckets(sides: Sequence[Side], groups: Sequence[tuple[str, np.ndarray]]) -> list[Bucket]:
    """Means of both sides and the paired difference on each group of rows."""
    found = []
    for name, rows in groups:
        parts = [_part(item.measure, rows) for item in sides]
        draws = [significance.distributions([part])[part.key] for part in parts]
        gap = significance.difference(parts[0].value, parts[1].value, *draws)
        found.append(Bucket(name, len(rows), parts[0].value, parts[1].value, gap))
    return found


def _part(measure: Measure, rows: np.ndarray) -> Measure:
    kept: dict[str, Any] = {
        name: getattr(measure, name) for name in ("key", "label", "group", "better", "fold")
    }
    return Measure(stats=measure.stats[rows], signature=measure.signature, **kept)

"""All measures of all systems on one data set, with intervals and paired differences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from .data import DataSet
from .metrics import bertscore, extractiveness, faithfulness, length, overlap, significance
from .metrics.measure import Measure
from .metrics.signature import signature
from .systems import Options

# The paired differences that reports list; all others are in scores.json.
MAIN = ("char/rouge-1", "char/rouge-2", "char/rouge-l", "faith-all", "faith-clean")
GOLD = "gold"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to compute: modes of ROUGE, draws of the bootstrap, and the optional parts."""

    modes: tuple[str, ...] = ("char", "word")
    resamples: int = significance.RESAMPLES
    seed: int = significance.SEED
    faithfulness: bool = True
    bertscore: Path | None = None
    bertscore_layer: int | None = None


@dataclass(eq=False)
class Scored:
    """One system's texts, measures, and bootstrap distributions by measure key."""

    name: str
    kind: str
    texts: list[str]
    measures: list[Measure]
    draws: dict[str, np.ndarray] = field(default_factory=dict)

    def measure(self, key: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.key == key), None)


def score(
    data: DataSet, systems: Sequence[tuple[str, str, list[str]]], options: Options, wanted: Wanted
) -> list[Scored]:
    """Scores (name, kind, texts) triples, and the golds themselves where they mean something."""
    bodies, golds = [row.body for row in data.rows], [row.gold for row in data.rows]
    columns = [texts for _, _, texts in systems]
    claims = faithfulness.table([*columns, golds], bodies) if wanted.faithfulness else None
    scored = [
        Scored(name, kind, texts, _against_gold(texts, golds, wanted))
        for name, kind, texts in [*systems, (GOLD, GOLD, golds)]
    ]
    for index, item in enumerate(scored):
        if item.kind == GOLD:
            item.measures = []
        item.measures += extractiveness.measures(item.texts, bodies)
        item.measures += length.measures(item.texts, golds, data.task, options.budget)
        if claims is not None:
            item.measures += faithfulness.measures(claims[index], claims[-1])
        item.draws = significance.distributions(item.measures, wanted.resamples, wanted.seed)
    return scored


def _against_gold(texts: list[str], golds: list[str], wanted: Wanted) -> list[Measure]:
    found = [m for mode in wanted.modes for m in overlap.rouge_measures(texts, golds, mode)]
    found += overlap.sacrebleu_measures(texts, golds)
    if wanted.bertscore is not None:
        found += bertscore.measures(texts, golds, wanted.bertscore, wanted.bertscore_layer)
    return found


def table(data: DataSet, scored: Sequence[Scored]) -> dict[str, Any]:
    """The figures as JSON: every one with interval and signature; NaN is null."""
    return {
        item.name: {
            "kind": item.kind,
            "measures": {m.key: _figure(m, item, data) for m in item.measures},
        }
        for item in scored
    }


def _figure(measure: Measure, item: Scored, data: DataSet) -> dict[str, Any]:
    bounds = significance.interval(item.draws[measure.key])
    return {
        "label": measure.label,
        "group": measure.group,
        "better": measure.better,
        "value": number(measure.value),
        "low": number(bounds.low),
        "high": number(bounds.high),
        "signature": signature(measure, len(data.rows), data.sha256, data.task),
    }


def number(value: float) -> float | None:
    """``value`` rounded to 4 decimals, None for NaN: what JSON can hold, the same on every machine."""
    return None if math.isnan(value) else round(value, 4)


def comparisons(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    """Paired differences of every two systems, first minus second, wherever one direction is better."""
    found = []
    rivals = [item for item in scored if item.kind != GOLD]
    ranked = [measure.key for measure in rivals[0].measures if measure.better != "neither"] if rivals else []
    for first, second in combinations(rivals, 2):
        for key in ranked:
            ours, theirs = first.measure(key), second.measure(key)
            if ours is None or theirs is None:
                continue
            gap = significance.difference(ours.value, theirs.value, first.draws[key], second.draws[key])
            found.append(
                {
                    "measure": key,
                    "first": first.name,
                    "second": second.name,
                    "delta": number(gap.delta),
                    "low": number(gap.low),
                    "high": number(gap.high),
                    "p": number(gap.p),
                    "noise": gap.noise,
                }
            )
    return found

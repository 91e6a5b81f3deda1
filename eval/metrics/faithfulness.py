"""Claims of a text that its article supports, as the guard reads them (see docs/guard.md).

A claim is a number, a name, a quotation or a statement that something rose or fell, was or was not. It
counts as kept where the guard calls it supported or inferred. The gold's own rate stands beside: a
headline writer knows more than the article says, so 100% is not what to expect of golds either.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from .measure import Measure, of_counts

GROUPS: dict[str, tuple[str, ...]] = {
    "numbers": ("number", "money", "percent", "date", "ordinal", "code"),
    "names": ("person", "place", "org", "post", "title"),
    "quotes": ("quote",),
    "polarity": ("polarity",),
}
LABELS = {
    "all": "claims",
    "numbers": "numbers",
    "names": "names",
    "quotes": "quotations",
    "polarity": "polarity",
}
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
KEPT = ("supported", "inferred")
_PARALLEL = 300  # texts below which starting a second process costs more than it saves

# One text's claims: group -> (kept, made); "all" is the sum over the groups.
Counts = dict[str, tuple[int, int]]


def count(texts: Sequence[str], body: str) -> list[Counts]:
    """The claims of each text against ``body``; equal texts are read once. Unknown kinds count in "all"."""
    from summarizer.guard import check, facts

    known = facts(body)
    read: dict[str, Counts] = {}
    for text in texts:
        if text not in read:
            read[text] = _counts(check(text, known))
    return [read[text] for text in texts]


def _counts(findings) -> Counts:
    found: dict[str, list[int]] = {}
    for finding in findings:
        kept = int(finding.verdict in KEPT)
        for group in ("all", _GROUP_OF.get(finding.kind, "")):
            pair = found.setdefault(group, [0, 0])
            pair[0] += kept
            pair[1] += 1
    return {group: (kept, made) for group, (kept, made) in found.items() if group}


def _count_pair(pair: tuple[Sequence[str], str]) -> list[Counts]:
    return count(*pair)


def table(columns: Sequence[Sequence[str]], bodies: Sequence[str]) -> list[list[Counts]]:
    """Claims of several columns of texts (systems, and the golds) over the same bodies, column by column.

    Each body is read once for all columns. Runs on all the cores this process may use.
    """
    jobs = [(tuple(column[i] for column in columns), body) for i, body in enumerate(bodies)]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores > 1 and len(jobs) * len(columns) >= _PARALLEL:
        # spawn: the parent may hold a model with its threads, which a fork would copy half alive.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(cores, mp_context=context) as pool:
            rows = list(pool.map(_count_pair, jobs, chunksize=32))
    else:
        rows = [_count_pair(job) for job in jobs]
    return [[row[k] for row in rows] for k in range(len(columns))]


def measures(pred: Sequence[Counts], gold: Sequence[Counts]) -> list[Measure]:
    """Rates of kept claims, over all claims of all texts; one of clean texts; and relative to the gold's."""
    group, signature = "忠实度 / faithfulness", {"by": "guard", "agg": "micro"}
    found = [
        of_counts(
            f"faith-{name}",
            f"{LABELS[name]} kept %",
            group,
            "higher",
            [row.get(name, (0, 0)) for row in pred],
            signature,
        )
        for name in ("all", *GROUPS)
    ]
    clean = [(int(_clean(row)), 1) for row in pred]
    found.append(of_counts("faith-clean", "texts with all claims kept %", group, "higher", clean, signature))
    stats = np.array(
        [(*row.get("all", (0, 0)), *own.get("all", (0, 0))) for row, own in zip(pred, gold, strict=True)]
    )
    found.append(
        Measure(
            "faith-relative",
            "claims kept, of the gold's rate %",
            group,
            "higher",
            stats.reshape(len(pred), 4).astype(float),
            relative,
            tuple(signature.items()),
        )
    )
    return found


def _clean(row: Counts) -> bool:
    kept, made = row.get("all", (0, 0))
    return kept == made


def relative(sums: np.ndarray) -> np.ndarray:
    """100 x (kept / made) of the text over the same of the gold; NaN where either made no claim."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 100 * (sums[..., 0] / sums[..., 1]) / (sums[..., 2] / sums[..., 3])
    return np.where(np.isfinite(found), found, np.nan)

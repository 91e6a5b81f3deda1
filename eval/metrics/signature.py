"""The one-line signature that goes with every score: all that must agree before two figures compare.

ROUGE-L|tok:char|punct:drop|case:lower|agg:macro|n:725|data:ab12cd34|v:0.1.0
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import summarizer

from .measure import Measure


def signature(measure: Measure, rows: int, data_sha256: str, task: str) -> str:
    """Signature of ``measure`` over ``rows`` items of the data set with that hash (first 8 digits shown)."""
    parts = [
        measure.label,
        *(f"{name}:{value}" for name, value in measure.signature),
        f"task:{task}",
        f"n:{rows}",
        f"data:{data_sha256[:8]}",
        f"v:{summarizer.__version__}",
    ]
    return "|".join(parts)


def package(name: str) -> str:
    """``name-version`` of an installed package, ``name-none`` where it is not."""
    try:
        return f"{name}-{version(name)}"
    except PackageNotFoundError:
        return f"{name}-none"

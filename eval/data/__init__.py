"""Data sets: the project's own rows and the published layouts, behind one ``load``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from summarizer.errors import InputError, SettingsError

from . import cnewsum, contract, csl, lawbench, lcsts, nlpcc2017, rows, vcsum, xlsum
from .rows import DataSet, Problem, Row, Task

__all__ = ["LAYOUTS", "DataSet", "Problem", "Row", "Task", "load", "select"]

# Order matters for guessing: the first layout whose fields fit wins.
LAYOUTS: dict[str, ModuleType] = {
    "rows": contract,
    "xlsum": xlsum,
    "nlpcc2017": nlpcc2017,
    "cnewsum": cnewsum,
    "vcsum": vcsum,
    "lawbench": lawbench,
    "lcsts": lcsts,
    "csl": csl,
}


def load(
    path: str | Path,
    task: Task | None = None,
    layout: str | None = None,
    min_label: int | None = None,
    skip_bad: bool = False,
) -> DataSet:
    """The checked data set in ``path``.

    ``task`` None takes headlines where the rows have them, else summaries. ``layout`` None is found by
    looking. A record that can't be scored raises InputError, which names each by line; ``skip_bad``
    leaves them out instead and keeps them in ``problems``. ``min_label`` keeps rows with a human label
    of at least that.
    """
    path = Path(path)
    layout = layout or guess(path)
    if layout not in LAYOUTS:
        raise SettingsError(f"没有 {layout!r} 这种数据格式，可用：{'、'.join(LAYOUTS)} / unknown layout")
    raw = list(_decoded(LAYOUTS[layout].read(path), path))
    task = task or _task(raw)
    good, problems = rows.check(raw, task)
    if problems and not skip_bad:
        hint = "请改正，或加 --skip-bad 略过 / correct them or pass --skip-bad"
        raise InputError(f"{len(problems)} 条记录不能评分，{hint}\n{rows.listing(problems, str(path))}")
    if min_label is not None:
        good = rows.labelled(good, min_label)
    if not good:
        raise InputError(f"{path} 里没有可评分的记录 / no row to score")
    name = path.stem if min_label is None else f"{path.stem}-label{min_label}"
    return DataSet(name, task, tuple(good), rows.digest(good), tuple(problems), layout)


def _decoded(raw: Iterable, path: Path) -> Iterator:
    try:
        yield from raw
    except UnicodeDecodeError as error:
        raise InputError(f"{path} 不是 UTF-8（第 {error.start} 字节）/ not UTF-8") from None


def _task(raw: list) -> Task:
    titled = any(isinstance(fields, dict) and fields.get("title") for _, fields in raw)
    return "headline" if titled else "summary"


def guess(path: Path) -> str:
    """The layout of the file in ``path``, from its first record; raises InputError where none fits."""
    head = "".join(_decoded(_head(path), path)).lstrip()
    if head.startswith("<doc") or path.name.endswith(lcsts.SOURCES):
        return "lcsts"
    if head.startswith("["):
        return "lawbench"
    if not head.startswith("{"):
        if "\t" in head:
            return "csl"
        raise InputError(f"看不出 {path} 的格式，请用 --layout 指明 / unknown layout, pass --layout")
    try:
        fields = json.loads(head.splitlines()[0])
    except json.JSONDecodeError:
        return "rows"  # whose reader names the broken line
    return next((name for name, module in LAYOUTS.items() if module.sniff(fields)), "rows")


def _head(path: Path) -> Iterator[str]:
    with rows.open_text(path) as lines:
        for line in lines:
            if line.strip():
                yield line
                return


def select(data: DataSet, limit: int | None) -> DataSet:
    """The first ``limit`` rows of ``data`` as a data set of its own; None keeps all."""
    if limit is None or limit >= len(data.rows):
        return data
    kept = data.rows[:limit]
    return DataSet(f"{data.name}-{limit}", data.task, kept, rows.digest(kept), data.problems, data.layout)

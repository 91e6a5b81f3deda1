"""Rows of a data set, and the checks each one passes before it may count in a score."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.chars import width
from summarizer.errors import InputError

Task = Literal["headline", "summary"]
GOLD = {"headline": "title", "summary": "summary"}
# What a reader yields: the line where a record starts, and its fields or what is wrong with it.
Raw = tuple[int, "dict | str"]
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One scored item. ``gold`` is the headline or the summary, after the task; ``line`` counts from 1."""

    id: str
    body: str
    gold: str
    source: str = ""
    line: int = 0
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that can't be scored, where it stands and why."""

    line: int
    id: str
    what: str

    def __str__(self) -> str:
        name = f"（{self.id}）" if self.id else ""
        return f"第 {self.line} 行{name}：{self.what}"


@dataclass(frozen=True, slots=True)
class DataSet:
    """Checked rows in file order. ``sha256`` covers ids, bodies and golds: what a score depends on."""

    name: str
    task: Task
    rows: tuple[Row, ...]
    sha256: str
    problems: tuple[Problem, ...] = ()
    layout: str = "rows"


def digest(rows: Iterable[Row]) -> str:
    """SHA-256 over the rows' ids, bodies and golds, in order."""
    found = hashlib.sha256()
    for row in rows:
        found.update(
            json.dumps([row.id, row.body, row.gold], ensure_ascii=False).encode("utf-8", "surrogatepass")
        )
    return found.hexdigest()


def check(raw: Iterable[Raw], task: Task) -> tuple[list[Row], list[Problem]]:
    """Rows fit to be scored, and a problem for each of the others."""
    rows: list[Row] = []
    problems: list[Problem] = []
    first_line: dict[str, int] = {}
    for line, fields in raw:
        found = fields if isinstance(fields, str) else _row(line, fields, task)
        if isinstance(found, Row) and found.id in first_line:
            found = f"id {found.id} 与第 {first_line[found.id]} 行重复 / duplicate id"
        if isinstance(found, str):
            name = "" if isinstance(fields, str) else str(fields.get("id") or "")
            problems.append(Problem(line, name, found))
        else:
            first_line[found.id] = line
            rows.append(found)
    return rows, problems


def _row(line: int, fields: dict, task: Task) -> Row | str:
    """A row, or what is wrong with the record."""
    wanted = {"id": fields.get("id"), "body": fields.get("body"), GOLD[task]: fields.get(GOLD[task])}
    missing = [name for name, value in wanted.items() if value is None]
    if missing:
        return f"缺少字段 {'、'.join(missing)} / missing field"
    wrong = [
        name for name, value in wanted.items() if not isinstance(value, (str, int) if name == "id" else str)
    ]
    if wrong:
        return f"字段 {'、'.join(wrong)} 不是文字 / not a string"
    key, body, gold = (
        str(value).strip() if name == "id" else value.strip() for name, value in wanted.items()
    )
    if not key or not body:
        return f"{'id' if not key else 'body'} 为空 / empty field"
    if not gold:
        return f"参考（{GOLD[task]}）为空 / empty gold"
    if width(gold) > width(body):
        return f"参考 {width(gold):g} 字，长过正文 {width(body):g} 字 / gold longer than body"
    return Row(key, body, gold, str(fields.get("source") or ""), line, fields.get("label"))


def listing(problems: Iterable[Problem], path: str) -> str:
    """The problems, one per line, at most SHOWN of them and a count of the rest."""
    problems = list(problems)
    shown = [f"{path} {problem}" for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        shown.append(f"……另有 {len(problems) - SHOWN} 条 / and {len(problems) - SHOWN} more")
    return "\n".join(shown)


def jsonl(path: Path) -> Iterator[Raw]:
    """The objects of a JSON Lines file; blank lines are passed over, other lines are problems."""
    with open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except json.JSONDecodeError as error:
                yield number, f"不是 JSON（第 {error.colno} 列）/ not JSON"
                continue
            yield number, value if isinstance(value, dict) else "不是 JSON 对象 / not a JSON object"


def open_text(path: Path):
    """``path`` opened as UTF-8, with or without a byte-order mark; raises InputError where it can't be."""
    try:
        return path.open(encoding="utf-8-sig", errors="strict", newline="\n")
    except OSError as error:
        raise InputError(f"读不了 {path}：{error.strerror} / can't read") from None


def labelled(rows: Iterable[Row], least: int) -> list[Row]:
    """Rows whose human label is at least ``least`` (LCSTS PART_II and III; papers use 3)."""
    return [row for row in rows if row.label is not None and row.label >= least]

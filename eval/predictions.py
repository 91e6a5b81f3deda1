"""Predictions on disk: one JSON line per row, written batch by batch so that a broken run goes on.

The file's name holds the system's key and the data's hash, so that a changed model, option or row never
meets an old cache. A finished file is a valid ``--predictions`` file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from summarizer.errors import InputError, SummarizerError

from .data import DataSet, Row
from .data.rows import Problem, jsonl, listing
from .systems import BATCH, System, digest

FIELDS = ("prediction", "headline", "title", "summary", "text")
Progress = Callable[[str, int, int], None]


def path_of(folder: Path, system: System, data: DataSet) -> Path:
    """Where the predictions of ``system`` on ``data`` lie under ``folder``."""
    name = re.sub(r"[^\w.-]+", "_", system.name).strip("._") or "system"
    return folder / f"{name}.{digest(system.key, data.sha256, data.task)[:12]}.jsonl"


def line(row: Row, text: str) -> str:
    """One line of a predictions file."""
    return json.dumps({"id": row.id, "prediction": text}, ensure_ascii=False) + "\n"


def write(folder: Path, system: System, data: DataSet, progress: Progress) -> list[str]:
    """The predictions of ``system``, read from the cache as far as they are there, written where not."""
    path = path_of(folder, system, data)
    folder.mkdir(parents=True, exist_ok=True)
    done = _resume(path, data)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        while len(done) < len(data.rows):
            rows = data.rows[len(done) : len(done) + BATCH]
            texts = system.write(rows)
            if len(texts) != len(rows):
                raise SummarizerError(
                    f"{system.name} 对 {len(rows)} 条输入给出 {len(texts)} 条输出 / lost rows"
                )
            file.writelines(map(line, rows, texts))
            file.flush()
            done += texts
            progress(system.name, len(done), len(data.rows))
    return done


def _resume(path: Path, data: DataSet) -> list[str]:
    """Texts of the whole batches already in ``path``; what follows them is cut off the file."""
    if not path.exists():
        return []
    texts: list[str] = []
    raw = path.read_bytes()
    for row, part in zip(data.rows, raw.split(b"\n"), strict=False):
        text = _text_of(part, row)
        if text is None:
            break
        texts.append(text)
    if len(texts) < len(data.rows):
        texts = texts[: len(texts) - len(texts) % BATCH]
    kept = "".join(map(line, data.rows, texts)).encode()
    if raw != kept:
        path.write_bytes(kept)
    return texts


def _text_of(part: bytes, row: Row) -> str | None:
    try:
        value = json.loads(part)
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return value["prediction"] if isinstance(value, dict) and value.get("id") == row.id else None


def read(path: Path, data: DataSet) -> list[str]:
    """The predictions of a user's file in the order of ``data``.

    The text is the first of FIELDS that a line holds. Duplicate ids, ids of no row, lines without a text
    and rows without a line raise one InputError that names each.
    """
    known = {row.id for row in data.rows}
    left_out = {problem.id for problem in data.problems}
    found: dict[str, tuple[int, str]] = {}
    problems: list[Problem] = []
    for number, fields in jsonl(path):
        key, text = _fields(fields)
        if key in left_out and key not in known:
            continue
        reason = text if key is None else _reason(key, text, found, known)
        if reason:
            problems.append(Problem(number, key or "", reason))
        else:
            found[key] = (number, text)
    problems += [
        Problem(row.line, row.id, "没有预测 / row without prediction")
        for row in data.rows
        if row.id not in found
    ]
    if problems:
        raise InputError(f"{len(problems)} 条预测有问题 / bad predictions\n{listing(problems, str(path))}")
    return [found[row.id][1] for row in data.rows]


def _fields(fields: dict | str) -> tuple[str | None, str | None]:
    """Id and text of a line; the id None and what is wrong where there is no id."""
    if isinstance(fields, str):
        return None, fields
    key = fields.get("id")
    if not isinstance(key, (str, int)) or key == "":
        return None, "缺少字段 id / missing field"
    text = next((fields[name] for name in FIELDS if isinstance(fields.get(name), str)), None)
    return str(key).strip(), text


def _reason(key: str, text: str | None, found: dict, known: Iterable[str]) -> str:
    if key not in known:
        return "数据中没有这个 id / id of no row"
    if key in found:
        return f"与第 {found[key][0]} 行重复 / duplicate id"
    if text is None:
        return f"缺少预测，应有 {'、'.join(FIELDS)} 之一 / missing prediction"
    return ""

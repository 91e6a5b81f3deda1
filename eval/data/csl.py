"""CSL (Li and others 2022), Chinese scientific literature: abstract in, title out.

Three published layouts, told apart by their columns: the full table ``csl_camera_readly.tsv`` (title,
abstract, keywords, discipline, category), the benchmark's ``ts/{train,dev,test}.tsv`` ("to title",
abstract, title), and the older two-column title and abstract.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .rows import Raw, open_text


def sniff(fields: dict) -> bool:
    return False  # not JSON


def read(path: Path) -> Iterator[Raw]:
    """One record per line; lines with another number of columns are problems."""
    with open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            columns = line.rstrip("\r\n").split("\t")
            yield number, _fields(f"{path.stem}-{number}", columns)


def _fields(key: str, columns: list[str]) -> dict | str:
    if len(columns) == 3 and columns[0].startswith("to "):
        if columns[0] != "to title":
            return f"不是标题任务：{columns[0]!r} / not the title task"
        _, body, title = columns
        return {"id": key, "title": title, "body": body}
    if len(columns) in (2, 5):
        source = columns[4] if len(columns) == 5 else ""
        return {"id": key, "title": columns[0], "body": columns[1], "source": source}
    return f"有 {len(columns)} 列，应为 2、3 或 5 列 / expected 2, 3 or 5 columns"

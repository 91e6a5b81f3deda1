"""LCSTS (Hu, Chen and Zhu 2015): PART_I.txt, PART_II.txt and PART_III.txt as their authors ship them.

    <doc id=0>
        <human_label>5</human_label>        (PART_II and PART_III: relevance, 1 to 5)
        <summary>
            …
        </summary>
        <short_text>
            …
        </short_text>
    </doc>

It looks like XML and is not: ids are unquoted and & is bare. The summary is the bracketed headline of
a microblog post, so it is read as ``title``. The usual test set is PART_III with labels of 3 and more
(725 items): ``--min-label 3``. Copies in other wrappings are read too: JSON Lines of {"summary", "text"}
or {"id", "summary", "content"} (LCSTS_new), and ``NAME.src.txt`` with ``NAME.tgt.txt`` beside it, a text a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from .rows import Raw, jsonl, open_text

_OPEN = re.compile(r"\s*<doc id=[\"']?(\d+)[\"']?>\s*$")
_FIELD = re.compile(r"<(summary|short_text|human_label)>(.*?)</\1>", re.S)
SOURCES, TARGETS = ".src.txt", ".tgt.txt"
_NOISE = re.compile(r"<BR/?>", re.I)


def sniff(fields: dict) -> bool:
    return "summary" in fields and bool({"text", "content"} & fields.keys()) and "url" not in fields


def read(path: Path) -> Iterator[Raw]:
    """One record per <doc>, JSON object or pair of lines; one that is cut off or lacks a part is a problem."""
    if path.name.endswith(SOURCES):
        return _read_pair(path, path.with_name(path.name.removesuffix(SOURCES) + TARGETS))
    with open_text(path) as lines:
        first = next((line for line in lines if line.strip()), "")
    return _read_json(path) if first.lstrip().startswith("{") else _read_docs(path)


def _read_json(path: Path) -> Iterator[Raw]:
    for line, fields in jsonl(path):
        if isinstance(fields, dict):
            number = fields.get("id", line)
            fields = {
                "id": f"{path.stem}-{number}",
                "title": fields.get("summary"),
                "body": fields.get("text", fields.get("content")),
            }
        yield line, fields


def _read_pair(sources: Path, targets: Path) -> Iterator[Raw]:
    with open_text(sources) as bodies, open_text(targets) as titles:
        for number, (body, title) in enumerate(zip_longest(bodies, titles), 1):
            if body is None or title is None:
                short = (sources if body is None else targets).name
                yield number, f"{short} 只有 {number - 1} 行 / ends here"
                return
            stem = sources.name.removesuffix(SOURCES)
            yield number, {"id": f"{stem}-{number}", "title": title, "body": body}


def _read_docs(path: Path) -> Iterator[Raw]:
    start, number, held = 0, "", []
    with open_text(path) as lines:
        for count, line in enumerate(lines, 1):
            opened = _OPEN.match(line)
            if opened:
                if start:
                    yield start, f"<doc id={number}> 没有结束 / unclosed doc"
                start, number, held = count, opened.group(1), []
            elif line.strip() == "</doc>" and start:
                yield start, _fields(path.stem, number, "".join(held))
                start = 0
            elif start:
                held.append(line)
            elif line.strip():
                yield count, "不在 <doc> 内 / text outside a doc"
    if start:
        yield start, f"<doc id={number}> 没有结束 / unclosed doc"


def _fields(stem: str, number: str, text: str) -> dict | str:
    parts = {name: _NOISE.sub("", value).strip() for name, value in _FIELD.findall(text)}
    label = parts.get("human_label")
    if label is not None and not label.isdigit():
        return f"human_label 不是数字：{label!r} / not a number"
    return {
        "id": f"{stem}-{number}",
        "title": parts.get("summary"),
        "body": parts.get("short_text"),
        "label": int(label) if label else None,
    }

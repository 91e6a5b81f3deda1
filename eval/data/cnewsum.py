"""CNewSum (Wang and others 2021): ``{train,dev,test}.simple.label.jsonl``.

JSON Lines of {"id"?, "article": [sentence…], "summary", "label": [index…], …}, all text cut into tokens
by spaces. The spaces are taken out again, except between Latin words (the authors' own loader drops
those too, and glues English).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .rows import Raw, jsonl

_SPACE = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")


def sniff(fields: dict) -> bool:
    return "summary" in fields and isinstance(fields.get("article"), list)


def read(path: Path) -> Iterator[Raw]:
    """One record per line; sentences are joined into paragraphs as they come."""
    for line, fields in jsonl(path):
        yield line, _fields(path.stem, line, fields) if isinstance(fields, dict) else fields


def _fields(stem: str, line: int, fields: dict) -> dict | str:
    article = fields.get("article")
    if not isinstance(article, list) or not all(isinstance(sentence, str) for sentence in article):
        return "article 不是句子列表 / article is not a list of sentences"
    summary = fields.get("summary")
    return {
        "id": str(fields.get("id", f"{stem}-{line}")),
        "body": "".join(joined(sentence) for sentence in article),
        "summary": joined(summary) if isinstance(summary, str) else summary,
    }


def joined(text: str) -> str:
    """``text`` without the spaces between its tokens."""
    return _SPACE.sub("", text.strip())

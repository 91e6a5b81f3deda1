"""XL-Sum (Hasan and others 2021): ``chinese_{simplified,traditional}_{train,val,test}.jsonl``.

JSON Lines of {"id", "url", "title", "summary", "text"}.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .rows import Raw, jsonl


def sniff(fields: dict) -> bool:
    return {"url", "title", "summary", "text"} <= fields.keys()


def read(path: Path) -> Iterator[Raw]:
    """One record per line, with both golds."""
    for line, fields in jsonl(path):
        if isinstance(fields, dict):
            fields = {
                "id": fields.get("id"),
                "title": fields.get("title"),
                "summary": fields.get("summary"),
                "body": fields.get("text"),
            }
        yield line, fields

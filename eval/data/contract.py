"""The project's own rows: JSON Lines of {"id", "body", "title" or "headline", "summary"?, "source"?}."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .rows import Raw, jsonl

EXTENSION = ".jsonl"


def sniff(fields: dict) -> bool:
    return "body" in fields


def read(path: Path) -> Iterator[Raw]:
    """Records as they stand; ``headline`` is read as ``title``."""
    for line, fields in jsonl(path):
        if isinstance(fields, dict) and fields.get("title") is None and "headline" in fields:
            fields = {**fields, "title": fields["headline"]}
        yield line, fields

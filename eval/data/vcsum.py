"""VCSum (Wu and others 2023), Chinese meetings: ``long_*.txt`` (meetings) and ``short_*.txt`` (segments).

JSON Lines. A short row holds {"id": "13_0", "context": [[sentence…]…], "agenda": headline, "discussion":
summary}. A long row holds {"id", "av_num", "summary"} and finds its transcript in ``overall_context.txt``
beside it, by ``av_num``. A row with its own ``context`` (the authors' samples file) is read as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .rows import Raw, jsonl

TRANSCRIPTS = "overall_context.txt"


def sniff(fields: dict) -> bool:
    return "eos_index" in fields or {"context", "agenda", "discussion"} <= fields.keys()


def read(path: Path) -> Iterator[Raw]:
    """One record per meeting or segment; a meeting without transcript is a problem that names the file."""
    transcripts: dict[str, list] | None = None
    for line, fields in jsonl(path):
        if isinstance(fields, dict) and "context" not in fields:
            if transcripts is None:
                transcripts = _transcripts(path.parent / TRANSCRIPTS)
            key = str(fields.get("av_num", fields.get("id")))
            if key not in transcripts:
                yield line, f"{TRANSCRIPTS} 中没有会议 {key} 的记录 / no transcript"
                continue
            fields = {**fields, "context": transcripts[key]}
        yield line, _fields(fields) if isinstance(fields, dict) else fields


def _transcripts(path: Path) -> dict[str, list]:
    if not path.exists():
        return {}
    rows = (fields for _, fields in jsonl(path) if isinstance(fields, dict))
    return {str(row.get("av_num", row.get("id"))): row.get("context") for row in rows}


def _fields(fields: dict) -> dict | str:
    context = fields.get("context")
    if not isinstance(context, list) or not all(isinstance(turn, list) for turn in context):
        return "context 不是发言列表 / context is not a list of turns"
    return {
        "id": fields.get("id"),
        "body": "\n".join("".join(map(str, turn)) for turn in context),
        "title": fields.get("agenda"),
        "summary": fields.get("discussion", fields.get("summary")),
    }

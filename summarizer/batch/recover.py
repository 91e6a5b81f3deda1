"""Rebuild a lost or damaged ledger from the rows that are already in the part file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..errors import BatchError
from .ledger import Ledger
from .records import Record, Row, Shard
from .sources import Source
from .windows import Sizes, shards


def recover(part: Path, source: Source, sizes: Sizes, ledger: Ledger) -> int:
    """Enter into ``ledger`` every whole window that ``part`` holds; returns how many records that is.

    Rows stand in the part file in input order, windows in the output of ``shards``; a window whose rows are
    all there is done, and what follows is cut off and written again. Raises BatchError when a row's id is
    not the input's.
    """
    if not part.exists():
        return 0
    kept = offset = 0
    with part.open("rb") as file:
        for window in _windows(shards(source.records(), sizes)):
            records = sorted((record for shard in window for record in shard.records), key=lambda r: r.seq)
            lines = [line for line in islice(file, len(records)) if line.endswith(b"\n")]
            if len(lines) < len(records):
                break
            failed = [row for row in map(_checked, records, lines) if row.error is not None]
            kept += len(records)
            offset += sum(map(len, lines))
            ledger.adopt(window, failed, kept, offset)
    return kept


def _windows(found: Iterator[Shard]) -> Iterator[list[Shard]]:
    """Shards gathered until they hold the records of the input without a gap."""
    window: list[Shard] = []
    seen, last = 0, -1
    for shard in found:
        window.append(shard)
        seen += len(shard.records)
        last = max(last, *(record.seq for record in shard.records))
        if seen == last + 1:
            yield window
            window = []


def _checked(record: Record, line: bytes) -> Row:
    try:
        row = json.loads(line)
        same = row["id"] == record.id
    except (ValueError, KeyError, TypeError):
        same = False
    if not same:
        raise BatchError(
            f".part 中的行与输入 {record.place}（{record.id}）对不上：请加 --restart 从头开始"
            " / the part file is not of this input"
        )
    return Row(record.seq, record.id, record.place, line, row.get("error"))

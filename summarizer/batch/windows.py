"""Length-sorted windows: texts of like length share a batch, so little of it is padding.

The whole input is never held: a window of some thousand records is read, sorted by length and cut into
shards. Windows and shards follow from the input and the sizes alone (see ``records.Shard``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import SettingsError
from .records import Record, Shard


@dataclass(frozen=True, slots=True)
class Sizes:
    """Limits in records and in characters (code points; bytes for documents); whichever comes first.

    A single record over a character limit makes a window or shard of its own.
    """

    window_records: int = 1024
    window_chars: int = 4_000_000
    shard_records: int = 32
    shard_chars: int = 64_000

    def __post_init__(self):
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise SettingsError(
                    f"{name} 必须至少为 1，收到 {getattr(self, name)} / {name} must be at least 1"
                )


def packed(records: Iterable[Record], most: int, chars: int) -> Iterator[list[Record]]:
    """Cut ``records`` in order into groups of at most ``most`` records and ``chars`` characters."""
    group: list[Record] = []
    total = 0
    for record in records:
        if group and (len(group) >= most or total + record.size > chars):
            yield group
            group, total = [], 0
        group.append(record)
        total += record.size
    if group:
        yield group


def shards(records: Iterable[Record], sizes: Sizes) -> Iterator[Shard]:
    """Shards of ``records``, numbered from 0, the longest texts of each window first.

    Longest first makes memory reach its peak early and lets the workers of the last window end together.
    """
    number = 0
    for window in packed(records, sizes.window_records, sizes.window_chars):
        window.sort(key=lambda record: (-record.size, record.seq))
        for group in packed(window, sizes.shard_records, sizes.shard_chars):
            yield Shard(number, tuple(group))
            number += 1

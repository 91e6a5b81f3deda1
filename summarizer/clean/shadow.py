"""Display type printed twice: the text of a headline and the text of its shadow, one after the other.

Chinese doubles words on purpose (天天向上, 研究研究, 高高兴兴, 哈哈), so a line is repaired only when the
whole of it is doubled and the doubling is too long, or too regular, to be language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..chars import HAN
from .edits import Change

LONGEST = 100
"""Characters of the longest line looked at: display type is short, and the search is quadratic."""
_LINE = re.compile(r"[^\n]+")


def doubled_text(text: str) -> Iterator[Change]:
    """辛苦了辛苦了！！ → 辛苦了！ and 喜喜迎迎新新春春 → 喜迎新春, a whole line at a time."""
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if 4 <= len(line) <= LONGEST:
            pieces = _segments(line)
            if pieces and _unnatural(pieces):
                yield from _halves(pieces, match.start() + match[0].index(line[0]))


def doubled_lines(text: str) -> Iterator[Change]:
    """A line that repeats the one before it, where both are display type (no stop at the end)."""
    last = ""
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if (
            line
            and line == last
            and 6 <= len(line) <= LONGEST
            and len(set(HAN.findall(line))) >= 5
            and line[-1] not in "。！？；，"
        ):
            yield match.start(), match.end(), ""
        last = line or last


def _segments(line: str) -> list[str] | None:
    # The line as s1 s1 s2 s2 …, longest halves first; None if any part of it stands only once.
    pieces: list[str] = []
    at = 0
    while at < len(line):
        for size in range((len(line) - at) // 2, 0, -1):
            if line[at : at + size] == line[at + size : at + 2 * size]:
                pieces.append(line[at : at + size])
                at += 2 * size
                break
        else:
            return None
    return pieces


def _unnatural(pieces: list[str]) -> bool:
    if any(_periodic(piece) for piece in pieces):
        return False
    longest = max(map(len, pieces))
    if len(pieces) == 1:
        return longest >= 5
    marks = sum(not piece[0].isalnum() for piece in pieces)
    singles = sum(len(piece) == 1 for piece in pieces)
    return (longest >= 3 and (marks > 0 or longest >= 5)) or (
        singles == len(pieces) and singles >= 4 + (marks == 0)
    )


def _periodic(piece: str) -> bool:
    return len(piece) > 1 and piece in (piece + piece)[1:-1]


def _halves(pieces: list[str], at: int) -> Iterator[Change]:
    for piece in pieces:
        yield at + len(piece), at + 2 * len(piece), ""
        at += 2 * len(piece)

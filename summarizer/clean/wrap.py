"""Joining lines that a column broke, and only those: paragraphs, headings, lists and verse keep their ends.

Every line either starts a part or goes on the one before. The likeliest reading of all lines together
is found by dynamic programming over the two states, with weights set by hand on composed pages: a
part of several lines ends in punctuation and on a short line; display lines stand singly, unended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..roles import is_caption, is_dash, is_list_item, is_section, opens_part, stands_alone
from .edits import Change
from .lines import Line, lines_of

NEVER = -1e9
_BLANK = re.compile(r"\s+")
_LATIN_END = re.compile(r"[A-Za-z0-9,.;:!?)'\"]$")


def joins(text: str) -> Iterator[Change]:
    """The breaks inside paragraphs, each replaced by nothing (or by a space between Latin words)."""
    lines = lines_of(text)
    goes_on = _goes_on(lines)
    for before, line, joined in zip(lines, lines[1:], goes_on[1:], strict=False):
        if joined:
            yield before.end, line.start, _seam(before.text, line.text)


def blanks(text: str) -> Iterator[Change]:
    """Blanks around lines and blank lines go; one line end stays between two lines."""
    for match in _BLANK.finditer(text):
        start, end = match.span()
        run = match[0]
        if start == 0 or end == len(text):
            yield start, end, ""
        elif "\n" in run and run != "\n":
            yield start, end, "\n"


def _seam(before: str, after: str) -> str:
    if before[-1] in "\u00ad":
        return ""
    latin = _LATIN_END.search(before) and after[0].isascii() and after[0].isalpha()
    return (
        " " if latin and before[-1].isascii() and (before[-1].isalpha() or before[-1] in ",.;:!?)'\"") else ""
    )


def _goes_on(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it goes on the line before; the best path through both states."""
    if not lines:
        return []
    spread = _double_spaced(lines)
    starts, goes = 0.0, NEVER  # best score with the current line starting a part, or going on one
    back: list[tuple[bool, bool]] = [(False, False)]
    for before, line in zip(lines, lines[1:], strict=False):
        closing = _closing(before, line)
        new = (starts + closing[0], goes + closing[1])
        link = _link(before, line, spread)
        on = (starts + link + _first_bonus(before), goes + link + (0 if before.full else NEVER))
        back.append((new[1] > new[0], on[1] > on[0]))
        starts, goes = max(new), max(on)
    return _trace(lines, back, starts + _closing(lines[-1], None)[0] < goes + _closing(lines[-1], None)[1])


def _trace(lines: Sequence[Line], back: Sequence[tuple[bool, bool]], state: bool) -> list[bool]:
    path = [False] * len(lines)
    for index in range(len(lines) - 1, -1, -1):
        path[index] = state
        state = back[index][state]
    return path


def _double_spaced(lines: Sequence[Line]) -> int:
    """The usual number of line ends between two lines; a larger gap parts paragraphs."""
    gaps = sorted(line.gap for line in lines[1:])
    return gaps[len(gaps) // 2] if gaps else 1


def _closing(line: Line, after: Line | None) -> tuple[float, float]:
    """Score of a part ending at ``line``: where the line is the part's only one, and where it isn't."""
    if line.ended:
        return 0.0, (-0.5 if line.full and line.text[-1] in "，、" else 0.6 if not line.full else -0.3)
    if not line.measure:
        return 0.0, -2.0
    cut = after is not None and (stands_alone(after.text) or opens_part(after.text))
    alone = -1.5 if line.full else -0.8 if line.first else 0.0
    if any(mark in line.text for mark in "，。；"):
        alone -= 1.5
    return alone, (-3.0 if cut else -6.0)


def _first_bonus(line: Line) -> float:
    """What joining after a part's first line costs: its lost indent may have made it look short."""
    if line.full:
        return 0.0
    return -0.8 if line.first else NEVER


def _link(before: Line, line: Line, spread: int) -> float:
    """Score of ``line`` going on ``before``, whose width is judged by the caller."""
    if not before.measure or line.wide or not line.measure:
        return NEVER
    if line.indented or stands_alone(before.text) or line.gap > spread:
        return NEVER
    if opens_part(line.text):
        soft = is_dash(line.text) or is_section(line.text) or is_list_item(line.text)
        if not soft or before.ended:
            return NEVER
        return -1.0
    if is_caption(line.text) and not _near(before, line):
        return NEVER
    if before.text[-1] in "。！？":
        return -1.6 if line.first and not line.ended else 0.0
    return 1.0


def _near(before: Line, line: Line) -> bool:
    # The last line of a caption may go on the caption, never on body text, which ends its sentences.
    return not before.ended and line.width < before.width

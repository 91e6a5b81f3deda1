"""Joining lines that a column broke, and only those: paragraphs, headings, lists and verse keep their ends.

Every line either starts a part or goes on the one before. The likeliest reading of all lines together
is found by dynamic programming over the two states, with weights set by hand on composed pages: a
part of several lines ends in punctuation and on a short line; display lines stand singly, unended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..roles import (
    is_caption,
    is_dash,
    is_list_item,
    is_section,
    is_turn,
    open_bracket,
    opens_part,
    stands_alone,
    starts_caption,
)
from .captions import caption_lines
from .edits import Change
from .lines import OVERHANG, WIDEST, Line, lines_of

NEVER = -1e9
LOOSEST = 20  # characters; lines of verse and lists are shorter
_MARK = re.compile(r"[，。、；]")
_BLANK = re.compile(r"\s+")


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
    left = before[-1].isascii() and (before[-1].isalpha() or before[-1] in ",.;:!?)'\"")
    return " " if left and after[0].isascii() and after[0].isalpha() else ""


def _goes_on(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it goes on the line before; the best path through both states."""
    if not lines:
        return []
    setting, captions = _Setting(lines), caption_lines(lines)
    starts, goes = 0.0, NEVER  # best score with the current line starting a part, or going on one
    back: list[tuple[bool, bool]] = [(False, False)]
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number]
        link = _link(before, line, setting)
        first = _first(lines[number - 2] if number > 1 else None, before, setting)
        goes_full = _middle(before, line)
        closing = _closing(before, line, setting)
        if number in captions:  # the reading of a caption is settled beforehand
            link, first, goes_full = (100.0, 0.0, 0.0) if captions[number] else (NEVER, 0.0, 0.0)
            closing = (0.0, 0.0)
        elif _runs_over(before, line, setting):
            link, first, goes_full = 1.0, 0.0, 0.0
        new = (starts + closing[0], goes + closing[1])
        on = (starts + link + first, goes + link + goes_full)
        back.append((new[1] > new[0], on[1] > on[0]))
        starts, goes = max(new), max(on)
    last = _closing(lines[-1], None, setting)
    return _trace(back, starts + last[0] < goes + last[1])


def _trace(back: Sequence[tuple[bool, bool]], state: bool) -> list[bool]:
    path = [False] * len(back)
    for index in range(len(back) - 1, -1, -1):
        path[index] = state
        state = back[index][state]
    return path


class _Setting:
    """How the page sets paragraphs: the usual gap between lines, and what a first line looks like."""

    def __init__(self, lines: Sequence[Line]):
        gaps = sorted(line.gap for line in lines[1:])
        self.gap = gaps[len(gaps) // 2] if gaps else 1
        after = [
            b
            for a, b in zip(lines, lines[1:], strict=False)
            if a.ended and a.measure and not a.full and not a.wide
        ]
        after = [line for line in after if line.measure and (line.full or line.first)]
        self.indented = sum(line.indented for line in after) > 0.5 * len(after)
        self.stripped = not self.indented and sum(line.first for line in after) > 0.6 * len(after)


def _closing(line: Line, after: Line | None, setting: _Setting) -> tuple[float, float]:
    """Score of a part ending at ``line``: where the line is the part's only one, and where it isn't."""
    if line.ended:
        several = -1.0 if line.text[-1] in "：:；;" else 0.6
        return -0.5 if line.full or line.first else 0.0, -0.3 if line.full else several
    # A photo caption may break into a paragraph; other parts of a page stand between paragraphs.
    cut = after is not None and (is_caption(after.text) or starts_caption(after.text))
    return _alone(line, setting), -4.5 if cut and line.full else -6.0


def _alone(line: Line, setting: _Setting) -> float:
    # A line of display type has any width; a body line of its own would be a full line by chance only.
    score = 0.0
    if not setting.indented or line.indented:
        score = -1.5 if line.full else -0.8 if line.first else 0.0
    if any(mark in line.text for mark in "，。；"):
        score -= 1.5
    return score - 0.8 * (line.indented and setting.indented)


def _runs_over(before: Line, line: Line, setting: _Setting) -> bool:
    """True where ``line`` goes on one that no column measures: wrapped by hand, by a mail or a form, at any width.

    A comma ends no paragraph, and a line wider than any column is no display line.
    """
    if before.measure or before.ended or line.indented or line.gap > setting.gap:
        return False
    cut = before.text[-1] in "，、" and before.width >= LOOSEST
    if not cut and (before.width <= WIDEST or before.text[-1] in "：:；;" or not _MARK.search(before.text)):
        return False
    prose = line.ended or _MARK.search(line.text)
    return (
        bool(prose)
        and not stands_alone(before.text)
        and not is_caption(line.text)
        and not opens_part(line.text)
    )


def _first(before: Line | None, line: Line, setting: _Setting) -> float:
    """What joining after ``line``, a part's first line, costs: it may be short by a lost indent."""
    if setting.indented:
        torn = before is None or stands_alone(before.text) or is_caption(before.text)
        return (0.3 if line.indented else -0.7 if torn else -3.0) if line.full or line.first else NEVER
    if line.full:
        return -0.7 if setting.stripped else 0.0
    return (-0.4 if setting.stripped else -1.5) if line.first else NEVER


def _middle(before: Line, line: Line) -> float:
    """What joining after ``before``, no first line, costs: it must be full, or short for a reason."""
    if before.full:
        return 0.0
    if not before.first:
        return NEVER
    # An opening mark or a word of Latin letters moves down whole; so does a character with its stop.
    return (
        0.0
        if line.text[0] in "“‘《（【"
        or line.text[0].isascii()
        or line.text[1:2] in tuple("，。、；：？！”》）")
        else -2.5
    )


def _link(before: Line, line: Line, setting: _Setting) -> float:
    """Score of ``line`` going on ``before``, whose width is judged by the caller."""
    # The last line of a column may already count to the next one's measure, so ask the line before.
    if (
        not before.measure
        or line.width > before.measure + OVERHANG
        or line.indented
        or line.gap > setting.gap
    ):
        return NEVER
    if open_bracket(before.text) and not before.ended:
        return 2.0
    if before.text[-1] in "下上紧" and (is_turn(before.text[-1] + line.text)):
        return 2.0
    if stands_alone(before.text):
        return NEVER
    if opens_part(line.text):
        soft = is_dash(line.text) or is_section(line.text) or is_list_item(line.text)
        return -1.0 if soft and not before.ended else NEVER
    if before.text[-1] in "。！？":
        return -1.6 if setting.stripped and line.first and not line.ended else 0.0
    # Prose has a mark in most lines; two lines without one are rather two lines of display type.
    return 1.0 if _MARK.search(before.text) or _MARK.search(line.text) else 0.5

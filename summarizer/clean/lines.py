"""The lines of a text with what the column tells about them: width, gap, indent, measure.

The *measure* is the width (in full-width characters) to which a column was set. It is found from the
widths of neighbouring lines, because the articles of one page may be set to different measures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..chars import width
from ..roles import ends_sentence, ends_turn

NARROWEST, WIDEST = 8, 45
"""Measures looked for, in characters; verse of five or seven characters lies below them."""
SLACK, OVERHANG = 1.5, 1.5
"""Characters by which a full line may fall short of its measure, and hang over it: marks that may not
start a line hang or take their neighbour down, and half-width digits leave half a character."""
CHANGE, MOST = 2.5, 8
"""What a change of measure between two lines costs, and how many measures one page may have."""
_LINE = re.compile(r"[^\n]+")
_INNER = re.compile(r"[，。、；]")


@dataclass(slots=True)
class Line:
    """``text[start:end]`` without its surrounding blanks; ``gap`` counts the line ends before it."""

    start: int
    end: int
    text: str
    width: float
    gap: int
    indented: bool
    measure: float = 0.0

    @property
    def full(self) -> bool:
        return self.measure > 0 and -SLACK <= self.width - self.measure <= OVERHANG

    @property
    def first(self) -> bool:
        """True where the width is that of a paragraph's first line whose indent was lost."""
        return self.measure > 0 and -3.5 <= self.width - self.measure < -SLACK

    @property
    def wide(self) -> bool:
        return self.measure > 0 and self.width > self.measure + OVERHANG

    @property
    def ended(self) -> bool:
        return ends_sentence(self.text) or self.text[-1] == "版" and ends_turn(self.text)


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that hold more than blanks, in order, with their measures set."""
    lines: list[Line] = []
    done = 0
    for match in _LINE.finditer(text):
        content = match[0].strip()
        if not content:
            continue
        start = match.start() + match[0].index(content[0])
        # Past the widest measure the exact width tells nothing.
        size = width(content) if len(content) <= 4 * WIDEST else float(len(content))
        indent = start - match.start()
        indented = indent > 0 and (match[0][0] in "\u3000\u2003" or indent >= 2)
        lines.append(
            Line(start, start + len(content), content, size, text.count("\n", done, start), indented)
        )
        done = start
    _set_measures(lines)
    return lines


def _set_measures(lines: Sequence[Line]) -> None:
    """The likeliest measure of each line: columns are runs of lines, so changing the measure costs."""
    sizes = (0.0, *_measures(lines))
    if len(sizes) == 1:
        return
    scores, back = [0.0] * len(sizes), []
    for line in lines:
        best = max(range(len(sizes)), key=scores.__getitem__)
        changed = scores[best] - CHANGE
        came = [state if scores[state] >= changed else best for state in range(len(sizes))]
        scores = [max(scores[state], changed) + _fit(line.width, sizes[state]) for state in range(len(sizes))]
        back.append(came)
    state = max(range(len(sizes)), key=scores.__getitem__)
    for line, came in zip(reversed(lines), reversed(back), strict=True):
        line.measure = sizes[state]
        state = came[state]
    _first_lines(lines)


def _first_lines(lines: Sequence[Line]) -> None:
    """The line before a change of measure may be the first of the new column, short by its indent."""
    for number in range(len(lines) - 1):
        line, after = lines[number], lines[number + 1]
        if line.measure == after.measure or not after.measure:
            continue
        opens = number == 0 or line.indented or lines[number - 1].ended or not lines[number - 1].full
        if opens and 0.5 <= after.measure - line.width <= 3.5:
            line.measure = after.measure


def _fit(size: float, measure: float) -> float:
    if not measure:
        return -0.15
    short = measure - size
    if abs(short) <= 0.5:
        return 1.0
    if -OVERHANG <= short <= SLACK:
        return 0.6
    if short > 0:
        return 0.1 if short <= 3.5 else -0.25
    return -2.0


def _measures(lines: Sequence[Line]) -> list[float]:
    """Widths that many running lines of prose share; none where the text isn't hard-wrapped."""
    counts = [0] * (WIDEST + 3)
    for line in lines:
        if NARROWEST <= line.width <= WIDEST:
            counts[round(line.width)] += 1
    near = {k: counts[k - 1] + 2 * counts[k] + counts[k + 1] for k in range(NARROWEST, WIDEST + 1)}
    peaks = sorted((k for k in near if counts[k] >= 2), key=lambda k: (-near[k], k))[:MOST]
    return [float(k) for k in peaks if _wraps(lines, k)]


def _wraps(lines: Sequence[Line], size: int) -> bool:
    """True where lines of this width stand in runs, break off in mid-sentence and hold prose."""
    near = [abs(line.width - size) <= 1.0 for line in lines]
    full = [line for line, is_near in zip(lines, near, strict=True) if is_near]
    # First lines that lost their indent share a width too, but not with their neighbours.
    runs = sum(a and b for a, b in zip(near, near[1:], strict=False))
    # Verse and lists end their lines on a mark; a column breaks anywhere.
    running = sum(line.text[-1] not in "，。！？；、：" for line in full)
    prose = sum(bool(_INNER.search(line.text)) for line in full)
    share = len(full)
    return share >= 3 and runs >= 0.4 * share and running >= 0.4 * share and prose >= 0.3 * share

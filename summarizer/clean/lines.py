"""The lines of a text with what the column tells about them: width, gap, indent, measure.

The *measure* is the width (in full-width characters) to which a column was set. It is found from the
widths of neighbouring lines, because the articles of one page may be set to different measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..chars import width
from ..roles import ends_sentence

NARROWEST, WIDEST = 8, 45
"""Measures looked for, in characters; verse of five or seven characters lies below them."""
SLACK, OVERHANG = 1.5, 1.5
"""Characters by which a full line may fall short of its measure, and hang over it: marks that may not
start a line hang or take their neighbour down, and half-width digits leave half a character."""
_CHUNK, _REACH = 6, 12
_LINE = re.compile(r"[^\n]+")
_INNER = re.compile(r"[，。、；：！？”]")


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
        return ends_sentence(self.text)


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
    whole = _measure(lines)
    chunks = [_measure(lines[max(0, i - _REACH) : i + _CHUNK + _REACH]) for i in range(0, len(lines), _CHUNK)]
    for number in range(len(chunks)):
        choices = [size for size in (*chunks[max(0, number - 2) : number + 3], whole) if size]
        own = chunks[number] or whole
        for line in lines[number * _CHUNK : (number + 1) * _CHUNK]:
            if choices:
                line.measure = _nearest(line, choices, own or choices[0])


def _nearest(line: Line, choices: Sequence[float], own: float) -> float:
    best = min(choices, key=lambda size: (abs(line.width - size), size != own))
    return best if abs(line.width - best) <= SLACK else own


def _measure(lines: Sequence[Line]) -> float:
    """The measure that most of ``lines`` share, or 0 where they aren't hard-wrapped."""
    counts = [0] * (WIDEST + 3)
    for size in _sizes(lines):
        counts[size] += 1
    near = [counts[k - 1] + 2 * counts[k] + counts[k + 1] for k in range(1, WIDEST + 2)]
    best = max(range(NARROWEST, WIDEST + 1), key=lambda k: near[k - 1])
    full = [line for line in lines if abs(line.width - best) <= SLACK]
    if len(full) < 3 or len(full) < 0.35 * len(lines):
        return 0.0
    wider = sum(line.width > best + SLACK for line in lines)
    running = sum(line.text[-1] not in "。！？；" for line in full)
    prose = sum(bool(_INNER.search(line.text)) for line in full)
    if wider > 0.3 * len(lines) or running < 0.6 * len(full) or prose < 0.3 * len(full):
        return 0.0
    return float(best)


def _sizes(lines: Sequence[Line]) -> Iterator[int]:
    return (round(line.width) for line in lines if NARROWEST <= line.width <= WIDEST)

"""Lines that make no sentences (verse, recipes, notices, listings), one sentence over and over, broken encoding."""

from __future__ import annotations

import re
from collections import Counter

MIN_LINES = 6
#: Code points of a line on average: above it, lines without a full stop are paragraphs of careless prose.
MAX_LINE = 30
#: Code points of a first or second line that is the lead of a report.
LEAD = 20
_END = re.compile(r"[。！？!?；]")
_BROKEN = re.compile(r"[锟斤拷烫屯�]")
_SENTENCES = re.compile(r"[^。！？\n]+")


def lines_of(body: str) -> list[str]:
    """The lines of ``body`` that hold anything, without the spaces around them."""
    return [line for line in (raw.strip() for raw in body.splitlines()) if line]


def fragments(body: str) -> float:
    """Share of lines that hold no end of a sentence, 0..1.

    0 for fewer than six lines, for long ones, and where the first or second is the lead of a report.
    """
    lines = lines_of(body)
    if any(len(line) >= LEAD and _END.search(line) for line in lines[:2]):
        return 0.0  # a report that goes on to a list: the line-ups of a match
    if len(lines) < MIN_LINES or sum(map(len, lines)) > MAX_LINE * len(lines):
        return 0.0
    return sum(not _END.search(line) for line in lines) / len(lines)


def repeated(body: str) -> float:
    """Share of the text that its most frequent sentence makes up, 0..1; 0 where none stands five times."""
    counts = Counter(piece.strip() for piece in _SENTENCES.findall(body) if len(piece.strip()) >= 2)
    (text, count), *_ = counts.most_common(1) or [("", 0)]
    return len(text) * count / max(1, sum(len(t) * n for t, n in counts.items())) if count >= 5 else 0.0


def broken(body: str) -> float:
    """Share of characters that only a wrong encoding brings together (锟斤拷, 烫烫, �), 0..1."""
    return len(_BROKEN.findall(body)) / max(1, sum(not char.isspace() for char in body))

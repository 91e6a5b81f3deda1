"""Quotations “…” and titles 《…》 of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import fold

_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "‘": "’", "＂": "＂", '"': '"'}
_TITLES = frozenset("《〈")
#: Ellipsis inside a quotation joins two pieces that may stand apart.
ELLIPSIS = re.compile(r"…+|\.{3,}|⋯+|·{3,}")


@dataclass(frozen=True, slots=True)
class Quote:
    """``source[start:end]`` with its marks; ``inner`` without them. ``kind`` is quote or title."""

    start: int
    end: int
    inner: str
    kind: str


def quotes(text: str) -> tuple[Quote, ...]:
    """Quotations and titles in order, outermost first; an unclosed mark opens none."""
    out, at = [], 0
    while at < len(text):
        close = _PAIRS.get(text[at])
        end = text.find(close, at + 1) if close else -1
        mixed = text.find('"', at + 1, end if end > 0 else None) if text[at] == "“" else -1
        end = mixed if mixed > 0 else end  # “老外": a pair of two kinds
        if end > at + 1:
            out.append(Quote(at, end + 1, text[at + 1 : end], "title" if text[at] in _TITLES else "quote"))
            at = end
        at += 1
    return tuple(out)


def pieces(inner: str) -> list[str]:
    """What must be found: the quotation cut at each ellipsis, without marks and spaces at the ends."""
    return [p for p in (bare(piece) for piece in ELLIPSIS.split(inner)) if p]


def bare(text: str) -> str:
    """Folded text of word characters and the signs that carry meaning (%, +, .), nothing else."""
    return "".join(c for c in fold(text) if c.isalnum() or c in "%+")

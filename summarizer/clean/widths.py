"""Full-width letters and digits become ASCII. Punctuation is never touched: it is meaning in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..chars import fold_width
from .edits import Change

_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")


def letters_and_digits(text: str) -> Iterator[Change]:
    """２０２６ → 2026, ＧＤＰ → GDP; one character for one."""
    return ((*match.span(), fold_width(match[0])) for match in _WIDE.finditer(text))


def decimal_points(text: str) -> Iterator[Change]:
    """A full-width point between two digits is a decimal point: 5．3 → 5.3."""
    return ((*match.span(), ".") for match in _POINT.finditer(text))

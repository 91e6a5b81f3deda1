"""Code-point tables: widths, scripts, punctuation and pairs. Nothing here changes a text.

Full-width punctuation carries meaning in Chinese, so no table maps ，！？：； or “”《》 to half-width marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any


class Lazy:
    """A regular expression that is compiled when first used: long ones take 10 ms, and many texts need none of them."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._source)
        for method in ("match", "fullmatch", "search", "finditer"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


# Blocks of Han characters: URO, extension A, compatibility, extensions B–H, and 〇 々.
HAN_CLASS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
HAN = re.compile(f"[{HAN_CLASS}]")
LINE_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "[": "]",
    "［": "］",
    "{": "}",
    "｛": "｝",
}
CLOSERS = {close: open_ for open_, close in PAIRS.items()}
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
END_MARKS = "。！？!?｡"
ELLIPSIS = "…"
CLAUSE_MARKS = "，；：、,;:—｜|"
PUNCTUATION = frozenset(
    "。，、；：？！…—·～~“”‘’「」『』《》〈〉（）()【】〔〕[]［］{}｛｝.,;:!?'\"-–|/\\｡｜＂＇"
)

CHINESE_DIGITS = "〇零一二三四五六七八九十百千万亿两"
_FULL_TO_HALF = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0x21 + i).isalnum()}


_MARKS = re.compile("[" + re.escape("".join([*PAIRS, *CLOSERS])) + "]")


class _Widths(dict[str, float]):
    """Widths by code point, looked up once; emptied where a text of every script would fill it."""

    def __missing__(self, char: str) -> float:
        if len(self) >= 8192:
            self.clear()
        found = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        self[char] = 0.0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else found
        return self[char]


_WIDTHS = _Widths()


def char_width(char: str) -> float:
    """Width of one code point: 1 full-width, 0.5 half-width, 0 for marks that take no room.

    East Asian "ambiguous" characters (“ ” — … ·) are full-width, as Chinese fonts set them.
    """
    return _WIDTHS[char]


def width(text: str) -> float:
    """Length of ``text`` in full-width units; 0 for the empty string."""
    return float(sum(map(_WIDTHS.__getitem__, text)))


def is_han(char: str) -> bool:
    """True for a Han character (also 〇 and 々), false for kana, hangul and punctuation."""
    return HAN.match(char) is not None


def han_count(text: str) -> int:
    """Number of Han characters in ``text``."""
    return len(HAN.findall(text))


def fold_width(text: str) -> str:
    """Full-width letters and digits become ASCII (１２Ａ → 12A); punctuation stays as it is.

    The result has the same number of code points, so spans stay valid.
    """
    return text.translate(_FULL_TO_HALF)


def clip(text: str, units: float) -> int:
    """The largest ``n`` with ``width(text[:n]) <= units``."""
    used = 0.0
    for index, char in enumerate(text):
        used += char_width(char)
        if used > units:
            return index
    return len(text)


def occurrences(text: str, part: str) -> Iterator[int]:
    """Where ``part`` stands in ``text``, from left to right without overlaps; nowhere where it is empty.

    As ``re.finditer`` gives it, but nothing is compiled: of runs that are looked up once there is no end.
    """
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def matched_pairs(text: str) -> Iterator[tuple[int, int]]:
    """``(open, close)`` indices of every matched pair of brackets or curly quotes, inner ones first.

    A closing mark without its opening one is skipped; an opening mark without its closing one does
    not keep outer pairs from matching.
    """
    stack: list[int] = []
    for mark in _MARKS.finditer(text):
        index, char = mark.start(), mark.group()
        if char in PAIRS:
            stack.append(index)
        else:
            position = _last_open(text, stack, CLOSERS[char])
            if position is not None:
                yield stack[position], index
                del stack[position:]


def _last_open(text: str, stack: list[int], opener: str) -> int | None:
    # Only a few marks can be open at once in honest text; looking deeper would make a line of a
    # hundred thousand brackets quadratic.
    for position in range(len(stack) - 1, max(-1, len(stack) - 9), -1):
        if text[stack[position]] == opener:
            return position
    return None


def unbalanced(text: str) -> str:
    """The first bracket or quotation mark without its partner, or "" where all are paired.

    Straight double quotes must come in even number; a straight single quote may be an apostrophe.
    """
    paired = {index for pair in matched_pairs(text) for index in pair}
    for mark in _MARKS.finditer(text):
        if mark.group() != "’" and mark.start() not in paired:
            return mark.group()
    return '"' if text.count('"') % 2 else ""

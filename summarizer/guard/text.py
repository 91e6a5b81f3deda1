"""Folding for comparison: every code point maps to one code point, so offsets stay valid."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

_FULL = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_LATIN = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
_MARKS = {ord(a): ord(b) for a, b in zip("—–―－‐−～〜•・∙●○﹪", "-------~~···●〇%", strict=False)}
_QUOTES = {ord(c): ord('"') for c in "“”„‟「」『』＂〝〞"} | {ord(c): ord("'") for c in "‘’＇"}
_TABLE = _FULL | {k - 0x20 + 0x20: v for k, v in _LATIN.items()} | _MARKS | _QUOTES
_TABLE |= {c: c - 0xFEE0 + 32 for c in range(0xFF21, 0xFF3B)}

_SHORT = 60  # code points of a name, clause or headline, which are folded again and again
#: A clause ends at any of these; a sentence at the first group.
SENTENCE_END = "。！？!?；;\n"
BREAK = re.compile(r"[,，。;；！？!?：:]|(?<![\d%])\s(?!\d)")
_WORDS = re.compile(r"[^\W_]{2,}")
CLAUSE = re.compile(r"[^，。！？；：、,!?;:\s|]+")


def fold(text: str) -> str:
    """Half-width, lower-case Latin, one form of dashes and quotes. ``len(fold(s)) == len(s)``."""
    return _fold_kept(text) if len(text) <= _SHORT else text.translate(_TABLE)


@lru_cache(maxsize=1 << 12)
def _fold_kept(text: str) -> str:
    return text.translate(_TABLE)


def is_han(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U000323af"
    )


def around(text: str, start: int, end: int, width: int = 12) -> tuple[int, int]:
    """The stretch of at most ``width`` characters on both sides of a span, inside its sentence."""
    low, high = start, end
    while low > max(0, start - width) and text[low - 1] not in SENTENCE_END:
        low -= 1
    while high < min(len(text), end + width) and text[high] not in SENTENCE_END:
        high += 1
    return low, high


def clause(text: str, start: int, end: int, reach: int | None = None) -> tuple[int, int]:
    """The clause around a span, at most ``reach`` characters to each side."""
    least, most = (0, len(text)) if reach is None else (max(0, start - reach), min(len(text), end + reach))
    low = max((m.end() for m in BREAK.finditer(text, least, start)), default=least)
    stop = BREAK.search(text, end, most)
    return low, stop.start() if stop else most


def sentence_start(text: str, place: int) -> int:
    """Where the sentence of a folded text that holds ``place`` begins; a semicolon does not end it."""
    return max(text.rfind(mark, 0, place) for mark in "。!?\n") + 1


def pairs_near(text: str, start: int, end: int, reach: int = 14) -> set[str]:
    """Pairs of characters within ``reach`` of a span on both sides, inside its sentence."""
    low, high = around(text, start, end, reach)
    return bigrams(text[low:start]) | bigrams(text[end:high])


def pairs_of_clause(text: str, start: int, end: int, reach: int = 20) -> set[str]:
    """Pairs of characters of the clause around a span, at most ``reach`` characters to each side."""
    low, high = clause(text, start, end, reach)
    return bigrams(text[low:start]) | bigrams(text[end:high])


def bigrams(text: str) -> set[str]:
    """All pairs of neighbouring word characters."""
    found: set[str] = set()
    for run in _WORDS.findall(text):
        found.update(map(add, run, run[1:]))
    return found

"""Numerals of every notation to exact values and back: 12000, 1.2万, 一万二千, 二〇二六, 廿三, 3亿5000万."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3, "○": 0}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
_CN = "零〇○一二两三四五六七八九"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
#: One numeral. Arabic with Chinese multipliers (3亿5000万), or Chinese with an optional decimal part.
NUMERAL = (
    rf"(?:(?:{ARABIC})[十百千万亿]{{0,3}}(?:(?<=[千万亿])零?(?:{ARABIC})[百千万]{{1,2}})*"
    rf"|[{_CN}十百千万亿廿卅俩仨]+(?:点[{_CN}]+(?![分十]))?[万亿]{{0,2}})"
)
_TOKEN = re.compile(rf"{ARABIC}|.")
_PAIR = re.compile(r"([十百千万]?)([一二两三四五六七八])([二三四五六七八九])([十百千万亿]{0,3})")


@lru_cache(maxsize=1 << 12)
def value(text: str) -> tuple[Fraction, Fraction] | None:
    """The value of a numeral as ``(low, high)``; both equal unless it is a pair like 三五十 (30 to 50).

    Expects folded (half-width) text. None when ``text`` is no numeral; an empty text is none.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    pair = _pair(text)
    if pair is not None:
        return pair
    if len(text) > 1 and all(c in DIGITS for c in text):
        n = Fraction(int("".join(str(DIGITS[c]) for c in text)))
        return n, n
    n = _single(text)
    return None if n is None else (n, n)


def _pair(text: str) -> tuple[Fraction, Fraction] | None:
    """三四 (before a unit), 三五百, 十七八, 七八十万: two neighbouring digits are a range."""
    found = _PAIR.fullmatch(text)
    if not found:
        return None
    head, a, b, tail = found.groups()
    if DIGITS[b] - DIGITS[a] not in ((1, 2) if a == "三" else (1,)):
        return None
    low, high = _single(head + a + tail), _single(head + b + tail)
    return None if low is None or high is None else (low, high)


def _single(text: str) -> Fraction | None:
    total, section, held, last, chinese, zero = Fraction(0), Fraction(0), None, 0, False, False
    head, dot, decimals = text.partition("点")
    for token in _TOKEN.findall(head):
        if token[0].isdigit() and token[0].isascii():
            held, chinese = Fraction(token.replace(",", "")), False
        elif token in DIGITS:
            if held is not None and DIGITS[token] == 0 or token in "零〇○":
                zero = True
            held, chinese = Fraction(DIGITS[token]), True
        elif token in SMALL:
            section += (Fraction(1) if held is None else held) * SMALL[token]
            held, last, zero = None, SMALL[token], False
        elif token in LARGE:
            section += held or 0
            if section == 0 and held is None and total == 0:
                section = Fraction(1)
            # 三万亿 and 八千万亿 multiply all that stands before; in 三亿五千万 the 万 takes only its section.
            whole = total < LARGE[token] or not section
            total = (total + section) * LARGE[token] if whole else total + section * LARGE[token]
            section, held, last, zero = Fraction(0), None, LARGE[token], False
        else:
            return None
    if held is not None:
        # 一万二 is 12000, but 一万零二 is 10002 and 1万2 is not written.
        section += held * last / 10 if chinese and last > 10 and not zero else held
    tail = _decimals(decimals)
    if dot and not (head and tail[0]):
        return None
    number = total + section + (Fraction(int(tail[0] or 0), 10 ** len(tail[0])) if dot else 0)
    return number * _product(tail[1])


def _decimals(text: str) -> tuple[str, str]:
    digits = re.match(rf"[{_CN}]*", text).group()
    return "".join(str(DIGITS[c]) for c in digits), text[len(digits) :]


def _product(multipliers: str) -> int:
    n = 1
    for c in multipliers:
        n *= LARGE.get(c) or SMALL.get(c, 1)
    return n


def spell(n: int) -> str:
    """``n`` (0 ≤ n < 10**16) in Chinese numerals: 12000 → 一万二千. Raises ValueError outside that range."""
    if not 0 <= n < 10**16:
        raise ValueError(f"expected 0 <= n < 10**16, got {n}")
    written = _spell(n) if n else "零"
    return written[1:] if written.startswith("一十") else written


def _spell(n: int) -> str:
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if n >= size:
            rest = n % size
            gap = "零" if rest and rest < size // 10 else ""
            return _spell(n // size) + name + gap + (_spell(rest) if rest else "")
    return "零一二三四五六七八九"[n]

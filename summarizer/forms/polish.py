"""The newspaper's normal form of a headline, and what can be wrong with one.

``polish`` is a rendering normal form: it never changes words. ``faults`` names what no headline may
have: half a bracket, a repeated run of four characters, an empty text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..chars import unbalanced, width
from ..types import Span
from .words import tag, words

_FULL = str.maketrans({",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"})
_HAN = r"\u3400-\u9fff\uf900-\ufaff々〇"
_ANY_HAN = re.compile(rf"[{_HAN}]")
_SPACES = re.compile(r"[\s\u00a0\u2002\u2003\u3000\u200b\ufeff]+")
_ASCII_MARK = re.compile(rf"(?<=[{_HAN}”》）])[,:;!?]|[,:;!?](?=[{_HAN}“《（])")
_TIDY = re.compile(r"(?<=[，、；：！？。”》）])\s+|\s+(?=[，、；：！？。”》）])")
_END = re.compile(r"[。．，、；;：:,\s]+$|(?<!\.)\.$")
_START = re.compile(r"^[。．，、；：,;:！!？?\s]+")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_STRAIGHT = re.compile(r'"([^"]*)"')
# A single — stays: it joins two names (云溪—枫桥公路).
_DASH = re.compile(r"――+|－－+|--+|──+")
_DOTS = re.compile(r"。{2,}|\.{3,}|…(?!…)(?<!……)")
#: Nothing in it can be repaired: words and full-width marks, not at its ends, without spaces, dots and dashes.
_POLISHED = re.compile(r"[\w“”‘’《》（）·%](?:[\w“”‘’《》（）·%，、；：！？]*[\w“”‘’《》（）·%！？])?")
_QUOTED_TWICE = re.compile(r"(“[^“”]{2,}”)(?=.*\1)")
_NO_WORD = re.compile(r"[^\w]+")


def polish(text: str, comma: str = "keep") -> str:
    """``text`` in newspaper manner: full-width marks beside Chinese, one space as separator, no end stop.

    Half-width ``,:;!?()`` become full-width only where they touch Chinese (5.3, 3:1 and A.B. stay);
    straight double quotes become “”; dashes become ——; spaces between two clauses become one ASCII
    space (chars 0.5). With ``comma="space"`` the commas between clauses (not inside brackets or
    quotes) become spaces too. Words never change; the empty text stays empty. Idempotent.
    """
    if comma == "keep" and _POLISHED.fullmatch(text):
        return text
    # One repair can make room for another (） ,3 → ）,3 → ），3); each only shortens or widens a mark.
    previous = None
    while previous != text:
        previous, text = text, _once(text, comma)
    return text


def _once(text: str, comma: str) -> str:
    text = _SPACES.sub(" ", text).strip()
    text = _STRAIGHT.sub(r"“\1”", text)
    text = _brackets(text)
    text = _ASCII_MARK.sub(lambda m: m.group().translate(_FULL), text)
    text = _DASH.sub("——", text)
    text = _DOTS.sub("……", text)
    if comma == "space":
        text = _spaced(text)
    return _START.sub("", _END.sub("", _TIDY.sub("", text)))


def _brackets(text: str) -> str:
    """Half-width brackets become full-width when they hold or touch Chinese."""

    def full(m: re.Match[str]) -> str:
        around = text[max(0, m.start() - 1) : m.start()] + m.group(1) + text[m.end() : m.end() + 1]
        return f"（{m.group(1)}）" if _ANY_HAN.search(around) else m.group()

    return _IN_BRACKETS.sub(full, text)


def _spaced(text: str) -> str:
    """Commas outside brackets and quotes become spaces."""
    depth, out = 0, []
    for mark in text:
        depth += (mark in "“‘《（【「『") - (mark in "”’》）】」』")
        out.append(" " if mark == "，" and depth <= 0 else mark)
    return _SPACES.sub(" ", "".join(out))


def repeated(text: str, n: int = 4) -> str:
    """The first run of ``n`` characters (spaces and punctuation apart) that stands twice, or ``""``.

    A quotation that stands twice counts, however short it is.

    Runs of digits and Latin letters are not counted: 2024–2025 and 5G+5G repeat lawfully.
    """
    quoted = _QUOTED_TWICE.search(text)
    if quoted:
        return quoted[1]
    plain = _NO_WORD.sub("", text)
    grams = [plain[i : i + n] for i in range(len(plain) - n + 1)]
    seen: set[str] = set()
    for gram in grams if len(set(grams)) < len(grams) else ():
        if gram in seen and not gram.isascii():
            return gram
        seen.add(gram)
    return ""


# A name on both sides of a title: 章明远市长章明远.
_NAME_TWICE = re.compile(
    r"([\u4e00-\u9fff]{2,4})(?:主席|总理|总统|首相|书记|[省市县区部局院校会社]长|教授|总裁|主任|主教练)\1"
)
_STUTTER = re.compile(r"(?!一.一)(?<!\d)([\u4e00-\u9fff]{1,5})\1")


def stutter(text: str) -> str:
    """The first run of one to five characters said twice in a row (为为, 举行举行), or ``""``.

    Doublings that are words (妈妈, 进进出出, 一步一步) or stand across a word's edge (中国|国务院, 2024年|年会)
    do not count.
    """
    if twice := _NAME_TWICE.search(text):
        return twice.group()
    for match in _STUTTER.finditer(text):
        spans = words(text)
        edges = {end for _, end in spans}
        start, end = match.span()
        middle = start + len(match.group(1))
        if any(a <= start and end <= b for a, b in spans) or tag(match.group()) != "x":
            continue
        across = len(match.group(1)) == 1 and middle in edges and _both_words(spans, middle)
        if not across:
            return match.group()
    return ""


def _both_words(spans: tuple[Span, ...], middle: int) -> bool:
    """True where a word of two characters or more ends, and another begins, at ``middle``."""
    return any(b == middle and b - a > 1 for a, b in spans) and any(
        a == middle and b - a > 1 for a, b in spans
    )


def faults(text: str, budget: float | None = None) -> tuple[str, ...]:
    """What forbids ``text`` as a headline, one message each; empty when nothing does.

    ``budget`` is in full-width units. An empty text, half a bracket or quotation mark, a run of four
    characters said twice, a stutter and a text over the budget are faults.
    """
    if not text.strip():
        return ("标题为空 / empty headline",)
    found = _faults(text)
    if budget is not None and width(text) > budget:
        found = (*found, f"{width(text):g} 字，超过 {budget:g} 字 / over the budget")
    return found


@lru_cache(maxsize=1 << 11)
def _faults(text: str) -> tuple[str, ...]:
    """Faults on a line of any length; kept, since a candidate is looked at for each line that it may stand in."""
    mark = unbalanced(text)
    found = [f"{mark} 缺另一半 / unpaired {mark}"] if mark else []
    if gram := repeated(text):
        found.append(f"“{gram}”重复 / repeated run")
    elif pair := stutter(text):
        found.append(f"“{pair}”口吃 / said twice in a row")
    return tuple(found)

"""The shape of a line: what mark it opens with, and whether it ends a sentence."""

from __future__ import annotations

import re

_SECTION = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节条部分篇]|[一二三四五六七八九十]{1,3}[、．.]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:[．、]|\.(?!\d))|[①-⑳]|#{1,6} "
)
_LIST = re.compile(r"[-*+•·]\s|\d{1,3}[.)、]\s?(?!\d)")
_DASH = re.compile(r"(?:—{1,3}|―{1,3}|–{1,3}|──?|--+|－{1,2})[ 　]*(?=\S)")
KICKER_END = re.compile(
    r"(?:强调|指出|要求|提出|表示|宣布|会上|会议|时说?|致辞|批示|出席|主持|主持召开|召开|调研|考察|检查"
    r"|审议|听取|透露|为例|见闻|纪实|系列报道.{0,3}|之[一二三四五六七八九十]|[：:]|——)$"
)
"""How an introducing line (引题) ends."""
_STOPS = tuple("。！？!?…")
_CLOSING = "”’』」》）)】 \u3000"
_PAUSES = "；;：:"


def ends_sentence(line: str) -> bool:
    """True where a paragraph could end: a full stop, maybe inside closing quotes or before a bracket.

    A closing quotation mark alone is no end: headlines end in one as often as paragraphs do.
    """
    if line.rstrip(_CLOSING).endswith(_STOPS):
        return True
    if line.endswith(("）", ")")):
        opened = max(line.rfind("（"), line.rfind("("))
        return opened < 0 or line[:opened].rstrip(_CLOSING).endswith(_STOPS)
    return line[-1:] in tuple(_PAUSES)


def open_bracket(line: str) -> bool:
    """True where a round bracket or title mark opened in ``line`` is not closed in it."""
    tail = line[-40:]
    return any(tail.rfind(left) > tail.rfind(right) for left, right in ("（）", "()", "《》"))


def is_section(line: str) -> bool:
    """True where a line opens with a section mark: 一、 （一） 1. 第一章 ①."""
    return bool(_SECTION.match(line))


def is_list_item(line: str) -> bool:
    """True where a line opens with a list mark: - * • 1)."""
    return bool(_LIST.match(line))


def is_dash(line: str) -> bool:
    """True where a line opens with a dash, as a subhead does."""
    return bool(_DASH.match(line))

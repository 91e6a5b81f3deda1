"""Pieces of a word that stand for nothing by themselves: 在|山|举行 for 在武夷山举行, 张呈 for 张呈栋.

A model that writes piece by piece may leave one out inside a name. Each place where a headline joins what the article
does not, and each end of a clause, is looked up: where all the article's places fall into one word there, a piece of
that word was lost. Short forms that editors use (云溪 for 云溪市, 尤文 for 尤文图斯, 港, 警) are no tears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ..chars import CLAUSE_MARKS, END_MARKS, is_han, occurrences
from .words import SURNAMES, frequency, tag, units

_PLACES = 8  # places of a run that are looked at
_FAR = 40  # characters on each side of a place that are cut into words, within its clause
_MARK = re.compile(rf"[{CLAUSE_MARKS}{END_MARKS}\s]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile("[A-Za-z]{4,}")
_TOLD = "“{}”是“{}”的一截 / a piece of a word"
_NAMES = ("nr", "ns", "nt", "nz", "nrt", "x")
# One character of a place's name, and the words behind which it would be a place by itself.
_LAND = frozenset("山江河湖海岛湾桥镇村寺庙塔园峡谷溪泉洞岭峰坡滩宫")
_AT = frozenset("在到赴于抵访自从离入至")
# What a name is called without: 南迦巴瓦|峰, 亚青|会.
_KINDS = _LAND | frozenset("港县州池路街站城省市区旗乡国族会网队社报台赛杯")
# Single characters that headlines use as words.
_ALONE = frozenset("男女儿企国州省市县区党会校警车房店村民客内制冠事局鞋媒人部")
# What an organisation is called without: 最高法|院, 云溪航空|公司.
_FIRMS = frozenset("院 公司 集团 中心 有限公司 委员会".split())
_LEAD = 4  # characters of a run, at least, that ends in one character of a common word: 正式踏上旅|程
_LOOSE = "pcudvfrm"  # words of one character that the segmenter glues to an unknown name: 因|新冠, 对|本扬


@lru_cache(maxsize=1 << 11)
def tear(text: str, body: str) -> str:
    """The first piece of a word in ``text`` and its word in ``body``, as a reason; "" where every word is whole.

    Kept for a while: a candidate is refused for a tear, and looked at again as a title.
    """
    for place, before, after in _seams(text, body):
        found = (after and _head_lost(text, place, body)) or (before and _tail_lost(text, place, body))
        if found:
            return _TOLD.format(*found)
    return next((_TOLD.format(*found) for found in _latin(text, body)), "")


def cuts_in(text: str, place: int, body: str) -> bool:
    """True where what stands before ``place``, or behind it, is nowhere in ``body`` whole: 广州增|总量 of 广州增城."""
    before, after = _run_before(text, place, body), _run_behind(text, place, body)
    return bool(_within(before, body, len(before)) or _within(after, body, 0))


def _latin(text: str, body: str) -> Iterator[tuple[str, str]]:
    """Foreign words that ``body`` has only within longer ones, cut in their middle: Scanne of Scanner."""
    for piece in _LATIN.findall(text):
        words = re.findall(rf"([A-Za-z]*){piece}([A-Za-z]*)", body)
        if words and all(after[:1].islower() or before and piece[0].islower() for before, after in words):
            yield piece, words[0][0] + piece + words[0][1]


def _seams(text: str, body: str) -> Iterator[tuple[int, bool, bool]]:
    """Places that ``body`` does not join so, and ends of clauses: whether a word ends, and begins, there.

    Not within a known word; an unknown one may be the segmenter's (张志到 of 张志|到, for 张志强).
    """
    known = {i for a, b in units(text) if frequency(text[a:b]) for i in range(a + 1, b)}
    yield 0, False, True
    for place in range(1, len(text)):
        left, right = is_han(text[place - 1]), is_han(text[place])
        if left and right:
            if place not in known and text[place - 1 : place + 1] not in body:
                yield place, True, True
        elif left or right:
            apart = not text[place - right].isalnum()
            yield place, left and apart, right and apart
    yield len(text), True, False


def _head_lost(text: str, place: int, body: str) -> tuple[str, str] | None:
    """The piece that begins at ``place``, and the word of which it is the end."""
    run = _run_behind(text, place, body)
    found = _within(run, body, 0)
    if not found:
        return None
    word, cut = found
    piece, lost = word[cut:], word[:cut]
    if not run.startswith(piece) or _glued(word, lost):
        return None
    if len(piece) == 1:
        torn = piece in _LAND and place > 0 and text[place - 1] in _AT and tag(word)[:1] in "nx"
    else:  # a given name alone is none: 呈栋
        long = (len(piece) > 2 or len(word) == 3) and word[0] not in SURNAMES
        torn = long and _unknown_part(piece, word) and (len(lost) == 1 or not frequency(lost))
    return (piece, word) if torn else None


def _tail_lost(text: str, place: int, body: str) -> tuple[str, str] | None:
    """The piece that ends at ``place``, and the word of which it is the beginning."""
    run = _run_before(text, place, body)
    found = _within(run, body, len(run))
    if not found:
        return None
    word, cut = found
    piece, lost = word[:cut], word[cut:]
    if not run.endswith(piece) or _glued(word, lost):
        return None
    if len(piece) == 1:
        plain = len(word) == 2 and tag(piece) == tag(word) == "n"
        if piece == "企":
            return (piece, word) if _behind_word(text, place - 1) else None
        return (piece, word) if plain and len(run) >= _LEAD and piece not in _ALONE else None
    person = len(piece) == 2 and len(word) == 3 and word[0] in SURNAMES and tag(word) in ("nr", "x")
    torn = (
        lost not in _KINDS
        and lost not in _FIRMS
        and (person or len(piece) > 2 and _unknown_part(piece, word))
    )
    return (piece, word) if torn else None


def _behind_word(text: str, place: int) -> bool:
    """Whether a known word of several characters ends at ``place``: 车企 and 央企 are short forms, 风电企 is not."""
    return any(b == place and b - a > 1 and frequency(text[a:b]) for a, b in units(text))


def _run_before(text: str, place: int, body: str) -> str:
    """The longest run that ends at ``place`` and stands in ``body``."""
    return _longest((text[start:place] for start in range(place - 1, -1, -1)), body)


def _run_behind(text: str, place: int, body: str) -> str:
    """The longest run that begins at ``place`` and stands in ``body``."""
    return _longest((text[place:end] for end in range(place + 1, len(text) + 1)), body)


def _longest(runs: Iterator[str], body: str) -> str:
    """The last of ever longer ``runs`` that ``body`` holds, "" where it does not hold the first."""
    found = ""
    for run in runs:
        if run not in body:
            break
        found = run
    return found


def _within(run: str, body: str, edge: int) -> tuple[str, int] | None:
    """The word of ``body`` that ``run`` is cut from at its ``edge``, and where; None if one place is a word's end."""
    if not run:
        return None
    first = None
    for place in islice(occurrences(body, run), _PLACES):
        found = _word_at(body, place + edge)
        if found is None:
            return None
        first = first or found
    return first if first and _HAN.fullmatch(first[0]) else None


def _word_at(body: str, place: int) -> tuple[str, int] | None:
    window, at = _around(body, place)
    a, b = next(((a, b) for a, b in units(window) if a < at < b), (0, 0))
    if not b:
        return None
    # The segmenter takes an unknown name's neighbour for a part of it: 外交部|唐亮 cut as 外交 and 部唐亮.
    borrowed = at - a == 1 and a > 0 and frequency(window[a - 1 : at]) and not frequency(window[a:b])
    return None if borrowed else (window[a:b], at - a)


def _around(body: str, place: int) -> tuple[str, int]:
    """The clause around ``place`` and where in it that is. Many places share a clause, which is cut into words once."""
    before, after = body[max(0, place - _FAR) : place], body[place : place + _FAR]
    start = max((m.end() for m in _MARK.finditer(before)), default=0)
    found = _MARK.search(after)
    return before[start:] + after[: found.start() if found else _FAR], len(before) - start


def _unknown_part(piece: str, word: str) -> bool:
    """True for a part of a name that is no word itself."""
    return tag(word) in _NAMES and not frequency(piece)


def _glued(word: str, lost: str) -> bool:
    """True where ``word`` is the segmenter's own, made of a name and a word of one character."""
    return len(lost) == 1 and tag(lost)[:1] in _LOOSE and not frequency(word)

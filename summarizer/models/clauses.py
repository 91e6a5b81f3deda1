"""Shortening one news sentence to headline length with words of its own, by rule.

What may go: the dateline, the source (据…报道, 记者从…获悉), times, parentheses, clauses of circumstance,
weak trailing clauses. What may not: a part of a word, number, bracket or quotation. No text is invented,
so every result is a subsequence of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ..chars import HAN, matched_pairs, unbalanced, width
from ..forms.words import tag, units
from .trim import ends_with_verb, opening_noun, opens_with_verb, trims

_DATELINE = re.compile(
    r"^\s*(?:[【\[][^】\]]{1,12}[】\]])?(?:[■□●▲◆]\s*)?(?:"
    r"[^，。！？：]{0,20}?(?:讯|电)\s*[（(][^）)]{1,40}[）)]|"
    r"(?:本报|本网|本台|本刊)[^，。！？]{0,14}?(?:讯|电|消息)|"
    r"(?:新华社|中新社|中新网|新华网|人民网|央视网|光明网|中国网|[一-鿿]{2,6}网)[^，。！？]{0,16}?(?:电|讯|消息)|"
    r"[一-鿿]{2,8}(?:消息|报道)[：:])[，,：:—\s]*"
)
_SOURCE = re.compile(
    r"^(?:(?:另|又)?据[^，。]{0,28}?(?:报道|消息|介绍|透露|悉|通报|统计|监测|了解|称)[，：:]|"
    r"(?:[^，。]{0,12}?记者)?[^，。]{0,24}?(?:从|在)[^，。]{2,30}?(?:获悉|了解到|采访时?了解到|看到)[，：:]|"
    r"(?:本报)?记者[^，。]{0,16}?(?:获悉|了解到|看到|从)[，：:]|"
    r"(?:据悉|据了解|据介绍|据统计|获悉|了解到|消息称|有消息称|与此同时|此外|同时|另外|其中|目前|截至目前|当前|随后|会上|会议强调|会议指出)[，：:])"
)
_HOUR = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_CLOCK = (
    r"(?:[上下]午|凌晨|清晨|早晨|早上|中午|傍晚|晚间?|夜间?)?"
    rf"(?:{_HOUR}[时点:：]\d{{0,2}}分?(?:许|左右)?)?"
)
_TIME = re.compile(
    rf"于?(?:(?:\d{{2,4}}年)?\d{{1,2}}月\d{{1,2}}[日号](?:至\d{{1,2}}[日号])?|(?<![\d\-–至到、])\d{{1,2}}[日号]|"
    rf"(?:当地|北京)时间|今天|昨天|前天|今日|昨日|日前|近日|近期|最近|今晨|今晚|昨晚|连日来|近年来|多年来|长期以来|本周[一二三四五六日]?){_CLOCK}(?:起|，)?"
)
_ASIDE = re.compile(r"[（(][^（()）]{0,60}[）)]")
_CIRCUMSTANCE = re.compile(
    r"^(?:随着|为了?|根据|按照|依据|针对|由于|鉴于|面对|经过?|截至|截止|自从?|当|在|从|通过|围绕|作为|对于?|继|除了?|每[到逢当])"
    r"[^，]*(?:后|时|中|下|上|间|来|际|前|起|止|外|日|月|年|期|里|内|景|础|会|程|署|求|况|题)$"
    r"|^(?:随着|为了|为进一步|为深入|为贯彻|根据|按照|由于|鉴于|面对|针对|围绕)"
)
_WEAK_CLAUSE = re.compile(
    r"^(?:并|而|但|且|也|还|又|则|其中|此外|同时|这|那|该|其|他|她|它|以及|从而|进而|因此|所以|不过|然而|对此)"
)
_WEAK_TAIL = re.compile(
    r"(?:的|地|得|和|与|及|以及|并|而|在|对|将|把|被|为|从|向|于|是|等|了|着|、|，|—|·|“|《)+$"
)
_LEAD_WORDS = re.compile(
    r"^(?:但|而|并且?|同时|此外|因此|所以|其中|目前|为此|对此|于是|然后|接着|还|也|又|则)(?:，)?(?=[一-鿿])"
)
_SAYS = re.compile(r"([^“”]{2,}?)(?:还|也|并|同时)?(?:说|表示|指出|强调|称|认为|要求|介绍)")
_ADDRESS = re.compile(r"https?:|www\.|@|#")
_WHERE = tuple("上里中内旁外")
MOST_STARTS = 4
SHORTEST = 5  # full-width units
MOST_FORMS = 12
_CLAUSE_SPLIT = re.compile(r"[，；：,;。！？!?]+")


def strip_lead(sentence: str) -> str:
    """``sentence`` without its dateline, source phrase and opening connective."""
    text = _DATELINE.sub("", sentence.strip())
    for _ in range(3):
        shorter = _SOURCE.sub("", text)
        if shorter == text or width(shorter) < 6:
            break
        text = shorter
    return _LEAD_WORDS.sub("", text)


def without_times(text: str) -> str:
    """``text`` without dates, clock times and parentheses, where enough is left."""
    bare = _TIME.sub("", _ASIDE.sub("", text)).strip("，, ")
    return bare if width(bare) >= 6 else text


def clauses(text: str) -> list[str]:
    """Clauses of ``text`` at its commas, colons and end marks; marks inside pairs do not count."""
    guarded = [False] * len(text)
    for start, end in matched_pairs(text):
        guarded[start : end + 1] = [True] * (end + 1 - start)
    parts, start = [], 0
    for mark in _CLAUSE_SPLIT.finditer(text):
        if not guarded[mark.start()]:
            parts.append(text[start : mark.start()].strip())
            start = mark.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


@dataclass(frozen=True, slots=True)
class Form:
    """A headline made from a sentence: begun at its ``clause``, ``cut`` where it ends inside one.

    ``said`` marks speaker and words joined by a colon, ``lent`` a subject taken over from a clause before.
    """

    text: str
    clause: int
    cut: bool = False
    said: bool = False
    lent: bool = False


def compress(sentence: str, max_chars: float) -> list[Form]:
    """Headlines of at most ``max_chars`` full-width units from ``sentence``; whole clauses come first."""
    parts = _parts(sentence)
    found: list[Form] = []
    for first in [i for i, part in enumerate(parts) if clause_kind(part) == "main"][:MOST_STARTS] or [0]:
        found += _from(parts, first, max_chars)
    found += [*_said(parts, max_chars), *_lent(parts, max_chars)]
    tidy: dict[str, Form] = {}
    for form in found:
        text = _tidy(form.text)
        if _is_sound(text, max_chars) and not (form.cut and ends_with_verb(text)):
            tidy.setdefault(text, replace(form, text=text))
    return list(tidy.values())


@lru_cache(maxsize=1 << 10)  # the sentences of a batch, whose phone titles are asked for after all headlines
def _parts(sentence: str) -> list[str]:
    """The clauses of ``sentence`` that a headline may be made of; not to be changed."""
    body = without_times(strip_lead(sentence))
    return [without_times(part) for part in clauses(body)]


def _from(parts: list[str], first: int, limit: float) -> Iterator[Form]:
    """The clause at ``first``, trimmed where it must be, with each later clause that still fits."""
    heads = trims(parts[first], limit)[:MOST_FORMS] if first < len(parts) else []
    if not heads:
        yield from (Form(fit(part, limit), first, cut=True) for part in parts[first : first + 1])
        return
    yield from (Form(head, first) for head in heads)
    if _SAYS.fullmatch(parts[first]):
        return
    joined = parts[first]
    for part in parts[first + 1 : first + 4]:
        for head in heads:
            for tail in trims(part, limit - width(head) - 1)[:2]:
                if width(tail) >= SHORTEST:
                    yield Form(f"{head}，{tail}", first)
        joined += f"，{part}"
        yield Form(joined, first)


def _said(parts: list[str], limit: float) -> Iterator[Form]:
    """章明远指出，要… as 章明远：要…"""
    for index, (speaker, said) in enumerate(pairwise(parts)):
        who = _SAYS.fullmatch(speaker)
        if who and 2 <= width(who.group(1)) <= 10 and clause_kind(said) == "main":
            for text in trims(said, limit - width(who.group(1)) - 1)[:MOST_FORMS]:
                yield Form(f"{who.group(1)}：{text}", index, said=True)


def _lent(parts: list[str], limit: float) -> Iterator[Form]:
    """云溪市抢抓时机，掀起热潮 as 云溪市掀起热潮: a clause that opens with its verb shares the subject before it."""
    subject = ""
    for index, part in enumerate(parts[:6]):
        if clause_kind(part) != "main" or _SAYS.fullmatch(part):
            continue
        own = opening_noun(part)
        if own and subject:
            return  # another subject has the word now
        if own:
            subject = own
        elif subject and opens_with_verb(part):
            for text in trims(part, limit - width(subject))[:MOST_FORMS]:
                yield Form(subject + text, index, lent=True)


def fit(text: str, limit: float) -> str:
    """The longest start of ``text`` within ``limit`` that ends at a word's end and is not left hanging."""
    best = ""
    used = 0.0
    built: list[str] = []
    for start, end in units(text):
        word = text[start:end]
        used += width(word)
        if used > limit:
            break
        built.append(word)
        shown = _tidy("".join(built))
        if not unbalanced(shown):
            best = shown
    return best


def _tidy(text: str) -> str:
    text = _WEAK_TAIL.sub("", text.strip("，。；：、,;: 　"))
    return re.sub(r"(?<=[会见访问举行召开完成实现取得达成发布推出启动])了(?=[一-鿿])", "", text)


def _is_sound(text: str, limit: float) -> bool:
    plain = HAN.search(text) is not None and not _ADDRESS.search(text) and not _SAYS.fullmatch(text)
    return plain and SHORTEST <= width(text) <= limit and not unbalanced(text)


def clause_kind(text: str) -> str:
    """``source`` (据…报道), ``aside`` (随着…, 在…后), ``weak`` (其中…), ``time`` or ``main``."""
    if _SOURCE.match(text + "，") or _DATELINE.match(text + "，"):
        return "source"
    if _TIME.fullmatch(text):
        return "time"
    if _CIRCUMSTANCE.search(text) or _is_place(text):
        return "aside"
    return "weak" if _WEAK_CLAUSE.match(text) else "main"


def _is_place(text: str) -> bool:
    """True for a bare place, 临河区东门路上: it says where, and nothing happens there yet."""
    return text.endswith(_WHERE) and not any(tag(text[a:b]).startswith("v") for a, b in units(text))

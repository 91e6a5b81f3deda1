# ruff: noqa: E501
"""Other forms of one name: each rule returns the body's spans and the rule's name, or nothing."""

from __future__ import annotations

import re

from ...forms.words import tag
from ...types import Span
from ..facilities import FACILITY
from ..facts import Facts
from ..gazetteer import HOME, KNOWN, PROVINCES
from ..lexicon import cut, lies_whole, word
from ..names import strangers
from ..places import ADMIN, OWN, SHORT, stem
from ..posts import FOREIGN, SURNAMES, TRANSLITERATION
from ..text import SENTENCE_END, fold, is_han
from .bynames import TAILS, byname, outlet, region
from .miscuts import ORG_ENDS
from .persons import foreigner, given, nickname, titled
from .support import NOTHING, Support

_GAP = 6
#: Short forms whose characters are not all in the full name.
_FORMAL = {"央行": ("人民银行",), "央视": ("中央广播电视总台", "中央电视台"), "外管局": ("国家外汇管理局",), "世行": ("世界银行",),
           "亚行": ("亚洲开发银行",), "欧佩克": ("石油输出国组织",), "北约": ("北大西洋公约组织",), "纪委": ("纪律检查委员会",),
           "人社部": ("人力资源和社会保障部",), "国新办": ("国务院新闻办",), "国新": ("国务院新闻办",), "中办": ("中央办公厅",), "国办": ("国务院办公厅",),
           "中办国办": ("中共中央办公厅", "国务院办公厅"), "国台办": ("国务院台湾事务办公室",), "全国政协": ("人民政协", "政协")}  # fmt: skip
#: Short names that are hardly anything else, and those that need a word beside them.
_SHORT_FOR = {SHORT[char][0]: re.compile(char) for char in "沪渝粤鄂湘皖赣闽豫冀黔滇陕浙"} | {
    "香港": re.compile("港(?:交所|股|府|媒|警|铁)|[赴来访抵]港(?!口)"),
    "北京": re.compile("[赴来进抵返]京"),
}
_ORDINALS = frozenset("一二三四五六七八九十")
_PLAIN = re.compile(
    "[省市县区镇乡村州国]?(?:第[一二三四五六七八九十]+|人民|中心|国际|高级|实验|附属|特大|中国|省|市|县|区)*"
)
_IN_CAPITAL = re.compile(
    "人民大会堂|中南海|钓鱼台|天安门|首都|中共中央|国务院|全国(?:人大|政协|总工会)|国家主席|总书记|教育部|外交部|科技部|财政部|国家博物馆"
)


def _stem(name: str, kind: str, facts: Facts) -> Support:
    """云溪市 for 云溪 in the body, or 云溪 for the dateline's 云溪市."""
    short = stem(name)
    if kind in ("place", "org") and short != name:
        spans = facts.where(short)
        if spans:
            return spans, f"{name}即{short} / the place without its suffix"
        if fold(short) in facts.context:
            return (), "电头地名 / the dateline's place"
    return NOTHING


def _short(name: str, kind: str, facts: Facts) -> Support:
    """Every character of 中美, 京津冀 stands for a place in the body; also 俄外交部 for 俄罗斯外交部."""
    spans: list[Span] = []
    for at, char in enumerate(name):
        hit = _full(char, facts)
        if hit is None:
            rest = name[at:]
            known = facts.where(rest, 1) and (len(rest) > 1 or (at > 1 and rest not in ADMIN))
            known = (
                known
                or (at > 1 and _worded(rest, facts))
                or (bool(spans) and kind != "org" and name not in KNOWN and _plain(rest))
            )
            if at and (rest in TAILS or known):
                return (*spans, *facts.where(rest, 1)), "地名简称 / short name of a place"
            return NOTHING
        spans.extend(hit)
    return tuple(spans), "地名简称 / short names of places"


def _worded(rest: str, facts: Facts) -> bool:
    """空军演习: two words or more that the body has."""
    parts = [rest[a:b] for a, b in cut(rest)]
    return len(parts) > 1 and all(len(part) > 1 and facts.where(part, 1) for part in parts)


def _plain(rest: str) -> bool:
    """美|单周首次: what the tagger joined to a short name is no name itself."""
    known = rest in KNOWN or rest[:2] in KNOWN or rest[-1] in ADMIN or rest[-1] in ORG_ENDS
    return 2 <= len(rest) <= 3 and not known and not strangers(rest) and not set(rest) <= TRANSLITERATION


def _deed(name: str, kind: str, facts: Facts) -> Support:
    """援鄂, 聚鲁: a verb and the short name of a place, which a tagger may take for one name."""
    if not 2 <= len(name) <= 3 or tag(name[0])[:1] != "v" or name[1] not in SHORT or name in KNOWN:
        return NOTHING
    if name[2:] and tag(name[2])[:1] not in ("v", "d"):
        return NOTHING
    spans = _full(name[1], facts)
    return (spans, "地名简称 / short name of a place") if spans else NOTHING


def _full(char: str, facts: Facts) -> tuple[Span, ...] | None:
    for full in SHORT.get(char, ()):
        for place in (full, *PROVINCES.get(full, ())):
            if spans := facts.where(place, 1):
                return spans
    return () if char == "中" else None  # the country of the report need not be named


def _home(name: str, kind: str, facts: Facts) -> Support:
    """中国 for 我国 or any of its provinces; a province for one of its cities."""
    if name == "中国":
        words = [*HOME, *PROVINCES]
    else:
        words = PROVINCES.get(stem(name), ())
    for place in words:
        spans = facts.where(place, 1)
        if spans:
            return spans, f"{facts.body[slice(*spans[0])]}属{name} / lies in that place"
    return NOTHING


def _state(name: str, kind: str, facts: Facts) -> Support:
    """加州 for 加利福尼亚州."""
    if len(name) != 2 or name[1] not in "州省":
        return NOTHING
    found = re.search(rf"{name[0]}[\u4e00-\u9fff]{{1,6}}{name[1]}", facts.body)
    return (
        ((found.span(),), f"{name}即{found.group()} / its short name")
        if found and (FOREIGN.search(found.group()) or word(found.group()[:-1]))
        else NOTHING
    )


def _initials(name: str, kind: str, facts: Facts) -> Support:
    """化武 for 化学武器, 巴解 for 巴勒斯坦解放: the first characters of two neighbouring words of the body."""
    if (
        len(name) != 2
        or not all(map(is_han, name))
        or name in KNOWN
        or name[1] in ADMIN
        or kind not in ("place", "org")
    ):
        if not (kind == "person" and len(name) == 2 and (name[0] in SHORT or name[0] not in SURNAMES)):
            return NOTHING
    for found in re.finditer(rf"{name[0]}[\u4e00-\u9fff]{{1,3}}?{name[1]}[\u4e00-\u9fff]", facts.body):
        middle = found.start() + found.group().index(name[1], 1)
        whole = lies_whole(facts.body, found.start()) and lies_whole(facts.body, middle)
        if whole or word(found.group()) or word(facts.body[found.start() : middle + 1]):
            return (found.span(),), "简称 / first characters of two words"
    return NOTHING


def _shorter(name: str, kind: str, facts: Facts) -> Support:
    """上海 where the body only has 沪, 香港 where it has 港交所."""
    found = _SHORT_FOR[name].search(facts.body) if kind == "place" and name in _SHORT_FOR else None
    return ((found.span(),), f"{found.group()}即{name} / its short name") if found else NOTHING


def _capital(name: str, kind: str, facts: Facts) -> Support:
    """在京 where the body speaks of a hall or a body that sits in the capital."""
    found = _IN_CAPITAL.search(facts.body) if name == "京" else None
    return ((found.span(),), "首都的会场或机构 / it sits in the capital") if found else NOTHING


def _own_place(name: str, kind: str, facts: Facts) -> Support:
    """我市 for the place of the dateline, or for the first place of the body with that suffix."""
    if kind != "own":
        return NOTHING
    suffix = OWN[name]
    if suffix == "国":
        return (), "指本国 / the country of the report"
    if facts.city:
        return (), f"电头地点：{facts.city} / the dateline's place"
    found = re.search(rf"[\u4e00-\u9fff]{{2,3}}{suffix}", facts.body)
    return ((found.span(),), "正文首个同级地名 / first such place in the body") if found else NOTHING


def _abbreviated(name: str, kind: str, facts: Facts) -> Support:
    """云溪一院 for 云溪市第一人民医院: the characters in order, few apart, within one clause."""
    if kind not in ("org", "place") or len(name) < 2 or not all(map(is_han, name)):
        return NOTHING
    if name in KNOWN or (len(name) == 2 and kind == "place") or len(name) > 8:
        return NOTHING
    gap = rf"([^\s{SENTENCE_END}，、,“”《》]{{0,{_GAP}}}?)"
    found = re.search(gap.join(map(re.escape, fold(name))), facts.folded)
    return ((found.span(),), "简称 / abbreviation") if found and _fair(name, found, facts) else NOTHING


def _two_words(skipped: str, tail: str) -> bool:
    """世界|旅游, 人民|检察院: one word of the dictionary, but both its parts are words too."""
    left = next((n for n in (4, 3, 2) if len(skipped) >= n and word(skipped[-n:])), 0)
    return bool(left) and any(word(tail[:n]) for n in (2, 3, 4) if len(tail) >= n)


def _fair(name: str, found: re.Match[str], facts: Facts) -> bool:
    """Whether an abbreviation takes up at the beginning of a word after each gap, and skips no other name.

    青石门水库 is none of 青石县境内的龙门水库, nor is 青石水库.
    """
    if word(found.group()):
        return True  # 欧航局 of 欧洲航天局
    last = found.lastindex or 0
    for group in range(1, last + 1):
        skipped, at = found.group(group), found.end(group)
        tail = name[group:]
        if not skipped or (len(tail) == 1 and group == last) or tail[0] in _ORDINALS:
            continue
        if not lies_whole(facts.folded, at) and not _two_words(skipped, tail):
            return False
        if FACILITY.fullmatch(tail) and not _PLAIN.fullmatch(skipped):
            return False
    return True


def _formal(name: str, kind: str, facts: Facts) -> Support:
    """央行 for 中国人民银行, 中国证监会 for 证监会."""
    for full in _FORMAL.get(name, ()):
        spans = facts.where(full, 1)
        if spans:
            return spans, f"{name}即{full} / its formal name"
    for long, short in (("特别行政区", "特区"), ("特区", "特别行政区")):
        if long in name and (spans := facts.where(name.replace(long, short), 1)):
            return spans, f"{short}即{long} / its full name"
    rest = name.removeprefix("中国").removeprefix("国家").removeprefix("全国")
    if kind == "org" and len(rest) >= 3 and rest != name and facts.where(rest):
        return facts.where(rest), "全称 / full name"
    return NOTHING


ALIASES = (
    _formal,
    _stem,
    _short,
    byname,
    region,
    outlet,
    _capital,
    _shorter,
    _deed,
    _state,
    _initials,
    _home,
    _own_place,
    _abbreviated,
    titled,
    nickname,
    given,
    foreigner,
)

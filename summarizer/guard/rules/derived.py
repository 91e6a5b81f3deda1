"""Figures that the body does not write but gives: lists to count, spans of years, halves, sums."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations

from ..facts import Facts
from ..gazetteer import COUNTRIES
from ..numbers import Quantity
from ..numerals import NUMERAL, spell
from ..places import SHORT
from ..text import bigrams, fold
from ..units import PERSONS
from .spells import TIMES
from .sums import ADDENDS, sentences, total
from .support import NOTHING, Support

_ONCE_MORE = re.compile(r"(?:增|涨|升|提高)[^，。；]{0,6}?(?:1|一)倍(?!多|以上)")
_CHANGE = re.compile(r"[增涨升降跌减落滑比][近约超至到逾]{0,2}$")
_NO_SHARE = re.compile("/|百分点|倍")
_SENTENCE = re.compile(r"[^。！？\n]+")
_LIST = re.compile(r"[^，。；：、！？\n]{1,24}(?:、[^，。；：、！？\n]{1,24})+")
_PAIRED = re.compile(r"[\u4e00-\u9fff》”）]{2,12}(?:和|与|会同|联合)[\u4e00-\u9fff《“]{2,12}")
#: Counters whose headline figure is often a count of the names that follow it.
_LISTED = frozenset(
    "家 个 位 名 人 项 条 种 地 省 市 县 区 国 部门 单位 股 校 企 所 处 大 方 部 类 城 队 强 院 馆 园 点".split()
    + "部委 颗 枚 款 支 座 起 架 艘 台".split()
)


def derive(claim: Quantity, text: str, facts: Facts) -> Support:
    """The spans and the rule by which a figure follows that the body nowhere writes; nothing where none does."""
    for rule in _RULES:
        spans, reason = rule(claim, text, facts)
        if reason:
            return spans, reason
    return NOTHING


def _one(claim: Quantity, text: str, facts: Facts) -> Support:
    """1名 for 一名, 3名 for 三名, in small counts that ``numbers`` passes over as an article."""
    if claim.kind != "number" or not claim.unit.weak or not claim.unit.name or claim.low > 10:
        return NOTHING
    if claim.low != claim.high or claim.low.denominator != 1:
        return NOTHING
    written = spell(claim.low.numerator)
    names = PERSONS if claim.unit.name in PERSONS else {claim.unit.name}
    for name in sorted(names):
        found = re.search(rf"(?<![第十百千万\d]){written}{name}", facts.folded)
        if found:
            return (found.span(),), "汉字数目 / the count in words"
    return NOTHING


def _countries(claim: Quantity, text: str, facts: Facts) -> Support:
    """美日韩澳四国: the headline's own list."""
    if claim.unit.name != "国" or claim.low.denominator != 1 or claim.low < 2:
        return NOTHING
    if len({n for n in COUNTRIES if n in text[: claim.start] and facts.where(n, 1)}) == claim.low:
        return (), f"列举{claim.low}国 / a list of {claim.low}"
    names = text[max(0, claim.start - int(claim.low)) : claim.start]
    if len(names) < 2 or len(names) != claim.low or not set(names) <= set(SHORT):
        return NOTHING
    return (), f"列举{claim.low}国 / a list of {claim.low}"


def _ratio(claim: Quantity, text: str, facts: Facts) -> Support:
    """过半 for 104 of 203, 翻倍 for 25% to 50%: two figures of one sentence with the same unit."""
    half, double = "半" in claim.text, "翻" in claim.text
    once = _ONCE_MORE.search(facts.folded) if double and claim.low == 2 else None
    if once:
        return (once.span(),), "增长一倍即翻番 / once more is twice"
    if not half and not double:
        return NOTHING
    for group in sentences(facts, lambda q: q.low > 0 and bool(q.unit.name)):
        for a, b in combinations(group[:ADDENDS], 2):
            if a.unit.name != b.unit.name:
                continue
            small, large = sorted((a.low, b.low))
            share = Fraction(small) / large
            wanted = share == Fraction(1, 2) if double else Fraction(1, 2) <= share < Fraction(3, 4)
            if wanted and (double or claim.bound == "over" or share * 10 <= 6):
                return ((a.start, a.end), (b.start, b.end)), "两数之比 / ratio of two figures"
    return NOTHING


def _rest(claim: Quantity, text: str, facts: Facts) -> Support:
    """90% for the rest of a body's 10%."""
    if (
        claim.kind != "percent"
        or _CHANGE.search(text, 0, claim.start)
        or claim.low != claim.high
        or claim.unit.dimension != "ratio"
        or not Fraction(1, 2) < claim.low < 1
    ):
        return NOTHING
    for quantity in facts.by_value.get(1 - claim.low, ()):
        if quantity.kind == "percent" and not (
            _NO_SHARE.search(quantity.text) or _CHANGE.search(facts.body, 0, quantity.start)
        ):
            return ((quantity.start, quantity.end),), "余下的部分 / what is left of the whole"
    return NOTHING


def _congress(claim: Quantity, text: str, facts: Facts) -> Support:
    """共青团十八大 for 第十八次全国代表大会, 第十五个五年规划 for 十五五: how congresses and plans are numbered."""
    number = re.escape(spell(int(claim.low))) if claim.low.denominator == 1 and 0 < claim.low < 100 else ""
    if number and claim.unit.name == "大":
        found = re.search(
            rf"第{number}[次届](?:全国|全省|全市)?[\u4e00-\u9fff]{{0,4}}(?:代表)?大会", facts.body
        )
    elif number and claim.kind == "ordinal" and text[claim.end :].startswith("五年规划"):
        found = re.search(rf"{number}五", facts.body)
    else:
        found = None
    return ((found.span(),), "届次的简称 / short form of the number") if found else NOTHING


def _listed(claim: Quantity, text: str, facts: Facts) -> Support:
    """五家银行 for a list of five: only where the body has no figure with that counter."""
    if claim.kind != "number" or claim.low.denominator != 1 or not 2 <= claim.low <= 20 or claim.bound:
        return NOTHING
    if claim.unit.name not in _LISTED:
        return NOTHING
    if any(q.unit.name == claim.unit.name for q in facts.quantities if q.low > 1):
        return NOTHING
    counted = claim.unit.name + text[claim.end : claim.end + 2]
    if len(counted) > 2 and re.search(NUMERAL + re.escape(counted), facts.folded):
        return NOTHING  # 国内十大交响乐团
    words = bigrams(fold(text))
    for sentence in _SENTENCE.finditer(facts.folded):
        if not words & bigrams(sentence.group()):
            continue
        for found in _LIST.finditer(sentence.group()):
            count = found.group().count("、") + 1
            last = re.search(r"[和与及]", found.group().rpartition("、")[2])
            if claim.low in (count, count + bool(last)):
                at = sentence.start() + found.start()
                return ((at, at + len(found.group())),), f"列举{claim.low}项 / a list of {claim.low}"
        pair = _PAIRED.search(sentence.group()) if claim.low == 2 else None
        if pair:
            at = sentence.start() + pair.start()
            return ((at, at + len(pair.group())),), "列举2项 / a list of 2"
    return NOTHING


_RULES = (_one, _congress, total, _rest, _ratio, _countries, *TIMES, _listed)

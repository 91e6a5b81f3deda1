"""Quantities of a text, normalised: value (exact), unit, and what the words around it say of precision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from ..types import Span
from .lexicon import begins_word, idiom
from .numerals import NUMERAL, value
from .text import fold
from .units import MONEY, NONE, UNITS, Unit, unit_at

_BEFORE = re.compile(
    r"(?P<under>不到|不足|低于|少于|未满|至多|最多|以下|失守|跌破|跌穿)$|(?P<near>将近|接近|逼近|近)$"
    r"|(?P<over>超过了?|突破|突破了|逾越|高于|多于|至少|不少于|不低于|最少|(?<![中英俄土葡苏])超|逾|破|过)$"
    r"|(?P<about>大约|(?<![签条节合预制公邀履违毁续失解])约为?|左右|大概)$"
)
_AFTER = re.compile(
    r"(?P<over>多|余|以上|开外)|(?P<about>左右|上下|许)|(?P<under>以下|以内|之内)|(?P<about2>来(?=[个人名家天年岁万亿]))"
)
_NUMBER = re.compile(rf"{NUMERAL}(?:(?<=\d) [万亿])?")  # 25 万 is one numeral
_SPECIAL = re.compile(
    rf"(?P<of>百|千|万)分之(?P<share>{NUMERAL})|(?P<den>{NUMERAL})分之(?P<num>{NUMERAL})"
    r"|(?<![\d/.])(?P<top>\d{1,2})/(?P<bottom>[2-9]|\d{2})(?![\d/.])"
    r"|(?P<double>翻了?[一两二三四]?[番倍])|(?P<half>一半|过半|半数|对半|折半|减半)"
    r"|(?P<first>首(?=[个次批家届例座条部款颗艘架名位场只台轮期季日单枚列套站支所]))"
)
#: A character that every match of the two above has.
_ANY = re.compile(r"[\d零〇○一二两三四五六七八九十百千万亿廿卅俩仨翻半首]")
_JOIN = re.compile(r"\s*(?:-{1,2}|~|至|到)\s*")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿廿卅俩仨半]")
_RANGE = re.compile(rf"(?:-|~|至|到){NUMERAL}")
_CODE = re.compile(r"[a-z]+[-a-z0-9]*\d[-a-z0-9]*|\d+[a-z][-a-z0-9]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: ``source[start:end]`` is ``text``, between ``low`` and ``high`` (equal unless a range).

    Values are in the unit's base (3公里 → 3000). ``bound`` is how the words limit it: "" (exact), about,
    near (a little below), over, under. ``step`` is the size of its last written digit in base units: 186万
    → 10000, 5.3% → 1/1000. ``unit.name`` is "" where no known unit follows.
    """

    text: str
    start: int
    end: int
    kind: str  # number money percent ordinal
    low: Fraction
    high: Fraction
    unit: Unit
    bound: str = ""
    step: Fraction = Fraction(1)
    core: Span = (0, 0)  # the numeral itself

    def same(self, other: Quantity) -> bool:
        return self.low == other.low and self.high == other.high


def parse(text: str, taken: Iterable[Span] = ()) -> tuple[Quantity, ...]:
    """All quantities of ``text`` in order; stretches in ``taken`` (dates, codes) are passed over.

    Chinese numerals that are only part of a word (一起, 万众一心) are left out: a single Chinese numeral
    counts when a unit follows or 第 stands before it. An empty text gives an empty tuple; nothing is raised.
    """
    folded = fold(text)
    if not _ANY.search(folded):
        return ()
    busy = _mask(len(text), [*taken, *(m.span() for m in _CODE.finditer(folded) if not _measured(folded, m))])
    found: list[Quantity] = []
    for match in _SPECIAL.finditer(folded):
        if not any(busy[match.start() : match.end()]):
            quantity = _special(text, folded, match)
            if quantity:
                found.append(quantity)
                busy[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    for match in _NUMBER.finditer(folded):
        if not any(busy[match.start() : match.end()]):
            quantity = _quantity(text, folded, match, busy)
            if quantity:
                found.append(quantity)
                busy[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    found = _ranges(text, folded, sorted(found, key=lambda q: q.start))
    return tuple(found)


def _mask(length: int, spans: Iterable[Span]) -> bytearray:
    busy = bytearray(length)
    for start, end in spans:
        busy[start:end] = b"\1" * (end - start)
    return busy


def _measured(folded: str, match: re.Match[str]) -> bool:
    """Whether a digit-and-letter run is a measure (10km), not a code (G20)."""
    digits = re.match(r"\d+(?:\.\d+)?", match.group())
    return bool(digits) and match.group()[digits.end() :] in UNITS


def _special(text: str, folded: str, match: re.Match[str]) -> Quantity | None:
    parts = match.groupdict()
    start, end = match.span()
    if parts["first"]:
        unit, _ = unit_at(text, end)
        return Quantity(
            text[start:end], start, end, "ordinal", Fraction(1), Fraction(1), unit, core=(start, end)
        )
    if parts["double"]:
        times = Fraction(2) ** (value(parts["double"][-2]) or (Fraction(1),))[0].numerator
        if parts["double"].endswith("倍"):
            times = (value(parts["double"][-2]) or (Fraction(1),))[0] + 1
        return Quantity(text[start:end], start, end, "percent", times, times, UNITS["倍"], core=(start, end))
    ratio = replace(UNITS["%"], factor=Fraction(1))
    if parts["half"]:
        n, bound = Fraction(1, 2), "over" if parts["half"] == "过半" else "about"
        return Quantity(
            text[start:end], start, end, "percent", n, n, ratio, bound, Fraction(1, 10), (start, end)
        )
    top = value(parts["share"] or parts["num"] or parts["top"])
    bottom = value(parts["of"] or parts["den"] or parts["bottom"])
    if not top or not bottom or not bottom[0]:
        return None
    low, high = top[0] / bottom[0], top[1] / bottom[0]
    bound = _bound_before(folded, start)
    step = _step(parts["share"] or parts["num"] or parts["top"], Fraction(1)) / bottom[0]
    return Quantity(text[start:end], start, end, "percent", low, high, ratio, bound, step, (start, end))


def _bound_before(folded: str, start: int) -> str:
    before = _BEFORE.search(folded, max(0, start - 4), start)
    return before.lastgroup or "" if before else ""


def _step(numeral: str, factor: Fraction) -> Fraction:
    """The size of the last written digit: 1.2万 → 1000, 一万二千 → 1000, 498 → 1, 500 → 1."""
    decimals = re.search(r"\.(\d+)|点([^万亿]+)", numeral)
    step = Fraction(1, 10 ** len(decimals.group(1) or decimals.group(2))) if decimals else Fraction(1)
    for char in reversed(numeral):
        if char in "十百千万亿":
            step *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[char]
        else:
            break
    return step * factor


def _quantity(text: str, folded: str, match: re.Match[str], busy: bytearray) -> Quantity | None:
    start, end = match.span()
    numeral = match.group().replace(" ", "")
    numeral, end = _trim(folded, numeral, start, end)
    worth = value(numeral)
    if worth is None:
        return None
    core = (start, end)
    bound = _bound_before(folded, start)
    after = _AFTER.match(folded, end)
    if after and after.lastgroup != "under":
        bound, end = bound or after.lastgroup.rstrip("2"), after.end()
        big = re.match(r"[万亿]", folded[end:])
        if big:  # 30多万
            times = value(big.group())[0]
            worth, end = (worth[0] * times, worth[1] * times), end + 1
            numeral += big.group()
    ordinal = folded[max(0, start - 2) : start].rstrip(" ")[-1:] == "第"
    unit, length = unit_at(folded, end)
    if (unit.name == "年" and folded[end : end + 2] in _NO_YEARS) or (
        folded[end : end + 2] in _NO_UNITS and not (bound and len(numeral) == 1)
    ):
        unit, length = NONE, 0  # 500万年薪, 2亿通过
    if (
        numeral[0].isdigit()
        and unit.weak
        and unit.name not in _PLAIN_COUNTERS
        and begins_word(folded, end, unit.name)
    ):
        unit, length = NONE, 0  # 200万手表, 47关口
    if not _is_quantity(folded, numeral, start, end, unit, ordinal):
        return None
    end += length
    tail = _AFTER.match(folded, end) if length and not _MANY.match(folded, end) else None
    if tail:
        bound, end = bound or tail.lastgroup.rstrip("2"), tail.end()
    start = folded.rindex("第", 0, start) if ordinal else start
    if (
        start
        and folded[start - 1] in "+-"
        and unit.name == "%"
        and not folded[start - 2 : start - 1].isalnum()
    ):
        bound = bound
    kind = "ordinal" if ordinal else _kind(unit)
    f = unit.factor
    if folded[start - 1 : start] == "上" and _ORDER.fullmatch(numeral):
        worth = (worth[0], worth[1] * 10)  # 上百人: from 100 to 1000
    return Quantity(
        text[start:end], start, end, kind, worth[0] * f, worth[1] * f, unit, bound, _step(numeral, f), core
    )  # fmt: skip


def _trim(folded: str, numeral: str, start: int, end: int) -> tuple[str, int]:
    """五千米 is 五 of 千米: the 千 belongs to the unit."""
    if len(numeral) > 1 and numeral[-1] == "千" and folded[end : end + 1] in ("米", "瓦", "克"):
        return numeral[:-1], end - 1
    return numeral, end


def _kind(unit: Unit) -> str:
    if unit.dimension in MONEY:
        return "money"
    return "percent" if unit.dimension in ("ratio", "times") else "number"


#: Words that begin with a Chinese numeral and a would-be unit, but count nothing.
_WORDS = re.compile(
    r"一(?:个|些|下|点|种|样|起|直|定|般|切|线|家人|道|路|面|边|方面|时|旦|举|次次|手|口气|站式|体|带一路|带|把手|代|把|本|张|副|"
    r"片|届|部|名|位|场|条|刻|步|年一度|号(?!楼)|对一|级|流|番|同|致|律|键|码|心|生|行|度|审|日三餐|股|城|村|环|方|层|块|份|字|县一|"
    r"大|地|门|校|家|区|队|区|岗)"
    r"|两(?:位数|会|岸|国|地|学|个维护|手|弹|用|高|新|山|江|广|翼|院|不|难|旁|侧|端|口子|面|化|者|极|级|类人)"
    r"|三(?:农|峡|亚|国|星|明|门|角|军|思|农村|下乡|江|湘|省坡|山|水|番|元(?!钱)|级|甲|级跳|方|中全会|通|线|包|分球|分|秦|晋|苏|农|月)"
    r"|四(?:川|平|方|处|海|季|大皆空|面八方|中全会|化|强)|五(?:年规划|年计划|年行动|一|四|指山|粮液|金|台|星|行|中全会|大发展理念|湖)"
    r"|六(?:安|一|合|盘水|中全会)|七(?:夕|一|台河|中全会)|九九(?=重阳|艳阳)|八(?:一|达|方|路军|里|卦)|九(?:江|寨|州|龙|华|三|球)"
    r"|二十四(?:节气|史|孝)|十(?:堰|佳|分|足|字|大|强)|百(?:出|姓|度|货|分|家(?!企)|科|花|强|年|色|日|团|合|事)|零(?:部|售|食|距|碳|排|工|件|星|门槛|差|添|容|花)|千(?:行|万(?!元|人|吨|亩|户|美)|方|家万户|岛|里|年|古|秋|亩方)"
    r"|万(?:物|众|科|达|里|家|事|宁|州|象|岁|一|世|源|隆|安|方|载|人|福|国|千|村|户)|亿(?:万|航|利|纬|达|联|田|阳|嘉|欧)"
)


_EVENT = re.compile(r"\d·\d")
_ORDER = re.compile("[百千万亿]+")
_PLAIN_COUNTERS = frozenset("人 名 个 位 家 例 级 强 场 大".split())
_COUNTED = frozenset("人 死 伤 亡 例 胜 负 平 金 银 铜 子 女".split())
_METALS = frozenset("金银铜")
#: 一天多起: many in one day, not more than one day.
_MANY = re.compile("多[起处地名国人家次]")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: 最后一公里 is a way to speak, not a distance.
_FIGURATIVE = frozenset(("最后", "最先", "最初"))
_NO_YEARS = frozenset(("年薪", "年租", "年费"))
_NO_UNITS = frozenset("股权 股东 通过 通讯 通信 成本 成为 成功 成立 维稳 维持 维护 版税 版权".split())
_TWO_YEARS = frozenset("今明 去今 近些".split())
_SUB_COMPANY = "子公司"
#: “三八”妇女节, 五四青年节: days of the year by their numbers.
_FEASTS = re.compile(
    "(?:三八|五四|五一|六一|七一|八一|十一)[”’\"'」]?(?:妇女|女神|国际|青年|劳动|儿童|建军|国庆|节|假期|长假|黄金周|奖章)"
)
_ONCE_AGAIN = re.compile("(?:又是?|新的)$")
_THAT_DAY = re.compile("[前后同有这那头的]$")
_AROUND = {"年": _ONCE_AGAIN, "天": _THAT_DAY}
_STARTS_WORD = frozenset("年天载日")
#: （18） at the end of a headline numbers an episode.
_EPISODE = re.compile(r"\(\d{1,3}\)")


def _is_quantity(folded: str, numeral: str, start: int, end: int, unit: Unit, ordinal: bool) -> bool:
    if numeral[0].isdigit() and numeral[0].isascii():
        if _YEAR.fullmatch(numeral) and begins_word(folded, end, unit.name):
            return False
        if _EVENT.search(folded, max(0, start - 2), end + 2):
            return False  # 3·15晚会
        return not _EPISODE.match(folded, start - 1) and folded[max(0, start - 4) : start] != "vol."
    if folded[start - 2 : start] in _FIGURATIVE or folded[start - 1 : start] in ("初", "唯"):
        return False  # 大年初五, 唯一一次
    if any(idiom(folded[i : i + 4]) for i in range(max(0, start - 3), start + 1)):
        return False  # 一波三折
    if numeral == "一" and unit.weak and unit.name not in _COUNTED and not ordinal:
        return False  # 一首歌, 一位老人: an article, not a count
    if numeral == "一" and unit.name in _STARTS_WORD and begins_word(folded, end, unit.name):
        return False  # 一|天然气
    if _FEASTS.match(folded, start):
        return False
    if numeral == "一" and unit.name in _AROUND and _AROUND[unit.name].search(folded, 0, start):
        return False  # 又是一年, 前一天
    if numeral == "一" and (folded[start - 1 : start] == "每" or folded.startswith(_SUB_COMPANY, end)):
        return False  # 每一天, 一子公司
    if (folded[start - 2 : start] in _TWO_YEARS and numeral in "两二") or folded[start - 1 : start] in (
        "数",
        "几",
    ):
        return False
    if numeral == "二十四" and folded[end : end + 2] in ("节气", "史", "孝"):
        return False
    if ordinal or len(numeral) > 2 or _RANGE.match(folded, end) or unit.name[:1] == "个" and not unit.weak:
        return True  # 一个小时
    if _WORDS.match(folded, start) or (unit.name in _METALS and begins_word(folded, end, unit.name)):
        return False  # 一金矿
    if not unit.name:
        return (
            len(numeral) > 1
            and not re.search(r"^[十百千万亿]|[一二三]$", numeral)
            and value(numeral) is not None
        )
    return True


def exact(quantity: Quantity) -> bool:
    """Three digits that are not zero (553万) meet another figure by chance too seldom to ask for its words."""
    return quantity.low / round_step(quantity) >= 100


def round_step(quantity: Quantity) -> Fraction:
    """The size of the last digit that is not zero: 500 → 100, 186万 → 1万, 1.2万 → 1000."""
    n, step = quantity.low, quantity.step
    while n and n % (step * 10) == 0:
        step *= 10
    return step


def _ranges(text: str, folded: str, found: list[Quantity]) -> list[Quantity]:
    """Join 3至5公里 and 3%-5% into one range; scores (3-2) and falling pairs stay two numbers."""
    out: list[Quantity] = []
    for quantity in found:
        joined = _range(text, folded, out[-1], quantity) if out else None
        if joined:
            out[-1] = joined
        else:
            out.append(quantity)
    return out


def _range(text: str, folded: str, a: Quantity, b: Quantity) -> Quantity | None:
    if not _JOIN.fullmatch(folded, a.end, b.start) or not b.unit.name or a.kind == "ordinal":
        return None
    if a.unit.name and a.unit.dimension != b.unit.dimension:
        return None
    scale = Fraction(1) if a.unit.name else b.unit.factor
    low, high = a.low * scale, b.high
    big = re.search(r"[万亿千]+$", folded[b.core[0] : b.core[1]])
    if (
        not a.unit.name
        and big
        and not re.search(r"[万亿千]$", folded[a.core[0] : a.core[1]])
        and low * 10 < high
    ):
        low *= value(big.group())[0]  # 3至5万 is 30000 to 50000
    if low >= high:
        return None
    return replace(
        b, text=text[a.start : b.end], start=a.start, low=low, high=high, core=(a.core[0], b.core[1])
    )

"""Years, days and ages that the body does not write but gives: 83版 for 1983年, 三天 for 15日至17日, 21岁."""

from __future__ import annotations

import re

from ..facts import Facts
from ..numbers import Quantity
from ..text import fold
from .support import NOTHING, Support

_YEARS_CLASS = re.compile(r"(?:19|20)\d\d届")
_CENTURY_TAIL = re.compile(r"[年版款届级]")
_WEEKS = frozenset("周 星期 个星期 个礼拜".split())
_WEEK = re.compile(r"第\d+周|[本上下这]周|周报|[每一]周")
_BIRTH = re.compile(
    r"((?:19|20)\d\d)年[^，。,;；]{0,9}(?:出生|生于|生人)|(?:生于|出生于)[^，。,;；]{0,4}((?:19|20)\d\d)年"
)
_FROM_TO = re.compile(r"(?<!\d)(\d{1,2})日?\s*(?:-{1,2}|~|至|到)\s*(\d{1,2}月)?(\d{1,2})日")


def year(claim: Quantity, text: str, facts: Facts) -> Support:
    """83版, 93年 for 1983年, 1993年."""
    if claim.core[1] - claim.core[0] != 2 or not 0 < claim.low.denominator:
        return NOTHING
    digits = fold(text[slice(*claim.core)])
    if not digits.isdecimal() or not _CENTURY_TAIL.match(text, claim.core[1]):
        return NOTHING
    found = re.search(rf"(?<!\d)(?:19|20){digits}(?=[年级届版款]|-|/|\.)", facts.folded)
    return ((found.span(),), "年份后两位 / the year's last two digits") if found else NOTHING


def edition(claim: Quantity, text: str, facts: Facts) -> Support:
    """2016届 in a report of that year."""
    if (
        claim.unit.name == "届"
        and facts.date
        and claim.low == facts.date.year
        and not _YEARS_CLASS.search(facts.body)
    ):
        return (), "发稿年份 / the year of publication"
    return NOTHING


def days(claim: Quantity, text: str, facts: Facts) -> Support:
    """未来三天 for 15日至17日, 一周 for 5月26日至6月1日."""
    days = claim.low * (7 if claim.unit.name in _WEEKS else 1)
    if claim.unit.dimension != "day" or claim.bound or not 2 <= days <= 10:
        return NOTHING
    for found in _FROM_TO.finditer(facts.folded):
        first, last = int(found.group(1)), int(found.group(3))
        if found.group(2) and first > last:
            last += 31 if days == 7 and first > 24 else 0
        if last - first + 1 == days or (first > 24 and days == 7 and last - first + 1 in (6, 8)):
            return (found.span(),), "起止之日 / counted from the first day to the last"
    return NOTHING


def one_day(claim: Quantity, text: str, facts: Facts) -> Support:
    """伊朗一天新增 where the body names a day, and no number of days; 一周 where it names a week."""
    written = fold(claim.text)
    if written in ("一天", "一日") and not any(q.unit.dimension == "day" for q in facts.quantities):
        found = next((m for m in facts.moments if m.day or m.span.startswith("周")), None)
        return (
            (((found.start, found.end),), "正文所指的一天 / the day that the body names")
            if found
            else NOTHING
        )
    week = _WEEK.search(facts.folded) if written == "一周" else None
    return ((week.span(),), "正文所指的一周 / the week that the body names") if week else NOTHING


def age(claim: Quantity, text: str, facts: Facts) -> Support:
    """960岁的木塔 for 960余年."""
    if claim.unit.name != "岁" or claim.low < 100:
        return NOTHING
    found = next((q for q in facts.by_value.get(claim.low * 12, ()) if q.unit.dimension == "month"), None)
    return (((found.start, found.end),), "年数即年龄 / as many years") if found else NOTHING


def born(claim: Quantity, text: str, facts: Facts) -> Support:
    """21岁 for one born in 1997."""
    if claim.unit.name != "岁" or not facts.date or claim.bound:
        return NOTHING
    for found in _BIRTH.finditer(facts.folded):
        if facts.date.year - int(found.group(1) or found.group(2)) - claim.low in (0, 1):
            return (found.span(),), "由生年推得 / counted from the year of birth"
    return NOTHING


def since(claim: Quantity, text: str, facts: Facts) -> Support:
    """30多年后 where the body names the year in which it began."""
    if (
        not facts.date
        or fold(text[claim.core[1] :])[:2] not in ("年", "多年", "余年")
        and claim.unit.name != "年"
    ):
        return NOTHING
    years = claim.low / 12 if claim.unit.dimension == "month" else claim.low
    for moment in facts.moments:
        if moment.year and not moment.relative and "year" not in moment.guessed:
            passed = facts.date.year - moment.year
            if passed > 1 and (passed == years or (claim.bound == "over" and years < passed < years + 10)):
                return ((moment.start, moment.end),), "由年份推得 / counted from that year"
    return NOTHING


def whole_year(claim: Quantity, text: str, facts: Facts) -> Support:
    """一年 where the body names a year, and no number of years."""
    if fold(claim.text) not in ("一年", "1年") or any(q.unit.name == "年" for q in facts.quantities):
        return NOTHING
    found = next((m for m in facts.moments if m.year and not m.month and "year" not in m.guessed), None)
    return (
        (((found.start, found.end),), "正文所指的一年 / the year that the body names") if found else NOTHING
    )


TIMES = (year, edition, days, one_day, age, born, since, whole_year)

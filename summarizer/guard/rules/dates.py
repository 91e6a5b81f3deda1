"""Dates and times against those of the body, the dateline and the day of publication."""

from __future__ import annotations

import re

from ...types import Finding, Span
from .. import dates
from ..date_words import DAYS, MONTHS, YEARS
from ..dates import Moment, covers, same_part
from ..facts import Facts
from ..text import fold

_DIGIT = re.compile(r"[\d一二三四五六七八九十]")
_NEAR_YEARS = 3
_FIELDS = ("year", "month", "day", "hour", "minute")
_FUTURE = re.compile(r"(?:共创|开创|创造|创|拥抱|走向|奔向|迈向|美好|更好|灿烂|辉煌|幸福|更美|新)\w{0,4}$")
_BETTER = re.compile(r"(?:会|将|一定)?更(?:加)?(?:美|好|精彩|辉煌|灿烂)")
#: 截至3月底 tells of the first quarter.
_ENDS = {
    span: rf"截[至止](?:\d{{4}}年|今年|去年)?{month}月(?:底|末|{day}日)"
    for span, month, day in (("1-3", 3, 31), ("1-6", 6, 30), ("1-9", 9, 30))
}
_EVENT = re.compile(r"(?<![\d·.])(\d{1,2})·(\d{1,2})(?![\d·.%])")
_TODAY = frozenset("今天 今日 今".split())


def findings(text: str, facts: Facts) -> list[Finding]:
    """One finding per date and time of ``text``."""
    found = dates.resolve(dates.parse(text, facts.date), None)
    torn = [_torn(a, b, text) for a, b in zip(found, found[1:], strict=False) if _dayless(a, b)]
    lost = [f for f in torn if f.text not in facts.body]
    told = [_finding(m, facts) for m in found if not _hoped(m, text) and not _inside(m, lost)]
    return told + lost + [f for m in _EVENT.finditer(fold(text)) if (f := _event(m, text, facts))]


def _event(match: re.Match[str], text: str, facts: Facts) -> Finding | None:
    """4·20强震: an event by its day, which the body has so, as 420 or as 4月20日."""
    month, day = map(int, match.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    start, end = match.span()

    def found(verdict: str, spans: tuple[Span, ...], reason: str) -> Finding:
        return Finding("date", text[start:end], start, end, verdict, spans, reason)

    if written := facts.where(match.group(), 1) or facts.where(f"{match.group(1)}{match.group(2)}", 1):
        return found("supported", written, "")
    same = next((m for m in (*facts.moments, *facts.beside) if (m.month, m.day) == (month, day)), None)
    if same or (facts.date and (facts.date.month, facts.date.day) == (month, day)):
        return found(
            "inferred",
            ((same.start, same.end),) if same in facts.moments else (),
            "以日子为名 / named by its day",
        )
    return found("unsupported", (), "正文无此日 / no such day in the body")


def _dayless(date: Moment, time: Moment) -> bool:
    """12月10时: a month with an hour right behind it has lost its day."""
    whole = date.month is not None and date.day is None and date.text.endswith("月")
    return whole and time.kind == "time" and time.start == date.end


def _torn(date: Moment, time: Moment, text: str) -> Finding:
    reason = "月份后缺了日子 / the day between month and hour is lost"
    return Finding("date", text[date.start : time.end], date.start, time.end, "unsupported", (), reason)


def _inside(moment: Moment, lost: list[Finding]) -> bool:
    return any(f.start <= moment.start and moment.end <= f.end for f in lost)


def _hoped(claim: Moment, text: str) -> bool:
    """共创美好明天, 明天更美好: the future, not the next day."""
    if claim.text == "明天" and _BETTER.match(text, claim.end):
        return True
    return (
        claim.text == "明天"
        and bool(_FUTURE.search(text, 0, claim.start))
        and not text[claim.end : claim.end + 1].isalnum()
    )


def _finding(claim: Moment, facts: Facts) -> Finding:
    def found(verdict: str, spans: tuple[Span, ...] = (), reason: str = "") -> Finding:
        return Finding(claim.kind, claim.text, claim.start, claim.end, verdict, spans, reason)

    written = [m for m in facts.moments if m.kind == claim.kind]
    for moment in written:
        if _same(claim, moment, guessed=False):
            return found("supported", ((moment.start, moment.end),))
    for start, end in facts.where(claim.text, 8):
        if not _DIGIT.match(facts.body[max(0, start - 1) : start]) and not (
            claim.text[-1].isdigit() and _DIGIT.match(facts.body[end : end + 1])
        ):
            return found("supported", ((start, end),))
    bare_month = claim.month is not None and claim.day is None and claim.year is None and not claim.relative
    months = [m for m in written if m.month and "month" not in m.guessed]
    for moment in months if bare_month and months else written:  # 15日发布4月数据 says nothing of 5月
        if _same(claim, moment, guessed=True):
            return found("inferred", ((moment.start, moment.end),), "由日期推得 / resolved through the date")
    end = _ENDS.get(claim.span)
    ended = re.search(end, facts.folded) if end else None
    if ended:
        return found("inferred", (ended.span(),), "截至期末 / up to the end of that time")
    rule = _from_outside(claim, facts)
    if rule:
        return found("inferred", (), rule)
    rival = _rival(claim, written)
    if rival:
        said = facts.body[rival.start : rival.end]
        return found("contradicted", ((rival.start, rival.end),), f"正文为“{said}” / the body says {said}")
    return found("unsupported", (), "正文无此时间 / no such date or time in the body")


def _offset(word: str) -> tuple[str, int] | str:
    """今 and 今天 are one day, 本年 and 今年 one year."""
    for name, table in (("day", DAYS), ("year", YEARS), ("month", MONTHS)):
        if word in table:
            return name, table[word]
    return word


def _same(claim: Moment, moment: Moment, guessed: bool) -> bool:
    """Whether every field that the claim has is in ``moment`` with the same value."""
    if claim.relative and _offset(claim.relative) == _offset(moment.relative):
        return not claim.part or not moment.part or same_part(claim.part, moment.part)
    if guessed and moment.relative in DAYS and claim.day is None and claim.kind == "date":
        return False  # 今天 says nothing of what happened in its month or year
    if (
        guessed
        and claim.month is None
        and claim.day is None
        and not claim.span
        and "year" in moment.guessed
        and moment.relative not in YEARS
    ):
        return False  # nor does the year that was filled in for 1月28日
    any_field = False
    for name in _FIELDS:
        wanted, has = getattr(claim, name), getattr(moment, name)
        if wanted is None or (name == "minute" and not wanted and has is None):
            continue
        if not guessed and (name in moment.guessed or name in claim.guessed):
            return False
        if wanted != has and not (
            name == "hour"
            and has is not None
            and abs(wanted - has) == 12
            and not (claim.part and moment.part)
        ):
            return False
        any_field = True
    if claim.span:
        if claim.span != moment.span:
            return False
        any_field = True
    if (
        claim.part
        and any_field
        and claim.kind == "date"
        and moment.part
        and not same_part(claim.part, moment.part)
    ):
        return False
    if (
        claim.part
        and claim.kind == "time"
        and moment.hour is not None
        and not covers(claim.part, moment.hour)
    ):
        return same_part(claim.part, moment.part)
    return any_field


def _from_outside(claim: Moment, facts: Facts) -> str:
    """The rule by which the dateline or the day of publication supports the claim, or ""."""
    if any(m.kind == claim.kind and _same(claim, m, guessed=True) for m in facts.beside):
        return "电头日期 / the dateline's date"
    if claim.relative in _TODAY and facts.date is None and not any(m.relative for m in facts.moments):
        return "报道当日 / the report's own day"
    if claim.relative in DAYS and facts.date is None and not any(m.relative for m in facts.moments):
        if any(m.day for m in facts.moments):
            return "无发稿日，无从比较 / no day of publication to count from"
    if claim.relative in YEARS and claim.relative not in ("今年", "本年") and facts.date is None:
        if not any(m.relative for m in facts.moments) and any(m.year for m in facts.moments):
            return "无发稿日，无从比较 / no day of publication to count from"
    if claim.relative in ("今年", "本月") and facts.date is None and not _other_year(facts):
        return "报道当年 / the report's own year"
    years = {YEARS[m.relative] for m in facts.moments if m.relative in YEARS}
    if claim.relative in YEARS and years and YEARS[claim.relative] not in years:
        return ""  # 去年 all through
    if facts.date and claim.kind == "date" and not claim.span:
        day = {"year": facts.date.year, "month": facts.date.month, "day": facts.date.day}
        wanted = {n: getattr(claim, n) for n in day if getattr(claim, n) is not None}
        explicit = [m for m in facts.moments if all(getattr(m, n) and n not in m.guessed for n in wanted)]
        if list(wanted) == ["year"]:  # 2002年 in passing does not speak against the year of the report
            explicit = [m for m in explicit if abs(m.year - facts.date.year) <= _NEAR_YEARS]
        if wanted and not explicit and all(day[n] == v for n, v in wanted.items()):
            return "发稿日期 / the day of publication"
    return ""


def _other_year(facts: Facts) -> bool:
    """Whether the body speaks of years or months that may not be the report's own; of days alone it does not."""
    relative = {m.relative for m in facts.moments if m.relative}
    named = any(m.year and "year" not in m.guessed for m in facts.moments)
    return bool(relative) and (named or not relative <= set(DAYS))


def _rival(claim: Moment, written: list[Moment]) -> Moment | None:
    """A body date that has the claim's fields, with another value, when the body has no two of them."""
    shape = [n for n in _FIELDS if getattr(claim, n) is not None and n not in claim.guessed]
    alike = [
        m for m in written if shape and all(getattr(m, n) is not None and n not in m.guessed for n in shape)
    ]
    return alike[0] if len({tuple(getattr(m, n) for n in shape) for m in alike}) == 1 else None

"""Dates and times of a text, resolved against the day of the report and against one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta

from .date_words import DATE, DAYS, HOURS, MONTHS, PART_AFTER, SPANS, TIME, YEARS
from .lexicon import begins_word
from .numerals import DIGITS, value
from .text import fold
from .units import unit_at


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time of day. Fields that are not written are None; ``part`` is a day part (晚) or "".

    ``span`` is a stretch of months ("1-6" for 上半年) or a weekday (周三). ``relative`` is the word that
    was written instead of a number (昨日). ``guessed`` are the fields that were filled in from elsewhere.
    """

    text: str
    start: int
    end: int
    kind: str  # date time
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    part: str = ""
    span: str = ""
    relative: str = ""
    guessed: tuple[str, ...] = ()


def parse(text: str, base: Date | None = None) -> tuple[Moment, ...]:
    """Dates and times in order. ``base`` is the day of the report: it resolves 昨日, 今年 and 上月.

    An impossible date (2月30日) is still returned with its fields. Nothing is raised.
    """
    folded = fold(text)
    found = [m for m in (_date(text, folded, match, base) for match in DATE.finditer(folded)) if m]
    dates = [(m.start, m.end) for m in found]
    for match in TIME.finditer(folded):
        moment = _time(text, match)
        if moment and not any(s < match.end() and match.start() < e and e > match.end() for s, e in dates):
            found.append(moment)
    return tuple(sorted(found, key=lambda m: (m.start, m.kind)))


def number(text: str | None) -> int | None:
    """A small numeral or a year as int; None where nothing is written."""
    if not text:
        return None
    if all(c in DIGITS for c in text) and len(text) == 4:
        return int("".join(str(DIGITS[c]) for c in text))
    worth = value(text)
    return int(worth[0]) if worth else None


def _date(text: str, folded: str, match: re.Match[str], base: Date | None) -> Moment | None:
    g = match.groupdict()
    start, end = match.span()
    unit, counted = unit_at(folded, end)
    if (
        g["bare"]
        and counted
        and unit.name not in ("版", "国", "国家")
        and not begins_word(folded, end, unit.name)
    ):
        return None  # 2000人 is a number, 2019国考 is none
    year = number(g["iso"] or g["y"] or g["yy"] or g["sy"] or g["bare"])
    month = number(g["isom"] or g["m"])
    day = number(g["isod"] or g["d"] or g["dopen"] or g["dd"])
    if (month or 1) > 12 or (day or 1) > 31 or month == 0 or day == 0:
        return None
    moment = Moment(text[start:end], start, end, "date", year, month, day, span=_span(g))
    word = g["rel"] or g["ryear"] or g["rmonth"]
    if word:
        moment = _relative(moment, word, base)
    part = PART_AFTER.match(folded, end) if (moment.day or g["rel"] or g["week"]) else None
    if part:
        end = part.end()
        moment = replace(moment, text=text[start:end], end=end, part=part["part"])
    return moment


def _span(g: dict[str, str | None]) -> str:
    """Months of a named stretch ("1-6" for 上半年 and for 前6个月), or the day of the week."""
    if g["s2"]:
        return f"{number(g['s1'])}-{number(g['s2'])}"
    if g["first"]:
        return f"1-{number(g['first'])}"
    name = (g["half"] or g["quarter"] or "").removeprefix("第").translate(str.maketrans("1234", "一二三四"))
    if name and not name.endswith(("年", "度")):
        name += "度"
    week = (
        (g["week"] or "")
        .replace("星期", "周")
        .replace("礼拜", "周")
        .replace("天", "日")
        .removeprefix("本")
        .removeprefix("这")
    )
    return SPANS.get(name, "") or week


def _relative(moment: Moment, word: str, base: Date | None) -> Moment:
    moment = replace(moment, relative=word)
    if base is None:
        return moment
    filled = replace(moment, guessed=("year", "month", "day"))
    if word in DAYS:
        day = base + timedelta(days=DAYS[word])
        return replace(filled, year=day.year, month=day.month, day=day.day)
    if word in YEARS:
        return replace(filled, year=base.year + YEARS[word])
    if word in MONTHS:
        count = base.year * 12 + base.month - 1 + MONTHS[word]
        return replace(filled, year=count // 12, month=count % 12 + 1)
    return moment


def _time(text: str, match: re.Match[str]) -> Moment | None:
    g = match.groupdict()
    hour = number(g["h"] or g["h2"] or g["h3"] or g["h4"] or g["h5"])
    minute = 30 if g["half"] else number(g["m"] or g["m3"])
    part = g["part"] or g["part2"] or ""
    if hour is None or hour > 24 or (minute or 0) > 59:
        return None
    if part and hour <= 12 and part in HOURS:
        low, high = HOURS[part]
        if not low <= hour <= high and low <= hour + 12 <= high:
            hour += 12
    start, end = match.span()
    return Moment(text[start:end], start, end, "time", hour=hour, minute=minute, part=part)


def resolve(moments: tuple[Moment, ...], base: Date | None) -> tuple[Moment, ...]:
    """Fill the missing year and month of each date from the last one written, else from ``base``."""
    out, year, month = [], base.year if base else None, base.month if base else None
    for moment in moments:
        if moment.kind == "date" and not moment.relative:
            if moment.year:
                year, month = moment.year, moment.month
            month = moment.month or month
            guessed = []
            filled = moment
            if moment.day and not moment.month and month:
                filled, guessed = replace(filled, month=month), ["month"]
            if (filled.month or filled.span) and not moment.year and year:
                filled, guessed = replace(filled, year=year), [*guessed, "year"]
            moment = replace(filled, guessed=tuple(guessed))
        out.append(moment)
    return tuple(out)


def covers(part: str, hour: int) -> bool:
    """Whether an hour lies in a day part (20 in 晚)."""
    low, high = HOURS.get(part, (0, 24))
    return low <= hour <= high or low <= hour + 24 <= high


def same_part(a: str, b: str) -> bool:
    """Whether two day parts overlap (晚 and 晚间; 早 and 清晨)."""
    if a not in HOURS or b not in HOURS:
        return a == b
    return max(HOURS[a][0], HOURS[b][0]) < min(HOURS[a][1], HOURS[b][1])

"""Dates and times of a text, resolved against the day of the report and against one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta

from .numerals import DIGITS, value
from .text import fold

_N = r"(?:\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二两三四五六七八九])"
_YEAR = r"(?:[12]\d{3}|[一二][〇零一二三四五六七八九]{3})"
_PART = "凌晨|清晨|早晨|早上|早间|上午|中午|午间|下午|傍晚|晚上|晚间|夜间|深夜|午夜|当晚|晚|夜|晨|早|午后"
_NOT_DAY = r"(?!线|楼|文件|院|台|车|门|令|机|馆|井|矿|桥|公路|高速|店|元|子|出口|泊|选手|线路)"
_DATE = re.compile(
    rf"(?P<iso>[12]\d{{3}})[-/.](?P<isom>\d{{1,2}})[-/.](?P<isod>\d{{1,2}})(?!\d)"
    rf"|(?<![\d.])(?:(?P<y>{_YEAR})(?:年度?)?)?(?<!\d)(?P<m>{_N})月份?(?:(?P<d>{_N})(?:日|号{_NOT_DAY})|(?P<dopen>\d{{1,2}})(?=[-~至到、和及]))?"
    rf"|(?<![\d.])(?P<yy>{_YEAR})(?:年度?(?!代)|(?=[-~至][12]\d{{3}}年))"
    rf"|(?<![\d.,])(?P<dd>{_N})(?:日(?!元|均|报|本|系|子|内|游)|号{_NOT_DAY}(?=[,，。、;；早晚上下凌中深当表说在举晨的清傍发开正起至到 ]))"
    r"|(?P<rel>大前天|前天|昨天|昨日|昨(?=[晚晨夜早])|今天|今日|今(?=[晚晨夜早起])|当日|当天|明天|明日|明(?=[晚晨夜早])|后天)"
    r"|(?P<ryear>前年|去年|今年|本年度?|明年|后年)|(?P<rmonth>上个?月(?!台)|本月|这个月|当月|下个?月)"
    rf"|(?P<half>[上下]半年)|(?P<quarter>第?(?:[一二三四]|[1-4])季度?|前三季度?)"
    r"|(?P<week>(?:上|下|本|这)?(?:周|星期|礼拜)[一二三四五六日天](?![年月周天]))"
)
_PART_AFTER = re.compile(rf"\s*(?P<part>{_PART})")
_TIME = re.compile(
    rf"(?P<part>{_PART})?(?P<h>{_N})(?:时|点钟?)(?:(?P<m>{_N}|[0-5]\d)分|(?P<half>半)|许|整|(?=[-~至到前后起,，。\s]|左右|开))"
    rf"|(?P<part2>{_PART})(?P<h2>{_N})[时点]|(?<![\d:.])(?P<h3>[01]?\d|2[0-4]):(?P<m3>[0-5]\d)(?![\d:])"
    rf"|(?P<h4>(?<!\d)\d{{1,2}})时"
)
_DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0, "今": 0, "明天": 1, "明日": 1,
         "明": 1, "后天": 2}  # fmt: skip
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2}
_MONTHS = {"上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "当月": 0, "下月": 1, "下个月": 1}
_HOURS = {
    "凌晨": (0, 6), "清晨": (4, 8), "早晨": (4, 9), "早上": (4, 10), "早间": (4, 10), "晨": (3, 9), "早": (4, 10),
    "上午": (6, 12), "中午": (11, 14), "午间": (11, 14), "下午": (12, 19), "午后": (12, 18), "傍晚": (16, 20),
    "晚上": (17, 24), "晚间": (17, 24), "晚": (17, 24), "当晚": (17, 24), "夜": (18, 30), "夜间": (18, 30),
    "深夜": (21, 28), "午夜": (22, 26),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time of day. Fields that are not written are None; ``part`` is a day part (晚) or "".

    ``span`` names a half or quarter year (上半年, 一季度) or a weekday (周三). ``relative`` is the word that
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
    found = [m for m in (_date(text, folded, match, base) for match in _DATE.finditer(folded)) if m]
    dates = [(m.start, m.end) for m in found]
    for match in _TIME.finditer(folded):
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
    year = number(g["iso"] or g["y"] or g["yy"])
    month = number(g["isom"] or g["m"])
    day = number(g["isod"] or g["d"] or g["dopen"] or g["dd"])
    if (month or 1) > 12 or (day or 1) > 31 or month == 0 or day == 0:
        return None
    span = (g["half"] or g["quarter"] or g["week"] or "").translate(str.maketrans("1234", "一二三四", "第度"))
    moment = Moment(text[start:end], start, end, "date", year, month, day, span=span)
    word = g["rel"] or g["ryear"] or g["rmonth"]
    if word:
        moment = _relative(moment, word, base)
    part = _PART_AFTER.match(folded, end) if (moment.day or g["rel"] or g["week"]) else None
    if part:
        end = part.end()
        moment = replace(moment, text=text[start:end], end=end, part=part["part"])
    return moment


def _relative(moment: Moment, word: str, base: Date | None) -> Moment:
    moment = replace(moment, relative=word)
    if base is None:
        return moment
    filled = replace(moment, guessed=("year", "month", "day"))
    if word in _DAYS:
        day = base + timedelta(days=_DAYS[word])
        return replace(filled, year=day.year, month=day.month, day=day.day)
    if word in _YEARS:
        return replace(filled, year=base.year + _YEARS[word])
    if word in _MONTHS:
        count = base.year * 12 + base.month - 1 + _MONTHS[word]
        return replace(filled, year=count // 12, month=count % 12 + 1)
    return moment


def _time(text: str, match: re.Match[str]) -> Moment | None:
    g = match.groupdict()
    hour = number(g["h"] or g["h2"] or g["h3"] or g["h4"])
    minute = 30 if g["half"] else number(g["m"] or g["m3"])
    part = g["part"] or g["part2"] or ""
    if hour is None or hour > 24 or (minute or 0) > 59:
        return None
    if part and hour <= 12 and part in _HOURS:
        low, high = _HOURS[part]
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
    low, high = _HOURS.get(part, (0, 24))
    return low <= hour <= high or low <= hour + 24 <= high


def same_part(a: str, b: str) -> bool:
    """Whether two day parts overlap (晚 and 晚间; 早 and 清晨)."""
    if a not in _HOURS or b not in _HOURS:
        return a == b
    return max(_HOURS[a][0], _HOURS[b][0]) < min(_HOURS[a][1], _HOURS[b][1])

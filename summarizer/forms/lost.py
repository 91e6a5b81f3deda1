"""What a headline leaves out where the report goes on at once: the event attended, the figure reached.

章明远出席山塘水库除险加固 is no headline for …除险加固推进会议, nor 首周接诊 for 首周接诊2400人次. Only what
every place of the report goes on with is missed; a short form of an event that says what it is (出席云溪论坛) is whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from ..chars import CLAUSE_MARKS, END_MARKS, occurrences

_PLACES = 6  # places of a run that are looked at
_SHORTEST = 4  # characters of an object that are looked for
_RUN = 14
_FAR = 26  # characters behind it in which its event is named
_CLAUSE = re.compile(rf"[^{CLAUSE_MARKS}{END_MARKS}\s]+")
_ATTENDED = re.compile(
    r"(?:(?P<event>出席|列席|举行|召开)|参加|主持|举办|主办|承办|亮相)(?P<what>[^（）]{3,})$"
)
_HELD = re.compile(
    r"^(?P<what>.{4,}?)(?:今[天日]|昨[天日]|将|在[^，]{2,5})?(?:开幕|闭幕|举行|召开|开赛|落幕|启幕|开营|开课)$"
)
_EVENT = re.compile(
    "会议|大会|年会|峰会|[谈讨话审评布绍览谊工员交酬表贸销迎见开闭动推家民音委]会|典礼|仪式|[幕礼工牌约学行]式|论坛|沙龙|讲座|"
    "活动|展$|[画书特巡联]展|[总决预]赛|比赛|联赛|锦标赛|邀请赛|大赛|运动会|艺术节|文化节|电影节|晚宴|招待会|晚会|磋商|谈判|会谈|"
    "对话|[培集]训|首映|首发|演出|演习|听证|听审"
)
# What may say by itself that something is held: anything that is or may be an event's short name.
_EVENTFUL = re.compile(
    r"会|式|赛|展|节|礼|演|讲|谈|坛|活动|选|训|典|宴|杯|奥|运|课|营|班|周|日|季|行$|祭|巡|操|阅|磋商|投票|战|峰|沙龙|对话|研讨|首映|拍卖|"
    r"抗议|派对|采访|通话"
)
# What one can take part in, or hold, besides.
_JOINED = re.compile(
    r"工作|行动|劳动|植树|保护|救援|节目|直播|综艺|拍摄|录制|电影|竞|比|集|盛|讨论|调研|考|检查|督|审|服务"
)
_FIGURE = re.compile(
    r"(?:[了约近超逾达至到仅]|大约|将近|超过|达到)?(?:\d|[一二三四五六七八九十百千两]+[个万亿余多人名件项例次成分])"
)
_WANTING = re.compile(
    r"(?:达到|(?<![下到抵送表传转通发直畅])达|超过?|突破|逾|破|[增升降跌涨减扩缩]至|高达|多达|累计|共计|总计|合计|接诊|接待|发送|排名|位列|位居|累计完成|共完成|"
    r"仅有|只有|募资|定价)$"
)
_VERB_OF_COUNT = re.compile(r"(?:完成|发放|新增|接收|收到|签约|售出|查获|缴获|收治|派出|投入)$")

_UNTIL = re.compile(r"(?<![\d日月年号时点])至\d+日")


def lost(text: str, body: str) -> str:
    """What the last clause of ``text`` lacks of what ``body`` says there, as a reason; "" for nothing."""
    clause = next(iter(_CLAUSE.findall(text)[-1:]), "")
    return _event(clause, body) or _figure(clause, body) or _beginning(text, body)


def _event(clause: str, body: str) -> str:
    found = _ATTENDED.search(clause) or _HELD.search(clause)
    what = found.group("what") if found else ""
    if not what or what[-1] in "”》" or _EVENTFUL.search(what):
        return ""
    if not found.groupdict().get("event") and _JOINED.search(what):
        return ""
    named = _all_go_on(what, body, _SHORTEST, _event_of)
    return f"“{what}”后缺“{named}” / the event is not named" if named else ""


def _event_of(after: str) -> str:
    clause = _CLAUSE.match(after)
    named = _EVENT.search(clause.group()) if clause else None
    return clause.group()[: named.end()] if named else ""


def _figure(clause: str, body: str) -> str:
    found = _WANTING.search(clause) or _VERB_OF_COUNT.search(clause)
    if not found:
        return ""
    figure = _all_go_on(clause, body, len(found.group()), _figure_of)
    return f"“{found.group()}”后缺数字 / the figure is lost" if figure else ""


def _figure_of(after: str) -> str:
    found = _FIGURE.match(after)
    return found.group() if found else ""


def _beginning(text: str, body: str) -> str:
    """至17日 where the report has 14日至17日."""
    for until in _UNTIL.finditer(text):
        if re.search(rf"\d日[^，。]{{0,3}}{until.group()}", body):
            return f"“{until.group()}”前缺日期 / the first day is lost"
    return ""


def _all_go_on(text: str, body: str, least: int, found_in: Callable[[str], str]) -> str:
    """What ``found_in`` finds behind the longest end of ``text`` in ``body``; "" where one of its places has none."""
    for size in range(min(_RUN, len(text)), least - 1, -1):
        ends = [at + size for at in islice(occurrences(body, text[-size:]), _PLACES)]
        if ends:
            found = [found_in(body[end : end + _FAR]) for end in ends]
            return found[0] if all(found) else ""
    return ""

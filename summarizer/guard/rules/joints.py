"""Names joined from true pieces: 青石门水库 where the body has 青石县 and 龙门水库, 王建国明 from 王建国.

Each piece stands in the body, the whole does not. A joint is sound where the left piece ends and the right piece
begins with a word of the body; a facility (水库, 大桥) must also be one that the body calls so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...forms.words import tag
from ...types import Span
from ..facilities import FACILITY
from ..facts import Facts
from ..gazetteer import KNOWN
from ..lexicon import crossing, lies_whole
from ..places import ADMIN
from ..posts import SURNAMES
from ..text import is_han
from .miscuts import GRAMMAR

#: What stands before a facility without naming it: 该水库, 两座大桥, 新建学校.
_LOOSE = frozenset(
    "的该座所家个此各本这那在和与及是为对于到从由向将把有了条处一二三四五六七八九十两几多老新大小建改扩修中"
)
_GIVEN = frozenset(
    "明远文清知夏满立诚国栋海涛建华志强丽娜晓峰雨桐子涵佳怡伟民秀英春梅永康德胜振宇思齐博若兰慧敏俊杰天佑玉珍宝景怀瑾承泽书瑶荣克勤义"
    "庚芳静磊军洋勇艳娟超霞平刚桂辉红玲鹏飞斌婷宁浩琳凯辰轩欣悦然琪雪莹颖龙虎林森楠"
)
_BODIES = frozenset("委会局院厅部校府")
_NO_PLACES = frozenset("tadv")
_REACH = 5


def pieces_of(name: str, facts: Facts) -> tuple[Span, ...]:
    """Places of the longest pieces (two characters or more) of ``name``, from left to right."""
    spans, at = [], 0
    while at < len(name) - 1:
        for stop in range(len(name), at + 1, -1):
            hit = facts.where(name[at:stop], 1)
            if hit:
                spans.extend(hit)
                at = stop
                break
        else:
            at += 1
    return tuple(spans)


def joined(name: str, kind: str, facts: Facts) -> bool:
    """Whether a name, of which the body has every piece, is put together where the body's own words don't end."""
    if not all(map(is_han, name)):
        return False
    if kind == "person":
        return len(name) == 4 and not any(_both(name, at, facts) for at in (2,))
    return not (_composed(name, facts) or _two_with_verb(name, facts))


def _two_with_verb(name: str, facts: Facts) -> bool:
    """云溪队胜临河队, which a tagger may take for one name."""
    return any(
        tag(name[at]) == "v" and facts.where(name[:at], 1) and facts.where(name[at + 1 :], 1)
        for at in range(2, len(name) - 2)
    )


def _composed(name: str, facts: Facts) -> bool:
    """Whether the name can be cut into pieces of the body with every joint sound."""
    for at in range(1, len(name)):
        left, right = name[:at], name[at:]
        if not facts.where(left, 1):
            break
        if facts.where(right, 1):
            if _sound(left, right, facts):
                return True
        elif any(lies_whole(facts.body, e) for _, e in facts.where(left, 6)) and _composed(right, facts):
            return True
    return False


def _both(name: str, at: int, facts: Facts) -> bool:
    return bool(facts.where(name[:at], 1) and facts.where(name[at:], 1))


def _sound(left: str, right: str, facts: Facts) -> bool:
    """Whether the body has both parts as words: the left ends somewhere with a word, the right begins with one."""
    if len(left) == 1 and len(right) == 1:
        return False
    if len(right) <= 2 and right[-1] in _BODIES:
        return any(lies_whole(facts.body, e) for _, e in facts.where(left, 6))  # 平陆|县委
    if len(left) > 2 and left[-1] in ADMIN and facts.where(left + right[:2], 1):
        return True  # 吉林省|延边歌舞团 where the body has 吉林省延边
    ends = left in KNOWN or any(lies_whole(facts.body, e) for _, e in facts.where(left, 6))
    return (
        ends
        and any(lies_whole(facts.body, s) for s, _ in facts.where(right, 6))
        and not _renamed(left, right, facts)
    )


def _renamed(left: str, right: str, facts: Facts) -> bool:
    """青石|水库 where every 水库 of the body has another name before it."""
    if not FACILITY.fullmatch(right) or not _is_place(left, facts):
        return False
    places = facts.where(right, 12)
    return bool(places) and all(_named(facts.body, s, left) for s, _ in places)


def _named(body: str, at: int, other: str) -> bool:
    before = body[max(0, at - 1) : at]
    if not before or not is_han(before) or before in _LOOSE or before in ADMIN:
        return False
    return other not in body[max(0, at - len(other) - 2) : at]


def unlike_any(text: str, facts: Facts) -> Iterator[tuple[int, int, str]]:
    """Facilities of ``text`` whose name the tagger did not see and that are joined from pieces of two names."""
    for match in FACILITY.finditer(text):
        start, stop = match.span()
        low = start
        while low > max(0, start - _REACH) and is_han(text[low - 1]) and facts.where(text[low - 1 : stop], 1):
            low -= 1
        if (
            low == 0
            or not is_han(text[low - 1])
            or text[low - 1] in GRAMMAR
            or not facts.where(text[low:stop], 1)
        ):
            continue
        if facts.where(text[low - 1 : stop], 1) or crossing(text, stop):
            continue  # the body has more of it than is looked at; 体育场|馆
        left = _left(text, low, facts)
        if tag(left)[:1] in _NO_PLACES:
            continue  # 纳入|中小学
        places = facts.where(text[low:stop], 6)
        torn = low < start and not any(lies_whole(facts.body, s) for s, _ in places)
        over = crossing(text, low)
        torn = torn and not (over and facts.where(text[slice(*over)], 1))  # 现代|图书馆 beside 时代图书馆
        other = low == start and left and _is_place(left, facts) and _renamed(left, match.group(), facts)
        longer = (
            low < start and not is_han(text[max(0, low - 2) : low - 1] or " ") and _alone(text, low - 1, low)
        )
        if torn or other or longer:
            yield low - (len(left) or 1), stop, "joined"


def _left(text: str, low: int, facts: Facts) -> str:
    """The longest piece (two to four characters) before ``low`` that the body has."""
    for length in (4, 3, 2):
        piece = text[max(0, low - length) : low]
        if len(piece) == length and all(map(is_han, piece)) and facts.where(piece, 1):
            return piece
    return ""


def _is_place(name: str, facts: Facts) -> bool:
    """Whether the body has the piece with a rank behind it: 青石县; the 现代 of 现代国家 is no place."""
    if tag(name)[:1] in _NO_PLACES:
        return False
    ends = (e for _, e in facts.where(name, 6) if e < len(facts.body))
    return any(facts.body[e] in ADMIN for e in ends)


def stump(name: str, facts: Facts) -> bool:
    """青桥镇 from 枫桥镇: a short name with a rank whose known end begins inside another name of the body."""
    if name[-1] not in ADMIN or len(name) > 4:
        return False
    tail = next((name[i:] for i in range(1, len(name) - 1) if facts.where(name[i:], 1)), "")
    return not tail or not any(lies_whole(facts.body, s) for s, _ in facts.where(tail, 6))


def overlong(kind: str, text: str, start: int, end: int, facts: Facts) -> Span | None:
    """王建国明 where the body has 王建国: the name with the character of a given name behind or a surname before it."""
    if (
        kind != "person"
        or not 2 <= end - start <= 3
        or text[start] not in SURNAMES
        or not all(map(is_han, text[start:end]))
    ):
        return None
    after = text[end : end + 1]
    if after in _GIVEN and after and not facts.where(text[start : end + 1], 1) and _alone(text, end, end + 1):
        return start, end + 1
    return None


def cut_short(name: str, facts: Facts) -> bool:
    """王建 where the body introduces 王建国 by his post and never has the shorter name by itself."""
    longer = [p for p in facts.people if p.startswith(name) and len(p) == len(name) + 1]
    return any(facts.body.count(name) == facts.body.count(person) for person in longer)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a character makes no word with its neighbours and is no verb or particle itself."""
    if crossing(text, end) or tag(text[start:end])[:1] in ("v", "p", "c", "d", "u", "m", "f", "t"):
        return False
    over = crossing(text, start)
    return over is None or over[1] <= end

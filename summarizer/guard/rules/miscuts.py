"""Wrong cuts of the tagger: what it took for a name and is none (俄敦|促, 春和|景明)."""

from __future__ import annotations

import re

from ...forms.words import frequency, tag
from ...types import Span
from ..facts import Facts
from ..gazetteer import KNOWN
from ..given import NOT_GIVEN
from ..lexicon import crossing, cut, idiom
from ..names import common, strangers, word
from ..places import ADMIN, SHORT
from ..posts import SURNAMES, TRANSLITERATION, WORD_SURNAMES
from ..text import is_han

#: Characters that are no part of a Chinese given name.
GRAMMAR = frozenset(
    "而同仅出在的了至屡是在和与及或被把将让却已各每其等为从到对不未没无就也都还又很最更称说谈吗呢吧啊着过这那哪谁我你他她它们个"
)
_ZODIAC = re.compile(r"[鼠牛虎兔龙蛇马羊猴鸡狗猪]年$")
_NUMERAL = frozenset("一二三四五六七八九十")
_VERBS = frozenset("看笑说称赴获将被曾")
_NO_NAME = frozenset("委部局厅战起后前时")
#: Kinds of people, and what is no end of a given name: 韩星, 高管, 万人, 封王, 金庸粉, 干得, 越要.
_CLASS_ENDS = frozenset("粉迷管人王得要")
_STARS = frozenset("韩星 港星 台星 日星 美星 女星 男星 球星 影星 歌星".split())
_KIN = frozenset("父亲 母亲 妻子 丈夫 儿子 女儿 先生 女士 教授 民众 媒体 警方 选手 球员 教练".split())
_NOUNS = frozenset(("n", "v", "vn", "a", "ad", "an"))
#: What an organisation does, when a tagger takes it for part of its name.
_DEEDS = frozenset("报告 发文 通报 回应 声明 调查 发布 表态 通知 官员 专家".split())
#: Surnames that begin common compounds which no dictionary has: 强校, 暴扣, 商运.
_WORDLIKE = frozenset("强暴商简帅赏古曾富封滑")
#: 何妨, 何时: what the surname makes a question of.
_HOW = frozenset("妨必时以谓为处事去故况等种须止不曾尝")
#: Surnames that are adverbs before a verb: 齐聚.
_ADVERBS = frozenset("齐")
#: Verbs that are surnames too, before the name of whom they befall: 付|金庸.
_DEED_FIRST = frozenset("付胜负访于贺")
_PLAIN = frozenset("navt")
_TOWARDS = frozenset("向对与和访同拟")
_DOING = frozenset(("v", "d", "p"))
#: A word oftener in the dictionary than this is one, whatever stands before it.
_KNOWN_WORD, _PLAIN_WORD, _FREQUENT = 50, 200, 1000
_SHORT = frozenset(SHORT)
ORG_ENDS = frozenset("行局部委会司院校学所队团社厂店馆站台网报办室处科厅府盟业心党织军警方国家组庭")
_NAMED = frozenset(("nz", "nt", "ns", "nr", "x", "en"))
_MANY = re.compile(r"[多各数几两三四五六七八九十百千万]+[国地省市县州村]$")
_SEVERAL = frozenset("两三四五多各")
_PLACES = ("国", "地", "州")
_INDEFINITE = re.compile(r"[\u4e00-\u9fff]{2,}一[\u4e00-\u9fff]{2,4}$")


def trimmed(kind: str, text: str, start: int, end: int, facts: Facts) -> Span:
    """A tagged name without the characters at its ends that belong to what stands beside it.

    俄|敦促: a short name of a place before a word; 萨德|美日韩 and 王建国|明天: what is left stands in the body, and so
    does the pair over the cut; 王储|查尔斯.
    """
    if end - start < 2 or facts.where(text[start:end], 1):
        return start, end
    if text[end - 1] in _SEVERAL and text[end : end + 1] in _PLACES and set(text[start : end - 1]) <= _SHORT:
        return start, end - 1  # 德希两|国, 乌多|地
    if kind == "org" and end - start >= 5 and text[end - 2 : end] in _DEEDS:
        return start, end - 2  # 联合国|报告
    if kind == "person" and end - start == 2 and text[max(0, start - 1) : start + 1] in facts.pairs:
        if start and (over := crossing(text, end)) and over[0] == end - 1:
            return start, end - 1  # 中越|建交
    if kind == "person" and end - start == 3 and all(is_han(c) for c in text[start:end]):
        if (
            _alien(text[start : end - 1])
            and not _alien(text[end - 1])
            and facts.where(text[start : end - 1], 1)
        ):
            return start, end - 1  # 佩莱|突前
        if text[start] in _DEED_FIRST and facts.where(text[start + 1 : end], 1):
            return start + 1, end
    if (
        kind == "person"
        and end - start == 3
        and text[end - 1] in _VERBS | NOT_GIVEN
        and not _alien(text[start:end])
    ):
        return trimmed(kind, text, start, end - 1, facts)  # 朱佳|获
    ahead = crossing(text, start)
    if ahead and end - ahead[1] >= 2 and facts.where(text[ahead[1] : end], 1):
        return ahead[1], end
    over = crossing(text, end)
    if over and over[0] == end - 1 and set(text[start : end - 1]) <= _SHORT:
        return start, end - 1
    if (
        kind == "person"
        and end - start == 3
        and tag(text[end - 1]) == "v"
        and facts.where(text[start : end - 1], 1)
    ):
        return start, end - 1  # 林丹|胜
    pair = text[end - 1 : end + 1]
    if end - start >= 3 and facts.where(text[start : end - 1], 1) and len(pair) == 2:
        if pair in facts.pairs or (over and over[0] == end - 1):
            return start, end - 1
    if end - start >= 3 and over and over[0] == end - 1:
        beside = text[slice(*over)]
        if facts.where(beside, 1) or (kind == "person" and frequency(beside) > _FREQUENT):
            return start, end - 1  # 巴解军|事, 巴方反|对
    return start, end


def miscut(kind: str, text: str, start: int, end: int, facts: Facts) -> bool:
    """Whether a name that the body lacks is rather a wrong cut or a common word."""
    name = text[start:end]
    if kind != "person" and idiom(name):
        return True  # 聚沙成塔
    over = crossing(text, end)
    if kind == "person" and over and over[0] == end - 1 == start + 1:
        if frequency(text[slice(*over)]) > _FREQUENT:
            return True  # 卢|觉得
    if (
        over
        and over[0] <= start
        and over[1] - over[0] == 4
        and len(name) > 1
        and not KNOWN & {name, name[:2], name[:3]}
    ):
        return True  # 舍生忘|死, 天南地|北
    if kind == "person":
        return _no_person(name, text, start) or _word_and_more(name, facts)
    if kind == "org" and (_phrase(name) or (len(name) == 2 and (name[0] in GRAMMAR or name[1] in _TOWARDS))):
        return True  # 从一, 美向
    if kind == "org" and (
        _INDEFINITE.match(name)
        or (len(name) <= 3 and name[:2] not in KNOWN and (len(name) == 1 or common(name)))
    ):
        return True
    if kind == "place" and len(name) == 1:
        return name not in SHORT or (name == "冀" and tag(text[start + 1 : start + 3])[:1] in ("v", "n"))
    if kind == "place" and (_MANY.match(name) or _common_phrase(name) or _way(name)):
        return True
    if len(name) == 3 and name[1] in _TOWARDS and {name[0], name[2]} <= _SHORT:
        return True  # 美对华
    ahead = crossing(text, start)
    if (
        kind == "place"
        and ahead
        and ahead[1] < end
        and common(text[slice(*ahead)])
        and common(text[ahead[1] : end])
    ):
        return True  # 秀|美|乡村
    return (
        kind == "place"
        and len(name) == 2
        and name not in KNOWN
        and tag(name)[:2] in ("n", "a", "v", "vn", "d")
    )


def _no_person(name: str, text: str, start: int) -> bool:
    if GRAMMAR & set(name) or not all(is_han(c) or c in "·•・-—" or c.isalnum() for c in name):
        return True  # 却被黑
    if len(name) == 2 and (
        name[0] not in SURNAMES and common(name) or _ZODIAC.match(name) or tag(name) in _NOUNS
    ):
        return True  # 秋景, 龙年
    if len(name) == 3 and name[0] == "强":
        return True  # 强富美
    if len(name) == 2 and (
        name[0] in _WORDLIKE or name[0] not in SURNAMES and not set(name) <= TRANSLITERATION
    ):
        return True  # 强校, 智创
    if (len(name) <= 3 and name[0] in _ADVERBS and tag(name[1])[:1] == "v") or (
        len(name) == 3 and name[0] == name[2]
    ):
        return True  # 齐聚, 越干越
    if len(name) <= 3 and NOT_GIVEN & set(name[1:]) and not _alien(name):
        return True  # 莫给, 史增产
    if len(name) == 3 and name[0] not in SURNAMES | WORD_SURNAMES and tag(name[0])[:1] in _DOING:
        return True  # 赶鸭归
    if len(name) == 4 and word(name) and not _alien(name):
        return True  # 呼朋唤友
    if name[0] == "莫" and len(name) == 3 and tag(name[1])[:1] == "v":
        return True  # 莫辞|劳
    if name[0] == "何" and len(name) == 2 and name[1] in _HOW:
        return True  # 何妨
    if len(name) == 3 and name[1] in _TOWARDS and {name[0], name[2]} <= _SHORT:
        return True  # 韩向朝
    if len(name) == 3 and name[0] in _DEED_FIRST and frequency(name[1:]) > _KNOWN_WORD and common(name[1:]):
        return True  # 贺|新春, 于|足尖
    if len(name) == 3 and (name[-1] in _NUMERAL or name[-1] in _NO_NAME or name[1:] in _KIN):
        return True  # 周记二, 施策看, 杨父亲
    if len(name) == 2 and (name[-1] in _NO_NAME or (name[0] in _SHORT and name[1] in _VERBS)):
        return True  # 宗委, 韩曾
    if name[0] == "越" and "越" in text[max(0, start - 3) : start]:
        return True  # 越饿越小
    if len(name) <= 3 and (name[-1] in _CLASS_ENDS or name in _STARS or tag(name) == "d"):
        return True
    return len(name) <= 3 and bool(crossing(text, start))  # 春和|景明 is one word, so is 桥梁 in 桥梁畅


def _alien(part: str) -> bool:
    """Whether the characters are those of foreign names."""
    return set(part) <= TRANSLITERATION


def _word_and_more(name: str, facts: Facts) -> bool:
    """古柏|生 where the body speaks of 古柏: a word that is no name, and a character more."""
    return len(name) == 3 and tag(name[:2]) in ("n", "ns") and bool(facts.where(name[:2], 1))


def _common_phrase(name: str) -> bool:
    """老林区, 幸福家园: words of the dictionary, none of them a name, a plain noun last."""
    if len(name) < 3 or strangers(name) or KNOWN & {name[:2], name[:3]}:
        return False
    if name[-1] in ADMIN:
        return name[-1] == "区" and tag(name[:-1]) == "n" and frequency(name[:-1]) > _PLAIN_WORD  # 样板区
    parts = [name[a:b] for a, b in cut(name)]
    kinds = [tag(part) for part in parts]
    if kinds[-1] != "n" or len(parts[-1]) < 2:
        return False
    return all(kind[:1] in _PLAIN and kind[:2] not in _NAMED for kind in kinds)


def _way(name: str) -> bool:
    """闯|新路, 幸福路: a way in a manner of speaking, made of plain words."""
    parts = [name[a:b] for a, b in cut(name)]
    if name in parts or name[-1] != "路":
        return tag(name)[:1] == "n" and tag(name)[:2] not in _NAMED and name[-1] == "路"
    return all(common(part) for part in parts)


def _phrase(name: str) -> bool:
    """新时代, 深情忆大师: words of the dictionary that end in a plain noun and not in a kind of organisation."""
    if len(name) < 3 or word(name) or name[-1] in ORG_ENDS or strangers(name):
        return False
    kinds = [tag(name[a:b]) for a, b in cut(name) if b - a > 1]
    return bool(kinds) and kinds[-1] == "n" and not any(kind[:2] in _NAMED for kind in kinds)

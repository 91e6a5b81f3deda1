"""Whether a short form says something by itself: what a reader sees alone on a phone, above a section, in a 提要."""

from __future__ import annotations

import re

from ..forms.unfinished import circumstance, unfinished
from ..forms.whole import verbless
from ..forms.words import tag, units
from ..models.clauses import clause_kind

#: A clause that only sets the scene for the next one, beyond what ``clause_kind`` knows: 赛前, 演出结束后, 记者获悉.
_SCENE = re.compile(
    r"^通过(?![《了])|^为了?(?:携手|进一步|做好|保障|推动|落实)"
    r"|(?:年来|以来|之际|期间|[赛会行战年]前|(?<![落先幕背])后|年[初底末]|凌晨|晚间|[上下]午|半年|(?<!同期|去年)季度)$"
    r"|(?:在内|来看|契机|发现|获悉|了解到|看到|报道指|数据显示|认为|\d[日月])$"
)
#: Who acts is not said: 给农业生产造成影响, 可减轻困扰.
_NOBODY = re.compile(
    r"^(?:给|可(?!以|能|持续|再生)|像|让|由|被|对|以(?![军方色媒总])|为|作为|早在|截至|是否|占(?!领|地)|正是|就是|至(?!少|今))"
)
#: A count without what is counted: 招收约1.75万名.
_UNCOUNTED = re.compile(r"\d[\d.,]*[万亿]?[余多]?[名位座条种批支]$")
#: A name of something, not a statement: 内马尔的试训, 使用“先买后付”的用户.
_NAMED = re.compile(r"的[\u4e00-\u9fff]{1,8}$")
_COPULA = re.compile(r"是|有|成为|称")
#: Who spoke to whom, and not a word of what: 章明远叮嘱企业, 他告诉记者.
_ADDRESSED = re.compile(r"(?:叮嘱|嘱咐|告诉|告诫|勉励|寄语)[^，；：不要把加抓]{0,5}$")
#: What stands there only before a noun: 传承践行新时代.
_HEADLESS = re.compile(r"(?:新时代|新形势|各级|有关|相关|重大|主要)$")


def scenic(clause: str) -> bool:
    """True for a clause that tells when, where or by whom, and nothing that happened."""
    return clause_kind(clause) != "main" or bool(_SCENE.search(clause))


def tells(text: str) -> bool:
    """True for a title of one line that an editor could print alone; it may still be dull."""
    last = re.split(r"[ ，；：]", text)[-1]
    if not last or scenic(last) or _NOBODY.match(text) or _UNCOUNTED.search(text) or text.count("的") > 1:
        return False
    if _HEADLESS.search(last) or _ADDRESSED.search(last):
        return False
    return not _NAMED.search(last) or bool(_COPULA.search(last.partition("的")[0]))


#: What a point of a 提要 may not open with: notes of the desk, a concession whose other half is not there.
_NOTE = re.compile(r"^(?:[\[【（(]|题：|原标题|来源|编辑)")
_GROUND = re.compile(
    r"^(?:经过?(?![济营理验历贸过])|受[^，]{2,12}(?:委托|邀请)$|应[^，]{2,20}邀请$|对于|关于|除了?[^，]+外$|尽管|虽然|如果|只要|"
    r"不同于|与此同时$|不仅如此$|事实上$|据[^，]+(?:报道|消息|介绍|统计|了解|悉)$)|(?:之初|之时|之余|的话)$"
)
#: Where somebody speaks or resolves and it is not said what.
_UNSAID = re.compile(
    r"(?:说|说道|表示|介绍|称|指出|强调|证实|透露|坦言|写道|认为|(?<![高新多的])要求|提出|决定|宣布|获悉|显示|表明|告诉(?:记者|媒体)?|介绍说)$"
)
_PLACE = re.compile(r"^在(.+)$")
_DOES = re.compile(
    r"[\u4e00-\u9fff][了着](?![^，]?$)|主[办演]|出品|对标|摘得|编自|[读任重]于|[重在]在|[站登]上|增兵|通报|[抵到]达|"
    r"离不开|不等于|举办|会见|座谈|致[辞电信]|通电话|拉开|崇尚|满产|奔向|必须|应当|支持"
)
_SHORT = frozenset(
    "超 达 获 居 占 破 赴 率 称 迎 胜 负 增 降 涨 跌 任 为 让 用 建 办 设 走 打 上 下 到".split()
)
_ASKED = re.compile(r"[？?呢吗]$|^(?:为什么|为何|如何|怎样)")


def finished(line: str) -> bool:
    """True for a line that makes a statement: its last clause has a verb or a figure and is no circumstance.

    经过三年零两个月的建设, 受市政府委托 and 章明远告诉记者 wait for what comes next.
    """
    last = re.split("[，；]", line)[-1]
    if not last or scenic(last) or _GROUND.search(last) or _UNSAID.search(last) or _ASKED.search(last):
        return False
    return not _NOTE.match(line) and (last != line or _predicated(line))


def _predicated(clause: str) -> bool:
    """True where a clause alone has a verb, an adjective or a figure, and does not stop in a phrase of 对 or 在."""
    rest = circumstance(clause) or next(iter(_PLACE.findall(clause)), "")
    said = clause.removesuffix(rest)
    if rest and not (_acts(rest) or _acts(said) or _COPULA.search(said)) or unfinished(clause):
        return False
    last = [clause[a:b] for a, b in units(clause)[-2:]]
    return (
        _acts(clause)
        or bool(_COPULA.search(clause))
        or any(any(map(str.isdigit, w)) or tag(w)[:1] in "ail" for w in last)
    )


def _acts(text: str) -> bool:
    """True where a word can be a verb, nouns of action among them: a report's clause is longer than a title."""
    words = [text[a:b] for a, b in units(text)]
    longer = any(len(word) > 1 and (tag(word).startswith("v") or not verbless(word)) for word in words)
    return longer or bool(_DOES.search(text)) or any(word in _SHORT for word in words)


def from_the_news(sentence: str, room: float) -> str:
    """``sentence`` from its first clause that tells something, where what stands before it would not fit in ``room``.

    ``room`` is in code points. "" for a sentence that only sets a scene.
    """
    parts = re.findall(r"[^，；]+[，；]?", sentence)
    first = next((i for i, part in enumerate(parts) if not scenic(part.rstrip("，；。！？"))), None)
    if first is None:
        return ""
    return sentence if len("".join(parts[: first + 1])) <= room else "".join(parts[first:])

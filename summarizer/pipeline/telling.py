"""Whether a short form says something by itself: what a reader sees alone on a phone, above a section, in a 提要."""

from __future__ import annotations

import re

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


def from_the_news(sentence: str, room: float) -> str:
    """``sentence`` from its first clause that tells something, where what stands before it would not fit in ``room``.

    ``room`` is in code points. "" for a sentence that only sets a scene.
    """
    parts = re.findall(r"[^，；]+[，；]?", sentence)
    first = next((i for i, part in enumerate(parts) if not scenic(part.rstrip("，；。！？"))), None)
    if first is None:
        return ""
    return sentence if len("".join(parts[: first + 1])) <= room else "".join(parts[first:])

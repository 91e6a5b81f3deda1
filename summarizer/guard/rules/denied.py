"""What the body only says to deny it, or to ask: 有人声称大桥要拆，这是误解 does not say that the bridge will go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...types import Finding, Span
from ..facts import Facts
from ..text import CLAUSE, fold, sentence_start

_LEAST = 6  # characters that a clause has in common with what the body denies
_SHARE = 0.7  # and how much of the clause they are
_FAR = 90  # characters behind a claim in which it is denied
#: Somebody says it, and the body does not say that he is right.
_CLAIMED = re.compile(
    r"(?:有人|有些人|一些人|个别人|某些[人国]|有的人|网传|网[上络]流?传|网友[称传]|传言|有消息|流言|谣言|有说法|有观点|声称|宣称|鼓吹|污蔑|抹黑)"
    r"[^,。;!?]{0,8}?(?:说成|说|称|认为|宣称|指责|是)?[,:]?"
)
#: What is said only to deceive, or in error.
_LIED = re.compile(r"(?:谎称|诡称|妄称|诬称|谣传|讹传|误以为|误认为|错误地认为)[,:]?")
#: What follows is not the claim any more.
_ENDED = re.compile("[。!?\n]|官方|公告|回应|表示|辟谣|通报|警方|记者")
_CLAUSE_END = re.compile("[,;。!?\n]|$")
#: Behind the claim, in its sentence or at the beginning of the next one.
_DENIED = re.compile(
    r"(?:[,;]|[。!?]\"?(?=[这此该上以事实其]))[^,。;!?\n]{0,10}?"
    r"(?:是(?:完全|极其|十分|彻底|一种|对[^,。;!?]{1,12}的)?(?:错误|误解|误读|曲解|谣言|虚假|捏造|编造|谎言|误区|杜撰|假的|错的)|"
    r"(?:完全|根本|都|均|极其|十分)错误|大错特错|[系为属](?:虚假|谣言|捏造|编造|不实)|不实(?=[,。;!?])|没有(?:任何)?(?:根据|依据)|毫无(?:根据|依据)|站不住脚|不符合事实|"
    r"与(?:事实|实际)[^,。]{0,4}不符|子虚乌有|无稽之谈|不能成立|不成立|不属实|并不存在)"
)
#: A question that could be a statement: its last clause, without how, who or what.
_HOW = re.compile(
    "如何|怎|为何|为什么|是否|[能可会]否|什么|谁|哪|几|多少|何|咋|有没有|[是能会要]不[是能会要]|岂|焉|难道|谁说|是不"
)
_TO_DENY = "正文提到它是为了否定 / the body says it only to deny it"
_TO_ASK = "正文只是在问 / the body only asks it"
#: The headline keeps its distance, or denies by itself.
_APART = re.compile(
    "否认|并非|不是|不实|谣|虚假|假的|误|所谓|[网被盛]传|传[言闻]|称|有人|错|辟|驳|批|斥|澄清|真相|反对|[别莫]信|谎|骗|诬|诡|"
    "[？?：]|[吗呢]|是否|[能可会]否|如何|怎|为何|什么|没有|不会|未|回应|污|抹黑"
)


def findings(text: str, facts: Facts) -> list[Finding]:
    """One finding per clause of ``text`` that the body has only to deny it, or only as a question."""
    if not _doubted(facts) or _APART.search(text):
        return []
    folded, out = fold(text), []
    for match in CLAUSE.finditer(folded):
        start, end, place, reason = _longest(match.group(), facts)
        if end - start < max(_LEAST, _SHARE * len(match.group())):
            continue
        places = facts.where(match.group()[start:end], 20)
        if all(doubted(p, facts) for p in places):
            start, end = match.start() + start, match.start() + end
            out.append(Finding("polarity", text[start:end], start, end, "contradicted", (place,), reason))
    return out


def doubted(place: Span, facts: Facts) -> bool:
    """Whether a place of the body lies in what the body denies, or ends what it asks."""
    spans = [(high, reason) for low, high, reason in _doubted(facts) if low <= place[0] and place[1] <= high]
    return any(reason != _TO_ASK or high - place[1] < 2 for high, reason in spans)


@lru_cache(maxsize=8)
def _doubted(facts: Facts) -> tuple[tuple[int, int, str], ...]:
    """Where the body says something that it denies at once, calls a lie or an error, or asks; and why it is none."""
    return tuple(_spans(facts.folded))


def _spans(folded: str) -> Iterator[tuple[int, int, str]]:
    for lie in _LIED.finditer(folded):
        yield lie.end(), _CLAUSE_END.search(folded, lie.end()).start(), _TO_DENY
    for claim in _CLAIMED.finditer(folded):
        no = _DENIED.search(folded, claim.end(), claim.end() + _FAR)
        if no and not _ENDED.search(folded, claim.end(), no.start()):
            yield claim.end(), no.start(), _TO_DENY
    at = folded.find("?")
    while at >= 0:
        low = sentence_start(folded, at)
        if not _HOW.search(folded, low, at):
            yield max(low, folded.rfind(",", 0, at) + 1, folded.rfind(";", 0, at) + 1), at, _TO_ASK
        at = folded.find("?", at + 1)


def _longest(clause: str, facts: Facts) -> tuple[int, int, Span, str]:
    """The longest run of ``clause`` within something doubted, where that stands in the body, and the reason."""
    best = (0, 0, (0, 0), "")
    for low, high, reason in _doubted(facts):
        said = facts.folded[low:high]
        for start in range(len(clause) - _LEAST + 1):
            size = max(_LEAST, best[1] - best[0] + 1)
            while start + size <= len(clause) and clause[start : start + size] in said:
                at = low + said.index(clause[start : start + size])
                best = (start, start + size, (at, at + size), reason)
                size += 1
    return best

"""Words put into a mouth: 章明远：供热保障工作 where the body has them as what he inspected, not as what he said.

Decided only where a person stands before a colon and what follows is mostly the body's own run of words. It is said
where the sentence speaks, quotes or talks as I and we, or stands within a quotation. Anything else is left alone.
"""

from __future__ import annotations

import re

from ...types import Finding
from ..facts import Facts
from ..text import fold

_SPEAKER = re.compile(r"(?:^|(?<=[\s，。！？；]))([^\s，。！？；：“”《》（）]{2,16})：([^\s]+)")
_SPEAKS = re.compile(
    r"说(?!明书|法)|表示|指出|强调|认为|介绍|告诉|坦言|直言|透露|呼吁|要求|叮嘱|嘱咐|回应|写[道下]|提出|希望|相信|评价|感[叹慨言]|分析|"
    r"解释|谈[到及起]|讲[话述道到]|发言|发[文帖布]|致辞|建议|警告|宣布|主张|承认|否认|[声据]?称(?![号职呼])|[问答]道|寄语|勉励|鼓励|期待|看来|"
    r'题为|[“"：:我咱您你]'
)
#: 章明远：从渠边走出来的院士 says who he is, not what he said.
_WHO = re.compile(
    r"的\w{0,6}(?:[人者家员手师兵士星王魂花]|女子|院长|校长|书记|所长|队长|榜样|楷模|代表|模范|英雄|先锋|医生)$"
)
_TALK = re.compile("访谈|专访|对话|答问|访谈录")
_PRESS = frozenset("媒报社台网")
_OPEN, _CLOSE = "“「『", "”」』"
_RUN, _SHARE = 5, 0.6  # characters in one piece, and their share of what is put into the mouth
_BEFORE = 80  # characters in which the sentence before may name the speaker


def findings(text: str, facts: Facts, named: list[Finding]) -> list[Finding]:
    """One finding per speaker of ``text`` whose words the body has, but not as words of anybody.

    ``named`` are the findings on the names of ``text``.
    """
    out, people = [], {f.end for f in named if f.kind == "person"}
    for match in _SPEAKER.finditer(text):
        if match.end(1) not in people or match.group(1)[-1] in _PRESS:
            continue  # 韩媒： only says who reports it
        run = _longest_run(match.group(2), facts)
        if len(run) < _RUN or len(run) < _SHARE * len(match.group(2)):
            continue
        if _WHO.search(match.group(2)) or _TALK.search(text, 0, match.end(1)):
            continue
        places = facts.where(run, 20)
        if any(_is_speech(facts.body, start, end) for start, end in places):
            continue
        reason = "正文中这不是谁说的话 / in the body nobody says this"
        out.append(Finding("quote", match.group(), *match.span(), "unsupported", places[:1], reason))
    return out


def _longest_run(said: str, facts: Facts) -> str:
    folded, best = fold(said), ""
    start = 0
    while start < len(folded) - len(best):
        end = start + len(best) + 1
        while end <= len(folded) and folded[start:end] in facts.folded:
            best, end = folded[start:end], end + 1
        start += 1
    return best


def _is_speech(body: str, start: int, end: int) -> bool:
    """Whether the paragraph speaks at a place: its sentence, the end of the one before, or a quotation around it."""
    low = body.rfind("\n", 0, start) + 1
    before, paragraph_end = body[low:start], body.find("\n", end)
    if sum(map(before.count, _OPEN)) > sum(map(before.count, _CLOSE)):
        return True
    stop = re.search(r"[。！？]|$", body[end : paragraph_end if paragraph_end >= 0 else len(body)])
    first = max((m.end() for m in re.finditer("[。！？]", before)), default=0)
    sentence = before[first:] + body[start : end + stop.end()]
    return bool(_SPEAKS.search(sentence) or _SPEAKS.search(before[max(0, first - _BEFORE) : first]))

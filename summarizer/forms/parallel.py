"""Parallel halves: the two-line headline of political news, two clauses of one length and one build.

Such halves are found, not made: adjacent clauses of the report that already run parallel (稳中求进 以进促稳)
are its best two-line headline, and a candidate with a separator is measured by the same rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from ..chars import unbalanced, width
from .breaks import NO_END, NO_START
from .words import tag, units

MIN_HALF, MAX_HALF = 4.0, 16.0
_CLAUSE = re.compile(r"[^，；。！？：、\s“”‘’（）()《》]+")
_SEPARATED = re.compile(r"[ ，；]")
# 要坚持生态优先，推动绿色发展: one modal for both halves, which the headline leaves out.
_MODAL = re.compile(r"^(?:要|必须|应当?|将|就要|就是要|需要?|务必|坚决)(?=..)")
# Openings that tie a clause to the one before it, so that it can't stand as a line.
_TIED = re.compile(
    r"^(?:但|而|也|并|又|则|其|该|这|那|他|她|它|以及|同时|其中|此外|因此|所以|如果|只要|就|才|更|还|对此)"
)


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two halves and how parallel they are, 0..1: equal length, equal rhythm, the same build."""

    left: str
    right: str
    score: float

    @property
    def text(self) -> str:
        """The headline: the halves with a space between."""
        return f"{self.left} {self.right}"


def parallel(left: str, right: str) -> float:
    """How parallel two clauses are, 0..1; 0 where their lengths differ or one says the other's words.

    Half for equal length, 0.3 for the share of words that begin at the same place, 0.2 for the share of
    those with the same part of speech.
    """
    if not left or width(left) != width(right):
        return 0.0
    a, b = units(left), units(right)
    first, second = ({t[s:e] for s, e in spans if e - s > 1} for t, spans in ((left, a), (right, b)))
    if first & second:
        return 0.0
    starts = {s for s, _ in a} & {s for s, _ in b}
    rhythm = len(starts) / max(len(a), len(b))
    at = {s: tag(right[s:e]) for s, e in b}
    alike = sum(tag(left[s:e])[:1] == at.get(s, "-")[:1] for s, e in a) / len(a)
    return 0.5 + 0.3 * rhythm + 0.2 * alike


def halves(headline: str) -> Parallel | None:
    """The two halves of a headline with one separator, with their score; None for any other headline."""
    parts = [part for part in _SEPARATED.split(headline) if part]
    if len(parts) != 2 or unbalanced(parts[0]) or unbalanced(parts[1]):
        return None
    return Parallel(parts[0], parts[1], parallel(parts[0], parts[1]))


def couplets(body: str, budget: float = MAX_HALF, least: float = 0.8, count: int = 5) -> tuple[Parallel, ...]:
    """Adjacent clauses of ``body`` that run parallel, the best first, each half within ``budget`` units.

    Ties fall to the earlier. Empty where the report has none; nothing is reworded.
    """
    clauses = [m for m in _CLAUSE.finditer(body) if MIN_HALF <= width(m.group()) <= min(budget, MAX_HALF)]
    found = []
    for one, two in pairwise(clauses):
        if body[one.end() : two.start()] not in ("，", "；", "、"):
            continue
        lefts = {one.group(), _MODAL.sub("", one.group())}
        lefts = {left for left in lefts if width(left) == width(two.group())}
        if not lefts or not _stands(one) or not _stands(two):
            continue
        for left in lefts:
            score = parallel(left, two.group())
            if score >= least:
                found.append((-score, one.start(), Parallel(left, two.group(), score)))
    distinct = {item[2].text: item for item in sorted(found, key=lambda item: item[:2])[::-1]}
    return tuple(item[2] for item in sorted(distinct.values(), key=lambda item: item[:2])[:count])


# Where officials speak, their demands stand in pairs; elsewhere pairs of clauses are chance.
_SAID = re.compile(r"强调|指出|要求|提出|会议|讲话|部署|批示")
_OFFICIAL = re.compile(
    r"书记|[省市县区州镇]长|主席|总理|党组|常委|党委|委员会|人民政府|国务院|人大|政协|部长|局长"
)
_REACH = 240  # characters after 强调 that its demands fill
_BARE = re.compile(r"[不未没无非等]|防止|避免|杜绝|反对|禁止|进行|举办")
_DOING = frozenset(
    (
        "健全 完善 规范 丰富 稳定 繁荣 壮大 活跃 优化 强化 深化 压实 筑牢 做实 做优 抓实 厚植 赓续 擦亮 激活 让 把"
    ).split()
)
SHORTEST_HALF = 5.0


def official(body: str) -> bool:
    """True for political news: an office, and twice somebody who demands or points out."""
    return bool(_OFFICIAL.search(body)) and sum(1 for _ in islice(_SAID.finditer(body), 2)) == 2


def demands(body: str, budget: float = MAX_HALF, count: int = 3) -> tuple[Parallel, ...]:
    """Pairs of demands (坚持生态优先 推动绿色发展) of an official report, those of its main words first; or ().

    Each half opens with a verb, ends with what it is about, has five units or more and says no 不.
    """
    if not official(body):
        return ()
    said = [m.start() for m in _SAID.finditer(body)]
    found = []
    for pair in couplets(body, budget, least=0.8, count=40):
        place = body.find(pair.left)
        near = any(start <= place <= start + _REACH for start in said)
        if near and _demand(pair.left) and _demand(pair.right):
            words = {w for half in (pair.left, pair.right) for w in _words(half)}
            weight = sum(min(body.count(word), 6) for word in words) / (6 * len(words)) if words else 0.0
            found.append((-(pair.score + weight), place, pair))
    return tuple(item[2] for item in sorted(found, key=lambda item: item[:2])[:count])


def _words(text: str) -> list[str]:
    return [text[a:b] for a, b in units(text) if b - a > 1]


def _demand(half: str) -> bool:
    spans = units(half)
    first, last = half[slice(*spans[0])], half[slice(*spans[-1])]
    verb = tag(first) in ("v", "vn") and len(first) > 1 or first in _DOING
    ends = tag(last) in ("n", "vn", "nz", "l", "j", "x", "an", "ns", "a", "i") and len(last) > 1
    return width(half) >= SHORTEST_HALF and verb and ends and not _BARE.search(half)


def _stands(clause: re.Match[str]) -> bool:
    text = clause.group()
    if not any(tag(text[a:b]).startswith(("v", "a")) for a, b in units(text)):
        return False  # 普通市民 社区群众: a list, not two statements
    return not (_TIED.match(text) or text.startswith(NO_START) or text.endswith(NO_END) or text.isascii())

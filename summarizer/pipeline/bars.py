"""The bars that a rewording must pass, and what is said of those that fell at one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..chars import is_han, width
from ..forms.short import about, sewn, stands
from ..forms.tears import cuts_in
from ..forms.whole import torn, verbless
from ..forms.words import frequency, tag, units
from ..rewrite import Targets
from ..types import Candidate
from ..weigh import content
from .candidates import doubtful
from .telling import scenic, tells

PASSED = ""  # in place of a bar
ByBar = dict[str, list[Candidate]]
COMMON = 100  # of 60 million words: a word as usual as that is no remnant of another
OPENING = 160  # characters in which a report says what it is about
# In the order in which they are looked at.
BARS = {
    "length": "字数或用词不合要求",
    "seen": "已经列出",
    "doubt": "有原文没有的内容",
    "whole": "话没说完或断在词组里",
    "twice": "同一个词说了两遍",
    "actor": "原文里不是它做的",
    "more": "没有多说什么",
    "scene": "没说谁做什么",
    "other": "说的是别的事",
}
# 会议在云溪市 without what happens there, and 行动中|击毙 begun in its middle.
_PLACED = re.compile(r"[^存正现实]在([^，；： ]+)$")
_MIDDLE = frozenset("中 上 下 里 内 间 后 期间 以来".split())
# Verbs that end no headline where nothing in the report leads to them.
_WANTING = frozenset(
    "开启 重启 迎来 举办 主办 承办 出席 参加 推出 推动 推进 理应 展现 提出 签署 加强 实施 支持 提供 获得 成为 "
    "进入 打破 创造 给予 承诺 促进 强调 指出 要求 宣布 介绍 打造 提升 完善 帮助 讨论 参与 关注".split()
)
_ACTOR = re.compile(r".[方军媒局委院队]$")
_OFFICES = frozenset("局部委社院办署厅府组队")
_SENTENCE = re.compile(r"[^。！？\n]+")


@dataclass(frozen=True)
class Order:
    """What an editor asked for, of which ``headline`` over which ``body``; ``seen`` is not to be given again."""

    headline: str
    how: str
    wanted: Targets
    seen: frozenset[str]
    body: str

    def bar(self, item: Candidate) -> str:
        """The first of ``BARS`` that ``item`` does not pass; PASSED for a headline to offer."""
        text = item.text
        if not self.wanted.accepts(text, self.headline) or not self._goes(text):
            return "length"
        if text in self.seen:
            return "seen"
        if doubtful(item):
            return "doubt"
        if not self._whole(text):
            return "whole"
        if self._twice(text):
            return "twice"
        if not acted(text, self.body):
            return "actor"
        if self.how == "longer" and not any(word not in self.headline for word in content(text)):
            return "more"
        if not tells(text):
            return "scene"
        return PASSED if about(text, self.headline) else "other"

    def sort_out(self, items: Sequence[Candidate]) -> ByBar:
        """``items`` by the bar at which each falls, in their order."""
        found: ByBar = {}
        for item in items:
            found.setdefault(self.bar(item), []).append(item)
        return found

    def near(self, item: Candidate) -> bool:
        """True for what only tells it in a lesser way."""
        return about(item.text, self.headline) and not scenic(re.split("[，； ]", item.text)[-1])

    def beside(self, item: Candidate) -> bool:
        """True for another thing that the report tells: it names one of the headline's, or stands in the opening."""
        said, opening = content(item.text), self.body[:OPENING]
        known = sum(word in opening for word in said)
        return any(len(word) > 1 and word in self.headline for word in said) or 3 * known >= 2 * len(said) > 0

    def rough(self, text: str) -> bool:
        """True for what is no good headline and yet no fragment."""
        return not (torn(text, self.body) or sewn(text, self.body) or verbless(text) or self._twice(text))

    def _goes(self, text: str) -> bool:
        """True where the width went the way that was asked for."""
        if self.how == "shorter":
            return width(text) < width(self.headline)
        return self.how != "longer" or width(text) > width(self.headline)

    def _whole(self, text: str) -> bool:
        named = verbless(self.headline) and verbless(text)
        if (
            not stands(text, self.wanted.max_chars, self.body, named=named)
            or named
            and _seams(text, self.body)
        ):
            return False
        placed = _PLACED.search(text)
        if placed and verbless(placed.group(1)) or _first(text) in _MIDDLE or hangs(text, self.body):
            return False
        return not (self._before_its_verb(text) or self._pressed_in(text) or self._dodged(text))

    def _dodged(self, text: str) -> bool:
        """True where a word to avoid was only robbed of a piece: 托口语 for 托福口语."""
        ends = {(word[0], word[-1]) for word in self.wanted.avoid if len(word) > 1}
        for start, end in units(text):
            if end - start > 1 and frequency(text[start:end]) >= COMMON:
                continue
            for place in range(max(1, start), min(end + 1, len(text))):
                joined = text[place - 1 : place + 1]
                if any(joined[0] == a or joined[1] == b for a, b in ends) and joined not in self.body:
                    return True
        return False

    def _pressed_in(self, text: str) -> bool:
        """True where a word to keep stands inside another word."""
        for word in self.wanted.keep:
            start = text.find(word)
            if start >= 0 and any(_cut(text, place, self.body) for place in (start, start + len(word))):
                return True
        return False

    def _before_its_verb(self, text: str) -> bool:
        """True for a piece of the headline that ends where its verb begins."""
        after = self.headline.partition(text)[2]
        return bool(after) and after[0].isalnum() and tag(_first(after)).startswith("v")

    def _twice(self, text: str) -> bool:
        """True where a word stands twice that the headline has once."""
        return any(self.headline.count(word) < 2 for word in twice(text))


def why(by_bar: ByBar) -> str:
    """At which bars the wordings fell, the most frequent first, in one line."""
    fallen: Counter[str] = Counter()
    for bar, items in by_bar.items():
        fallen[bar or "other"] += len(items)
    if not fallen:
        return "没有写出能用的句子 / nothing printable was written"
    told = "、".join(f"{count}条{BARS[bar]}" for bar, count in fallen.most_common(3))
    return f"写了{fallen.total()}条都不合用：{told} / none of {fallen.total()} wordings passed"


def acted(text: str, body: str) -> bool:
    """False where ``text`` opens with a person, a party or an office of whom ``body`` does not say its first verb.

    Only where the body has both words: a model may well shorten a name or find another verb.
    """
    words = [text[a:b] for a, b in units(text)]
    verb = next((i for i, word in enumerate(words) if i and len(word) > 1 and tag(word) == "v"), 0)
    who = next((word for word in words[:verb] if tag(word) in ("nr", "nt") or _ACTOR.search(word)), "")
    if not verb or not who or who not in body or words[verb] not in body:
        return True
    return any(_does(sentence, who, words[verb], text) for sentence in _SENTENCE.findall(body))


def _does(sentence: str, who: str, verb: str, text: str) -> bool:
    """True where ``verb`` follows ``who`` in ``sentence`` and nobody between them whom ``text`` does not name."""
    start, end = sentence.find(who), sentence.rfind(verb)
    if not 0 <= start < end:
        return False
    between = sentence[start + len(who) : end]
    names = [between[a:b] for a, b in units(between) if tag(between[a:b]) == "nr" and b - a > 1]
    return all(name in text for name in names)


def _cut(text: str, place: int, body: str) -> bool:
    """True where ``text`` joins what ``body`` does not, and cuts one of its words there."""
    joined = text[place - 1 : place + 1] if place else ""
    return len(joined) == 2 and joined.isalnum() and joined not in body and cuts_in(text, place, body)


def twice(text: str) -> list[str]:
    """The content words that stand more than once."""
    return [word for word, count in Counter(content(text)).items() if count > 1]


def hangs(text: str, body: str) -> bool:
    """True where the last word was hung on: one character, or a verb that wants an object."""
    start, end = units(text)[-1]
    sewn_on = start and text[start - 1 : start + 1].isalnum() and text[start - 1 : start + 1] not in body
    if not sewn_on:
        return False
    nobody_says = text[start:] == "发布" and text[start - 1] in _OFFICES
    return end - start == 1 and is_han(text[start]) or text[start:] in _WANTING or nobody_says


def _seams(text: str, body: str) -> bool:
    """True where words meet that do not meet in ``body``."""
    return any(text[a - 1 : a + 1].isalnum() and text[a - 1 : a + 1] not in body for a, _ in units(text)[1:])


def _first(text: str) -> str:
    return text[slice(*next(iter(units(text)), (0, 0)))]

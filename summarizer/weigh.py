"""How much each character of an article matters for its headline, without a model.

A word counts for how often it stands in the article, how rare it is in Chinese at large and how early
it first comes; a trained salience head gives better values in the same shape (``Salient``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache

from .chars import is_han
from .forms.words import frequency, tag, total, words

STOP_WORDS = frozenset(
    (
        "的 了 和 与 及 在 是 为 对 将 把 被 从 由 向 到 于 以 等 也 都 就 还 又 并 而 但 或 这 那 其 "
        "之 个 们 我 你 他 她 它 我们 你们 他们 一个 这个 那个 记者 今天 昨天 昨日 今日 近日 日前 "
        "目前 当前 此次 本次 有关 相关 表示 介绍 指出 认为 称 说 道 了解 获悉 据悉 据了解 通过 根据 "
        "按照 以及 进行 已经 可以 能够 需要 成为 方面 其中 同时 此外 因为 所以 如果 不仅 而且 没有 "
        "不是 就是 还是 这些 那些 什么 怎么 这样 那样 时 后 前 中 上 下 里 内 外 间 日 月 年 讯 电 "
        "本报 报道 消息 通讯员"
    ).split()
)
# Words after this many characters are no longer weighed down for coming late.
_FADE = 400


def content(text: str) -> tuple[str, ...]:
    """Content words of ``text`` in order: no stop words, no punctuation, single characters only in digits."""
    found = (text[a:b] for a, b in words(text) if b - a > 1)
    return tuple(w for w in found if w not in STOP_WORDS and (w.isalnum() or any(map(str.isalnum, w))))


@lru_cache(maxsize=1 << 12)
def rarity(word: str) -> float:
    """How rare ``word`` is in Chinese at large, 0..1, from the word counts of jieba's dictionary.

    A word the dictionary does not hold (most names) is 0.9, as rare as a count of 3 in 60 million.
    """
    everything = total()
    return min(1.0, math.log(everything / (frequency(word) or 3)) / math.log(everything))


def salience(body: str) -> tuple[float, ...]:
    """One value in 0..1 per code point of ``body``; the whole word shares its value. Empty for ""."""
    spans = words(body)
    said = Counter(body[a:b] for a, b in spans)
    value: dict[str, float] = {}
    for start, end in spans:
        word = body[start:end]
        if word not in value:
            value[word] = _value(word, said[word], start)
    top = max(value.values(), default=0.0) or 1.0
    return tuple(value[body[a:b]] / top for a, b in spans for _ in range(a, b))


def _value(word: str, count: int, first: int) -> float:
    if not any(map(str.isalnum, word)):
        return 0.0
    early = 0.35 + 0.65 / (1.0 + first / 60) if first < _FADE else 0.35
    if word in STOP_WORDS or (len(word) == 1 and is_han(word)):
        worth = 0.12
    else:
        worth = 0.5 if word[0].isdigit() or tag(word) == "t" else 1.0  # figures are rare by nature
    return worth * (1.0 + math.log(count)) * rarity(word) ** 2 * early


def mix(*scores: Sequence[float]) -> list[float]:
    """The mean of several opinions on the salience of each code point, each scaled first.

    Development articles liked the mean of a salience head and the extractor's fitted chances best
    (docs/forms.md). No opinion gives []; opinions of different length raise ValueError.
    """
    return [sum(values) / len(values) for values in zip(*map(scaled, scores), strict=True)]


def scaled(scores: Sequence[float]) -> list[float]:
    """``scores`` with the tenth highest as 1: a head's probabilities may all be small."""
    top = sorted(scores, reverse=True)[:10]
    return [min(1.0, score / top[-1]) for score in scores] if top and top[-1] > 0 else list(scores)


class Ground:
    """What an article holds that a headline could: made once per article.

    ``scores`` are one salience per code point of ``body``; ``spans`` are its words.
    """

    def __init__(self, body: str, scores: Sequence[float]) -> None:
        self._worth: dict[str, float] = {}
        self._bigrams = {body[i : i + 2] for i in range(len(body) - 1)}
        self.spans = words(body)
        for start, end in self.spans:
            word = body[start:end]
            if word not in STOP_WORDS and any(map(str.isalnum, word)):
                value = max(scores[start:end], default=0.0) * len(word)
                self._worth[word] = max(self._worth.get(word, 0.0), value)
        self._reached: dict[float, float] = {}

    def reach(self, budget: float) -> float:
        """The salience that the most salient words fill ``budget`` full-width units with."""
        if budget not in self._reached:
            self._reached[budget] = self._reach(budget)
        return self._reached[budget]

    def _reach(self, room: float) -> float:
        best = 0.0
        for word in self._by_worth:
            if len(word) <= room:
                best, room = best + self._worth[word], room - len(word)
        return best

    @cached_property
    def _by_worth(self) -> list[str]:
        """Words by their salience for the room that they take."""
        return sorted(self._worth, key=lambda w: (-self._worth[w] / len(w), w))

    def covered(self, text: str, budget: float) -> float:
        """Share of the salience reachable within ``budget`` that ``text`` holds, 0..1; 0 for an empty text or body."""
        pieces = {text[a:b] for a, b in words(text)}
        held = sum(v for word, v in self._worth.items() if word in pieces or (len(word) > 1 and word in text))
        best = self.reach(budget)
        return min(1.0, held / best) if best else 0.0

    def joined(self, text: str) -> float:
        """Share of neighbouring characters of ``text`` that are neighbours in the article or in a word, 0..1.

        A model that strings true pieces together wrongly has low values; marks and spaces are passed over.
        1 for a text of one character.
        """
        inside = {i for a, b in words(text) for i in range(a, b - 1)}
        pairs = [i for i in range(len(text) - 1) if text[i].isalnum() and text[i + 1].isalnum()]
        known = sum(i in inside or text[i : i + 2] in self._bigrams for i in pairs)
        return known / len(pairs) if pairs else 1.0


def covered(text: str, body: str, scores: Sequence[float], budget: float) -> float:
    """``Ground.covered`` for a single text."""
    return Ground(body, scores).covered(text, budget)

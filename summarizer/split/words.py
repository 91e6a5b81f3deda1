"""How much two stretches of text have in common: character bigrams, rare ones counting more.

The weight of a bigram is its inverse document frequency over the paragraphs of the page itself
(Spärck Jones 1972, ln(n / df)), so a place name that is everywhere on a local page tells nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..chars import HAN_CLASS

_RUN = re.compile(rf"[{HAN_CLASS}]+|[A-Za-z]+|\d+")
_COMMON = frozenset(
    (
        "的一 了一 一个 这个 进行 我们 他们 工作 记者 表示 同时 以及 目前 可以 没有 通过 开展 其中 已经 为了 "
        "对于 不断 相关 有关 发展 推进 加强 活动 全市 全国 全省 今年 去年 近日 日前 如何 成为 实现 提高 建设 "
        "问题 方面 情况 要求 介绍 来自 共同 重要 的发 的工 的人 的大 了解 不仅 还是 就是 也是 都是 但是 因此 "
        "因为 所以 如果 这些 那些 什么 自己 时间 现在 一些 这样 会议"
    ).split()
)


def grams(text: str) -> Counter[str]:
    """Bigrams of Han characters, whole Latin words and numbers of two digits and more."""
    found: Counter[str] = Counter()
    for match in _RUN.finditer(text):
        run = match[0]
        if run.isascii():
            if len(run) > 1:
                found[run.lower()] += 1
        else:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return found


class Weights:
    """Weights of bigrams on one page; ``documents`` are its paragraphs."""

    def __init__(self, documents: Sequence[Iterable[str]]):
        self._count: Counter[str] = Counter()
        for document in documents:
            self._count.update(set(document))
        self._total = max(2, len(documents))

    def __getitem__(self, gram: str) -> float:
        if gram in _COMMON:
            return 0.05
        return math.log((self._total + 1) / (self._count[gram] + 0.5))

    def cosine(self, left: Counter[str], right: Counter[str]) -> float:
        """Cosine (0..1) of two weighted bags with log-damped counts; 0 where one is empty."""
        if len(left) > len(right):
            left, right = right, left
        shared = sum(self._part(g, left) * self._part(g, right) for g in left if g in right)
        return shared / (self._norm(left) * self._norm(right)) if shared else 0.0

    def covered(self, part: Counter[str], whole: Counter[str]) -> float:
        """Share (0..1) of the weight of ``part`` whose bigrams occur in ``whole``."""
        weight = sum(self[gram] for gram in part)
        return sum(self[gram] for gram in part if gram in whole) / weight if weight else 0.0

    def _part(self, gram: str, bag: Counter[str]) -> float:
        return (1 + math.log(bag[gram])) * self[gram]

    def _norm(self, bag: Counter[str]) -> float:
        return math.sqrt(sum(self._part(gram, bag) ** 2 for gram in bag)) or 1.0

"""How much two stretches of text have in common: character bigrams, rare ones counting more.

The weight of a bigram is its inverse document frequency over the paragraphs of the page itself
(Spärck Jones 1972, ln(n / df)), so a place name that is everywhere on a local page tells nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

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


@dataclass(frozen=True, slots=True)
class Vector:
    """Weighted, log-damped counts of a bag's bigrams, and their Euclidean norm (1 for none)."""

    parts: dict[str, float]
    norm: float


class Weights(dict[str, float]):
    """Weights of bigrams on one page; ``documents`` are its paragraphs. Worked out as they are asked for."""

    def __init__(self, documents: Sequence[Iterable[str]]):
        super().__init__(dict.fromkeys(_COMMON, 0.05))
        self._documents = documents
        self._total = max(2, len(documents))

    @cached_property
    def _count(self) -> Counter[str]:
        """How many documents hold each bigram."""
        count: Counter[str] = Counter()
        for document in self._documents:
            count.update(set(document))
        return count

    def __missing__(self, gram: str) -> float:
        weight = self[gram] = math.log((self._total + 1) / (self._count[gram] + 0.5))
        return weight

    def vector(self, bag: Counter[str]) -> Vector:
        """The weighted bag; its cosine with others is then cheap."""
        parts = {gram: _damped(count) * self[gram] for gram, count in bag.items()}
        return Vector(parts, math.sqrt(sum([part**2 for part in parts.values()])) or 1.0)


@cache
def _damped(count: int) -> float:
    return 1 + math.log(count)


def cosine(left: Vector, right: Vector) -> float:
    """Cosine (0..1) of two weighted bags; 0 where one is empty."""
    if len(left.parts) > len(right.parts):
        left, right = right, left
    others = right.parts
    shared = sum(part * others[gram] for gram, part in left.parts.items() if gram in others)
    return shared / (left.norm * right.norm) if shared else 0.0

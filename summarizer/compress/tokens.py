"""A sentence as tokens for the compressor: what is whole, what hangs on its neighbour, what a cut costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..chars import CLOSERS, PAIRS, QUOTES, matched_pairs, width
from ..forms.words import tag, units
from ..types import Span


@dataclass(frozen=True, slots=True)
class Prices:
    """What a cut costs, in the unit of one fully salient character. Set on development articles.

    ``start``: a run that begins in the middle of a clause; ``end``: one that ends there; ``clause``: a
    leap over a clause mark; ``noun``: a cut between nouns (市委|书记); ``figure``: between a figure and
    what it counts (64个|国家, 4人|遇难); ``verb``: between a verb and its object; ``link``: after a
    preposition or conjunction (死于|事故).
    """

    start: float = 0.1
    end: float = 0.75
    clause: float = 1.75
    noun: float = 0.1
    verb: float = 0.1
    figure: float = 1.0
    link: float = 1.0


PRICES = Prices()
MARKS = frozenset("，,；;。！!？?：:…—\n")
_GLUED_LEFT = frozenset(
    (
        "的 地 得 了 着 过 们 等 、 和 与 及 或 之 所 · 中 上 下 里 内 后 前 时 间 以来 之间 左右 以上 以下"
    ).split()
)
_GLUED_RIGHT = frozenset(
    (
        "的 在 对 把 被 将 为 向 从 由 让 使 给 跟 比 据 以 于 和 与 及 或 、 并 而 不 没 未 最 更 很 "
        "再 又 也 都 就 · 这 该 其 各 每 某 通过 根据 按照 关于 随着 以及 为了 自 至 到 当 经 是"
    ).split()
)
_HEDGES = frozenset(
    (
        "不 没 没有 未 未能 无 无法 不能 不会 不得 不再 禁止 严禁 拒绝 否认 反对 取消 停止 避免 防止 "
        "拟 将 或 或将 可能 有望 涉嫌 疑似 据称 据传 传 称 计划 预计 力争 争取 不是 并非 尚未 从未 "
        "暂停 暂不 不予 不准 不许 如果 假如 若"
    ).split()
)
_NO_NEGATION = frozenset(
    "不断 不少 不仅 不但 不久 不同 不已 不过 不论 不管 不乏 不锈钢 不动产 不等式 未来 没收 没落".split()
)
_DATELINE = re.compile(
    r"^\s*(?:[（(][^）)]{1,16}[）)])?"
    r"(?:[\w·]{2,12}?(?:讯|消息)|(?:新华社|中新[网社]|人民网|央视网|本报|\w{2,8}[社网报])[^，。]{0,18}?[电讯])"
    r"\s*(?:[（(][^）)]{1,40}[）)])?\s*"
)


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    width: int  # half units
    value: float
    left: bool = False  # can't stand without what is before it
    right: bool = False  # can't stand without what is after it
    hedge: bool = False
    mark: int = 0  # half units that a clause mark costs when it is crossed; 0 for a word
    skip: bool = False  # always dropped, at no price
    bond: float = 0.0  # price of a cut between this token and the one before


def tokens_of(
    sentence: str, scores: Sequence[float], names: tuple[str, ...], target: float, prices: Prices
) -> list[Token]:
    """The tokens of ``sentence``, covering it in order; ``target`` in full-width units."""
    skipped, whole = _enclosures(sentence, target)
    if dateline := _DATELINE.match(sentence):
        skipped.append((0, dateline.end()))
    outside = set(range(len(sentence))).difference(*(range(a, b) for a, b in skipped))
    if not any(sentence[i].isalnum() for i in outside):  # all in brackets: then only the marks go
        skipped, whole = [(i, i + 1) for i, c in enumerate(sentence) if c in PAIRS or c in CLOSERS], []
    spans = _joined(units(sentence, names), skipped + whole)
    tokens = [_token(sentence, span, scores, skipped) for span in spans]
    return _bonded(sentence, tokens, prices)


def _enclosures(sentence: str, target: float) -> tuple[list[Span], list[Span]]:
    """Spans to drop (brackets, marks of long quotations, long titles) and spans to keep whole."""
    skipped: list[Span] = []
    whole: list[Span] = []
    for start, end in matched_pairs(sentence):
        wide = width(sentence[start : end + 1]) > min(target, 18)
        if sentence[start] in "（([（［{｛【〔":
            skipped.append((start, end + 1))
        elif not wide:
            whole.append((start, end + 1))
        elif sentence[start] in QUOTES:
            skipped += [(start, start + 1), (end, end + 1)]
        else:
            skipped.append((start, end + 1))
    return skipped, whole


def _joined(spans: Sequence[Span], whole: Sequence[Span]) -> list[Span]:
    cuts = {0} | {end for _, end in spans} | {p for span in whole for p in span}
    inside = {p for start, end in whole for p in range(start + 1, end)}
    kept = sorted(cuts - inside)
    return list(zip(kept, kept[1:], strict=False))


def _token(sentence: str, span: Span, scores: Sequence[float], skipped: Sequence[Span]) -> Token:
    text = sentence[span[0] : span[1]]
    if any(a <= span[0] and span[1] <= b for a, b in skipped) or text in '“”‘’"《》（）()':
        return Token(*span, 0, 0.0, skip=True)
    if all(c in MARKS or c.isspace() for c in text):
        return Token(*span, 0, 0.0, mark=2 if text in "：:" else 1)
    value = sum(scores[span[0] : span[1]])
    return Token(
        *span, round(2 * width(text)), value, text in _GLUED_LEFT, text in _GLUED_RIGHT, _hedges(text)
    )


def _hedges(text: str) -> bool:
    """True for a hedge, and for a unit that begins with a negation (不涨价)."""
    return text in _HEDGES or (text[0] in "不未没" and text not in _NO_NEGATION and len(text) > 1)


def _bonded(sentence: str, tokens: Sequence[Token], prices: Prices) -> list[Token]:
    """``tokens`` with the price of a cut before each, by the parts of speech on its two sides."""
    found: list[Token] = []
    figure = prices.figure
    price = {"nn": prices.noun, "vn": prices.verb, "vm": prices.verb, "mn": figure, "mv": figure}
    before = ""
    for token in tokens:
        kind = "" if token.mark else _kind(sentence[token.start : token.end])
        bond = prices.link if before == "p" and kind else price.get(before + kind, 0.0)
        found.append(replace(token, bond=bond) if bond else token)
        if not token.skip:
            before = kind
    return found


def _kind(word: str) -> str:
    """``n`` what names (unknown words too), ``v`` verb, ``m`` figure, ``p`` what links, ``o`` the rest."""
    found = tag(word)
    if word in _GLUED_RIGHT and word not in "的、·":
        return "p"
    if found[0] == "m":
        return "m"
    return "n" if found[0] in "nxjlb" or found == "vn" else "v" if found[0] == "v" else "o"

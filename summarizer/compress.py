"""The extractive compressor: the best part of a sentence that fits a headline's length.

``compress`` keeps whole units (words, numbers with their units, names, short quotations) of a sentence
in order and drops the rest, choosing by dynamic programming the kept units of the most salience, with a
price on every gap so that runs stay together. A negation or a hedge (没有, 拟, 涉嫌, 否认…) is never dropped
before words of its clause that are kept, since that would say the opposite or more than the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .chars import CLOSERS, PAIRS, QUOTES, matched_pairs, width
from .errors import SettingsError
from .forms.words import tag, units
from .types import Span
from .weigh import salience as heuristic


@dataclass(frozen=True, slots=True)
class Prices:
    """What a cut costs, in the unit of one fully salient character. Tuned by ``eval/compress_tune.py``.

    ``start``: a run that begins in the middle of a clause; ``end``: one that ends there; ``clause``: a
    leap over a clause mark; ``noun``: a cut between nouns or a figure and its noun (市委|书记, 64个|国家),
    twice that between a figure and its verb (4人|遇难);
    ``verb``: between a verb and its object; ``link``: after a preposition or conjunction (死于|事故).
    """

    start: float = 0.1
    end: float = 0.75
    clause: float = 1.75
    noun: float = 0.28
    verb: float = 0.1
    link: float = 0.6


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
_DATELINE = re.compile(
    r"^\s*(?:[（(][^）)]{1,16}[）)])?"
    r"(?:[\w·]{2,12}?(?:讯|消息)|(?:新华社|中新[网社]|人民网|央视网|本报|\w{2,8}[社网报])[^，。]{0,18}?[电讯])"
    r"\s*(?:[（(][^）)]{1,40}[）)])?\s*"
)


@dataclass(frozen=True, slots=True)
class Compression:
    """``text`` is made of ``spans`` of the sentence; ``value`` is the salience kept less the gaps' price."""

    text: str
    spans: tuple[Span, ...]
    value: float


@dataclass(frozen=True, slots=True)
class _Token:
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


def compress(
    sentence: str,
    target: float,
    salience: Sequence[float] | None = None,
    names: Iterable[str] = (),
    prices: Prices = PRICES,
) -> Compression:
    """The best part of ``sentence`` within ``target`` full-width units, in newspaper manner, never empty.

    ``salience`` gives 0..1 per code point (a model's, or computed here from frequency and position);
    ``names`` are never cut. Brackets are dropped whole, a quotation or title is kept whole, dropped
    whole, or (a quotation over the target) loses both its marks. A sentence that fits is returned
    whole but for its dateline, brackets and end mark. Only when one unit alone is wider than the
    target is the result wider. Raises SettingsError for a sentence without words or a target below 2.
    """
    return compressions(sentence, (target,), salience, names, prices)[0]


def compressions(
    sentence: str,
    targets: Sequence[float],
    salience: Sequence[float] | None = None,
    names: Iterable[str] = (),
    prices: Prices = PRICES,
) -> tuple[Compression, ...]:
    """``compress`` for several targets in one pass, one result each, in the order of ``targets``."""
    if not targets or min(targets) < 2:
        raise SettingsError(f"压缩目标至少 2 字，得到 {list(targets)} / a target is at least 2 units")
    scores = heuristic(sentence) if salience is None else salience
    if len(scores) != len(sentence):
        raise SettingsError(
            f"显著度应有 {len(sentence)} 个值，得到 {len(scores)} / one salience per code point"
        )
    tokens = _tokens(sentence, scores, tuple(names), max(targets), prices)
    if not any(not t.skip and not t.mark for t in tokens):
        raise SettingsError(f"句子里没有词：{sentence[:20]!r} / no words to compress")
    table = _search(tokens, int(2 * max(targets)), prices)
    return tuple(_best(sentence, tokens, table, int(2 * target)) for target in targets)


def _tokens(
    sentence: str, scores: Sequence[float], names: tuple[str, ...], target: float, prices: Prices
) -> list[_Token]:
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


def _token(sentence: str, span: Span, scores: Sequence[float], skipped: Sequence[Span]) -> _Token:
    text = sentence[span[0] : span[1]]
    if any(a <= span[0] and span[1] <= b for a, b in skipped) or text in '“”‘’"《》（）()':
        return _Token(*span, 0, 0.0, skip=True)
    if all(c in MARKS or c.isspace() for c in text):
        return _Token(*span, 0, 0.0, mark=2 if text in "：:" else 1)
    value = sum(scores[span[0] : span[1]])
    return _Token(
        *span, round(2 * width(text)), value, text in _GLUED_LEFT, text in _GLUED_RIGHT, text in _HEDGES
    )


def _bonded(sentence: str, tokens: Sequence[_Token], prices: Prices) -> list[_Token]:
    """``tokens`` with the price of a cut before each, by the parts of speech on its two sides."""
    found: list[_Token] = []
    price = {
        "nn": prices.noun,
        "mn": prices.noun,
        "vn": prices.verb,
        "vm": prices.verb,
        "mv": 2 * prices.noun,
    }
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


# A state is (anything kept, last word kept, rest of the clause blocked, half units owed for a crossed mark).
_State = tuple[bool, bool, bool, int]
_Cell = tuple[float, "_Cell | None", int]  # value, where it came from, token kept (-1 for none)
_Table = dict[tuple[_State, int], _Cell]


def _search(tokens: Sequence[_Token], limit: int, prices: Prices) -> _Table:
    """Best value for each (state, width) after the last token, with the way back."""
    table: _Table = {((False, False, False, 0), 0): (0.0, None, -1)}
    previous: _Token | None = None
    for i, token in enumerate(tokens):
        if token.skip:
            continue
        following: _Table = {}
        for (state, used), cell in table.items():
            for new, extra, value, kept in _moves(state, token, previous, prices):
                if used + extra > limit:
                    continue
                key = (new, used + extra)
                if key not in following or cell[0] + value > following[key][0]:
                    following[key] = (cell[0] + value, cell, i) if kept else (cell[0] + value, *cell[1:])
        table, previous = following, token
    return _finished(table, previous)


def _moves(state: _State, token: _Token, previous: _Token | None, prices: Prices):
    """Each way on from ``state``: new state, half units used, value gained, whether ``token`` is kept."""
    some, last, blocked, owed = state
    hangs = last and previous is not None and previous.right  # the last kept word wants its next
    if token.mark:
        if not hangs:
            yield (some, False, False, max(owed, token.mark) if some else 0), 0, 0.0, False
        return
    if not hangs:
        yield (some, False, blocked or token.hedge, owed), 0, -(prices.end + token.bond) * last, False
    if blocked or (token.left and not last):
        return
    at_start = previous is None or bool(previous.mark)
    price = 0.0 if last or at_start else prices.start + token.bond
    price += prices.clause if owed and not last else 0.0
    yield (True, True, False, 0), token.width + (0 if last else owed), token.value - price, True


def _finished(table: _Table, last: _Token | None) -> _Table:
    return {key: cell for key, cell in table.items() if not (key[0][1] and last is not None and last.right)}


def _best(sentence: str, tokens: Sequence[_Token], table: _Table, limit: int) -> Compression:
    found = [(cell[0], -used, cell) for ((some, *_), used), cell in table.items() if some and used <= limit]
    if not found:
        return _single(sentence, tokens, limit)
    value, _, cell = max(found, key=lambda item: item[:2])
    kept: list[int] = []
    step: _Cell | None = cell
    while step is not None and step[2] >= 0:
        kept.append(step[2])
        step = step[1]
    return _rendered(sentence, [tokens[i] for i in reversed(kept)], value)


def _single(sentence: str, tokens: Sequence[_Token], limit: int) -> Compression:
    """The most salient unit alone that fits, or the narrowest where none does."""
    free = [t for t in tokens if not t.skip and not t.mark]
    fitting = [t for t in free if t.width <= limit]
    one = max(fitting, key=lambda t: t.value) if fitting else min(free, key=lambda t: t.width)
    return _rendered(sentence, [one], one.value)


def _rendered(sentence: str, kept: Sequence[_Token], value: float) -> Compression:
    """Runs joined: nothing inside a clause, a colon where it stood, a space for other marks."""
    parts: list[str] = []
    spans: list[Span] = []
    for token in kept:
        if spans and spans[-1][1] == token.start:
            spans[-1] = (spans[-1][0], token.end)
        else:
            if spans:
                parts.append(_joint(sentence[spans[-1][1] : token.start]))
            spans.append((token.start, token.end))
        parts.append(sentence[token.start : token.end])
    return Compression("".join(parts), tuple(spans), value)


def _joint(gap: str) -> str:
    if any(mark in gap for mark in "：:"):
        return "："
    return " " if any(mark in MARKS or mark.isspace() for mark in gap) else ""

"""The extractive compressor: the best part of a sentence that fits a headline's length.

``compress`` keeps whole units (words, numbers with their units, names, short quotations) of a sentence
in order and drops the rest, choosing by dynamic programming the kept units of the most salience, with a
price on every gap so that runs stay together. A negation or a hedge (没有, 拟, 涉嫌, 否认…) is never dropped
before words of its clause that are kept, since that would say the opposite or more than the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import SettingsError
from ..types import Span
from ..weigh import salience as heuristic
from ..weigh import scaled
from .tokens import PRICES, Prices, Token, tokens_of


@dataclass(frozen=True, slots=True)
class Compression:
    """``text`` is made of ``spans`` of the sentence; ``value`` is the salience kept less the gaps' price."""

    text: str
    spans: tuple[Span, ...]
    value: float


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
    scores = scaled(scores)
    tokens = tokens_of(sentence, scores, tuple(names), max(targets), prices)
    if not any(not t.skip and not t.mark for t in tokens):
        raise SettingsError(f"句子里没有词：{sentence[:20]!r} / no words to compress")
    table = _search(tokens, int(2 * max(targets)), prices)
    return tuple(_best(sentence, tokens, table, int(2 * target)) for target in targets)


# A state is (anything kept, last word kept, rest of the clause blocked, half units owed for a crossed mark).
_State = tuple[bool, bool, bool, int]
_Cell = tuple[float, "_Cell | None", int]  # value, where it came from, token kept (-1 for none)
_Table = dict[_State, dict[int, _Cell]]  # by half units used


def _search(tokens: Sequence[Token], limit: int, prices: Prices) -> _Table:
    """Best value for each state and width after the last token, with the way back."""
    table: _Table = {(False, False, False, 0): {0: (0.0, None, -1)}}
    previous: Token | None = None
    for i, token in enumerate(tokens):
        if token.skip:
            continue
        following: _Table = {}
        for state, cells in table.items():
            for new, extra, gain, kept in _moves(state, token, previous, prices):
                row = following.setdefault(new, {})
                for used, cell in cells.items():
                    at, value = used + extra, cell[0] + gain
                    if at <= limit and (at not in row or value > row[at][0]):
                        row[at] = (value, cell, i) if kept else (value, *cell[1:])
        table, previous = {state: _front(row) for state, row in following.items()}, token
    return _finished(table, previous)


def _front(row: dict[int, _Cell]) -> dict[int, _Cell]:
    """``row`` without the cells that are wider than another and worth no more."""
    kept: dict[int, _Cell] = {}
    best = float("-inf")
    for used in sorted(row):
        if row[used][0] > best:
            kept[used], best = row[used], row[used][0]
    return kept


def _moves(state: _State, token: Token, previous: Token | None, prices: Prices):
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


def _finished(table: _Table, last: Token | None) -> _Table:
    return {state: row for state, row in table.items() if not (state[1] and last is not None and last.right)}


def _best(sentence: str, tokens: Sequence[Token], table: _Table, limit: int) -> Compression:
    cells = (
        (cell[0], -used, cell) for (some, *_), row in table.items() if some for used, cell in row.items()
    )
    found = [item for item in cells if -item[1] <= limit]
    if not found:
        return _single(sentence, tokens, limit)
    value, _, cell = max(found, key=lambda item: item[:2])
    kept: list[int] = []
    step: _Cell | None = cell
    while step is not None and step[2] >= 0:
        kept.append(step[2])
        step = step[1]
    return _rendered(sentence, tokens, kept[::-1], value)


def _single(sentence: str, tokens: Sequence[Token], limit: int) -> Compression:
    """The most salient unit alone that fits, or the narrowest where none does."""
    free = [i for i, t in enumerate(tokens) if not t.skip and not t.mark]
    fitting = [i for i in free if tokens[i].width <= limit]
    one = max(fitting, key=lambda i: tokens[i].value) if fitting else min(free, key=lambda i: tokens[i].width)
    return _rendered(sentence, tokens, [one], tokens[one].value)


def _rendered(sentence: str, tokens: Sequence[Token], kept: Sequence[int], value: float) -> Compression:
    """Runs joined: nothing inside a clause, a colon where it stood, a space for other marks."""
    parts: list[str] = []
    spans: list[Span] = []
    for last, index in zip([None, *kept], kept, strict=False):
        token = tokens[index]
        if last is not None:
            parts.append(_joint(tokens[last + 1 : index]))
        if spans and spans[-1][1] == token.start:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        parts.append(sentence[token.start : token.end])
    return Compression("".join(parts), tuple(spans), value)


def _joint(gap: Sequence[Token]) -> str:
    """What stands for the tokens left out; marks inside a dropped bracket say nothing."""
    widest = max((token.mark for token in gap), default=0)
    return ("", " ", "：")[widest]

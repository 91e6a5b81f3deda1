"""Beam search and greedy continuation over ``decoder``, for requests of their own pieces and lengths.

The search is that of transformers' ``generate`` with ``early_stopping``: 2·k candidates a step, an end mark counts
where it stands among the best k, a request is done with k texts. Scores are mean log-probabilities per piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .decoder import FAR, Decoder, Memory

SLACK = 0.7  # rows are packed anew when this share of them is still at work


@dataclass(frozen=True)
class Order:
    """What one request may write. ``shift`` (nats) is added to its ``allowed`` pieces' scores before the softmax."""

    states: np.ndarray  # (n, d), the encoder's
    allowed: np.ndarray  # (a,) ids, ascending, the end mark among them
    shift: np.ndarray  # (a,)
    longest: int  # pieces to write, end mark included
    barred: tuple[tuple[int, ...], ...] = ()  # sequences that must not be written
    prefix: tuple[int, ...] = ()  # pieces that every text begins with; they take no part in its score
    apart: bool = False  # other beginnings, each gone on with greedily, instead of beams


@dataclass(frozen=True)
class Rules:
    """What holds for all requests of a search."""

    start: int
    end: int
    no_repeat: int = 0
    length_penalty: float = 1.0


@dataclass
class Text:
    """Ids without start; the end mark is the last of a finished one."""

    ids: list[int]
    score: float


class Run:
    """The rows of some requests (``each`` a request), step by step."""

    def __init__(self, decoder: Decoder, orders: Sequence[Order], each: int, rules: Rules):
        self.decoder, self.orders, self.each, self.rules = decoder, list(orders), each, rules
        self.longest = max(o.longest for o in orders)
        self.memory: Memory = decoder.read([o.states for o in orders])
        self.past = decoder.past(len(orders) * each, self.longest)
        self.ids = np.full((len(orders) * each, self.longest + 1), -1, np.int64)
        self.ids[:, 0] = rules.start
        self.at = 0
        self._lay()

    def _lay(self) -> None:
        """Each request's rows of the embedding table, padded to the longest list of pieces."""
        size = max(len(o.allowed) for o in self.orders)
        self.pieces = np.zeros((len(self.orders), size), np.int64)
        self.shift = np.full((len(self.orders), 1, size), FAR, np.float32)
        for row, order in enumerate(self.orders):
            self.pieces[row, : len(order.allowed)] = order.allowed
            self.shift[row, 0, : len(order.allowed)] = order.shift
        self.table = np.ascontiguousarray(self.decoder.table[self.pieces].transpose(0, 2, 1))

    def scores(self) -> np.ndarray:
        """Log-probabilities (requests, each, pieces) of the next piece; what must not come is at FAR."""
        states = self.decoder.step(self.ids[:, self.at], self.past, self.memory)
        logits = states.reshape(len(self.orders), self.each, -1) @ self.table + self.shift
        logits -= logits.max(-1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(-1, keepdims=True))
        # After the softmax: a text that has to go round what is barred keeps the low score that this deserves.
        self._bar(logits)
        return logits

    def _bar(self, scores: np.ndarray) -> None:
        if not self.at:
            self._shut(scores, range(len(self.ids)), self.rules.end)
        for row, piece in self._repeats():
            self._shut(scores, [row], piece)
        for number, order in enumerate(self.orders):
            rows = range(number * self.each, (number + 1) * self.each)
            if self.forced(number):
                self._force(scores, number, order.prefix[self.at])
                continue
            for way in order.barred:
                last = way[:-1]
                now = [r for r in rows if tuple(self.ids[r, self.at + 1 - len(last) : self.at + 1]) == last]
                self._shut(scores, now if last else rows, way[-1])

    def _force(self, scores: np.ndarray, number: int, piece: int) -> None:
        """Leave the prefix's piece alone; where the request could not write it, its first column stands for it."""
        order = self.orders[number]
        place = int(np.searchsorted(order.allowed, piece))
        if place == len(order.allowed) or order.allowed[place] != piece:
            place = 0
        scores[number] = FAR
        scores[number, :, place] = 0

    def _shut(self, scores: np.ndarray, rows, piece: int) -> None:
        for row in rows:
            number, beam = divmod(row, self.each)
            scores[number, beam, self.pieces[number] == piece] = FAR

    def _repeats(self) -> list[tuple[int, int]]:
        """Rows and the pieces that would close a run of ``no_repeat`` pieces for the second time."""
        n = self.rules.no_repeat
        if not n or self.at < n:
            return []
        written = self.ids[:, 1 : self.at + 1]
        last = written[:, written.shape[1] - (n - 1) :]
        same = np.ones((len(written), written.shape[1] - n + 1), bool)
        for k in range(n - 1):
            same &= written[:, k : k + same.shape[1]] == last[:, k, None]
        return [(int(row), int(written[row, at + n - 1])) for row, at in zip(*np.nonzero(same), strict=True)]

    def forced(self, number: int) -> bool:
        """True while the request's prefix is being written."""
        return self.at < len(self.orders[number].prefix)

    def piece(self, number: int, column: int) -> int:
        """The id that a column of ``scores`` stands for at this step."""
        return (
            self.orders[number].prefix[self.at] if self.forced(number) else int(self.pieces[number, column])
        )

    def text(self, number: int, ids: list[int], total: float) -> Text:
        """``ids`` with their score, the prefix's pieces not counted."""
        size = max(1, len(ids) - len(self.orders[number].prefix))
        return Text(ids, total / size**self.rules.length_penalty)

    def go_on(self, rows: np.ndarray, pieces: np.ndarray) -> None:
        """Row i goes on from the former row ``rows[i]`` with ``pieces[i]``."""
        if not np.array_equal(rows, np.arange(len(self.ids))):
            self.past.take(rows)
            self.ids = self.ids[rows]
        self.at += 1
        self.ids[:, self.at] = pieces

    def keep(self, numbers: Sequence[int]) -> None:
        """Go on with these requests alone."""
        at = np.asarray(numbers)
        rows = (at[:, None] * self.each + np.arange(self.each)).ravel()
        self.past.take(rows)
        self.ids, self.memory = self.ids[rows], self.memory.take(at)
        self.orders = [self.orders[i] for i in numbers]
        self.pieces, self.shift, self.table = self.pieces[at], self.shift[at], self.table[at]

    def written(self, row: int) -> list[int]:
        return self.ids[row, 1 : self.at + 1].tolist()


class Beams:
    """One request's beams: it goes on from the best 2·k candidates of a step and is done with k finished texts."""

    def __init__(self, each: int):
        self.texts: list[Text] = []
        self.total = np.full(each, FAR, np.float32)
        self.total[0] = 0

    def advance(self, run: Run, number: int, scores: np.ndarray) -> tuple[list[int], list[int], bool]:
        """Rows to go on from with their pieces, and True where the request is done."""
        width, beams = scores.shape[1], run.each
        flat = (scores + self.total[:, None]).ravel()
        rows, pieces, total = [], [], []
        for rank, place in enumerate(_best(flat, min(2 * beams, len(flat)))):
            value = flat[place]
            if value <= FAR / 2 or len(rows) == beams:
                break
            beam, column = divmod(int(place), width)
            row, piece = number * beams + beam, run.piece(number, column)
            if piece != run.rules.end or run.forced(number):
                rows.append(row)
                pieces.append(piece)
                total.append(value)
            elif rank < beams:
                self.texts.append(run.text(number, [*run.written(row), piece], float(value)))
        spare = beams - len(rows)
        self.total = np.array(total + [FAR] * spare, np.float32)
        done = len(self.texts) >= beams or spare == beams
        return rows + [number * beams] * spare, pieces + [run.rules.end] * spare, done

    def run_out(self, run: Run, number: int) -> None:
        """The length is spent: the beams as they are fill up what is missing."""
        for beam, total in enumerate(self.total.tolist()):
            if total > FAR / 2:
                self.texts.append(run.text(number, run.written(number * run.each + beam), total))


class Starts:
    """One request's likeliest first pieces, each gone on with greedily."""

    def __init__(self, each: int):
        self.texts: list[Text] = []
        self.total = np.zeros(each, np.float32)
        self.open = np.ones(each, bool)

    def advance(self, run: Run, number: int, scores: np.ndarray) -> tuple[list[int], list[int], bool]:
        """As of ``Beams``."""
        first = number * run.each
        columns = scores.argmax(1) if run.at else _best(scores[0], run.each)
        gained = scores[np.arange(run.each), columns]
        self.open &= gained > FAR / 2
        self.total += np.where(self.open, gained, 0)
        pieces = [
            run.piece(number, int(c)) if on else run.rules.end
            for c, on in zip(columns, self.open, strict=True)
        ]
        for beam in np.nonzero(self.open)[0].tolist():
            if pieces[beam] == run.rules.end:
                ids = [*run.written(first + beam), pieces[beam]]
                self.texts.append(run.text(number, ids, float(self.total[beam])))
                self.open[beam] = False
        return list(range(first, first + run.each)), pieces, not self.open.any()

    def run_out(self, run: Run, number: int) -> None:
        """The length is spent: what is not finished stays as it is."""
        for beam in np.nonzero(self.open)[0].tolist():
            ids = run.written(number * run.each + beam)
            self.texts.append(run.text(number, ids, float(self.total[beam])))


def search(decoder: Decoder, orders: Sequence[Order], each: int, rules: Rules) -> list[list[Text]]:
    """Texts of each request from ``each`` rows, best first; unfinished ones only where the length ran out."""
    if not orders:
        return []
    run = Run(decoder, orders, each, rules)
    ways = [Starts(each) if order.apart else Beams(each) for order in orders]
    active = list(range(len(orders)))  # the request of each block of rows
    done = [False] * len(orders)
    while active:
        scores = run.scores()
        rows, pieces = [], []
        for number, request in enumerate(active):
            going = [number * each + beam for beam in range(each)], [rules.end] * each, True
            if not done[request]:
                going = ways[request].advance(run, number, scores[number])
            rows += going[0]
            pieces += going[1]
            done[request] = going[2]
        run.go_on(np.array(rows), np.array(pieces))
        for number, request in enumerate(active):
            if not done[request] and run.at >= run.orders[number].longest:
                ways[request].run_out(run, number)
                done[request] = True
        left = [number for number, request in enumerate(active) if not done[request]]
        if len(left) <= SLACK * len(active):
            active = [active[n] for n in left]
            if left:
                run.keep(left)
    return [sorted(way.texts, key=lambda t: (-t.score, t.ids)) for way in ways]


def _best(values: np.ndarray, count: int) -> np.ndarray:
    """Places of the ``count`` largest values, the largest first, of equal ones the first."""
    if count < len(values):
        found = np.argpartition(-values, count - 1)[:count]
    else:
        found = np.arange(len(values))
    return found[np.lexsort((found, -values[found]))]

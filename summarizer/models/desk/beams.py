"""Beam search and greedy continuation over ``decoder``, for requests of their own pieces and lengths.

The search is that of transformers' ``generate`` with ``early_stopping``: 2·k candidates a step, an end mark counts
where it stands among the best k, a request is done with k texts. Scores are mean log-probabilities per piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .decoder import FAR, Decoder, Fan, Memory

SLACK = 0.7  # memories are packed anew when this share of the requests is still at work
# Rows of a request (counted within it) to go on from, and the next piece of each.
Step = list[tuple[int, int]]


@dataclass(frozen=True)
class Order:
    """What one request may write. ``shift`` (nats) is added to its ``allowed`` pieces' scores before the softmax."""

    states: np.ndarray  # (n, d), the encoder's
    allowed: np.ndarray  # (a,) ids, ascending, the end mark among them
    shift: np.ndarray  # (a,)
    longest: int  # pieces to write, end mark included
    start: tuple[
        int, ...
    ]  # what the decoder is given before its first step; of all orders of a search as many
    barred: tuple[tuple[int, ...], ...] = ()  # sequences that must not be written
    prefix: tuple[int, ...] = ()  # pieces that every text begins with; they take no part in its score
    rows: int = 4  # beams
    apart: bool = False  # other beginnings, each gone on with greedily, instead of beams

    def shares(self, other: Order) -> bool:
        """True where both read the same source and may write the same pieces (the very arrays)."""
        return self.states is other.states and self.allowed is other.allowed and self.shift is other.shift


@dataclass(frozen=True)
class Rules:
    """What holds for all requests of a search."""

    end: int
    no_repeat: int = 0
    length_penalty: float = 1.0


@dataclass
class Text:
    """Ids without start; the end mark is the last of a finished one."""

    ids: list[int]
    score: float


class Run:
    """The rows at work for some requests, step by step: each request has the rows that it still needs, side by side.

    Neighbours that share source and pieces are told apart only row by row: what they read is held once, and their
    rows are worked on together.
    """

    def __init__(self, decoder: Decoder, orders: Sequence[Order], rules: Rules):
        self.decoder, self.orders, self.rules = decoder, list(orders), rules
        self.longest = max(o.longest for o in orders)
        fresh = [not n or not order.shares(self.orders[n - 1]) for n, order in enumerate(self.orders)]
        self.source = np.cumsum(fresh) - 1  # of each request
        readers = [order for order, new in zip(self.orders, fresh, strict=True) if new]
        self.memory: Memory = decoder.read([o.states for o in readers])
        self.past = decoder.past(len(orders))
        self.ids = np.full((len(orders), self.longest + 1), -1, np.int64)
        self.at = 0
        self._count([1] * len(orders))
        self._lay(readers)
        *led, self.ids[:, 0] = np.array([o.start for o in orders]).T
        for given in led:
            decoder.step(given, self.past, self.memory, self.fan)

    def _count(self, counts: Sequence[int]) -> None:
        """Take ``counts[i]`` rows for request i; none for one that is done."""
        self.first = np.concatenate([[0], np.cumsum(counts)])
        self.owner = np.repeat(np.arange(len(counts)), counts)
        self.fan = Fan.of(np.bincount(self.source, counts).astype(np.int64))

    def _lay(self, readers: Sequence[Order]) -> None:
        """The columns of ``scores``: the pieces that all sources may write, then each one's own, padded.

        The first are most of them and need one product for all rows. ``readers`` has one order of each source.
        """
        known = np.bincount(np.concatenate([o.allowed for o in readers]))
        shared = known == len(readers)
        common = np.nonzero(shared)[0]
        own = max(len(o.allowed) for o in readers) - len(common)
        self.pieces = np.zeros((len(readers), len(common) + own), np.int64)
        self.pieces[:, : len(common)] = common
        self.shift = np.full((len(readers), 1, len(common) + own), FAR, np.float32)
        for row, order in enumerate(readers):
            inside = shared[order.allowed]
            end = len(order.allowed)
            self.pieces[row, len(common) : end] = order.allowed[~inside]
            self.shift[row, 0, : len(common)] = order.shift[inside]
            self.shift[row, 0, len(common) : end] = order.shift[~inside]
        self.common = np.ascontiguousarray(self.decoder.table[common].T)
        self.own = np.ascontiguousarray(self.decoder.table[self.pieces[:, len(common) :]].transpose(0, 2, 1))

    def scores(self) -> list[np.ndarray]:
        """Per request the log-probabilities (rows, pieces) of the next piece; what must not come is at FAR."""
        states = self.decoder.step(self.ids[:, self.at], self.past, self.memory, self.fan)
        logits = np.concatenate(
            [self.fan.spread(states @ self.common), self.fan.spread(states) @ self.own], -1
        )
        logits += self.shift
        logits -= logits.max(-1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(-1, keepdims=True))
        # After the softmax: a text that has to go round what is barred keeps the low score that this deserves.
        table = logits.reshape(-1, logits.shape[2])
        self._bar(table)
        return [self._rows_of(table, number) for number in range(len(self.orders))]

    def _rows_of(self, table: np.ndarray, number: int) -> np.ndarray:
        """The rows of a request, which stand side by side, in the padded ``table`` of all scores."""
        places = self.fan.places[self.first[number] : self.first[number + 1]]
        return table[places[0] : places[-1] + 1] if len(places) else table[:0]

    def _bar(self, scores: np.ndarray) -> None:
        if not self.at:
            self._shut(scores, range(len(self.ids)), self.rules.end)
        for row, piece in self._repeats():
            self._shut(scores, [row], piece)
        for number, order in enumerate(self.orders):
            if self.forced(number):
                self._force(scores, number, order.prefix[self.at])
                continue
            rows = range(self.first[number], self.first[number + 1])
            for way in order.barred:
                last = way[:-1]
                now = [r for r in rows if tuple(self.ids[r, self.at + 1 - len(last) : self.at + 1]) == last]
                self._shut(scores, now if last else rows, way[-1])

    def _force(self, scores: np.ndarray, number: int, piece: int) -> None:
        """Leave the prefix's piece alone; where the request could not write it, its first column stands for it."""
        rows = self._rows_of(scores, number)
        rows[:] = FAR
        rows[:, int((self.pieces[self.source[number]] == piece).argmax())] = 0

    def _shut(self, scores: np.ndarray, rows: Iterable[int], piece: int) -> None:
        for row in rows:
            pieces = self.pieces[self.source[self.owner[row]]]
            scores[self.fan.places[row], pieces == piece] = FAR

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

    def written_next(self, number: int, columns: np.ndarray) -> list[int]:
        """The ids that columns of ``scores`` stand for at this step."""
        if self.forced(number):
            return [self.orders[number].prefix[self.at]] * len(columns)
        return self.pieces[self.source[number], columns].tolist()

    def text(self, number: int, ids: list[int], total: float) -> Text:
        """``ids`` with their score, the prefix's pieces not counted."""
        size = max(1, len(ids) - len(self.orders[number].prefix))
        return Text(ids, total / size**self.rules.length_penalty)

    def go_on(self, steps: Sequence[Step]) -> None:
        """One step for each request: its rows go on from former ones of it, each with a piece."""
        rows = np.array([self.first[n] + beam for n, step in enumerate(steps) for beam, _ in step], np.int64)
        self._take(rows)
        self._count([len(step) for step in steps])
        self.at += 1
        self.ids[:, self.at] = [piece for step in steps for _, piece in step]

    def drop(self, done: Sequence[bool]) -> None:
        """Take the rows away from requests whose length ran out."""
        self._take(np.nonzero(~np.array(done)[self.owner])[0])
        self._count(np.where(done, 0, np.diff(self.first)).tolist())

    def _take(self, rows: np.ndarray) -> None:
        """Row i becomes the former row ``rows[i]``."""
        if not np.array_equal(rows, np.arange(len(self.ids))):
            self.past.take(rows)
            self.ids = self.ids[rows]

    def keep(self, numbers: Sequence[int]) -> None:
        """Forget the requests that have no rows any more; ``numbers`` are the others."""
        at = np.asarray(numbers)
        left, counts = np.unique(self.source[at]), np.diff(self.first)[at]
        if len(left) < len(self.pieces):
            self.memory = self.memory.take(left)
            self.pieces, self.shift, self.own = self.pieces[left], self.shift[left], self.own[left]
        self.orders = [self.orders[i] for i in numbers]
        self.source = np.searchsorted(left, self.source[at])
        self._count(counts.tolist())

    def written(self, number: int, beam: int) -> list[int]:
        return self.ids[self.first[number] + beam, 1 : self.at + 1].tolist()


class Way:
    """How one request goes on: it deals the likeliest pieces of a step to its rows and finished texts.

    It is done with ``size`` finished texts.
    """

    def __init__(self, size: int):
        self.size = size
        self.texts: list[Text] = []
        self.total = np.zeros(1, np.float32)

    def likeliest(self, totals: np.ndarray, first: bool) -> np.ndarray:
        """Places in ``totals`` (rows · pieces, flat sums of log-probabilities) to be dealt, the best first."""
        raise NotImplementedError

    def advance(self, run: Run, number: int, scores: np.ndarray) -> Step:
        """The former rows to go on from with their pieces; none where the request is done."""
        totals = scores + self.total[:, None]
        places = self.likeliest(totals, not run.at)
        beams, columns = np.divmod(places, totals.shape[1])
        pieces = run.written_next(number, columns)
        end = None if run.forced(number) else run.rules.end
        step, total = [], []
        dealt = zip(beams.tolist(), pieces, totals.ravel()[places].tolist(), strict=True)
        for rank, (beam, piece, value) in enumerate(dealt):
            if value <= FAR / 2 or len(step) == self.size:
                continue
            if piece != end:
                step.append((beam, piece))
                total.append(value)
            elif rank < self.size:
                self.texts.append(run.text(number, [*run.written(number, beam), piece], value))
        self.total = np.array(total, np.float32)
        return step if len(self.texts) < self.size else []

    def run_out(self, run: Run, number: int) -> None:
        """The length is spent: the rows as they are fill up what is missing."""
        for beam, total in enumerate(self.total.tolist()):
            self.texts.append(run.text(number, run.written(number, beam), total))


class Beams(Way):
    """Goes on from the best of 2·k candidates of a step."""

    def likeliest(self, totals: np.ndarray, first: bool) -> np.ndarray:
        return _best(totals.ravel(), min(2 * self.size, totals.size))


class Starts(Way):
    """The likeliest first pieces, each gone on with greedily."""

    def likeliest(self, totals: np.ndarray, first: bool) -> np.ndarray:
        if first:
            return _best(totals[0], min(self.size, totals.shape[1]))
        return np.arange(len(totals)) * totals.shape[1] + totals.argmax(1)


def search(decoder: Decoder, orders: Sequence[Order], rules: Rules) -> list[list[Text]]:
    """Texts of each request, best first; unfinished ones only where the length ran out."""
    if not orders:
        return []
    run = Run(decoder, orders, rules)
    ways = [Starts(order.rows) if order.apart else Beams(order.rows) for order in orders]
    active = list(range(len(orders)))  # the request in each place of the run
    while active:
        scores = run.scores()
        steps = [
            ways[request].advance(run, number, scores[number]) if len(scores[number]) else []
            for number, request in enumerate(active)
        ]
        run.go_on(steps)
        for number, request in enumerate(active):
            if steps[number] and run.at >= run.orders[number].longest:
                ways[request].run_out(run, number)
                steps[number] = []
        left = [number for number, step in enumerate(steps) if step]
        if len(left) < len(active):
            run.drop([not step for step in steps])
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

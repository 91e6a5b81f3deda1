"""Which headline block belongs to which article: one assignment over all blocks of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from .. import roles
from .headline import Block, divide
from .units import Unit
from .words import Weights

BEFORE, AFTER = 0.9, 0.6
"""What standing right before, or right after, an article adds to a block's score for it."""
COSTS = (0.7, 0.2)
"""What each block costs where runs are divided; the first is taken where both fit as well."""
HOMELESS = 1.6
"""What a block without an article costs then."""
FAINT = 0.05
"""An article in which no line of a run has a larger share isn't considered for it."""
MOST = 60
"""Blocks and articles up to which the assignment is exact; past a newspaper page the largest score wins."""
REACH = 60
"""Articles at either side that a run is compared with: in a file of many pages the others are on other pages."""
LEAST = 0.35
"""A block scoring less with its best article is left without one."""
DOUBT = 1.5
"""Weight added to the whole, so that one common bigram is no proof."""
LEAD = 3
"""Paragraphs of an article whose words count: a headline is written from the top of its report."""

Run = tuple[list[int], int, int]


class Affinity:
    """Scores of display lines against articles, given as lists of body-unit indices.

    A bigram weighs by how few articles hold it; one that none holds tells nothing and weighs 0.
    """

    def __init__(self, bags: Sequence[Counter[str]], articles: Sequence[Sequence[int]]):
        self._bags = bags
        self._articles = articles  # most documents have no line to be asked about

    @cached_property
    def _wholes(self) -> list[Counter[str]]:
        return [_union(self._bags, article) for article in self._articles]

    @cached_property
    def _weights(self) -> Weights:
        return Weights(self._wholes)

    @cached_property
    def _where(self) -> dict[str, list[tuple[int, float]]]:
        """For each bigram the articles that hold it, and 3 thirds of its weight or 1: the lead counts double."""
        where: dict[str, list[tuple[int, float]]] = {}
        for number, article in enumerate(self._articles):
            lead = _union(self._bags, article[:LEAD])
            for gram in self._wholes[number]:
                where.setdefault(gram, []).append((number, 1.0 if gram in lead else 1 / 3))
        return where

    def row(self, index: int, near: range) -> list[float]:
        """For one unit, the share (0..1) of its weight found in each article of ``near``, the lead counting double."""
        row = [0.0] * len(near)
        total = DOUBT
        for gram in self._bags[index]:
            holders = self._where.get(gram, ())
            weight = self._weights[gram] if holders else 0.0
            total += weight
            for place in range(bisect_left(holders, (near.start,)), len(holders)):
                number, share = holders[place]
                if number >= near.stop:
                    break
                row[number - near.start] += weight * share
        return [value / total for value in row]


def _union(bags: Sequence[Counter[str]], indices: Sequence[int]) -> Counter[str]:
    bag: Counter[str] = Counter()
    for index in indices:
        bag.update(bags[index])
    return bag


def attach(units: Sequence[Unit], runs: Sequence[Run], affinity: Affinity, count: int) -> list[Block]:
    """Blocks of all ``runs`` of display lines, at most one per article.

    A run is ``(unit indices, article that ends before it or -1, article that starts after it or -1)``.
    Runs are divided both thriftily and freely: lines of two articles may look like one block, and
    that shows only when an article is left without a headline.
    """
    nears = [_near(count, before, after) for _, before, after in runs]
    rows = [
        [affinity.row(index, near) for index in lines]
        for (lines, _, _), near in zip(runs, nears, strict=True)
    ]
    return max(
        (_attempt(units, runs, nears, rows, count, cost) for cost in COSTS), key=lambda found: found[0]
    )[1]


def _near(count: int, before: int, after: int) -> range:
    """The articles that a run between these two may belong to; all on any newspaper page."""
    sides = [side for side in (before, after) if side >= 0]
    return range(max(0, min(sides) - REACH), min(count, max(sides) + REACH + 1)) if sides else range(count)


def _attempt(
    units: Sequence[Unit],
    runs: Sequence[Run],
    nears: Sequence[range],
    tables: Sequence[list[list[float]]],
    count: int,
    cost: float,
) -> tuple[float, list[Block]]:
    blocks: list[Block] = []
    scores: list[list[float]] = []
    parts: list[list[list[float]]] = []
    places: list[range] = []  # the articles that a block's scores and parts stand for
    for (lines, before, after), near, rows in zip(runs, nears, tables, strict=True):
        prior = _prior(near, before, after)
        # Only the difference counts here: dividing one block into two must not earn the place twice.
        likely = [a for a in range(len(near)) if prior[a] or any(row[a] > FAINT for row in rows)] or [0]
        best = max(prior, default=0.0)
        shifted = [prior[a] - best for a in likely]
        at = 0
        for block in divide(units, lines, [[row[a] for a in likely] for row in rows], shifted, cost):
            parts.append(rows[at : at + len(block.lines)])
            at += len(block.lines)
            scores.append(_scores(units, block, parts[-1], prior))
            blocks.append(block)
            places.append(near)
    value = 0.0
    given = assign(scores, count, [near.start for near in places])
    for block, row, table, near, article in zip(blocks, scores, parts, places, given, strict=True):
        here = article - near.start
        block.article = article if article >= 0 and row[here] >= LEAST else -1
        block.score = _lead_over(units, block, table, here) if block.article >= 0 else 0.0
        value += row[here] if block.article >= 0 else -HOMELESS
    return value, blocks


def _lead_over(units: Sequence[Unit], block: Block, rows: Sequence[Sequence[float]], here: int) -> float:
    """By how much (0..1) the block's own lines prefer its article, that of column ``here``, to the next best one.

    Box and dash lines take their words from anywhere in the article, so they have no say.
    """
    total = weight = 0.0
    for index, row in zip(block.lines, rows, strict=True):
        if units[index].role == "box" or roles.is_dash(units[index].text):
            continue
        size = min(1.5, len(units[index].text) / 10)
        rival = max((value for a, value in enumerate(row) if a != here), default=0.0)
        total, weight = total + size * (row[here] - rival), weight + size
    return max(0.0, total / weight) if weight else 0.0


def _prior(near: range, before: int, after: int) -> list[float]:
    prior = [0.0] * len(near)
    if before >= 0:
        prior[before - near.start] += AFTER
    if after >= 0:
        prior[after - near.start] += BEFORE
    return prior


def _scores(
    units: Sequence[Unit], block: Block, rows: Sequence[Sequence[float]], prior: Sequence[float]
) -> list[float]:
    sizes = [min(1.5, len(units[index].text) / 10) for index in block.lines]
    total = sum(sizes) or 1.0
    return [
        2 * sum(size * row[a] for size, row in zip(sizes, rows, strict=True)) / total + prior[a]
        for a in range(len(prior))
    ]


def assign(scores: Sequence[Sequence[float]], count: int, starts: Sequence[int] = ()) -> list[int]:
    """For each row the column it gets (or -1), no column twice, the sum as large as can be.

    The Hungarian method with potentials (Kuhn 1955; the O(n²m) form of Jonker and Volgenant), past ``MOST``
    rows or columns the largest score first. Scores are at least 0, and a row without a column counts 0.
    ``starts`` are the rows' first columns, where these are not 0.
    """
    size = max(len(scores), count)
    if not scores or not count:
        return [-1] * len(scores)
    starts = starts or [0] * len(scores)
    if size > MOST:
        return _greedy(scores, starts)
    cost = [[0.0] * size for _ in range(size)]
    for line, row, start in zip(cost, scores, starts, strict=False):  # the lines past the rows stay empty
        line[start : start + len(row)] = [-value for value in row]
    owner = _hungarian(cost, size)
    result = [-1] * len(scores)
    for column in range(count):
        if owner[column] < len(scores):
            result[owner[column]] = column
    return result


def _greedy(scores: Sequence[Sequence[float]], starts: Sequence[int]) -> list[int]:
    pairs = sorted(
        (-value, i, starts[i] + j)
        for i, row in enumerate(scores)
        for j, value in enumerate(row)
        if value >= LEAST
    )
    result, taken = [-1] * len(scores), set()
    for _, i, j in pairs:
        if result[i] < 0 and j not in taken:
            result[i] = j
            taken.add(j)
    return result


def _hungarian(cost: Sequence[Sequence[float]], size: int) -> list[int]:
    row_potential, column_potential = [0.0] * (size + 1), [0.0] * (size + 1)
    owner, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0], column = row, 0
        least, used = [float("inf")] * (size + 1), [False] * (size + 1)
        while owner[column]:
            used[column] = True
            column = _step(cost, size, column, owner, way, least, used, row_potential, column_potential)
        while column:
            owner[column], column = owner[way[column]], way[column]
    return [row - 1 for row in owner[1:]]


def _step(cost, size, column, owner, way, least, used, row_potential, column_potential) -> int:
    row, delta, nearest = owner[column], float("inf"), 0
    for j in range(1, size + 1):
        if used[j]:
            continue
        reduced = cost[row - 1][j - 1] - row_potential[row] - column_potential[j]
        if reduced < least[j]:
            least[j], way[j] = reduced, column
        if least[j] < delta:
            delta, nearest = least[j], j
    for j in range(size + 1):
        if used[j]:
            row_potential[owner[j]] += delta
            column_potential[j] -= delta
        else:
            least[j] -= delta
    return nearest

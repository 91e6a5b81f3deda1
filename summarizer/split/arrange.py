"""Borders and headline blocks together: a headline without an article tells of a border overlooked.

The borders that the gaps suggest are taken first. Then single borders are added or dropped as long as
the headline blocks fit better that way, at most ``ROUNDS`` times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .attach import Affinity, Run, attach
from .borders import Gap
from .headline import Block
from .units import Unit

ROUNDS, OPTIONS = 3, 4
LARGEST = 600
"""Units of the largest page that is tried over: a newspaper page has some hundred."""
TRUST = 0.5
"""What one log-odds of a border counts beside a block's score (about 0 to 3)."""
HOMELESS = 1.2
"""What a headline block without an article costs."""
LEAST_GAIN = 0.2


def arrange(
    units: Sequence[Unit], bags: Sequence[Counter[str]], body: Sequence[int], gaps: Sequence[Gap], page: bool
) -> tuple[list[list[int]], list[Block]]:
    """The articles (lists of body-unit indices) and the headline blocks with the article of each."""
    borders = frozenset(number for number, gap in enumerate(gaps) if gap.border)
    best = _Trial(units, bags, body, gaps, borders, page)
    if page and len(units) <= LARGEST:
        for _ in range(ROUNDS):
            trials = [
                _Trial(units, bags, body, gaps, option, page) for option in _options(gaps, best.borders)
            ]
            better = max(trials, key=lambda trial: trial.value, default=best)
            if better.value < best.value + LEAST_GAIN:
                break
            best = better
    return best.articles, best.blocks


def _options(gaps: Sequence[Gap], borders: frozenset[int]) -> list[frozenset[int]]:
    """The borders with the likeliest other gap added, or with the weakest one dropped.

    Only gaps without display lines are added: a line inside an article would gain a headline's score.
    """
    others = sorted(
        (n for n, gap in enumerate(gaps) if n not in borders and not gap.shown), key=lambda n: -gaps[n].score
    )
    weak = sorted(borders, key=lambda n: gaps[n].score)
    return [borders | {n} for n in others[:OPTIONS]] + [borders - {n} for n in weak[:2]]


class _Trial:
    """One choice of borders with its articles, blocks and value."""

    def __init__(self, units, bags, body, gaps, borders: frozenset[int], page: bool):
        self.borders = borders
        self.articles: list[list[int]] = []
        for number, index in enumerate(body):
            if number == 0 or number - 1 in borders:
                self.articles.append([])
            self.articles[-1].append(index)
        runs = _runs(units, self.articles, page)
        self.blocks = attach(units, runs, Affinity(bags, self.articles), len(self.articles))
        fit = sum(2 * block.score - HOMELESS * (block.article < 0) for block in self.blocks)
        self.value = fit + TRUST * sum(gaps[number].score for number in borders)


def _unbroken(units: Sequence[Unit], lines: Sequence[int]) -> list[list[int]]:
    """Runs of lines with no furniture and no advert between them."""
    runs: list[list[int]] = []
    for index in lines:
        if runs and all(units[i].role not in ("furniture", "advert") for i in range(runs[-1][-1], index)):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _runs(units: Sequence[Unit], articles: Sequence[Sequence[int]], page: bool) -> list[Run]:
    """The display lines before, between and after the articles, with the articles at both sides.

    In an ordinary document only the lines before a body can be a headline.
    """
    runs: list[Run] = []
    for number in range(len(articles) + 1):
        start = articles[number - 1][-1] + 1 if number else 0
        end = articles[number][0] if number < len(articles) else len(units)
        lines = [index for index in range(start, end) if units[index].role in ("display", "box")]
        if page or number < len(articles):
            after = number if number < len(articles) else -1
            runs += [(run, number - 1, after) for run in _unbroken(units, lines)]
    return runs

"""Headline blocks: which display lines belong together, to which article, and what each line is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import roles
from ..chars import width
from .units import Unit

JOINT = "\u3000"
"""Between the lines of a main headline in ``Article.headline``: a full-width space, as papers cite them."""
LONGEST_BLOCK = 8
"""Lines of the largest headline block."""


@dataclass(slots=True)
class Block:
    """Units ``lines`` (indices, in order) as the headline block of article ``article`` (-1: of none)."""

    lines: list[int]
    article: int
    score: float


@dataclass(frozen=True, slots=True)
class Parts:
    """The indices of a block's units by role."""

    kicker: tuple[int, ...]
    main: tuple[int, ...]
    subhead: tuple[int, ...]
    boxes: tuple[int, ...]


def divide(
    units: Sequence[Unit], lines: Sequence[int], affinity: Sequence[Sequence[float]], prior: Sequence[float]
) -> list[Block]:
    """Divide consecutive display lines into blocks, each with the article it fits best.

    ``affinity[i][a]`` is the share of line ``i``'s weight found in article ``a`` and ``prior[a]`` what
    the place on the page says. Time is linear in the lines (blocks are bounded) times the articles.
    """
    if not prior:
        return []
    best: list[tuple[float, int, int]] = [(0.0, 0, -1)]
    for end in range(1, len(lines) + 1):
        options = []
        for start in range(max(0, end - LONGEST_BLOCK), end):
            form = grammar([units[index] for index in lines[start:end]])
            fit, article = _fit(affinity[start:end], prior, [units[i] for i in lines[start:end]])
            options.append((best[start][0] + form + fit, start, article))
        best.append(max(options))
    return _trace(best, lines)


def _fit(rows: Sequence[Sequence[float]], prior: Sequence[float], block: Sequence[Unit]) -> tuple[float, int]:
    sizes = [min(1.5, len(unit.text) / 10) for unit in block]
    return max(
        (sum(size * row[a] for size, row in zip(sizes, rows, strict=True)) * 2 + prior[a], a)
        for a in range(len(prior))
    )


def _trace(best: Sequence[tuple[float, int, int]], lines: Sequence[int]) -> list[Block]:
    blocks = []
    end = len(lines)
    while end:
        score, start, article = best[end]
        blocks.append(Block(list(lines[start:end]), article, score - best[start][0]))
        end = start
    return blocks[::-1]


def kind(unit: Unit) -> str:
    """K kicker by its end, D dash, B box, N any other line."""
    if unit.role == "box":
        return "B"
    if roles.is_dash(unit.text):
        return "D"
    return "K" if roles.KICKER_END.search(unit.text) else "N"


def grammar(block: Sequence[Unit]) -> float:
    """How well the lines make one block: kicker, one or two main lines, subheads, boxes; each block costs."""
    kinds = "".join(kind(unit) for unit in block)
    score = -0.9
    if kinds[0] in "DB":
        score -= 2.0
    score -= 2.0 * kinds.count("K", 1) + 0.3 * (kinds == "K")
    mains = kinds.count("N")
    score -= 0.8 * max(0, mains - 3) + (0.8 if mains == 0 else 0.0)
    for before, after in zip(kinds, kinds[1:], strict=False):
        score -= 2.0 if before in "DB" and after in "NK" else 0.0
    return score + _parallel(block, kinds)


def _parallel(block: Sequence[Unit], kinds: str) -> float:
    for i in range(len(kinds) - 1):
        if kinds[i : i + 2] == "NN" and abs(width(block[i].text) - width(block[i + 1].text)) <= 0.5:
            return 0.6
    return 0.0


def parts(units: Sequence[Unit], block: Block) -> Parts:
    """What each line of a block is. Without a kicker's wording, the longer introducing line is the kicker."""
    kinds = {index: kind(units[index]) for index in block.lines}
    plain = [index for index in block.lines if kinds[index] == "N"]
    kicker = [index for index in block.lines if kinds[index] == "K"]
    subhead = [index for index in block.lines if kinds[index] == "D"]
    boxes = [index for index in block.lines if kinds[index] == "B"]
    if not plain and kicker:
        plain = [kicker.pop()]
    if not kicker and len(plain) >= 2 and _introduces(units, plain):
        kicker = [plain.pop(0)]
    if len(plain) > 2 or (len(plain) == 2 and not _even(units, plain)):
        plain, rest = _main_first(units, plain)
        subhead = sorted(subhead + rest)
    return Parts(tuple(kicker), tuple(plain), tuple(subhead), tuple(boxes))


def _introduces(units: Sequence[Unit], plain: Sequence[int]) -> bool:
    first, second = (width(units[index].text) for index in plain[:2])
    return first >= second + 3


def _even(units: Sequence[Unit], plain: Sequence[int]) -> bool:
    first, second = (width(units[index].text) for index in plain[:2])
    return abs(first - second) <= 2.5


def _main_first(units: Sequence[Unit], plain: list[int]) -> tuple[list[int], list[int]]:
    count = 2 if _even(units, plain) else 1
    return plain[:count], plain[count:]

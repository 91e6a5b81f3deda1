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
    units: Sequence[Unit],
    lines: Sequence[int],
    affinity: Sequence[Sequence[float]],
    prior: Sequence[float],
    cost: float,
) -> list[Block]:
    """Divide consecutive display lines into blocks, each with the article it fits best.

    ``affinity[i][a]`` is the share of line ``i``'s weight found in article ``a`` and ``prior[a]`` what
    the place on the page says. Time is linear in the lines (blocks are bounded) times the articles.
    """
    if not prior:
        return []
    sizes = [min(1.5, len(units[index].text) / 10) for index in lines]
    favours = [_favours(row, size) for row, size in zip(affinity, sizes, strict=True)]
    best: list[tuple[float, int, int]] = [(0.0, 0, -1)]
    for end in range(1, len(lines) + 1):
        options = []
        for start in range(max(0, end - LONGEST_BLOCK), end):
            form = grammar([units[index] for index in lines[start:end]], cost)
            fit, article = _fit(favours[start:end], prior)
            options.append((best[start][0] + form + fit, start, article))
        best.append(max(options))
    return _trace(best, lines)


def _fit(favours: Sequence[Sequence[float]], prior: Sequence[float]) -> tuple[float, int]:
    """The article that lines fit best, with what speaks for it: twice the sum over lines, and its prior."""
    return max(
        (2 * sum(column) + before, a)
        for a, (column, before) in enumerate(zip(zip(*favours, strict=True), prior, strict=True))
    )


def _favours(row: Sequence[float], size: float) -> list[float]:
    """For each article what a line of ``size`` says for it over the best other one."""
    first = max(range(len(row)), key=row.__getitem__)
    best, second = row[first], max(row[:first] + row[first + 1 :], default=0.0)
    return [size * (value - 0.8 * (second if a == first else best)) for a, value in enumerate(row)]


def _trace(best: Sequence[tuple[float, int, int]], lines: Sequence[int]) -> list[Block]:
    blocks = []
    end = len(lines)
    while end:
        score, start, article = best[end]
        blocks.append(Block(list(lines[start:end]), article, score - best[start][0]))
        end = start
    return blocks[::-1]


def kinds_of(block: Sequence[Unit]) -> str:
    """One letter per line: K kicker by its wording, D dash, B box, N any other line.

    Only a line that introduces others is a kicker, so the same wording further down makes no K.
    """
    letters = ["B" if unit.role == "box" else "D" if _aside(unit.text) else "N" for unit in block]
    for index in range(min(2, len(block) - 1)):
        if letters[index] == "N" and letters[index + 1] == "N" and _introduces_by_wording(block[index].text):
            letters[: index + 1] = "K" * (index + 1)
    return "".join(letters)


def _introduces_by_wording(line: str) -> bool:
    return bool(roles.KICKER_END.search(line)) or (line[0] == "【" and line[-1] == "】")


def _aside(line: str) -> bool:
    """True for a line led by a dash or wholly in brackets, like the date of a speech."""
    return roles.is_dash(line) or (line[0] in "（(" and line[-1] in "）)")


def grammar(block: Sequence[Unit], cost: float = 0.7) -> float:
    """How well the lines make one block: kicker, one or two main lines, subheads, boxes; each block costs ``cost``."""
    kinds = kinds_of(block)
    score = -cost - (2.0 if kinds[0] in "DB" else 0.0)
    score -= 0.5 * max(0, kinds.count("N") - 2)
    score -= 0.8 * sum(
        roles.KICKER_END.search(unit.text) is not None for unit in block[kinds.count("K") : -1]
    )
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
    kinds = dict(zip(block.lines, kinds_of([units[index] for index in block.lines]), strict=True))
    plain = [index for index in block.lines if kinds[index] == "N"]
    kicker = [index for index in block.lines if kinds[index] == "K"]
    subhead = [index for index in block.lines if kinds[index] == "D"]
    boxes = [index for index in block.lines if kinds[index] == "B"]
    if not kicker and len(plain) >= 2 and _introduces(units, plain):
        kicker = [plain.pop(0)]
    if len(plain) > 2 or (len(plain) == 2 and not _even(units, plain)):
        plain, rest = _main_first(units, plain)
        subhead = sorted(subhead + rest)
    return Parts(tuple(kicker), tuple(plain), tuple(subhead), tuple(boxes))


def _introduces(units: Sequence[Unit], plain: Sequence[int]) -> bool:
    first, second = (width(units[index].text) for index in plain[:2])
    return first >= second + 6 and not _one_phrase(units, plain)


def _one_phrase(units: Sequence[Unit], plain: Sequence[int]) -> bool:
    """True where a bracket or quotation opened in the first line closes in the second."""
    first = units[plain[0]].text
    return (
        roles.open_bracket(first)
        or first.rfind("“") > first.rfind("”")
        or first.rfind("【") > first.rfind("】")
    )


def _even(units: Sequence[Unit], plain: Sequence[int]) -> bool:
    first, second = (width(units[index].text) for index in plain[:2])
    # A line of a few characters is no headline by itself: it is the start of one.
    return second - first < 8 or first < 6 or _one_phrase(units, plain)


def _main_first(units: Sequence[Unit], plain: list[int]) -> tuple[list[int], list[int]]:
    count = 2 if _even(units, plain) else 1
    return plain[:count], plain[count:]

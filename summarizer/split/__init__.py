"""From Cleaned to its articles: which lines are headline, byline, caption, advert or body, and whose."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Cleaned, SplitPage
from .arrange import arrange
from .borders import gaps_of
from .build import Builder
from .headline import Block, Parts, parts
from .plan import Plan, claim, place, rest
from .settle import is_page, settle
from .units import Unit, units_of
from .words import Weights, grams


def split(cleaned: Cleaned) -> SplitPage:
    """The articles of a cleaned page in reading order; linear in the length of the text.

    An empty page gives no article and a warning. Every character of the page is in a body, in a
    removal with its reason, or in an edit of ``cleaned``. Raises nothing.
    """
    units = units_of(cleaned)
    if not units:
        return SplitPage((), (), ("没有正文 / no text to work on",))
    page = is_page(cleaned, units)
    settle(units, page)
    bags = [grams(unit.text) for unit in units]
    body = [index for index, unit in enumerate(units) if unit.role in ("body", "heading")]
    gaps = gaps_of(units, bags, Weights([bags[index] for index in body]), page)
    articles, blocks = arrange(units, bags, body, gaps, page)
    return _assemble(cleaned, units, articles, blocks, page)


def _assemble(
    cleaned: Cleaned,
    units: Sequence[Unit],
    articles: Sequence[Sequence[int]],
    blocks: Sequence[Block],
    page: bool,
) -> SplitPage:
    plan = Plan([-1] * len(units), [""] * len(units))
    for number, article in enumerate(articles):
        claim(units, plan, number, article)
    found: dict[int, Parts] = {}
    homeless = []
    for block in blocks:
        part = parts(units, block)
        place(plan, block, part)
        if block.article >= 0:
            found[block.article] = part
        else:
            homeless.append(units[part.main[0] if part.main else block.lines[0]].text)
    rest(units, plan, articles, page)
    builder = Builder(cleaned, units, plan)
    made = tuple(builder.article(number, found.get(number)) for number in range(len(articles)))
    return SplitPage(made, builder.leftovers(), _warnings(homeless))


def _warnings(homeless: Sequence[str]) -> tuple[str, ...]:
    if not homeless:
        return ()
    shown = "、".join(homeless[:3]) + ("……" if len(homeless) > 3 else "")
    return (f"{len(homeless)} 组标题未找到所属文章：{shown} / headlines without an article: {len(homeless)}",)


__all__ = ["split"]

"""From Cleaned to its articles: which lines are headline, byline, caption, advert or body, and whose."""

from __future__ import annotations

from collections.abc import Sequence

from .. import roles
from ..types import Cleaned, SplitPage
from .arrange import arrange
from .borders import gaps_of
from .build import Builder, Plan
from .headline import Block, Parts, parts
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
    page = _is_page(cleaned, units)
    _settle(units, page)
    bags = [grams(unit.text) for unit in units]
    body = [index for index, unit in enumerate(units) if unit.role in ("body", "heading")]
    gaps = gaps_of(units, bags, Weights([bags[index] for index in body]), page)
    articles, blocks = arrange(units, bags, body, gaps, page)
    return _assemble(cleaned, units, articles, blocks, page)


def _is_page(cleaned: Cleaned, units: Sequence[Unit]) -> bool:
    """True where there are signs of a newspaper page: columns, furniture, several article starts."""
    joined = sum(edit.repair == "join" for edit in cleaned.edits)
    furniture = sum(unit.role in ("furniture", "advert") for unit in units)
    starts = sum(unit.head > 0 or unit.role == "byline" for unit in units)
    return joined >= 3 or starts >= 2 or furniture >= 3


def _settle(units: list[Unit], page: bool) -> None:
    """Roles that depend on the kind of text: an ordinary document has few parts that are not body."""
    if not page:
        _name_lines(units)
        for unit in units:
            if unit.role in ("furniture", "box") and not roles.is_turn(unit.text) and not _edited(unit.text):
                unit.role = "display" if unit.role == "furniture" else "heading"
    for before, unit in zip(units, units[1:], strict=False):
        # What stands in brackets, or ends in a credit, right after a paragraph signs it.
        bracketed = unit.text[0] in "（(" and unit.text[-1] in "）)" and len(unit.text) <= 40
        if (
            page
            and unit.role == "display"
            and before.role == "body"
            and (bracketed or roles.credit_start(unit.text) >= 0)
        ):
            unit.role = "byline"
    for unit, after in zip(units, units[1:], strict=False):
        # A kicker may end in a colon, as a salutation does; only the one is followed by display type.
        if (
            page
            and unit.role == "body"
            and after.role == "display"
            and unit.text[-1] in "：:"
            and len(unit.text) < 20
        ):
            unit.role = "display"
    if not any(unit.role in ("body", "heading") for unit in units):
        for unit in units:
            if unit.role in ("display", "box", "caption", "byline", "advert") or not page:
                unit.role = "body"


def _name_lines(units: list[Unit]) -> None:
    """The speaker's or author's name that stands alone between a document's headline and its text."""
    for index in range(1, min(5, len(units) - 1)):
        unit = units[index]
        if unit.role == "display" and units[index + 1].role == "body" and roles.is_name(unit.text):
            unit.role = "byline"


def _edited(text: str) -> bool:
    return text.startswith(("责任编辑", "责编", "（责任编辑", "编辑："))


def _assemble(
    cleaned: Cleaned,
    units: Sequence[Unit],
    articles: Sequence[Sequence[int]],
    blocks: Sequence[Block],
    page: bool,
) -> SplitPage:
    plan = Plan([-1] * len(units), [""] * len(units))
    for number, article in enumerate(articles):
        _claim(units, plan, number, article)
    found: dict[int, Parts] = {}
    warnings = []
    for block in blocks:
        part = parts(units, block)
        _place(plan, block, part)
        if block.article >= 0:
            found[block.article] = part
        else:
            warnings.append(
                f"有标题未找到所属文章：{units[part.main[0]].text if part.main else units[block.lines[0]].text} / headline without article"
            )
    _rest(units, plan, articles, page)
    builder = Builder(cleaned, units, plan)
    made = tuple(builder.article(number, found.get(number)) for number in range(len(articles)))
    return SplitPage(made, builder.leftovers(), tuple(warnings))


def _claim(units: Sequence[Unit], plan: Plan, number: int, article: Sequence[int]) -> None:
    """Everything from the article's first to its last body unit is its own; inner display lines are body."""
    last = article[0]
    for index in range(article[0], article[-1] + 1):
        unit = units[index]
        plan.owner[index] = number
        if unit.role in ("body", "heading", "display"):
            torn = (
                not roles.ends_sentence(units[last].text)
                and units[last].role == "body"
                and unit.role == "body"
            )
            if torn and last < index - 1:
                plan.joined.add(index)
            last = index
        else:
            plan.kind[index] = unit.role
            if unit.role in ("furniture", "advert"):
                plan.owner[index] = -1


def _place(plan: Plan, block: Block, part: Parts) -> None:
    for kind, indices in (
        ("headline", part.main),
        ("kicker", part.kicker),
        ("subhead", part.subhead),
        ("box", part.boxes),
    ):
        for index in indices:
            plan.owner[index], plan.kind[index] = block.article, kind


def _rest(units: Sequence[Unit], plan: Plan, articles: Sequence[Sequence[int]], page: bool) -> None:
    """Bylines, captions and stray display lines that stand between articles."""
    before = -1
    for index, unit in enumerate(units):
        if before + 1 < len(articles) and articles[before + 1][-1] < index:
            before += 1
        if plan.owner[index] >= 0 or plan.kind[index]:
            continue
        after = before + 1 if before + 1 < len(articles) else -1
        if unit.role == "byline":
            plan.owner[index], plan.kind[index] = (after if after >= 0 else before), "byline"
        elif unit.role == "caption":
            plan.owner[index], plan.kind[index] = (before if before >= 0 else after), "caption"
        elif unit.role in ("display", "box") and not page and before >= 0:
            plan.owner[index] = before
        else:
            plan.kind[index] = {"display": "headline", "box": "box"}.get(unit.role, unit.role)


__all__ = ["split"]

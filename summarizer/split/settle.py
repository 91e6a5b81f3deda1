"""Roles that depend on the neighbours of a line and on the kind of text: a newspaper page or a document."""

from __future__ import annotations

from collections.abc import Sequence

from .. import roles
from ..chars import width
from ..types import Cleaned
from .headline import kinds_of
from .units import Unit

TITLE_WIDTH = 75
"""Characters: the first line of a document is its title up to this width, longer than display type gets."""
_BODY = ("body", "heading")


def is_page(cleaned: Cleaned, units: Sequence[Unit]) -> bool:
    """True where there are signs of a newspaper page: columns, furniture, several article starts."""
    joined = sum(edit.repair == "join" for edit in cleaned.edits)
    furniture = sum(unit.role in ("furniture", "advert") for unit in units)
    starts = sum(unit.head > 0 or unit.role in ("byline", "dateline") for unit in units)
    return joined >= 3 or starts >= 2 or furniture >= 3


def settle(units: list[Unit], page: bool) -> None:
    """Set the final roles in place; afterwards at least one unit is body."""
    (_settle_page if page else _settle_document)(units)
    if not any(unit.role in _BODY for unit in units):
        for unit in units:
            if not page or unit.role != "furniture":
                unit.role = "body"
    if not any(unit.role in _BODY for unit in units):
        for unit in units:
            unit.role = "body"


def _settle_page(units: list[Unit]) -> None:
    for before, unit in zip(units, units[1:], strict=False):
        if unit.role == "display" and before.role == "body" and _signs(unit.text):
            unit.role = "byline"
    for unit, after in zip(units, units[1:], strict=False):
        # A kicker may end in a colon, as a salutation does; only the one is followed by display type.
        introduces = unit.text[-1] in "：:" and len(unit.text) < 20
        if introduces and unit.role == "body" and after.role == "display":
            unit.role = "display"


def _signs(line: str) -> bool:
    """True for what signs the paragraph before it: a line in brackets or one that ends in a credit."""
    bracketed = line[0] in "（(" and line[-1] in "）)" and len(line) <= 40
    return bracketed or roles.credit_start(line) >= 0


def _settle_document(units: list[Unit]) -> None:
    """In a document only the lines before its text are a headline, and little is furniture."""
    for unit in units:
        if unit.role == "furniture" and not _surely_furniture(unit.text):
            unit.role = "display"
        elif unit.role == "box":
            unit.role = "heading"
    _title(units)
    _name_lines(units)
    opening = next((i for i, unit in enumerate(units) if unit.role in _BODY), len(units))
    block = [unit for unit in units[:opening] if unit.role == "display"]
    for unit in block[_headline_length(block) :]:
        unit.role = "heading"


def _title(units: Sequence[Unit]) -> None:
    first = units[0]
    longer = len(units) > 1 and units[1].role == "body" and len(units[1].text) > len(first.text)
    plain = not any(mark in first.text for mark in "。；") and first.text[-1] not in "，、：:…"
    if first.role == "body" and not first.head and longer and plain and width(first.text) <= TITLE_WIDTH:
        first.role = "display"


def _headline_length(block: Sequence[Unit]) -> int:
    """Lines of a document's headline: kickers, one main line or two parallel ones, dash or bracket lines."""
    if not block:
        return 0
    kinds = kinds_of(block)
    length = kinds.count("K") + 1
    if kinds[length : length + 1] == "N":
        pair = [width(unit.text) for unit in block[length - 1 : length + 1]]
        length += abs(pair[0] - pair[1]) <= 1
    while kinds[length : length + 1] == "D":
        length += 1
    return length


def _name_lines(units: Sequence[Unit]) -> None:
    """The speaker's or author's name that stands alone between a document's headline and its text."""
    for unit, after in list(zip(units, units[1:], strict=False))[1:5]:
        if unit.role == "display" and after.role == "body" and roles.is_name(unit.text):
            unit.role = "byline"


def _surely_furniture(text: str) -> bool:
    """True for what is no part of a text wherever it stands."""
    return (
        roles.is_turn(text)
        or roles.is_crumb(text)
        or text.startswith(("责任编辑", "责编", "（责任编辑", "编辑："))
    )

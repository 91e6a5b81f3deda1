"""The units of a cleaned page, one per line, each with the role its own shape and wording give it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import roles
from ..chars import HAN, width
from ..types import Cleaned

DISPLAY_WIDTH = 42
"""Characters: no headline line is wider; a wider unit is body text."""
_INNER_STOP = re.compile(r"[。；]|[！？!?].*[！？!?].|“[^”]*[！？!?]”.")
_LINE = re.compile(r"[^\n]+")


@dataclass(slots=True)
class Unit:
    """``cleaned.text[start:end]`` and its role: body, display, heading, box, byline, caption, furniture, advert.

    ``head`` and ``tail`` count the characters at both ends that are dateline or credit, not body.
    """

    start: int
    end: int
    text: str
    role: str
    head: int = 0
    tail: int = 0
    credit: bool = False

    @property
    def cued(self) -> bool:
        """True where the wording says that an article starts here."""
        return self.role == "body" and self.head > 0


def units_of(cleaned: Cleaned) -> list[Unit]:
    """The units in page order; empty for an empty text."""
    units = [_unit(match.start(), match[0]) for match in _LINE.finditer(cleaned.text)]
    _adverts(units)
    _captions(units)
    return units


def _unit(start: int, text: str) -> Unit:
    unit = Unit(start, start + len(text), text, _role(text))
    if unit.role == "body":
        dated = roles.dateline_end(text)
        unit.head = dated or roles.lead_credit_end(text)
        turned = roles.TURN_START.match(text[:40])
        unit.head = unit.head or (turned.end() if turned else 0)
        _measure_tail(unit)
        if unit.head + unit.tail >= len(text):
            unit.role, unit.head, unit.tail = "dateline" if dated else "byline", 0, 0
    return unit


def _measure_tail(unit: Unit) -> None:
    tail = unit.text[-80:]
    turned = roles.TURN_END.search(tail)
    if turned:
        tail = tail[: turned.start()]
    credit = roles.credit_start(tail)
    if credit >= 0:
        tail = tail[:credit]
    unit.tail = min(80, len(unit.text)) - len(tail)
    unit.credit = credit >= 0


def _role(text: str) -> str:
    if len(text) > roles.LONGEST:
        return "body"
    for role, test in _TESTS:
        if test(text):
            return role
    return "display" if looks_displayed(text) else "body"


_TESTS = (
    ("caption", roles.is_photo_credit),
    ("byline", roles.is_byline),
    ("furniture", roles.is_furniture),
    ("body", lambda text: roles.dateline_end(text) > 0 and len(text) > roles.dateline_end(text)),
    ("dateline", lambda text: roles.dateline_end(text) > 0),
    ("caption", roles.is_caption),
    ("advert", roles.is_advert),
    ("box", roles.is_box),
    ("heading", roles.is_section),
)


def looks_displayed(text: str) -> bool:
    """True for what could be a line of display type: short, in Han characters, without a full stop."""
    if width(text) > DISPLAY_WIDTH or not HAN.search(text):
        return False
    return text[-1] not in "。，；…：:" and not _INNER_STOP.search(text[:-1]) and text.count("，") <= 2


def _adverts(units: list[Unit]) -> None:
    # The lines around a telephone number or price are part of the same advert.
    for index, unit in enumerate(units):
        if unit.role != "advert":
            continue
        for step in (-1, 1):
            other = index + step
            while (
                0 <= other < len(units)
                and units[other].role in ("display", "furniture", "body")
                and _sells(units[other])
            ):
                units[other].role = "advert"
                other += step


def _sells(unit: Unit) -> bool:
    return roles.sells(unit.text) and not unit.head


def _captions(units: list[Unit]) -> None:
    # A credit line closes a caption whose text stands on the line above it.
    for index in range(len(units) - 1, 0, -1):
        unit, before = units[index], units[index - 1]
        if unit.role != "caption" or before.role not in ("display", "body", "heading") or before.cued:
            continue
        if roles.starts_caption(before.text) or (
            roles.is_photo_credit(unit.text) and len(before.text) <= roles.LONGEST
        ):
            before.role = "caption"

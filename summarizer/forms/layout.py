"""Layouts: how many lines a kicker, headline, subhead… may have and how long each line may be.

A layout file gives each slot one or more shapes, a shape being its lines and a line being written
``columns×characters``: it runs over that many columns of the page, each as wide as that many
full-width characters of the line's type. ``2×9`` holds 18.

    kicker: 1×24
    main:
      - 2×9                # one line of 18
      - [2×7, 2×7]         # or two lines of 14
    sub: [1×24, 1×24]      # two lines of 24
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path

from ..errors import SettingsError
from ..yamlfile import Field, parse, read

SLOTS = ("kicker", "main", "sub", "points", "section", "phone", "web")
_LINE = re.compile(r"\s*(\d+)\s*[×xX*✕]\s*(\d+)\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``columns`` of the page, each ``characters`` full-width units wide."""

    columns: int
    characters: int

    def __post_init__(self) -> None:
        if not (1 <= self.columns <= 12 and 1 <= self.characters <= 80):
            raise SettingsError(
                f"行应为 1–12 栏 × 1–80 字，得到 {self.columns}×{self.characters} / line out of range"
            )

    @property
    def budget(self) -> int:
        """Full-width units that the line holds."""
        return self.columns * self.characters


Shape = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The shapes a slot may take, the preferred one first. An empty slot is not set at all."""

    kicker: tuple[Shape, ...] = ((Line(1, 24),),)
    main: tuple[Shape, ...] = ((Line(1, 20),),)
    sub: tuple[Shape, ...] = ((Line(1, 24),),)
    points: tuple[Shape, ...] = ((Line(1, 30),),)
    section: tuple[Shape, ...] = ((Line(1, 14),),)
    phone: tuple[Shape, ...] = ((Line(1, 14),),)
    web: tuple[Shape, ...] = ((Line(1, 30),),)

    def budget(self, slot: str) -> int:
        """The most full-width units that a shape of ``slot`` holds; 0 for a slot not set."""
        return max((sum(line.budget for line in shape) for shape in self.shapes(slot)), default=0)

    def shapes(self, slot: str) -> tuple[Shape, ...]:
        """Shapes of ``slot``; raises SettingsError for a slot that does not exist."""
        if slot not in SLOTS:
            raise SettingsError(f"没有 {slot!r} 这一栏，可选：{'、'.join(SLOTS)} / no such slot")
        return getattr(self, slot)


def one_line(chars: int) -> Layout:
    """The layout of a call that only says how long its headline may be (full-width units)."""
    return Layout(main=((_whole(chars),),))


def _whole(chars: int) -> Line:
    """``chars`` as one line; above 80 it runs over as many columns as it takes, never holding more."""
    columns = next((n for n in range(1, 13) if chars % n == 0 and chars // n <= 80), None)
    if columns is None:
        raise SettingsError(f"标题行长应为 1–80 字，得到 {chars} / line length out of range")
    return Line(columns, chars // columns)


def load(path: str | Path) -> Layout:
    """The layout of a YAML file. Raises SettingsError naming file, line and key."""
    return from_field(read(path))


def loads(text: str, file: str = "<layout>") -> Layout:
    """The layout of a YAML text; an empty text is the default layout. Raises SettingsError."""
    return from_field(parse(text, file))


def from_field(field: Field, base: Layout | None = None) -> Layout:
    """A layout from a YAML mapping; slots not named stay as in ``base``, ``[]`` unsets one."""
    named = field.mapping(f.name for f in fields(Layout))
    return replace(base or Layout(), **{name: _shapes(value) for name, value in named.items()})


def _shapes(field: Field) -> tuple[Shape, ...]:
    """``1×20`` → one shape of one line; ``[1×20, 1×20]`` → one of two; a list with lists → several."""
    if not isinstance(field.value, tuple):
        return ((_line(field),),)
    if any(isinstance(item.value, tuple) for item in field.value):
        return tuple(_shape(item) for item in field.value)
    return (_shape(field),) if field.value else ()


def _shape(field: Field) -> Shape:
    lines = tuple(_line(item) for item in field.value) if isinstance(field.value, tuple) else (_line(field),)
    if not lines:
        raise field.error("一种排法至少要有一行 / a shape needs a line")
    return lines


def _line(field: Field) -> Line:
    match = _LINE.fullmatch(field.value) if isinstance(field.value, str) else None
    if match is None:
        raise field.error(f"应写作 栏数×字数，如 1×20，得到 {field.value!r} / write columns×characters")
    try:
        return Line(int(match.group(1)), int(match.group(2)))
    except SettingsError as error:
        raise field.error(str(error)) from error

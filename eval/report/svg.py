"""A few lines of SVG: frames, scales, marks. Ours and not matplotlib's, because the report must open
offline in one file with selectable Chinese text (matplotlib ships no Chinese font and draws letters as
paths), come out byte-identical, and need no further package."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from summarizer.chars import width as text_width

INK, SOFT, GRID = "#1f2328", "#656d76", "#e3e6ea"
# Okabe and Ito's palette without yellow: told apart with any colour vision, legible on white.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000")
SHAPES = ("circle", "square", "diamond", "triangle")
FONT = "13px system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
LETTER = 13.0  # px of a full-width character


def size_of(text: str) -> float:
    """About how wide ``text`` is set, in px."""
    return LETTER * text_width(text) * 1.06


def short(value: float) -> str:
    """A coordinate with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to px linearly; ``ticks`` are round values inside."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)

    def ticks(self, count: int = 6) -> list[float]:
        raw = (self.high - self.low) / max(count, 1) or 1.0
        power = 10 ** math.floor(math.log10(raw))
        step = next(f * power for f in (1, 2, 5, 10) if f * power >= raw * 0.999)
        first = math.ceil(self.low / step - 1e-9)
        return [i * step for i in range(first, math.floor(self.high / step + 1e-9) + 1)]


def around(values: Iterable[float], start: float, end: float, floor: float | None = None) -> Scale:
    """A scale that holds ``values`` with a little room; ``floor`` is a value it must reach down to."""
    known = [v for v in values if v == v]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    low = low if floor is None else min(low, floor)
    room = (high - low or 1.0) * 0.06
    return Scale(low if floor is not None else low - room, high + room, start, end)


@dataclass
class Canvas:
    """Collects marks; ``svg`` is the finished picture. ``title`` is read by screen readers."""

    width: float
    height: float
    title: str
    parts: list[str] = field(default_factory=list)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = GRID, width: float = 1) -> None:
        points = " ".join(
            f'{n}="{short(v)}"' for n, v in zip(("x1", "y1", "x2", "y2"), (x1, y1, x2, y2), strict=True)
        )
        self.parts.append(f'<line {points} stroke="{colour}" stroke-width="{short(width)}"/>')

    def path(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        drawn = " ".join(f"{short(x)},{short(y)}" for x, y in points)
        self.parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')

    def bar(self, x: float, y: float, width: float, height: float, colour: str, tip: str) -> None:
        self.parts.append(
            f'<rect x="{short(x)}" y="{short(y)}" width="{short(max(width, 0))}" height="{short(height)}" '
            f'fill="{colour}"><title>{escape(tip)}</title></rect>'
        )

    def mark(self, x: float, y: float, colour: str, shape: str, tip: str) -> None:
        r = 5.0
        corners = {
            "square": [(-r, -r), (r, -r), (r, r), (-r, r)],
            "diamond": [(0, -r * 1.3), (r * 1.3, 0), (0, r * 1.3), (-r * 1.3, 0)],
            "triangle": [(0, -r * 1.2), (r * 1.2, r), (-r * 1.2, r)],
        }.get(shape)
        style = f'fill="{colour}" stroke="#fff" stroke-width="1.5"'
        label = f"<title>{escape(tip)}</title>"
        if corners is None:
            self.parts.append(
                f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(r)}" {style}>{label}</circle>'
            )
            return
        points = " ".join(f"{short(x + dx)},{short(y + dy)}" for dx, dy in corners)
        self.parts.append(f'<polygon points="{points}" {style}>{label}</polygon>')

    def text(
        self, x: float, y: float, words: str, anchor: str = "start", colour: str = INK, bold: bool = False
    ) -> None:
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{short(x)}" y="{short(y)}" text-anchor="{anchor}" fill="{colour}"{weight}>'
            f"{escape(words)}</text>"
        )

    def svg(self) -> str:
        size = f"{short(self.width)} {short(self.height)}"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{short(self.width)}" '
            f'role="img" aria-label="{escape(self.title)}" style="font:{FONT};max-width:100%;height:auto">'
        )
        return "\n".join([head, f"<title>{escape(self.title)}</title>", *self.parts, "</svg>"])

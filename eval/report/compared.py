"""Two systems side by side, as one HTML file and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from ..compare import Bucket, Side
    from ..data import DataSet

_HERE = Path(__file__).parent
BODY_SHOWN = 400  # characters of the body given for context; the rest is said to be left out


@dataclass(frozen=True, slots=True)
class Page:
    """What a comparison shows: ``rows`` are indices, largest difference first."""

    data: DataSet
    sides: Sequence[Side]
    signature: str
    buckets: dict[str, list[Bucket]]
    rows: Sequence[int]


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is inside a span."""
    place = 0
    for start, end in spans:
        if start > place:
            yield text[place:start], False
        yield text[start:end], True
        place = end
    if place < len(text):
        yield text[place:], False


def html(page: Page) -> str:
    """The comparison as one offline file; copied spans are marked."""
    loader = jinja2.FileSystemLoader(_HERE)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    items = [_item(page, index) for index in page.rows]
    return environment.get_template("compared.html.j2").render(page=page, items=items, shown=len(items))


def _item(page: Page, index: int) -> dict:
    row = page.data.rows[index]
    sides = [
        {
            "name": side.name,
            "value": float(side.measure.each[index]),
            "pieces": list(pieces(side.texts[index], side.copied[index])),
        }
        for side in page.sides
    ]
    left = max(0, len(row.body) - BODY_SHOWN)
    return {
        "row": row,
        "sides": sides,
        "body": row.body[:BODY_SHOWN],
        "left": left,
        "gap": sides[0]["value"] - sides[1]["value"],
    }


def summary(page: Page) -> str:
    """The buckets as Markdown tables, with the signature."""
    first, second = (side.name for side in page.sides)
    lines = [f"`{page.signature}`", ""]
    for title, found in page.buckets.items():
        lines += [f"| {title} | n | {first} | {second} | 差 [95%] | |", "|---|---|---|---|---|---|"]
        lines += [_line(bucket) for bucket in found]
        lines.append("")
    return "\n".join(lines)


def _line(bucket: Bucket) -> str:
    gap = f"{bucket.gap.delta:+.2f} [{bucket.gap.low:+.2f}, {bucket.gap.high:+.2f}]"
    note = "噪声之内 / noise" if bucket.gap.noise else ""
    return f"| {bucket.name} | {bucket.rows} | {bucket.first:.2f} | {bucket.second:.2f} | {gap} | {note} |"


def markdown(page: Page) -> str:
    """The whole comparison; copied spans are bold."""
    names = " / ".join(side.name for side in page.sides)
    lines = [f"# 对比 / comparison: {names}", "", summary(page)]
    for index in page.rows:
        row = page.data.rows[index]
        lines += [f"### {row.id}", "", f"- 参考：{_flat(row.gold)}"]
        for side in page.sides:
            shown = "".join(
                f"**{_flat(piece)}**" if copied else _flat(piece)
                for piece, copied in pieces(side.texts[index], side.copied[index])
            )
            lines.append(f"- {side.name}（{side.measure.each[index]:.1f}）：{shown or '（空）'}")
        lines.append("")
    return "\n".join(lines)


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("*", "\\*")

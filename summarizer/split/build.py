"""Articles and removals from units with their final owners; every character of the page is accounted for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import roles
from ..types import Article, Cleaned, Removal
from .headline import JOINT, Parts
from .plan import Plan
from .units import Unit

_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
REASONS = {
    "headline": "标题行 / headline line",
    "kicker": "引题 / kicker",
    "subhead": "副题 / subhead",
    "byline": "署名行 / byline",
    "dateline": "电头 / dateline",
    "caption": "图片说明 / photo caption",
    "box": "提要或方框行 / box line",
    "advert": "广告 / advert",
    "furniture": "版面信息 / page furniture",
    "noise": "行间空白 / break between parts",
}


def _writers(bylines: Sequence[str], datelines: Sequence[str]) -> list[str]:
    """Bylines without marks and brackets; where there are none, the reporters named in the dateline."""
    named = [text.strip("□■▲●○◇◆☐ 　（）()") for text in bylines]
    return named or [match[1] for text in datelines if (match := _IN_BRACKETS.search(text))]


class Builder:
    """Cuts the units of ``cleaned`` as ``plan`` says."""

    def __init__(self, cleaned: Cleaned, units: Sequence[Unit], plan: Plan):
        self._cleaned, self._units, self._plan = cleaned, units, plan
        self._keeps = self._kept_breaks()
        self._owned: dict[int, list[int]] = {}
        for index, owner in enumerate(plan.owner):
            self._owned.setdefault(owner, []).append(index)
        self.page: list[Removal] = []

    def _kept_breaks(self) -> set[int]:
        """Units whose line end stays in a body: a later paragraph of the same article follows."""
        kept: set[int] = set()
        last: dict[int, int] = {}
        for index, owner in enumerate(self._plan.owner):
            if self._plan.kind[index]:
                continue
            if owner in last and index not in self._plan.joined:
                kept.add(last[owner])
            last[owner] = index
        return kept

    def article(self, number: int, parts: Parts | None) -> Article:
        """Article ``number`` with its headline block, if it has one."""
        body: list[str] = []
        offsets: list[int] = []
        removed: list[Removal] = []
        for index in self._owned.get(number, ()):
            if self._plan.kind[index]:
                removed.append(self._removal(index, self._plan.kind[index]))
            else:
                self._body(index, body, offsets, removed)
        of_kind = lambda kind: [item.text for item in removed if item.kind == kind]  # noqa: E731
        datelines, bylines = of_kind("dateline"), of_kind("byline")
        return Article(
            body="".join(body),
            offsets=tuple(offsets),
            headline=self._text(parts.main if parts else (), JOINT),
            kicker=self._text(parts.kicker if parts else (), JOINT),
            subhead=self._text(parts.subhead if parts else (), JOINT),
            byline=JOINT.join(_writers(bylines, datelines)) or None,
            dateline=JOINT.join(datelines) or None,
            captions=tuple(of_kind("caption")),
            boxes=tuple(of_kind("box")),
            removed=tuple(removed),
        )

    def leftovers(self) -> tuple[Removal, ...]:
        """Removals that belong to no article, in page order."""
        for index in self._owned.get(-1, ()):
            self.page.append(self._removal(index, self._plan.kind[index] or "noise"))
        return tuple(sorted(self.page, key=lambda item: item.start))

    def _text(self, indices: Sequence[int], joint: str) -> str | None:
        return joint.join(self._units[index].text for index in indices) or None

    def _removal(self, index: int, kind: str) -> Removal:
        unit = self._units[index]
        start, end = unit.start, self._past_break(index)
        # The line end before a removed unit is its own where no body keeps it.
        if index and not self._plan.kind[index - 1] and index - 1 not in self._keeps:
            start -= 1
        return Removal(kind, unit.text, *self._span(start, end), REASONS[kind])

    def _past_break(self, index: int) -> int:
        return min(self._units[index].end + 1, len(self._cleaned.text))

    def _span(self, start: int, end: int) -> tuple[int, int]:
        offsets = self._cleaned.offsets
        return offsets[start], offsets[end - 1] + 1

    def _body(self, index: int, body: list[str], offsets: list[int], removed: list[Removal]) -> None:
        unit = self._units[index]
        start, end = unit.start + unit.head, unit.end - unit.tail
        if unit.head:
            kind = "furniture" if roles.TURN_START.match(unit.text[: unit.head]) else "dateline"
            removed.append(self._cut(unit.start, start, kind))
        body.append(self._cleaned.text[start:end])
        offsets.extend(self._cleaned.offsets[start:end])
        if unit.tail:
            removed.append(self._cut(end, unit.end, "byline" if unit.credit else "furniture"))
        if index in self._keeps:
            body.append("\n")
            offsets.append(self._cleaned.offsets[unit.end])
        elif unit.end < len(self._cleaned.text) and not self._taken(index):
            self.page.append(Removal("noise", "", *self._span(unit.end, unit.end + 1), REASONS["noise"]))

    def _taken(self, index: int) -> bool:
        return index + 1 < len(self._units) and bool(self._plan.kind[index + 1])

    def _cut(self, start: int, end: int, kind: str) -> Removal:
        text = self._cleaned.text[start:end].strip()
        return Removal(kind, text, *self._span(start, end), REASONS[kind])

"""What becomes of each unit: body of an article, or a removal of some kind, with the article it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .. import roles
from .headline import Block, Parts
from .units import Unit


@dataclass(slots=True)
class Plan:
    """What becomes of each unit: the article it goes to (-1: the page) and the kind of removal ("": body)."""

    owner: list[int]
    kind: list[str]
    joined: set[int] = field(default_factory=set)  # body units that go on the body unit before them


def claim(units: Sequence[Unit], plan: Plan, number: int, article: Sequence[int]) -> None:
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


def place(plan: Plan, block: Block, part: Parts) -> None:
    for kind, indices in (
        ("headline", part.main),
        ("kicker", part.kicker),
        ("subhead", part.subhead),
        ("box", part.boxes),
    ):
        for index in indices:
            plan.owner[index], plan.kind[index] = block.article, kind


def rest(units: Sequence[Unit], plan: Plan, articles: Sequence[Sequence[int]], page: bool) -> None:
    """Bylines, captions and stray display lines that stand between articles."""
    before = -1
    for index, unit in enumerate(units):
        if before + 1 < len(articles) and articles[before + 1][-1] < index:
            before += 1
        if plan.owner[index] >= 0 or plan.kind[index]:
            continue
        after = before + 1 if before + 1 < len(articles) else -1
        if unit.role in ("byline", "dateline"):
            plan.owner[index], plan.kind[index] = (after if after >= 0 else before), unit.role
        elif unit.role == "caption":
            plan.owner[index], plan.kind[index] = (before if before >= 0 else after), "caption"
        elif unit.role in ("display", "box") and not page and before >= 0:
            plan.owner[index] = before
        else:
            plan.kind[index] = {"display": "headline", "box": "box"}.get(unit.role, unit.role)

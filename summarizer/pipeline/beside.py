"""The kicker and the subhead that a style wants beside a headline, where the page has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..chars import width
from ..forms.fragment import fragment
from ..forms.polish import faults, polish
from ..forms.short import bare, stands
from ..forms.stack import repeats
from ..types import Generated
from .source import Source
from .summary import sound
from .telling import scenic
from .titles import shorten

SHORTEST = 8.0  # full-width units
# What a kicker tells: somebody met, went, spoke, issued.
_OCCASION = re.compile(
    r"主持召开|召开|会见|会谈|调研|考察|检查|出席|座谈|会议|印发|发布|举行|开幕|闭幕|批示|致信|致电|强调|部署|审议|看望|慰问|致辞|签署|"
    r"走访|督导|约谈|宣讲|通报|公布|启动|揭牌|开工"
)
OPENING = 2  # sentences in which the occasion of a report stands
MOST_SAID = 0.35  # of the character pairs of a kicker may stand in the headline


def choose(item: Source, drawn: Sequence[Generated], said: Sequence[str], limit: int) -> str:
    """The first output that can be printed above or below what is ``said``; "" where none can."""
    for generated in drawn:
        text = polish(generated.text)
        if not generated.truncated and good(item, text, said, limit):
            return text
    return ""


def occasion(item: Source, said: Sequence[str], limit: int) -> str:
    """The clause of the report's opening that says who met, went or spoke where; "" where it is the headline."""
    for sentence in [s for s in item.sentences if not s.heading][:OPENING]:
        for text in shorten(item.body[sentence.start : sentence.end], limit):
            if _OCCASION.search(text) and good(item, text, said, limit):
                return text
    return ""


def good(item: Source, text: str, said: Sequence[str], limit: int) -> bool:
    """True for a whole statement that the guard does not doubt and that says something else than ``said``."""
    if (
        width(text) < SHORTEST
        or faults(text, limit)
        or bare(text)
        or scenic(text)
        or fragment(text)
        or not stands(text, limit, item.body)
    ):
        return False
    return not any(again(text, other) for other in said if other) and sound(item.facts, text)


def again(text: str, other: str) -> bool:
    """True where ``text`` says ``other`` again, names counted too."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    turned = {other[i : i + 2] for i in range(len(other) - 1)}
    shared = len(pairs & turned)
    return shared > MOST_SAID * min(len(pairs), len(turned)) or bool(repeats(text, other))

"""What is asked and made when a headline is to be reworded: requests in rounds, then longer and shorter forms of it.

The first round is what any model is asked once. A model whose card says that asking is cheap (``crowd``) is asked for
other lengths and views of the article with it; the last round tries other manners and the rest of a long report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..chars import width
from ..forms.polish import polish
from ..forms.short import about, bare, cuts, keeps_sense, stands
from ..rewrite import Targets
from ..types import Generated, Request
from .ask import Asker, Drawn
from .bars import Order
from .source import Source
from .telling import tells
from .titles import shorten

SHORTEST = 8.0  # full-width units that are asked for
MANNERS = ("daily", "web", "plain")
WINDOWS = 3  # further parts of a long report that are shown
EXTRACTS = 3  # as many extracts as headlines are wanted, times this
JOINED = 12  # clauses that are joined to a headline


def rounds(asker: Asker, item: Source, order: Order) -> Iterator[list[Request]]:
    """Requests in the order in which they are worth asking; later ones only where nothing has come of the first."""
    wanted, spoken = order.wanted, order.wanted.style
    plain = Request("headline", item.headline.text, wanted.max_chars, "", spoken, wanted.keep, wanted.avoid)
    lengths = _lengths(order)
    views = [text for text in dict.fromkeys((item.headline.text, item.opening.text)) if text]
    more = [replace(plain, text=text, max_chars=chars) for text in views for chars in lengths]
    first, more = [plain], [request for request in more if request != plain]
    cheap = asker.crowd > 0
    yield [*first, *more] if cheap else first
    manners = [manner for manner in MANNERS if manner != spoken] if cheap else []
    parts = [part.text for part in item.parts if part.text not in views][:WINDOWS]
    last = [replace(plain, text=text, style=manner) for text in views for manner in manners]
    last += [replace(plain, text=text) for text in parts]
    yield last if cheap else [*more, *last]


def _lengths(order: Order) -> list[int]:
    """Lengths to ask for: models keep to a length only roughly, and a joined clause must fit behind a headline."""
    most = int(order.wanted.max_chars)
    others = [1.3 * most, most - width(order.headline) - 1] if order.how == "longer" else [0.75 * most]
    return [most, *(int(other) for other in others if other >= SHORTEST)]


def extracts(asker: Asker, item: Source, order: Order, count: int) -> list[Generated]:
    """Headlines of the article's own words; clauses to join to the headline too where it is to be longer."""
    if item.refused or not item.body:
        return []
    wanted = order.wanted
    plain = Request("headline", item.body, wanted.max_chars, keep=wanted.keep, avoid=wanted.avoid)
    asked = [replace(plain, max_chars=chars) for chars in _lengths(order)]
    found = asker.extractor.generate(asked, asker.decoding(EXTRACTS * count), [item.salience] * len(asked))
    return [generated for texts in found for generated in texts]


def made(item: Source, order: Order, drawn: Drawn) -> Drawn:
    """Forms made of the headline and of what was drawn: clauses joined, or phrases left out."""
    if order.how == "longer":
        return list(_joined(item, order.headline, order.wanted, drawn))
    if order.how == "shorter":
        return list(_cut(order.headline, order.wanted, drawn))
    return []


def _joined(item: Source, headline: str, wanted: Targets, drawn: Drawn) -> Iterator[tuple[Generated, str]]:
    """The headline with a clause behind it that says another thing of the article."""
    room = wanted.max_chars - width(headline) - 1
    count = 0
    for generated, origin in drawn:
        clause = polish(generated.text)
        if count == JOINED:
            return
        if width(clause) > room or not stands(clause, room, item.body) or not tells(clause):
            continue
        if not about(clause, headline) and not (bare(clause) and bare(headline)):
            count += 1
            yield replace(generated, text=f"{headline}，{clause}"), origin


def _cut(headline: str, wanted: Targets, drawn: Drawn) -> Iterator[tuple[Generated, str]]:
    """The headline and longer wordings with clauses and phrases left out that a headline can do without."""
    given = [(Generated(headline), "extract"), *drawn]
    for generated, origin in given:
        text = polish(generated.text)
        if width(text) <= wanted.max_chars:
            continue
        for form in cuts(text, wanted.max_chars, shorten):
            if keeps_sense(form, text, text == headline):
                yield replace(generated, text=form), origin

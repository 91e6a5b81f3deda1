"""Other wordings of a headline: the backend asked again under constraints, in rounds, until one passes every bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..forms.whole import bare
from ..rank.consensus import consensus
from ..rewrite import targets
from ..settings import whole
from ..style import Style, load
from ..types import Article, Candidate
from . import candidates
from .ask import Asker, Drawn
from .bars import PASSED, ByBar, Order, why
from .source import Source, source
from .wordings import extracts, made, rounds

FORMAL = "daily"  # the shipped style, and the model's own, that "formal" asks for
SAMPLES = 3
AGREED = 0.6  # of the agreement that the most agreed wording finds


class Rewritten(tuple[Candidate, ...]):
    """Headlines, best first. Where there is none ``why`` says in one line at which bar the wordings fell."""

    why: str = ""


def rewrite(
    asker: Asker,
    body: str,
    headline: str,
    how: str,
    keep: Sequence[str] = (),
    avoid: Sequence[str] = (),
    headline_chars: int = 20,
    count: int = 5,
    style: Style | None = None,
    seen: Sequence[str] = (),
) -> Rewritten:
    """At most ``count`` headlines for ``body`` that differ from ``headline`` in the way of ``how``.

    ``shorter`` and ``longer`` hold in full-width units, ``longer`` goes over ``headline_chars`` only where the
    headline fills them; ``formal`` asks for the manner of a party daily; ``again`` for other words. Every result
    holds all of ``keep`` and none of ``avoid``, and none is one of ``seen``. Where nobody can write one the result
    is empty and says why. Raises SettingsError for a bad option.
    """
    whole("headline_chars", headline_chars, 4, 100)
    whole("candidates", count, 1, 50)
    wanted = targets(how, headline, headline_chars, keep, avoid, FORMAL if how == "formal" else asker.style)
    style = load(FORMAL) if how == "formal" else style
    item = source(Article(body), asker.backend)
    order = Order(headline, how, wanted, frozenset(seen), body)
    sorted_out = _written(asker, item, order, count, style)
    chosen = _best(order, sorted_out, asker.extracts)
    if not chosen and how == "again":  # other words for everything but the verb are better than nothing
        order = replace(order, wanted=replace(wanted, avoid=tuple(avoid)))
        sorted_out = _written(asker, item, order, count, style)
        chosen = _best(order, sorted_out, asker.extracts)
    crowd = [candidate.text for fallen in sorted_out.values() for candidate in fallen]
    ranked = _ordered(asker, item, order, crowd, chosen, headline_chars, style)
    found = Rewritten(candidates.shown(ranked[:count], item))
    if not found:
        found.why = why(sorted_out)
    return found


def _written(asker: Asker, item: Source, order: Order, count: int, style: Style | None) -> ByBar:
    """All printable wordings by their bars; asked for in rounds until there is one that passes every bar."""
    own = "extract" if asker.extracts else "model"
    drawn: Drawn = []
    sorted_out: ByBar = {}
    found = extracts(asker, item, order, count)
    for number, requests in enumerate(rounds(asker, item, order)):
        seed = len(order.seen) + number + (order.how == "again")
        decoding = asker.decoding(max(count + 3, asker.crowd), samples=count + SAMPLES, seed=seed)
        drawn += [(generated, own) for texts in asker.ask(requests, decoding) for generated in texts]
        every = [*drawn, *((generated, "extract") for generated in found)]
        every += made(item, order, every)
        kept, _ = candidates.gather(item, every, order.wanted.max_chars, style)
        sorted_out = order.sort_out(kept)
        if PASSED in sorted_out:
            break
    return sorted_out


def _best(order: Order, by_bar: ByBar, extracts: bool) -> list[Candidate]:
    """What passes every bar; else what tells the same in a lesser way; else another thing that the article tells.

    Where an editor's words bind or nobody but the extractor writes, a rough answer is better than none.
    """
    if PASSED in by_bar:
        return by_bar[PASSED]
    near = [c for c in by_bar.get("scene", ()) if order.near(c)]
    other = [
        c for c in by_bar.get("other", ()) if order.beside(c) and (bare(order.headline) or not bare(c.text))
    ]
    bound = bool(order.wanted.keep) or order.how != "again" and bool(order.wanted.avoid) or extracts
    rough = [c for c in by_bar.get("whole", ()) if bound and order.rough(c.text)]
    return near or other or [*rough, *(by_bar.get("other", ()) if bound else ())]


def _ordered(
    asker: Asker,
    item: Source,
    order: Order,
    crowd: Sequence[str],
    chosen: Sequence[Candidate],
    line: float,
    style: Style | None,
) -> list[Candidate]:
    """Ranked by what all wordings agree on; those over the line behind those within it, and they say so."""
    first = "extract" if asker.extracts else "model"
    chosen = _agreed(chosen, crowd)
    ranked = candidates.order(chosen, item, order.wanted.max_chars, first, style, crowd=crowd)
    over = f"超出设定的{line:g}字 / over the line"
    return [c for c in ranked if c.chars <= line] + [
        replace(c, why=f"{over}；{c.why}") for c in ranked if c.chars > line
    ]


def _agreed(chosen: Sequence[Candidate], crowd: Sequence[str]) -> list[Candidate]:
    """``chosen`` without what hardly another wording agrees with: a model seldom errs twice in the same way."""
    near = consensus([c.text for c in chosen], crowd)
    least = AGREED * max(near, default=0.0)
    return [c for c, value in zip(chosen, near, strict=True) if value >= least]

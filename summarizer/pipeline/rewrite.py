"""Other wordings of a headline, by asking the backend again under constraints; no string is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..chars import width
from ..forms.short import about, sewn, stands
from ..forms.whole import bare, torn, verbless
from ..rewrite import Targets, targets
from ..settings import whole
from ..style import Style, load
from ..types import Article, Candidate, Request
from . import candidates
from .ask import Asker, Drawn
from .candidates import doubtful
from .source import Source, source
from .telling import tells

FORMAL = "daily"  # the shipped style, and the model's own, that "formal" asks for


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
) -> tuple[Candidate, ...]:
    """At most ``count`` headlines for ``body`` that differ from ``headline`` in the way of ``how``.

    ``shorter`` and ``longer`` hold in full-width units, ``longer`` up to ``headline_chars``; ``formal``
    asks for the manner of a party daily; ``again`` for other words. Every result holds all of ``keep`` and
    none of ``avoid``. ``()`` where nobody can write one. Raises SettingsError for a bad option.
    """
    whole("headline_chars", headline_chars, 4, 100)
    whole("candidates", count, 1, 50)
    wanted = targets(how, headline, headline_chars, keep, avoid, FORMAL if how == "formal" else asker.style)
    style = load(FORMAL) if how == "formal" else style
    item = source(Article(body), asker.backend)
    near, other = _written(asker, item, headline, how, wanted, count, style)
    if not near and how == "again":  # other words for everything but the verb are better than another thing
        near, _ = _written(asker, item, headline, how, replace(wanted, avoid=tuple(avoid)), count, style)
    first = "extract" if asker.extracts else "model"
    return tuple(candidates.order(near or other, item, wanted.max_chars, first, style)[:count])


def _written(
    asker: Asker, item: Source, headline: str, how: str, wanted: Targets, count: int, style: Style | None
) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """What tells the same thing as ``headline``, and what else may be offered where nothing does."""
    drawn = _drawn(asker, item, how, wanted, count)
    kept, _ = candidates.gather(item, drawn, wanted.max_chars, style)
    fitting = [c for c in kept if wanted.accepts(c.text, headline) and _goes(c.text, headline, how)]
    bound = bool(wanted.keep) or how != "again" and bool(wanted.avoid)
    return _sorted(fitting, headline, wanted.max_chars, item.body, bound or asker.extracts)


def _sorted(
    fitting: Sequence[Candidate], headline: str, limit: float, body: str, bound: bool
) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """Statements about the same thing that end where they should; then others that tell who does what.

    Where an editor's words bind or nobody but the extractor writes (``bound``), a rough answer is better than none.
    What the guard doubts is left out where anything else remains.
    """
    fitting = [c for c in fitting if not doubtful(c)] or fitting
    whole = [c for c in fitting if stands(c.text, limit, body)]
    rough = [c for c in fitting if not (torn(c.text, body) or sewn(c.text, body) or verbless(c.text))]
    others = [c for c in whole if tells(c.text) and (bare(headline) or not bare(c.text))]
    others = others or [c for c in rough if about(c.text, headline)]
    return [c for c in whole if about(c.text, headline)], others or (
        whole or rough or fitting if bound else []
    )


def _drawn(asker: Asker, item: Source, how: str, wanted: Targets, count: int) -> Drawn:
    """What the backend writes within the targets, then what the extractor finds."""
    spoken = FORMAL if how == "formal" else asker.style
    request = Request("headline", item.headline.text, wanted.max_chars, "", spoken, wanted.keep, wanted.avoid)
    anew = how == "again"
    decoding = asker.decoding(count + 3, samples=count if anew else 2, seed=int(anew))
    own = "extract" if asker.extracts else "model"
    drawn = [(generated, own) for generated in asker.ask([request], decoding)[0]]
    if not asker.extracts and request.text:
        whole = replace(request, text=item.body)
        (extracts,) = asker.extractor.generate([whole], asker.decoding(count), [item.salience])
        drawn += [(generated, "extract") for generated in extracts]
    return drawn


def _goes(text: str, headline: str, how: str) -> bool:
    """True where the width went the way that was asked for."""
    if how == "shorter":
        return width(text) < width(headline)
    return width(text) > width(headline) if how == "longer" else True

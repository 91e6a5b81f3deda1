"""Other wordings of a headline, by asking the backend again under constraints; no string is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..chars import width
from ..errors import SettingsError
from ..settings import HOWS, whole
from ..style import Style, load
from ..types import Article, Candidate, Request
from . import candidates
from .ask import Asker
from .source import source

FORMAL_STYLE = "daily"


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
    none of ``avoid``. ``()`` where the backend has none. Raises SettingsError for a bad option.
    """
    if how not in HOWS:
        raise SettingsError(f"how 应为 {'、'.join(HOWS)} 之一，得到 {how!r} / no such rewrite")
    both = set(keep) & set(avoid)
    if both:
        raise SettingsError(f"“{both.pop()}”既要保留又要避免 / one word both kept and avoided")
    limit = _limit(how, width(headline), whole("headline_chars", headline_chars, 4, 100))
    item = source(Article(body), asker.backend)
    spoken = FORMAL_STYLE if how == "formal" else asker.style
    style = load(FORMAL_STYLE) if how == "formal" else style
    request = Request("headline", item.headline.text, limit, "", spoken, tuple(keep), tuple(avoid))
    decoding = asker.decoding(2 * count, samples=count if how == "again" else 2, seed=int(how == "again"))
    origin = "extract" if asker.extracts else "model"
    drawn = [(g, origin) for g in asker.ask([request], decoding)[0]]
    if not asker.extracts:
        extracts = asker.extractor.generate([replace(request, text=body)], asker.decoding(count))[0]
        drawn += [(g, "extract") for g in extracts]
    kept, _ = candidates.gather(item, drawn, limit, style)
    fitting = [c for c in kept if _differs(c.text, headline, how) and _obeys(c.text, keep, avoid)]
    return tuple(candidates.order(fitting, item, limit, origin, style)[:count])


def _limit(how: str, wide: float, most: int) -> int:
    if how == "shorter":
        return max(4, int(wide - 0.5)) if wide % 1 else max(4, int(wide) - 1)
    return most


def _differs(text: str, headline: str, how: str) -> bool:
    if text == headline:
        return False
    if how == "shorter":
        return width(text) < width(headline)
    return width(text) > width(headline) if how == "longer" else True


def _obeys(text: str, keep: Sequence[str], avoid: Sequence[str]) -> bool:
    return all(word in text for word in keep) and not any(word in text for word in avoid if word)

"""Quotations and titles: what stands in “” or 《》 must stand in the body."""

from __future__ import annotations

import re

from ...types import Finding, Span
from ..facts import Facts
from ..quotes import Quote, bare, pieces, quotes
from ..text import bigrams, fold

_SPEECH = re.compile(r"(?:[:：]|说|称|表示|指出|强调|提出|回应|喊话|直言|呼吁|问|答|坦言|写道)\s*$")
_SHORT = 6


def findings(text: str, facts: Facts) -> list[Finding]:
    """One finding per quotation and title of ``text``."""
    return [_finding(quote, text, facts) for quote in quotes(text) if bare(quote.inner)]


def _finding(quote: Quote, text: str, facts: Facts) -> Finding:
    def found(verdict: str, spans: tuple[Span, ...] = (), reason: str = "") -> Finding:
        return Finding(
            quote.kind, text[quote.start : quote.end], quote.start, quote.end, verdict, spans, reason
        )

    spans: list[Span] = []
    for piece in pieces(quote.inner):
        exact = facts.where_bare(piece)
        if not exact:
            break
        spans.extend(exact)
    else:
        return found("supported", tuple(spans))
    if (
        quote.kind == "quote"
        and _emphasis(quote, text)
        and any(p in facts.pairs for p in bigrams(bare(quote.inner)))
    ):
        return found("inferred", (), "强调或别称，非引语 / emphasis, not speech")
    if fold(quote.inner) in facts.context:
        return found("inferred", (), "电头或原题 / stands in the dateline or page headline")
    return found("unsupported", (), "正文无此引语 / not quoted from the body")


def _emphasis(quote: Quote, text: str) -> bool:
    """Marks around a coined word (“冷资源”): at most six characters, no figures, no speech before."""
    inner = bare(quote.inner)
    return len(inner) <= _SHORT and inner.isalpha() and not _SPEECH.search(text[: quote.start])

"""Quotations and titles: what stands in “” or 《》 must stand in the body."""

from __future__ import annotations

from ...types import Finding, Span
from ..facts import Facts
from ..quotes import Quote, bare, pieces, quotes
from ..text import fold


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
    if fold(quote.inner) in facts.context:
        return found("inferred", (), "电头或原题 / stands in the dateline or page headline")
    return found("unsupported", (), "正文无此引语 / not quoted from the body")

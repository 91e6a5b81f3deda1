"""Checks every claim of a candidate against the facts of its article."""

from __future__ import annotations

from ..types import Finding, Span
from . import names
from .facts import Facts
from .rules import dates, numbers, polarity, quotes
from .rules import names as mentions

_ORDER = {"contradicted": 0, "unsupported": 1, "inferred": 2, "supported": 3}


def check(text: str, facts: Facts) -> tuple[Finding, ...]:
    """All claims of ``text`` in order, each with a verdict and the body's spans (see docs/guard.md).

    ``text`` is a headline or some sentences. An empty text has no claims. Nothing is raised for any text.
    """
    quoted = quotes.findings(text, facts)
    dated = dates.findings(text, facts)
    whole = [(f.start, f.end) for f in quoted if f.verdict == "supported"]
    counted = numbers.findings(text, facts, [(f.start, f.end) for f in dated] + whole)
    taken: list[Span] = [(f.start, f.end) for f in [*dated, *counted]] + whole
    tokens = names.tag(text, facts.tagger)
    named = mentions.findings(text, facts, tokens, taken)
    turned = polarity.findings(text, facts, tokens)
    kept = [
        f for f in [*dated, *counted, *named, *turned] if f.verdict != "supported" or not _inside(f, whole)
    ]
    return tuple(sorted([*quoted, *kept], key=lambda f: (f.start, -f.end, f.kind)))


def flagged(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that speak against a candidate, the worst first."""
    bad = [f for f in findings if f.verdict in ("unsupported", "contradicted")]
    return tuple(sorted(bad, key=lambda f: (_ORDER[f.verdict], f.start)))


def _inside(finding: Finding, spans: list[Span]) -> bool:
    return any(s <= finding.start and finding.end <= e for s, e in spans)

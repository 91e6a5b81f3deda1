"""Checks every claim of a candidate against the facts of its article."""

from __future__ import annotations

import re

from ..types import Finding, Span
from .facts import Facts
from .labels import is_label, labels
from .rules import dates, denied, governed, numbers, parts, polarity, posts, quotes, roles, said, sides
from .rules import names as mentions
from .tagging import tokens as cut_and_tag

#: A question asserts nothing: 还能更进一步吗 does not deny 难以更进一步.
_QUESTION = re.compile(
    r"[^\s，。！；：,!;:？?]*(?:[？?]|[吗么](?=$|[\s，。！])|[能是会可]否(?![决认定])[^\s，。！；]*)"
)
_ORDER = {"contradicted": 0, "unsupported": 1, "inferred": 2, "supported": 3}


def check(text: str, facts: Facts) -> tuple[Finding, ...]:
    """All claims of ``text`` in order, each with a verdict and the body's spans (see docs/guard.md).

    ``text`` is a headline or some sentences. An empty text has no claims. Nothing is raised for any text. The
    answer is kept with ``facts``.
    """
    found = facts.checked.get(text)
    if found is None:
        found = _check(text, facts)
        facts.keep(facts.checked, {text: found})
    return found


def _check(text: str, facts: Facts) -> tuple[Finding, ...]:
    quoted = quotes.findings(text, facts)
    dated = dates.findings(text, facts)
    lost = [(f.start, f.end) for f in quoted if _bad(f)]  # one flag for the whole quotation is enough
    whole = [(f.start, f.end) for f in quoted if f.verdict == "supported"]
    counted = numbers.findings(text, facts, [(f.start, f.end) for f in dated] + whole)
    taken: list[Span] = [(f.start, f.end) for f in [*dated, *counted]] + whole
    tokens = cut_and_tag(text, facts)
    named = mentions.findings(text, facts, tokens, taken)
    told = roles.findings(text, facts, tokens)
    told += sides.findings(text, facts)
    right = [(f.start, f.end) for f in told if not _bad(f)]  # 不敌 is not 战胜, and may tell the same match
    turned = [f for f in polarity.findings(text, facts, tokens) if not (_bad(f) and _inside(f, right))]
    bent = [(f.start, f.end) for f in turned if _bad(f)]
    turned += [f for f in governed.findings(text, facts, tokens) if not _touches(f, bent)]
    bent = [(f.start, f.end) for f in turned if _bad(f)]
    turned += [f for f in denied.findings(text, facts) if not _touches(f, bent)]
    held = posts.findings(text, facts, tokens)
    inner = [
        f for f in (*named, *held, *turned, *told) if not (_bad(f) and _no_claim(f, text, quoted, facts))
    ]
    inner = [*dated, *counted, *parts.findings(text, facts), *inner]
    kept = [f for f in inner if not _inside(f, whole) and not (_bad(f) and _inside(f, lost))]
    beside = labels(text)
    kept += said.findings(text, facts, named)
    found = [f for f in [*quoted, *kept] if not (beside and _bad(f) and is_label(f, beside, text, facts))]
    return tuple(sorted(found, key=lambda f: (f.start, -f.end, f.kind)))


def flagged(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that speak against a candidate, the worst first."""
    bad = [f for f in findings if _bad(f)]
    return tuple(sorted(bad, key=lambda f: (_ORDER[f.verdict], f.start)))


def _inside(finding: Finding, spans: list[Span]) -> bool:
    return any(s <= finding.start and finding.end <= e for s, e in spans)


def _no_claim(finding: Finding, text: str, quoted: list[Finding], facts: Facts) -> bool:
    """Whether a finding speaks of what the text does not claim.

    A question denies nothing, “金木合月” alone within marks of emphasis is a coined word and no name, and who did
    what to whom can't be turned round in words that the body has just so.
    """
    if finding.kind == "polarity":
        return _inside(finding, [m.span() for m in _QUESTION.finditer(text)])
    if finding.kind in ("person", "org", "post"):
        coined = [(f.start + 1, f.end - 1) for f in quoted if f.verdict == "inferred"]
        return (finding.start, finding.end) in coined
    return finding.kind == "role" and bool(facts.where(finding.text, 1))


def _touches(finding: Finding, spans: list[Span]) -> bool:
    return any(s < finding.end and finding.start < e for s, e in spans)


def _bad(finding: Finding) -> bool:
    return finding.verdict in ("unsupported", "contradicted")

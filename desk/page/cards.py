"""Candidates and findings as HTML: what can be chosen, and what the guard says about it."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.types import Candidate, Draft, Finding

from ..i18n import Words
from .views import copy_button, safe, spans_attribute

ORDER = ("contradicted", "unsupported", "inferred", "supported")
DOUBTS = ("contradicted", "unsupported")


def candidates(t: Words, draft: Draft, limit: int, fresh: frozenset[str] = frozenset()) -> str:
    """Ranked candidates as cards: the headline with doubts underlined, its length, origin and findings."""
    cards = [
        _card(t, item, number, limit, item.text in fresh) for number, item in enumerate(draft.candidates)
    ]
    return f'<ol class="cards">{"".join(cards)}</ol>{warnings(t, draft.warnings)}'


def _card(t: Words, item: Candidate, number: int, limit: int, fresh: bool) -> str:
    over = " over" if item.chars > limit else ""
    mark = f'<span class="tag fresh">{safe(t("new"))}</span>' if fresh else ""
    return (
        f'<li class="card" tabindex="0" {spans_attribute(item.evidence)} data-rank="{number + 1}">'
        f'<div class="h" lang="zh-CN">{underlined(item.text, item.findings)}</div>'
        f'<div class="meta"><span class="len{over}">{item.chars:g}/{limit}</span>'
        f'<span class="tag {item.origin}">{safe(t("origin_" + item.origin))}</span>{mark}'
        f"{_verdict(t, item.findings)}"
        f'<span class="why" title="{safe(item.why)}">{safe(item.why)}</span>'
        f'<span class="acts"><button type="button" class="use" data-do="use" data-n="{number}">'
        f"{safe(t('use'))}</button>"
        f"{copy_button(t, item.text)}</span></div>"
        f"{findings(t, [f for f in item.findings if f.verdict != 'supported'])}</li>"
    )


def _verdict(t: Words, found: Sequence[Finding]) -> str:
    doubts = sum(f.verdict in DOUBTS for f in found)
    if doubts:
        return f'<span class="verdict bad">{safe(t("doubts", n=doubts))}</span>'
    key = t("all_supported", n=len(found)) if found else t("no_claims")
    return f'<span class="verdict good">{safe(key)}</span>'


def underlined(text: str, found: Sequence[Finding]) -> str:
    """``text`` with each finding marked by its verdict; where two overlap, the worse one."""
    worst: list[str | None] = [None] * len(text)
    for finding in sorted(found, key=lambda f: -ORDER.index(f.verdict)):
        for index in range(max(0, finding.start), min(len(text), finding.end)):
            worst[index] = finding.verdict
    parts, start = [], 0
    for index in range(1, len(text) + 1):
        if index == len(text) or worst[index] != worst[start]:
            piece, verdict = safe(text[start:index]), worst[start]
            parts.append(f'<span class="f {verdict}">{piece}</span>' if verdict else piece)
            start = index
    return "".join(parts)


def findings(t: Words, found: Sequence[Finding]) -> str:
    """Findings as rows to click: evidence is shown in the text, the reason here."""
    rows = []
    for finding in sorted(found, key=lambda f: (ORDER.index(f.verdict), f.start)):
        reason = t.half(finding.reason) or ("" if finding.evidence else t("no_evidence"))
        rows.append(
            f'<li><button type="button" class="finding {finding.verdict}" '
            f"{spans_attribute(finding.evidence)}>"
            f"<b>{safe(t(finding.verdict))}</b><span>{safe(finding.text)}</span></button>"
            f'<p class="reason">{safe(reason)}</p></li>'
        )
    return f'<ul class="findings">{"".join(rows)}</ul>' if rows else ""


def warnings(t: Words, said: Sequence[str]) -> str:
    """Warnings of a draft, folded away when there are many."""
    if not said:
        return ""
    rows = "".join(f"<li>{safe(t.half(line))}</li>" for line in said)
    return f'<details class="warnings"><summary>{safe(t("remarks", n=len(said)))}</summary><ul>{rows}</ul></details>'

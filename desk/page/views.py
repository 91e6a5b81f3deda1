"""HTML of the page's own parts. Every text goes through ``safe``; nothing here is markup from outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from html import escape

from summarizer.types import Candidate, Draft, Finding, Span

from ..library import Piece
from .state import Session

Words = Callable[..., str]
ORDER = ("contradicted", "unsupported", "inferred", "supported")
DOUBTS = ("contradicted", "unsupported")


def safe(text: object) -> str:
    """``text`` for HTML; a lone surrogate, which no browser can be sent, shows as U+FFFD."""
    return escape(str(text).encode("utf-8", "replace").decode("utf-8"), quote=True)


def spans_attribute(spans: Iterable[Span]) -> str:
    """Spans of the body as a data attribute that the page's script reads."""
    return f'data-spans="{escape(json.dumps([list(span) for span in spans]))}"'


# --- notices ----------------------------------------------------------------------------------------


def notice(text: str, kind: str = "quiet") -> str:
    """A status line: ``busy``, ``done``, ``error`` or ``quiet``."""
    role = ' role="alert"' if kind == "error" else ' role="status"'
    return f'<div class="notice {kind}"{role}>{safe(text)}</div>'


def empty(text: str) -> str:
    """The empty state of a pane: what to do here."""
    return f'<div class="empty">{safe(text)}</div>'


# --- the text -----------------------------------------------------------------------------------------


def body(t: Words, session: Session) -> str:
    """The cleaned text, one paragraph a line, each knowing its offset in code points."""
    article, draft = session.article, session.draft
    facts = [t("chars", n=len(article.body))]
    if draft is not None:
        facts.append(t("coverage", n=round(draft.coverage * 100)))
    if article.removed:
        facts.append(t("removed", n=len(article.removed)))
    return (
        f'<div class="facts">{" · ".join(map(safe, facts))}</div>{_furniture(article)}'
        f'<div class="body" tabindex="0" lang="zh-CN">{_paragraphs(article.body)}</div>{_removed(article)}'
    )


def _paragraphs(text: str) -> str:
    parts, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            parts.append(f'<p data-at="{at}">{safe(line)}</p>')
        at += len(line) + 1
    return "".join(parts)


def _furniture(article) -> str:
    """What stood around the body on the page: kicker, headline, subhead, byline."""
    named = (
        ("kicker", article.kicker),
        ("headline", article.headline),
        ("subhead", article.subhead),
        ("byline", article.byline),
    )
    inside = "".join(f'<div class="{name}">{safe(text)}</div>' for name, text in named if text)
    return f'<div class="furniture" lang="zh-CN">{inside}</div>' if inside else ""


def _removed(article) -> str:
    rows = "".join(
        f"<li><b>{safe(r.kind)}</b> {safe(r.text[:80])}<i>{safe(r.reason)}</i></li>"
        for r in article.removed[:40]
    )
    return f'<ul class="removed">{rows}</ul>' if rows else ""


def articles(t: Words, session: Session) -> str:
    """The page's articles as a list; nothing where there is only one."""
    if len(session.split.articles) < 2:
        return ""
    items = []
    for index, article in enumerate(session.split.articles):
        draft = session.drafts.get(index)
        title = (draft and draft.headline) or article.headline or article.body[:24]
        state = "model" if index in session.by_model else "draft" if draft else "waiting"
        here = ' aria-current="true"' if index == session.current else ""
        items.append(
            f'<li><button type="button" data-do="article" data-n="{index}" class="{state}"{here}>'
            f'<span class="n">{index + 1}</span><span class="h">{safe(title)}</span>'
            f'<span class="c">{safe(t("chars", n=len(article.body)))}</span></button></li>'
        )
    return f'<div class="list-title">{safe(t("articles", n=len(items)))}</div><ol class="articles">{"".join(items)}</ol>'


# --- candidates ---------------------------------------------------------------------------------------


def candidates(t: Words, draft: Draft, limit: int, fresh: frozenset[str] = frozenset()) -> str:
    """Ranked candidates as cards: the headline with doubts underlined, its length, origin and findings."""
    cards = [
        _card(t, item, number, limit, item.text in fresh) for number, item in enumerate(draft.candidates)
    ]
    return f'<ol class="cards">{"".join(cards)}</ol>{warnings(draft.warnings)}'


def _card(t: Words, item: Candidate, number: int, limit: int, fresh: bool) -> str:
    over = " over" if item.chars > limit else ""
    mark = f'<span class="tag fresh">{safe(t("new"))}</span>' if fresh else ""
    return (
        f'<li class="card" tabindex="0" {spans_attribute(item.evidence)} data-rank="{number + 1}">'
        f'<div class="h" lang="zh-CN">{underlined(item.text, item.findings)}</div>'
        f'<div class="meta"><span class="len{over}">{item.chars:g}/{limit}</span>'
        f'<span class="tag {item.origin}">{safe(t("origin_" + item.origin))}</span>{mark}{_verdict(t, item.findings)}'
        f'<span class="why" title="{safe(item.why)}">{safe(item.why)}</span>'
        f'<span class="acts"><button type="button" class="use" data-do="use" data-n="{number}">{safe(t("use"))}</button>'
        f'<button type="button" data-copy="{safe(item.text)}">{safe(t("copy"))}</button></span></div>'
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
        reason = finding.reason or ("" if finding.evidence else t("no_evidence"))
        rows.append(
            f'<li><button type="button" class="finding {finding.verdict}" {spans_attribute(finding.evidence)}>'
            f"<b>{safe(t(finding.verdict))}</b><span>{safe(finding.text)}</span></button>"
            f'<p class="reason">{safe(reason)}</p></li>'
        )
    return f'<ul class="findings">{"".join(rows)}</ul>' if rows else ""


def warnings(said: Sequence[str]) -> str:
    """Warnings of a draft, folded away when there are many."""
    if not said:
        return ""
    rows = "".join(f"<li>{safe(line)}</li>" for line in said)
    return f'<details class="warnings"><summary>{len(said)} ⚠</summary><ul>{rows}</ul></details>'


# --- fields and summary -------------------------------------------------------------------------------


def guard(t: Words, slots: Sequence[tuple[str, str, float, int, Sequence[Finding]]]) -> str:
    """The live check. A slot is (name, text, its length, its budget, its findings)."""
    if not any(text for _, text, *_ in slots):
        return empty(t("guard_empty"))
    rows, doubts = [], []
    for name, text, length, budget, found in slots:
        if text:
            rows.append(_gauge(t, name, length, budget))
            doubts += [f for f in found if f.verdict != "supported"]
    clean = "" if doubts else f'<p class="clean">{safe(t("guard_clean"))}</p>'
    return f'<div class="gauges">{"".join(rows)}</div>{findings(t, doubts)}{clean}'


def _gauge(t: Words, name: str, length: float, budget: int) -> str:
    share = min(100, round(length / budget * 100)) if budget else 100
    over = " over" if length > budget else ""
    return (
        f'<div class="gauge{over}"><span>{safe(t(name))}</span><i style="--share:{share}%"></i>'
        f"<b>{length:g}/{budget}</b></div>"
    )


def summary(t: Words, text: str, pieces: Sequence[Piece], length: float, limit: int) -> str:
    """The summary, each clause to be clicked for its evidence."""
    if not text:
        return empty(t("empty_summary"))
    parts, at = [], 0
    for piece in sorted(pieces, key=lambda p: p.start):
        if piece.start < at:
            continue
        weak = " weak" if not piece.spans else ""
        parts.append(safe(text[at : piece.start]))
        parts.append(
            f'<span class="piece{weak}" role="button" tabindex="0" {spans_attribute(piece.spans)}>'
            f"{safe(text[piece.start : piece.end])}</span>"
        )
        at = piece.end
    parts.append(safe(text[at:]))
    over = " over" if length > limit else ""
    return (
        f'<div class="summary" lang="zh-CN">{"".join(parts)}</div><div class="meta"><span class="len{over}">'
        f'{length:g}/{limit}</span><span class="acts"><button type="button" data-copy="{safe(text)}">{safe(t("copy"))}'
        "</button></span></div>"
    )


def key_points(t: Words, points: Sequence[str]) -> str:
    """The key points as a list with one copy button; nothing where there are none."""
    if not points:
        return ""
    rows = "".join(f"<li>{safe(point)}</li>" for point in points)
    return (
        f'<div class="list-title">{safe(t("key_points"))}<button type="button" data-copy="{safe(chr(10).join(points))}">'
        f'{safe(t("copy"))}</button></div><ul class="points" lang="zh-CN">{rows}</ul>'
    )


def final(t: Words, kicker: str, main: str, subhead: str, text: str, note: str) -> str:
    """The accepted piece, ready to be copied in one go."""
    whole = "\n".join(part for part in (kicker, main, subhead) if part) + (f"\n\n{text}" if text else "")
    return (
        f'<div class="final"><div class="list-title">{safe(note)}<button type="button" data-copy="{safe(whole)}">'
        f'{safe(t("copy"))}</button></div><pre lang="zh-CN">{safe(whole)}</pre></div>'
    )

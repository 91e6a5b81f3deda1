"""The editor's fields as HTML: gauges and guard, summary, key points, the accepted piece."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.types import Finding, Forms, Span

from ..i18n import Words
from ..library import Piece
from .cards import findings
from .views import copy_button, empty, safe, spans_attribute

OPENING = 40  # characters of a section that are lit for its subhead


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
        f'<div class="summary" lang="zh-CN">{"".join(parts)}</div><div class="meta">'
        f'<span class="len{over}">{length:g}/{limit}</span>'
        f'<span class="acts">{copy_button(t, text)}</span></div>'
    )


def key_points(t: Words, points: Sequence[str]) -> str:
    """The key points as a list with one copy button; nothing where there are none."""
    if not points:
        return ""
    rows = "".join(f"<li>{safe(point)}</li>" for point in points)
    return (
        f'<div class="list-title">{safe(t("key_points"))}{copy_button(t, chr(10).join(points))}</div>'
        f'<ul class="points" lang="zh-CN">{rows}</ul>'
    )


def forms(t: Words, found: Forms) -> str:
    """Phone and web titles, the two-line headline, section subheads: to be clicked for evidence and copied."""
    pair = "\n".join(found.two_line or ())
    titles = (
        ("phone", found.phone or "", found.phone_evidence),
        ("web", found.web or "", found.web_evidence),
        ("two_line", pair, found.two_line_evidence),
    )
    rows = "".join(_form(t(name), text, spans, copy_button(t, text)) for name, text, spans in titles if text)
    parts = "".join(
        _form("§", section.title, ((section.start, min(section.end, section.start + OPENING)),))
        for section in found.sections
    )
    if parts:
        titled = copy_button(t, "\n".join(section.title for section in found.sections))
        parts = f'<div class="list-title">{safe(t("sections"))}{titled}</div><ul class="forms">{parts}</ul>'
    if rows:
        rows = f'<div class="list-title">{safe(t("forms"))}</div><ul class="forms">{rows}</ul>'
    return rows + parts


def _form(name: str, text: str, spans: Sequence[Span], acts: str = "") -> str:
    said = safe(text.replace("\n", " ／ "))
    return (
        f'<li><b>{safe(name)}</b><span class="piece" lang="zh-CN" role="button" tabindex="0" '
        f"{spans_attribute(spans)}>{said}</span>{acts}</li>"
    )


def final(t: Words, kicker: str, main: str, subhead: str, text: str, note: str) -> str:
    """The accepted piece, ready to be copied in one go."""
    whole = "\n".join(part for part in (kicker, main, subhead) if part) + (f"\n\n{text}" if text else "")
    return (
        f'<div class="final"><div class="list-title">{safe(note)}{copy_button(t, whole)}</div>'
        f'<pre lang="zh-CN">{safe(whole)}</pre></div>'
    )

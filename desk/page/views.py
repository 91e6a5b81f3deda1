"""HTML of the page's own parts. Every text goes through ``safe``; nothing here is markup from outside."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from summarizer.types import Span

from ..i18n import Words
from .state import Session


def safe(text: object) -> str:
    """``text`` for HTML; a lone surrogate, which no browser can be sent, shows as U+FFFD."""
    return escape(str(text).encode("utf-8", "replace").decode("utf-8"), quote=True)


def spans_attribute(spans: Iterable[Span]) -> str:
    """Spans of the body as a data attribute that the page's script reads."""
    return f'data-spans="{escape(json.dumps([list(span) for span in spans]))}"'


def copy_button(t: Words, text: str) -> str:
    """A button that copies ``text``."""
    return f'<button type="button" data-copy="{safe(text)}">{safe(t("copy"))}</button>'


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
        f'<div class="body" tabindex="0" lang="zh-CN">{_paragraphs(article.body)}</div>{_removed(t, article)}'
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


def _removed(t: Words, article) -> str:
    rows = "".join(
        f"<li><b>{safe(t.half(r.reason))}</b>{safe(r.text[:80])}</li>"
        for r in article.removed[:40]
        if r.text.strip()
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
    title = safe(t("articles", n=len(items)))
    return f'<div class="list-title">{title}</div><ol class="articles">{"".join(items)}</ol>'

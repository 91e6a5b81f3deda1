"""A report as JSON, Markdown or plain text for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from .types import Candidate, Draft, Report

ORIGINS = {"model": "模型", "extract": "抽取", "page": "版面"}


def to_json(report: Report) -> str:
    """The contract's JSON, indented, Chinese unescaped; lone surrogates are escaped so that UTF-8 can hold it."""
    text = json.dumps(asdict(report), ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def to_text(report: Report) -> str:
    """Plain text with a block per article."""
    lines = [
        f"来源：{report.source}    模型：{report.model.name}（{report.model.engine}）    {report.seconds:.2f} 秒"
    ]
    lines += [f"注意：{warning}" for warning in report.warnings]
    for number, draft in enumerate(report.articles, 1):
        lines += ["", f"── 第 {number} 篇 ──", *_text_draft(draft)]
    return "\n".join(lines) + "\n"


def _text_draft(draft: Draft) -> Iterator[str]:
    if draft.kicker:
        yield f"引题  {draft.kicker}"
    yield f"标题  {draft.headline or '（无）'}"
    if draft.subhead:
        yield f"副题  {draft.subhead}"
    for candidate in draft.candidates[1:]:
        yield f"  备选  {candidate.text}（{candidate.chars:g} 字，{ORIGINS[candidate.origin]}）{_doubts(candidate)}"
    if draft.page_headline:
        yield f"版面原题  {draft.page_headline}"
    if draft.byline:
        yield f"署名  {draft.byline}"
    yield f"摘要  {draft.summary or '（无）'}"
    for point in draft.key_points:
        yield f"  ■ {point}"
    if draft.headline and draft.candidates:
        yield from _text_evidence(draft)
    yield f"覆盖正文 {draft.coverage:.0%}"
    for warning in draft.warnings:
        yield f"注意：{warning}"


def _text_evidence(draft: Draft) -> Iterator[str]:
    for start, end in draft.candidates[0].evidence[:3]:
        yield f"依据  [{start}–{end}] {_short(draft.body[start:end])}"


def _doubts(candidate: Candidate) -> str:
    bad = [f.text for f in candidate.findings if f.verdict in ("unsupported", "contradicted")]
    return f" 存疑：{'、'.join(bad)}" if bad else ""


def _short(text: str, limit: int = 40) -> str:
    flat = "".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def to_markdown(report: Report) -> str:
    """Markdown with a heading per article; marks that Markdown would read are escaped."""
    lines = [f"<!-- {report.source} · {report.model.name} · {report.model.engine} -->"]
    lines += [f"> {_escape(warning)}" for warning in report.warnings]
    for draft in report.articles:
        lines += ["", *_markdown_draft(draft)]
    return "\n".join(lines) + "\n"


def _markdown_draft(draft: Draft) -> Iterator[str]:
    if draft.kicker:
        yield f"*{_escape(draft.kicker)}*\n"
    yield f"## {_escape(draft.headline or '（无标题）')}\n"
    if draft.subhead:
        yield f"*{_escape(draft.subhead)}*\n"
    if draft.byline:
        yield f"{_escape(draft.byline)}\n"
    if draft.summary:
        yield f"**摘要** {_escape(draft.summary)}\n"
    yield from (f"- {_escape(point)}" for point in draft.key_points)
    if len(draft.candidates) > 1:
        yield "\n**备选标题**\n"
    for candidate in draft.candidates[1:]:
        yield f"- {_escape(candidate.text)}（{candidate.chars:g} 字，{ORIGINS[candidate.origin]}）{_escape(_doubts(candidate))}"
    yield from (f"\n> {_escape(warning)}" for warning in draft.warnings)


def _escape(text: str) -> str:
    flat = " ".join(text.split())
    return "".join("\\" + char if char in "\\`*_[]<>#|" else char for char in flat)

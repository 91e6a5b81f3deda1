"""A report as JSON, Markdown or plain text for a terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from .types import Candidate, Draft, Forms, Report

REFUSED = "未采用"
ORIGINS = {"model": "模型", "extract": "抽取", "page": "版面"}
KINDS = {
    "headline": "标题",
    "kicker": "引题",
    "subhead": "副题",
    "byline": "署名",
    "dateline": "电头",
    "caption": "图片说明",
    "box": "提要栏",
    "advert": "广告",
    "furniture": "版面元素",
    "noise": "杂讯",
}


def to_json(report: Report) -> str:
    """The contract's JSON, indented, Chinese as it is; lone surrogates are escaped, as UTF-8 can't hold them."""
    text = json.dumps(asdict(report), ensure_ascii=False, indent=2)
    return _encodable(text)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def to_text(report: Report) -> str:
    """Plain text with a block per article."""
    model = f"{report.model.name}（{report.model.engine}）"
    lines = [f"来源：{report.source}    模型：{model}    {report.seconds:.2f} 秒"]
    lines += [f"注意：{warning}" for warning in report.warnings]
    for number, draft in enumerate(report.articles, 1):
        lines += ["", f"── 第 {number} 篇 ──", *_text_draft(draft)]
    if report.removed:
        lines += ["", _removed(report)]
    return _encodable("\n".join(lines) + "\n")


def _removed(report: Report) -> str:
    """How much was kept out of the bodies, by kind; the JSON holds each with its reason."""
    kinds = Counter(KINDS.get(removal.kind, removal.kind) for removal in report.removed)
    return f"未入正文 {len(report.removed)} 处：" + "、".join(
        f"{kind} {count}" for kind, count in kinds.items()
    )


def _text_draft(draft: Draft) -> Iterator[str]:
    if draft.kicker:
        yield f"引题  {draft.kicker}"
    yield f"标题  {draft.headline or '（无）'}"
    if draft.subhead:
        yield f"副题  {draft.subhead}"
    for candidate in draft.candidates[1:]:
        yield f"  备选  {_offered(candidate)}"
    yield from (f"{name}  {text}" for name, text in titles(draft))
    if draft.page_headline:
        yield f"版面原题  {draft.page_headline}"
    if draft.byline:
        yield f"署名  {draft.byline}"
    yield f"摘要  {draft.summary or '（无）'}"
    for section in draft.forms.sections:
        yield f"  § {section.title}（第 {section.start + 1} 字起）"
    for point in draft.key_points:
        yield f"  ■ {point}"
    if draft.headline and draft.candidates:
        yield from _text_evidence(draft)
    yield f"覆盖正文 {draft.coverage:.0%}"
    yield from (f"注意：{warning}" for warning in _told(draft))


def titles(draft: Draft) -> list[tuple[str, str]]:
    """The headline's other forms, each with its name: phone, web, two lines; what says the headline is left out."""
    forms: Forms = draft.forms
    named = [("手机题", forms.phone), ("网页题", forms.web)]
    if forms.two_line:
        named.append(("两行题", " ／ ".join(forms.two_line)))
    if forms.stack and len(forms.stack.main) > 1 and forms.stack.main != forms.two_line:
        named.append(("主题分行", " ／ ".join(forms.stack.main)))
    return [(name, text) for name, text in named if text and text != draft.headline]


def _told(draft: Draft) -> list[str]:
    """The warnings, those on refused candidates as one: what they were stands in the JSON."""
    refused = [warning for warning in draft.warnings if warning.startswith(REFUSED)]
    rest = [warning for warning in draft.warnings if not warning.startswith(REFUSED)]
    return (
        [*rest, f"{len(refused)} 个候选未采用，原因见 JSON / candidates refused"]
        if len(refused) > 1
        else [*rest, *refused]
    )


def _text_evidence(draft: Draft) -> Iterator[str]:
    for start, end in draft.candidates[0].evidence[:3]:
        yield f"依据  [{start}–{end}] {_short(draft.body[start:end])}"


def _offered(candidate: Candidate) -> str:
    """A candidate with its length, origin and doubts."""
    return f"{candidate.text}（{candidate.chars:g} 字，{ORIGINS[candidate.origin]}）{_doubts(candidate)}"


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
    return _encodable("\n".join(lines) + "\n")


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
    yield from (f"- **{name}** {_escape(text)}" for name, text in titles(draft))
    yield from (f"- § {_escape(section.title)}" for section in draft.forms.sections)
    yield from (f"- {_escape(point)}" for point in draft.key_points)
    if len(draft.candidates) > 1:
        yield "\n**备选标题**\n"
    for candidate in draft.candidates[1:]:
        yield f"- {_escape(_offered(candidate))}"
    yield from (f"\n> {_escape(warning)}" for warning in _told(draft))


def _escape(text: str) -> str:
    flat = " ".join(text.split())
    return "".join("\\" + char if char in "\\`*_[]<>#|" else char for char in flat)

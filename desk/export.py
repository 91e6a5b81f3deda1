"""Batch results as files: JSON lines (the contract's rows), CSV for a spreadsheet, DOCX for the desk."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from summarizer.errors import MissingDependency
from summarizer.types import Draft, Report

COLUMNS = (
    "file",
    "status",
    "article",
    "kicker",
    "headline",
    "subhead",
    "chars",
    "summary",
    "doubts",
    "error",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One file of a batch: its report, or why there is none."""

    file: str
    report: Report | None = None
    error: str = ""


def jsonl(rows: Sequence[Row], path: Path) -> None:
    """One line per file: ``id``, ``status`` and the report's fields, or ``error``."""
    with path.open("w", encoding="utf-8", errors="backslashreplace") as out:
        for row in rows:
            head = {"id": row.file, "status": "ok" if row.report else "failed"}
            rest = asdict(row.report) if row.report else {"error": row.error}
            out.write(json.dumps(head | rest, ensure_ascii=False) + "\n")


def table(rows: Sequence[Row], path: Path) -> None:
    """One line per article, with a byte-order mark because Excel takes UTF-8 for the local code page without.

    A cell that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerows([_cell(value) for value in line] for line in _lines(row))


def _lines(row: Row) -> list[list[object]]:
    if row.report is None:
        return [[row.file, "failed", "", "", "", "", "", "", "", row.error]]
    return [
        [
            row.file,
            "ok",
            number,
            d.kicker or "",
            d.headline,
            d.subhead or "",
            _chars(d),
            d.summary,
            _doubts(d),
            "",
        ]
        for number, d in enumerate(row.report.articles, 1)
    ]


def _chars(draft: Draft) -> object:
    return next((c.chars for c in draft.candidates if c.text == draft.headline), "")


def _doubts(draft: Draft) -> str:
    """What the guard doubts in the first headline."""
    first = next((c for c in draft.candidates if c.text == draft.headline), None)
    doubted = [f for f in (first.findings if first else ()) if f.verdict in ("unsupported", "contradicted")]
    return "；".join(f"{f.text}：{f.reason}" for f in doubted)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def document(rows: Sequence[Row], path: Path) -> None:
    """A DOCX with each article's headlines, summary and other candidates. Raises MissingDependency."""
    try:
        from docx import Document
    except ImportError:
        raise MissingDependency("python-docx", "desk") from None
    document = Document()
    for row in rows:
        document.add_paragraph(_xml(row.file)).style = document.styles["Intense Quote"]
        if row.report is None:
            document.add_paragraph(_xml(f"未写成：{row.error}"))
            continue
        for draft in row.report.articles:
            _article(document, draft)
    document.save(str(path))


def _article(document, draft: Draft) -> None:
    if draft.kicker:
        document.add_paragraph(_xml(draft.kicker))
    document.add_heading(_xml(draft.headline or "（无标题）"), level=1)
    if draft.subhead:
        document.add_paragraph(_xml(draft.subhead))
    if draft.summary:
        document.add_paragraph(_xml(draft.summary))
    for point in draft.key_points:
        document.add_paragraph(_xml(point), style="List Bullet")
    for candidate in draft.candidates:
        if candidate.text != draft.headline:
            document.add_paragraph(
                _xml(f"备选（{candidate.chars:g} 字）：{candidate.text}"), style="List Bullet 2"
            )


def _xml(text: str) -> str:
    """``text`` without what XML 1.0 can't hold (controls, lone surrogates); they show as U+FFFD."""
    return "".join(
        c
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe") or c > "\uffff"
        else "\ufffd"
        for c in text
    )

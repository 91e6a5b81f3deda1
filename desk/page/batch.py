"""批量: several files in, a growing table, then downloads; files that failed are named with the reason."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr

from summarizer.errors import SummarizerError

from .. import export
from ..errors import Busy, DeskError, Invalid, TooMany
from ..export import Row
from ..i18n import Words
from ..service import Desk, Options
from . import cards, views
from .bench import SUFFIXES
from .safety import guarded
from .shell import pane
from .uploads import client_of, read_upload, scratch
from .views import safe
from .writing import read_options

FORMATS = {"jsonl": export.jsonl, "csv": export.table, "docx": export.document}
PATIENCE = 20  # how often a file that finds the queue full is tried again


def build(desk: Desk, t: Words) -> None:
    """Lay out the mode and connect it."""
    with gr.Row(elem_classes=["bench", "bench-batch"]):
        with gr.Column(elem_classes="side-text", min_width=260):
            files = gr.File(
                label=t("files", n=desk.limits.files), file_count="multiple", file_types=SUFFIXES, height=200,
                elem_classes="drop",
            )  # fmt: skip
            with gr.Row(elem_classes="options"):
                model = gr.Dropdown(
                    list(desk.config.models), value=desk.config.default_model, label=t("model")
                )
                chars = gr.Number(
                    20, minimum=6, maximum=60, precision=0, label=t("headline_chars"), min_width=70
                )
                length = gr.Number(
                    120, minimum=30, maximum=600, precision=0, label=t("summary_chars"), min_width=70
                )
            with gr.Row(elem_classes="main-acts"):
                start = gr.Button(t("start"), variant="primary", elem_classes="do-write", min_width=90)
                stop = gr.Button(t("stop"), visible=False, elem_classes="do-stop", min_width=60)
        with gr.Column(elem_classes="side-table", scale=3, min_width=300):
            status = pane("", elem_classes="status")
            with gr.Row(elem_classes="downloads"):
                downloads = [
                    gr.DownloadButton(
                        name.upper(), visible=False, size="sm", min_width=80, elem_classes=f"get-{name}"
                    )
                    for name in FORMATS
                ]
            result = pane(views.empty(t("empty_batch")), elem_classes="batch-table")

    async def run(
        files: Any, model: Any, chars: Any, length: Any, request: gr.Request
    ) -> AsyncIterator[tuple]:
        hidden = [gr.update(visible=False, value=None)] * len(downloads)
        try:
            options = read_options(chars, 5, length, model, "")
            chosen = _chosen(desk, t, files)
        except SummarizerError as error:
            yield (views.notice(t.half(str(error)), "error"), gr.skip(), gr.update(visible=False), *hidden)
            return
        rows: list[Row] = []
        for number, file in enumerate(chosen):
            yield (progress(t, rows, len(chosen)), table(t, rows), gr.update(visible=True), *hidden)
            rows.append(await one_file(desk, file, options, client_of(request)))
            if number == len(chosen) - 1:
                made = [gr.update(visible=True, value=path) for path in await asyncio.to_thread(save, rows)]
                yield (progress(t, rows, len(chosen)), table(t, rows), gr.update(visible=False), *made)

    outputs = [status, result, stop, *downloads]
    named = {"api_visibility": "private", "show_progress": "hidden"}
    running = start.click(
        guarded(run), [files, model, chars, length], outputs, api_name="batch_run", concurrency_id="batch",
        concurrency_limit=4, **named,
    )  # fmt: skip
    stop.click(
        lambda: (views.notice(t("stopped")), gr.update(visible=False)), None, [status, stop],
        api_name="batch_stop", cancels=[running], **named,
    )  # fmt: skip


def _chosen(desk: Desk, t: Words, files: Any) -> list:
    if not isinstance(files, list) or not files:
        raise Invalid(t("no_files"))
    if len(files) > desk.limits.files:
        raise Invalid(t("too_many_files", n=desk.limits.files, m=len(files)))
    return files


async def one_file(desk: Desk, file: Any, options: Options, client: str) -> Row:
    """The report of one file, or the reason why there is none. A full queue is waited for."""
    name = Path(str(file)).name
    try:
        upload = read_upload(file, desk.limits)
        for _ in range(PATIENCE):
            try:
                return Row(name, await desk.answer(desk.write(client, upload, options)))
            except (Busy, TooMany) as error:
                last: DeskError = error
                await asyncio.sleep(error.retry_after or 1)
        raise last
    except SummarizerError as error:
        return Row(name, error=str(error))


def save(rows: list[Row]) -> list[str]:
    """The rows in every format, as paths that Gradio copies into its own cache."""
    folder = scratch()
    for name, write in FORMATS.items():
        write(rows, folder / f"headlines.{name}")
    return [str(folder / f"headlines.{name}") for name in FORMATS]


def progress(t: Words, rows: list[Row], total: int) -> str:
    """The bar and its numbers."""
    bad = sum(row.report is None for row in rows)
    share = round(100 * len(rows) / total)
    said = t("batch_progress", i=len(rows), n=total, ok=len(rows) - bad, bad=bad)
    return (
        f'<div class="progress" role="progressbar" aria-valuenow="{share}" aria-valuemax="100">'
        f'<i style="--share:{share}%"></i><span>{safe(said)}</span></div>'
    )


def table(t: Words, rows: list[Row]) -> str:
    """Articles in a table; below it the files that failed, with what to do."""
    if not rows:
        return views.empty(t("reading"))
    body = "".join(_rows(t, row) for row in rows if row.report)
    failed = "".join(
        f"<li><b>{safe(row.file)}</b> {safe(t.half(row.error))}</li>" for row in rows if row.report is None
    )
    head = "".join(f"<th>{safe(t(key))}</th>" for key in ("batch_file", "batch_headline", "batch_summary"))
    found = f'<table class="rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>' if body else ""
    if failed:
        title = safe(t("batch_failures"))
        found += f'<div class="failures"><div class="list-title">{title}</div><ul>{failed}</ul></div>'
    return found


def _rows(t: Words, row: Row) -> str:
    assert row.report is not None
    parts = []
    for number, draft in enumerate(row.report.articles):
        first = next((c for c in draft.candidates if c.text == draft.headline), None)
        title = cards.underlined(first.text, first.findings) if first else safe(draft.headline)
        chars = f'<span class="len">{first.chars:g}</span>' if first else ""
        name = safe(row.file) if not number else ""
        parts.append(
            f'<tr><td class="name">{name}</td><td class="h" lang="zh-CN">{title} {chars}</td>'
            f'<td lang="zh-CN">{safe(draft.summary)}</td></tr>'
        )
    return "".join(parts)

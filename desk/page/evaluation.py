"""评测: the last evaluation report, and the choices log."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import gradio as gr

from ..i18n import Words
from ..log import Choices
from ..service import Desk
from . import views
from .safety import guarded
from .shell import pane
from .uploads import scratch

REPORT_BYTES = 512 * 1024


def build(desk: Desk, t: Words, page: gr.Blocks) -> None:
    """Lay out the mode and connect it; the report is read again whenever the page is opened."""
    with gr.Row(elem_classes=["bench", "bench-eval"]):
        with gr.Column(elem_classes="side-report", scale=3):
            reload = gr.Button(t("refresh"), size="sm", elem_classes="do-refresh", min_width=70)
            title = pane("", elem_classes="status")
            report = gr.Markdown("", sanitize_html=True, elem_classes="report")
        with gr.Column(elem_classes="side-log", min_width=240):
            gr.HTML(f'<div class="list-title">{views.safe(t("log_title"))}</div>', apply_default_css=False)
            state = pane("", elem_classes="log-state")
            with gr.Row():
                export = gr.Button(t("log_export"), size="sm", visible=False, elem_classes="do-export")
                file = gr.DownloadButton("choices.jsonl", size="sm", visible=False, elem_classes="get-log")
                erase = gr.Button(t("log_erase"), size="sm", visible=False, elem_classes="do-erase")

    def show() -> tuple:
        return (*last_report(desk.config.evaluation, t), *_log(desk, t))

    def erased() -> tuple:
        if desk.config.choices is not None and desk.config.loopback:
            Choices(desk.config.choices).erase()
        return _log(desk, t)

    def exported() -> Any:
        if desk.config.choices is None or not desk.config.loopback:
            return gr.update(visible=False)
        path = scratch() / "choices.jsonl"
        Choices(desk.config.choices).export(path)
        return gr.update(visible=True, value=str(path))

    log_outputs = [state, export, erase]
    named = {"api_visibility": "private", "show_progress": "hidden"}
    page.load(guarded(show), None, [title, report, *log_outputs], api_name="eval_load", **named)
    reload.click(guarded(show), None, [title, report, *log_outputs], api_name="eval_reload", **named)
    export.click(guarded(exported), None, [file], api_name="log_export", **named)
    erase.click(guarded(erased), None, log_outputs, api_name="log_erase", **named)


def last_report(folder: Path, t: Words) -> tuple[str, str]:
    """The newest ``report.md`` below ``folder`` as (title, Markdown); what to run where there is none."""
    found = [path for path in folder.glob("**/report.md") if path.is_file()] if folder.is_dir() else []
    if not found:
        place = folder.name if folder.is_absolute() else folder.as_posix()
        return views.empty(t("no_report", place=f"{place}/1")), ""
    newest = max(found, key=lambda path: path.stat().st_mtime)
    date = time.strftime("%Y-%m-%d %H:%M", time.localtime(newest.stat().st_mtime))
    with newest.open(encoding="utf-8", errors="replace") as file:
        text = file.read(REPORT_BYTES).replace("<", "&lt;")  # a report is Markdown; HTML in it shows as text
    return views.notice(t("report_of", name=newest.parent.name, date=date)), text


def _log(desk: Desk, t: Words) -> tuple[str, Any, Any]:
    """The log's state. Its texts leave only a desk that listens on this machine alone."""
    path, off = desk.config.choices, gr.update(visible=False)
    kept = Choices(path).count() if path is not None else 0
    if not kept:
        return views.empty(t("log_off")), off, off
    if not desk.config.loopback:
        return views.notice(t("log_remote")), off, off
    shown = gr.update(visible=True)
    said = views.notice(t("log_count", n=kept, path=path)) + _tally(Choices(path), t)
    return said, shown, shown


def _tally(log: Choices, t: Words) -> str:
    """Who won the comparisons, a row per pair."""
    rows = []
    for (one, two), counts in sorted(log.comparisons().items()):
        wins = f"{one} {counts[one]} : {counts[two]} {two}"
        rest = "".join(f" · {t(key)} {counts[key]}" for key in ("tie", "none_good") if counts[key])
        rows.append(f"<li>{views.safe(wins + rest)}</li>")
    title = f'<div class="list-title">{views.safe(t("log_compared"))}</div>'
    return f'{title}<ul class="tally">{"".join(rows)}</ul>' if rows else ""

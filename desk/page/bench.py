"""单篇 and 整版: the bench where one text becomes headlines, fields and a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import gradio as gr

from ..i18n import Words
from ..service import Desk
from . import examples, handlers, views
from .shell import pane

Mode = Literal["single", "page"]
SUFFIXES = [".txt", ".md", ".markdown"]


@dataclass
class Bench:
    """The widgets of one bench."""

    session: gr.State
    source: gr.Textbox
    upload: gr.File
    samples: gr.HTML
    write: gr.Button
    stop: gr.Button
    edit: gr.Button
    model: gr.Dropdown
    style: gr.Dropdown | None
    chars: gr.Number
    count: gr.Number
    input_side: gr.Column
    text_side: gr.Column
    articles: gr.HTML
    body: gr.HTML
    status: gr.HTML
    cards: gr.HTML
    keep: gr.Textbox
    avoid: gr.Textbox
    hows: dict[str, gr.Button]
    kicker: gr.Textbox
    main: gr.Textbox
    subhead: gr.Textbox
    guard: gr.HTML
    summary: gr.HTML
    summary_chars: gr.Slider
    points: gr.HTML
    accept: gr.Button
    log: gr.Checkbox | None
    log_text: gr.Checkbox | None
    final: gr.HTML


def build(desk: Desk, t: Words, mode: Mode) -> None:
    """Lay out one bench and connect it."""
    with gr.Row(elem_classes=["bench", f"bench-{mode}"], equal_height=False):
        with gr.Column(elem_classes="side-text", min_width=280):
            left = _left(desk, t, mode)
        with gr.Column(elem_classes="side-cards", min_width=280):
            middle = _middle(t)
        with gr.Column(elem_classes="side-fields", min_width=260):
            right = _right(desk, t)
    bench = Bench(session=gr.State(None, time_to_live=6 * 3600), **left, **middle, **right)
    handlers.connect(desk, t, mode, bench)


def _left(desk: Desk, t: Words, mode: Mode) -> dict:
    found: dict = {}
    with gr.Column(elem_classes="input-side") as found["input_side"]:
        found["source"] = gr.Textbox(
            label=t("source"),
            placeholder=t(f"paste_{mode}"),
            lines=15,
            max_lines=15,
            max_length=desk.limits.field_chars,
            elem_classes="source",
            autofocus=mode == "single",
        )
        found["upload"] = gr.File(
            label=t("file"), file_types=SUFFIXES, file_count="single", height=64, elem_classes="drop"
        )
        with gr.Row(elem_classes="options"):
            found["model"] = gr.Dropdown(
                list(desk.config.models), value=desk.config.default_model, label=t("model"), min_width=90
            )
            styles = desk.library.styles(desk.config.styles, titles=t.language == "zh")
            found["style"] = gr.Dropdown(
                [("—", ""), *styles], value="", label=t("style"), min_width=90, visible=bool(styles)
            )
            found["chars"] = gr.Number(
                20, minimum=6, maximum=60, precision=0, label=t("headline_chars"), min_width=70
            )
            found["count"] = gr.Number(5, minimum=1, maximum=10, precision=0, label=t("count"), min_width=70)
        found["samples"] = pane(examples.chips(t, mode), elem_classes="samples")
    with gr.Column(visible=False, elem_classes="text-side") as found["text_side"]:
        found["articles"] = pane("", elem_classes="list-pane")
        found["body"] = pane("", elem_classes="text-pane")
    with gr.Row(elem_classes="main-acts"):
        found["write"] = gr.Button(t("write"), variant="primary", elem_classes="do-write", min_width=90)
        found["stop"] = gr.Button(t("stop"), visible=False, elem_classes="do-stop", min_width=60)
        found["edit"] = gr.Button(t("edit_source"), visible=False, elem_classes="do-edit", min_width=60)
    return found


def _middle(t: Words) -> dict:
    found: dict = {}
    found["status"] = pane("", elem_classes="status")
    found["cards"] = pane(views.empty(t("empty_candidates")), elem_classes="cards-pane")
    with gr.Column(visible=True, elem_classes="rewrite"):
        with gr.Row(elem_classes="hows"):
            found["hows"] = {
                how: gr.Button(t(how), size="sm", min_width=56, elem_classes=f"do-{how}")
                for how in ("shorter", "longer", "formal", "again")
            }
        with gr.Row(elem_classes="words"):
            found["keep"] = gr.Textbox(
                label=t("keep"), placeholder=t("keep_hint"), max_length=120, min_width=110
            )
            found["avoid"] = gr.Textbox(label=t("avoid"), max_length=120, min_width=110)
    return found


def _right(desk: Desk, t: Words) -> dict:
    found: dict = {}
    for name in ("kicker", "main", "subhead"):
        found[name] = gr.Textbox(
            label=t(name), lines=1, max_lines=2, max_length=200, elem_classes=["field", f"field-{name}"]
        )
    found["guard"] = pane(views.empty(t("guard_empty")), elem_classes="guard")
    found["summary_chars"] = gr.Slider(
        40, 300, 120, step=10, label=t("summary_chars"), elem_classes="summary-chars", buttons=[]
    )
    found["summary"] = pane(views.empty(t("empty_summary")), elem_classes="summary-pane")
    found["points"] = pane("", elem_classes="points-pane")
    with gr.Column(elem_classes="foot"):
        found |= _foot(desk, t)
    return found


def _foot(desk: Desk, t: Words) -> dict:
    """Accepting and what it gave: always in sight, however long the key points are."""
    found: dict = {"final": pane("", elem_classes="final-pane")}
    with gr.Row(elem_classes="finish"):
        found["accept"] = gr.Button(t("accept"), elem_classes="do-accept", min_width=70)
        has_log = desk.config.choices is not None
        found["log"] = gr.Checkbox(
            False, label=t("keep_log"), visible=has_log, min_width=120, elem_classes="log-switch"
        )
        found["log_text"] = gr.Checkbox(
            False, label=t("keep_text"), visible=False, min_width=80, elem_classes="log-switch"
        )
    return found

"""对比: one report, two models or styles side by side; blind if wanted, and the choice is kept."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from summarizer.errors import SummarizerError
from summarizer.types import Draft

from ..errors import Invalid
from ..i18n import Words
from ..log import BLIND, Choice, Choices
from ..service import Desk
from . import cards, examples, views
from .safety import guarded
from .shell import pane
from .uploads import client_of
from .views import safe
from .writing import number, read_options

VERDICTS = ("win_a", "win_b", "tie", "none_good")


@dataclass
class Match:
    """One comparison: what stood on which side."""

    body: str
    names: tuple[str, str]
    models: tuple[str, str]
    drafts: tuple[Draft, Draft]
    blind: bool
    voted: bool = field(default=False)


def systems(desk: Desk, titles: bool = False) -> list[tuple[str, str]]:
    """What can be compared, as (shown, value): every model, and each with every style."""
    styles = desk.library.styles(desk.config.styles, titles)
    return [(m, m) for m in desk.config.models] + [
        (f"{m} + {name}" + (f"（{title}）" if title != name else ""), f"{m} + {name}")
        for m in desk.config.models
        for title, name in styles
    ]


def build(desk: Desk, t: Words) -> None:
    """Lay out the mode and connect it."""
    known = systems(desk, titles=t.language == "zh")
    match = gr.State(None, time_to_live=6 * 3600)
    with gr.Row(elem_classes=["bench", "bench-compare"]):
        with gr.Column(elem_classes="side-text", min_width=280):
            source = gr.Textbox(
                label=t("source"), placeholder=t("paste_single"), lines=12, max_lines=12,
                max_length=desk.limits.field_chars, elem_classes="source",
            )  # fmt: skip
            samples = pane(examples.chips(t, "single"), elem_classes="samples")
            with gr.Row(elem_classes="options"):
                one = gr.Dropdown(known, value=known[0][1], label=t("side_a"), min_width=90)
                two = gr.Dropdown(
                    known, value=known[min(1, len(known) - 1)][1], label=t("side_b"), min_width=90
                )
            chars = gr.Number(20, minimum=6, maximum=60, precision=0, label=t("headline_chars"), min_width=70)
            blind = gr.Checkbox(False, label=t("blind"), elem_classes="log-switch")
            log = gr.Checkbox(
                False, label=t("keep_log"), visible=desk.config.choices is not None, elem_classes="log-switch"
            )
            with gr.Row(elem_classes="main-acts"):
                run = gr.Button(t("run"), variant="primary", elem_classes="do-write", min_width=90)
        with gr.Column(elem_classes="side-pair", scale=3, min_width=300):
            status = pane("", elem_classes="status")
            pair = pane(views.empty(t("empty_compare")), elem_classes="pair-pane")
            with gr.Row(visible=False, elem_classes="votes") as votes:
                buttons = {
                    v: gr.Button(t(v), size="sm", min_width=70, elem_classes=f"vote-{v}") for v in VERDICTS
                }

    async def write(
        text: Any, a: Any, b: Any, chars: Any, blind: Any, request: gr.Request
    ) -> AsyncIterator[tuple]:
        hidden = gr.update(visible=False)  # while two are being written, the last two can't be voted on
        yield None, views.notice(t("writing_both"), "busy"), gr.skip(), hidden
        try:
            found = await _match(desk, t, text, (a, b), chars, blind is True, client_of(request))
        except SummarizerError as error:
            yield None, views.notice(t.half(str(error)), "error"), gr.skip(), hidden
            return
        yield found, "", shown(t, found), gr.update(visible=True)

    def voter(verdict: str) -> Any:
        def vote(found: Match | None, log: Any) -> tuple:
            if not isinstance(found, Match) or found.voted:
                return views.notice(t("no_session"), "error"), gr.skip(), gr.update(visible=False)
            said = _vote(desk, t, found, verdict, log is True)
            return views.notice(said, "done"), shown(t, found), gr.update(visible=False)

        return vote

    named = {"api_visibility": "private", "show_progress": "minimal"}
    run.click(
        guarded(write), [source, one, two, chars, blind], [match, status, pair, votes],
        api_name="compare_write",
        concurrency_id="write", **named,
    )  # fmt: skip
    samples.click(guarded(sample), None, [source], api_name="compare_sample", **named)
    for verdict, button in buttons.items():
        button.click(
            guarded(voter(verdict)),
            [match, log],
            [status, pair, votes],
            api_name=f"compare_{verdict}",
            **named,
        )


def sample(event: gr.EventData) -> str:
    """Put an example into the input."""
    return examples.text("single", number(event, "n"))


async def _match(
    desk: Desk, t: Words, text: Any, sides: tuple, chars: Any, blind: bool, client: str
) -> Match:
    known = [value for _, value in systems(desk)]
    if not all(side in known for side in sides):
        raise Invalid("没有这个模型或风格 / no such model or style")
    if blind and secrets.randbelow(2):
        sides = sides[::-1]
    options = [read_options(chars, 5, 120, *_parts(side)) for side in sides]
    reports = await asyncio.gather(*(desk.answer(desk.write(client, text, o)) for o in options))
    if not all(report.articles for report in reports):
        raise Invalid(t("no_article"))
    drafts = tuple(report.articles[0] for report in reports)
    return Match(drafts[0].body, sides, tuple(o.model for o in options), drafts, blind)


def _parts(side: str) -> tuple[str, str]:
    model, _, style = side.partition(" + ")
    return model, style


def _vote(desk: Desk, t: Words, found: Match, verdict: str, log: bool) -> str:
    found.voted = True
    names = t("revealed", a=found.names[0], b=found.names[1])
    if not log or desk.config.choices is None:
        return f"{t('vote_not_kept', what=t(verdict))} {names}"
    winner = {"win_a": found.names[0], "win_b": found.names[1]}.get(verdict, verdict)
    choice = Choice(
        kind="compared",
        model=winner if verdict in ("tie", "none_good") else found.models[verdict == "win_b"],
        body=found.body,
        headline="",
        offered=2,
        detail=f"{found.names[0]} | {found.names[1]} -> {winner}{BLIND if found.blind else ''}",
    )
    Choices(desk.config.choices).keep(choice, with_text=False)
    return f"{t('vote_kept', what=t(verdict))} {names}"


def shown(t: Words, found: Match) -> str:
    """Both sides; in a blind comparison their names only after the choice."""
    columns = []
    for key, name, draft in zip(("side_a", "side_b"), found.names, found.drafts, strict=True):
        label = "" if found.blind and not found.voted else f"<small>{safe(name)}</small>"
        rows = "".join(
            f'<li><span lang="zh-CN">{cards.underlined(c.text, c.findings)}</span>'
            f' <span class="len">{c.chars:g}</span></li>'
            for c in draft.candidates
        )
        columns.append(
            f'<section><h3>{safe(t(key))} {label}</h3><ol class="plain">{rows}</ol>'
            f'<p class="summary" lang="zh-CN">{safe(draft.summary)}</p></section>'
        )
    return f'<div class="pair">{"".join(columns)}</div>'

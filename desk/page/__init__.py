"""The page: Gradio Blocks, one module per mode. ``build`` makes it for one language."""

from __future__ import annotations

import gradio as gr

from .. import i18n
from ..service import Desk
from . import batch, bench, compare, evaluation, shell


def build(desk: Desk, language: str) -> gr.Blocks:
    """The whole page in ``language`` (zh or en)."""
    t = i18n.Words(language)
    with gr.Blocks(
        title=t("title"), analytics_enabled=False, delete_cache=(600, 600), fill_width=True, fill_height=True
    ) as page:
        gr.HTML(shell.masthead(t, language), elem_id="masthead", apply_default_css=False)
        with gr.Tabs(elem_id="modes"):
            with gr.Tab(t("single"), id="single"):
                bench.build(desk, t, "single")
            with gr.Tab(t("page"), id="page"):
                bench.build(desk, t, "page")
            with gr.Tab(t("batch"), id="batch"):
                batch.build(desk, t)
            with gr.Tab(t("compare"), id="compare"):
                compare.build(desk, t)
            with gr.Tab(t("evaluation"), id="evaluation"):
                evaluation.build(desk, t, page)
        gr.HTML(shell.help_dialog(t), elem_id="help", apply_default_css=False)
    page.queue(max_size=desk.limits.queue * 4, api_open=False, default_concurrency_limit=desk.limits.queue)
    # Gradio looks into its empty queue a thousand times a second; a page left open all day need not.
    page._queue.sleep_when_free = 0.005
    page.state_session_capacity = 256  # each holds at most one page's text and drafts
    return page

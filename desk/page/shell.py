"""The frame of the page: masthead, help, theme and the script that its own parts share."""

from __future__ import annotations

import gradio as gr

from ..i18n import Words
from .views import safe

# Clicks in our own HTML become one Gradio event that carries the button's data attributes.
FORWARD = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button && element.contains(button)) trigger('click', {...button.dataset});
});
"""

KEYS = (
    ("Ctrl + Enter", "key_write"),
    ("Alt + 1 … 9", "key_use"),
    ("Alt + S / L / R", "key_rewrite"),
    ("Alt + A", "key_accept"),
    ("Alt + N", "key_new"),
    ("Alt + C", "key_copy"),
    ("Alt + [ / ]", "key_article"),
    ("?", "key_help"),
)


def pane(value: str = "", **options: object) -> gr.HTML:
    """One of our own HTML parts, whose ``data-do`` buttons reach Python as ``click``."""
    return gr.HTML(value, js_on_load=FORWARD, apply_default_css=False, **options)


def masthead(t: Words, language: str) -> str:
    """The name of the desk and the few things that belong to the whole page."""
    other = "/en/" if language == "zh" else "/"
    return (
        f'<header class="masthead"><h1>{safe(t("title"))}</h1>'
        f'<span class="tagline">{safe(t("tagline"))}</span>'
        f'<nav><button type="button" data-toggle="help" title="?">{safe(t("shortcuts"))}</button>'
        f'<button type="button" data-toggle="theme">{safe(t("theme"))}</button>'
        f'<a href="{other}?lang=1" lang="{"en" if language == "zh" else "zh-CN"}">{safe(t("language"))}</a>'
        f'<a href="/v1/docs" target="_blank" rel="noopener">{safe(t("api"))}</a></nav></header>'
    )


def help_dialog(t: Words) -> str:
    """The table of shortcuts, and the sheet in which a phone shows evidence."""
    rows = "".join(
        f"<tr><td><kbd>{safe(keys)}</kbd></td><td>{safe(t(what))}</td></tr>" for keys, what in KEYS
    )
    close = f'<button type="button" data-toggle="close">{safe(t("close"))}</button>'
    return (
        f'<dialog class="help"><div class="list-title">{safe(t("shortcuts"))}{close}</div>'
        f"<table>{rows}</table></dialog>"
        f'<aside class="sheet" hidden><div class="list-title">{safe(t("evidence"))}{close}</div>'
        f'<div class="quotes" lang="zh-CN"></div></aside>'
        f'<div class="toast" role="status" data-copied="{safe(t("copied"))}" '
        f'data-erase="{safe(t("log_erase_sure"))}" hidden></div>'
    )


def theme() -> gr.themes.Base:
    """A theme without web fonts (nothing is fetched from other hosts) and with a newsroom's spacing."""
    sans = [
        "PingFang SC",
        "Microsoft YaHei",
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "system-ui",
        "sans-serif",
    ]
    mono = ["ui-monospace", "SFMono-Regular", "Consolas", "monospace"]
    return gr.themes.Base(
        primary_hue="red",
        neutral_hue="stone",
        font=sans,
        font_mono=mono,
        radius_size=gr.themes.sizes.radius_sm,
        spacing_size=gr.themes.sizes.spacing_sm,
        text_size=gr.themes.sizes.text_sm,
    )

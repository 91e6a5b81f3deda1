"""The other forms of a headline in text and Markdown: only what is there, each with its name."""

from __future__ import annotations

from dataclasses import replace

from test_render import DRAFT, REPORT

from summarizer import render
from summarizer.types import Forms, HeadlineStack, Section

FORMS = Forms(
    phone="云溪部署安全生产",
    web=DRAFT.headline,
    two_line=("压实安全责任", "排查事故隐患"),
    stack=HeadlineStack("章明远强调", ("云溪市部署", "安全生产"), None),
    sections=(Section(0, 6, "压实*责任", "page"), Section(6, 12, "排查隐患", "extract")),
)


def shown(forms):
    return replace(REPORT, articles=(replace(DRAFT, forms=forms),))


def test_text_names_each_form_once():
    text = render.to_text(shown(FORMS))
    for line in (
        "手机题  云溪部署安全生产",
        "两行题  压实安全责任 ／ 排查事故隐患",
        "主题分行  云溪市部署 ／ 安全生产",
        "  § 排查隐患（第 7 字起）",
    ):
        assert line in text
    assert "网页题" not in text  # it is the headline itself
    assert text.index("§ 压实") < text.index("■")


def test_markdown_escapes_them():
    text = render.to_markdown(shown(FORMS))
    assert "**两行题** 压实安全责任 ／ 排查事故隐患" in text and "§ 压实\\*责任" in text


def test_a_draft_without_forms_shows_none():
    for text in (render.to_text(REPORT), render.to_markdown(REPORT)):
        assert not any(name in text for name in ("手机题", "网页题", "两行题", "主题分行", "§"))

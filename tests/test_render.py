"""Reports as text, JSON and Markdown."""

from __future__ import annotations

import json

from summarizer import render
from summarizer.types import Candidate, Draft, Finding, ModelInfo, Removal, Report

FINDING = Finding("number", "9.9%", 6, 10, "unsupported", (), "正文无此数字")
DRAFT = Draft(
    headline="云溪市部署安全生产",
    kicker="章明远强调",
    subhead="——青石县月底前完成",
    candidates=(
        Candidate("云溪市部署安全生产", 9.0, 0.9, "model", (), ((0, 9),)),
        Candidate("云溪市投资增9.9%", 8.0, -0.2, "extract", (FINDING,)),
    ),
    summary="云溪市部署安全生产工作。",
    summary_evidence=((0, 12),),
    key_points=("压实责任", "排查隐患"),
    page_headline="压实*安全*责任",
    byline="本报记者 沈知夏",
    body="云溪市部署安全生产工作。",
    coverage=0.5,
    warnings=("某条提醒 / a note",),
)
REPORT = Report(
    "page.txt", ModelInfo("fake", "0" * 64, "fake"), 0.25, ("编码不确定",), (DRAFT,),
    (Removal("caption", "何小满 摄", 20, 25, "图片说明"),),
)  # fmt: skip


def test_text_tells_everything_an_editor_needs():
    text = render.to_text(REPORT)
    told = "引题  章明远强调|标题  云溪市部署安全生产|副题|存疑：9.9%|■ 压实责任|依据  [0–9]|覆盖正文 50%|版面原题"
    for part in [*told.split("|"), "注意：编码不确定", "某条提醒", "未入正文 1 处：图片说明 1"]:
        assert part in text


def test_json_has_the_fields_in_the_contracts_order():
    found = json.loads(render.to_json(REPORT))
    assert list(found)[:5] == ["source", "model", "seconds", "warnings", "articles"]
    assert found["articles"][0]["candidates"][0]["evidence"] == [[0, 9]]
    assert found["removed"][0]["reason"] == "图片说明"
    assert "云溪市" in render.to_json(REPORT)


def test_markdown_escapes_what_markdown_would_read():
    assert "## 云溪市部署安全生产" in render.to_markdown(REPORT)
    assert "\\*" not in render.to_markdown(REPORT)
    starred = render._escape("压实*安全*责任 #1 <b>")
    assert starred == "压实\\*安全\\*责任 \\#1 \\<b\\>"


def test_a_report_without_articles():
    empty = Report("x", ModelInfo("fake", "0", "fake"), 0.0, ("没有正文",), ())
    assert "没有正文" in render.to_text(empty)
    assert json.loads(render.to_json(empty))["articles"] == []
    assert "没有正文" in render.to_markdown(empty)

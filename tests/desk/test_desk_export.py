"""Downloads of a batch."""

import csv
import json

import pytest
from desk_double import Echo

from desk import export
from desk.export import Row
from summarizer.types import Article, Page

BAD = "=cmd|'/c calc'!A1"


@pytest.fixture
def rows():
    echo = Echo("embedded")
    report = echo.write_page(Page("引水工程通水\n正文。\n\n" + BAD, "a.txt"))
    return [Row("a.txt", report), Row("b.txt", error="读不了 / can't be read")]


def test_jsonl_names_each_file(rows, tmp_path):
    export.jsonl(rows, tmp_path / "x.jsonl")
    found = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()]
    assert [(row["id"], row["status"]) for row in found] == [("a.txt", "ok"), ("b.txt", "failed")]
    assert found[0]["articles"][0]["headline"] == "引水工程通水" and found[1]["error"].startswith("读不了")


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(rows, tmp_path):
    export.table(rows, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with open(tmp_path / "x.csv", encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["file"] for line in lines] == ["a.txt", "a.txt", "b.txt"]
    assert lines[1]["headline"] == "'" + BAD
    assert lines[2]["error"].startswith("读不了")


def test_docx_holds_headlines_and_failures(rows, tmp_path):
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    broken = Row("c\x00.txt", Echo("m").write_page(Page("控制\x01符\ud800𬭁", "c")))
    export.document([*rows, broken], tmp_path / "x.docx")
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "x.docx")).paragraphs)
    assert "引水工程通水" in text and "读不了" in text and "控制�符�𬭁" in text


def test_an_article_without_headline_is_still_written(tmp_path):
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    from dataclasses import replace

    report = Echo("m").write_page(Page("正文", "x"))
    empty = replace(report, articles=(replace(Echo("m").draft(Article("正文")), headline="", candidates=()),))
    export.document([Row("x", empty)], tmp_path / "x.docx")
    assert "（无标题）" in "\n".join(p.text for p in docx.Document(str(tmp_path / "x.docx")).paragraphs)

"""The choices log: nothing by default, texts only where allowed, rows that training can read."""

import json
import sqlite3
import stat

import pytest

from desk.__main__ import main
from desk.log import PRIVATE, Choice, Choices
from summarizer.errors import InputError


def choice(headline="青石县引水工程全线通水", body="云溪市水务局通报，引水工程全线通水。", **more):
    return Choice("accepted", "embedded", body, headline, 5, 1, "model", candidates=("甲", "乙"), **more)


def test_without_permission_no_text_is_kept(tmp_path):
    log = Choices(tmp_path / "log" / "c.sqlite")
    log.keep(choice(), with_text=False)
    data = log.path.read_bytes()
    assert log.count() == 1
    for word in ("引水", "云溪", "甲"):
        assert word.encode() not in data
    row = sqlite3.connect(log.path).execute(f"SELECT {', '.join(PRIVATE)} FROM choices").fetchone()
    assert set(row) == {None}
    assert list(log.rows()) == []


def test_with_permission_rows_are_training_rows(tmp_path):
    log = Choices(tmp_path / "c.sqlite")
    log.keep(choice(summary="摘要。"), with_text=True)
    log.keep(choice("引水工程通水了"), with_text=True)  # the last decision on a text stands
    log.keep(choice(body="另一篇稿子。", headline="另一条"), with_text=True)
    rows = list(log.rows())
    assert [row["title"] for row in rows] == ["引水工程通水了", "另一条"]
    assert set(rows[1]) >= {"id", "body", "title", "source", "date"}


def test_comparisons_are_no_training_rows(tmp_path):
    log = Choices(tmp_path / "c.sqlite")
    log.keep(Choice("compared", "embedded", "正文", "", 2, detail="a | b -> a"), with_text=False)
    assert log.count() == 1 and list(log.rows()) == []


def test_the_file_is_its_owners_alone_and_can_be_erased(tmp_path):
    log = Choices(tmp_path / "c.sqlite")
    assert log.count() == 0 and not log.path.exists()
    log.keep(choice(), with_text=True)
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    log.erase()
    assert log.count() == 0 and list(tmp_path.iterdir()) == []


def test_a_lone_surrogate_does_not_break_the_log(tmp_path):
    log = Choices(tmp_path / "c.sqlite")
    log.keep(choice("标\ud800题"), with_text=True)
    assert next(log.rows())["title"] == "标\\ud800题"


def test_export_on_the_command_line(tmp_path, monkeypatch, capsys):
    path = tmp_path / "c.sqlite"
    monkeypatch.setenv("DESK_CHOICES", str(path))
    assert main(["export", str(tmp_path / "out.jsonl")]) == 2
    assert "没有选择记录" in capsys.readouterr().err
    Choices(path).keep(choice(), with_text=True)
    assert main(["export", str(tmp_path / "out.jsonl")]) == 0
    assert json.loads((tmp_path / "out.jsonl").read_text())["title"] == "青石县引水工程全线通水"


def test_no_log_no_rows(tmp_path):
    with pytest.raises(InputError):
        list(Choices(tmp_path / "none").rows())


def test_comparisons_are_counted_per_pair_whichever_side_they_stood_on(tmp_path, monkeypatch, capsys):
    log = Choices(tmp_path / "c.sqlite")
    assert log.comparisons() == {}
    for detail in (
        "b | a -> a",
        "a | b -> b (blind)",
        "a | b -> a (blind)",
        "a | b -> tie",
        "a | c -> none_good",
    ):
        log.keep(Choice("compared", "a", "稿", "", 2, detail=detail), with_text=False)
    assert log.comparisons() == {
        ("a", "b"): {"a": 2, "b": 1, "tie": 1},
        ("a", "c"): {"none_good": 1},
    }
    monkeypatch.setenv("DESK_CHOICES", str(log.path))
    assert main(["compared"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0]) == {
        "pair": ["a", "b"],
        "a": 2,
        "b": 1,
        "tie": 1,
        "none_good": 0,
    }
    assert main(["export"]) == 2

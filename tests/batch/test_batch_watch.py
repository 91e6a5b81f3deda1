"""The drop folder: each file once, its result beside it, whatever happens in between."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from batch_doubles import FACTORY
from batch_inputs import article, read, write_rows

from summarizer.batch import watch as module
from summarizer.batch.plan import Plan
from summarizer.batch.progress import Progress
from summarizer.batch.watch import Watcher, watch
from summarizer.batch.windows import Sizes
from summarizer.batch.work import Job, Writer
from summarizer.errors import BatchError


class Inline:
    """A runner in this process, that counts what it is given."""

    def __init__(self, job):
        self.writer = Writer(job)
        self.given = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def run(self, shards, stopping):
        for shard in shards:
            self.given += [record.id for record in shard.records]
            yield self.writer.write(shard)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A watcher made anew by each call, as after a restart; all share one runner."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    job = Job(factory=FACTORY)
    runner = Inline(job)
    plan = Plan((str(tmp_path),), Path("-"), job, lambda: runner, sizes=Sizes(window_records=8))
    opened = []

    def start(looks=2):
        while opened:
            opened.pop().__exit__()
        seen = module._Seen(tmp_path / ".headlines.ledger")
        opened.append(seen)
        watcher = Watcher(tmp_path, plan, Progress("none"), lambda: False, seen, runner)
        for _ in range(looks):
            watcher.look()
        return watcher

    start.runner, start.plan = runner, plan
    yield start
    while opened:
        opened.pop().__exit__()


def test_a_document_gets_its_result_beside_it_once(desk, tmp_path):
    (tmp_path / "稿.txt").write_text(article(1), encoding="utf-8")
    desk(looks=4)
    row = json.loads((tmp_path / "稿.txt.headlines.json").read_text(encoding="utf-8"))
    assert (row["id"], row["status"], row["articles"][0]["body"]) == ("稿.txt", "ok", article(1))
    assert desk.runner.given == ["稿.txt"]
    assert {p.name for p in tmp_path.iterdir() if p.name[0] != "."} == {"稿.txt", "稿.txt.headlines.json"}


def test_a_file_is_left_alone_until_it_stops_growing(desk, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("半", encoding="utf-8")
    watcher = desk(looks=1)
    path.write_text("半篇，还在传", encoding="utf-8")
    assert watcher.look() == 0
    assert watcher.look() == 1
    assert "还在传" in (tmp_path / "a.txt.headlines.json").read_text(encoding="utf-8")


def test_a_restart_repeats_nothing_even_when_results_were_taken_away(desk, tmp_path):
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    desk()
    (tmp_path / "a.txt.headlines.json").unlink()
    (tmp_path / "b.txt").write_text(article(2), encoding="utf-8")
    desk()
    assert desk.runner.given == ["a.txt", "b.txt"]


def test_the_same_name_with_other_content_is_new(desk, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(article(1), encoding="utf-8")
    desk()
    path.write_text("改过的稿子。", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    desk()
    row = json.loads((tmp_path / "a.txt.headlines.json").read_text(encoding="utf-8"))
    assert row["articles"][0]["body"] == "改过的稿子。"


def test_half_uploads_hidden_files_and_results_are_not_input(desk, tmp_path):
    for name in ("a.txt.part", ".b.txt", "c.tmp", "d.txt~", "e.txt.headlines.json"):
        (tmp_path / name).write_text(article(1), encoding="utf-8")
    desk()
    assert desk.runner.given == []


def test_a_file_that_fails_gets_its_error_beside_it(desk, tmp_path):
    (tmp_path / "a.txt").write_text("坏稿", encoding="utf-8")
    watcher = desk()
    row = json.loads((tmp_path / "a.txt.headlines.json").read_text(encoding="utf-8"))
    assert (row["status"], row["error"], watcher.failed) == ("error", "这篇写不了", 1)


def test_a_row_file_is_a_batch_of_its_own(desk, tmp_path):
    write_rows(tmp_path / "rows.jsonl", 30)
    desk(looks=3)
    assert [row["id"] for row in read(tmp_path / "rows.jsonl.headlines.jsonl")] == [
        f"a-{n}" for n in range(30)
    ]
    assert len(desk.runner.given) == 30
    assert sorted(p.name for p in tmp_path.iterdir() if ".headlines.ledger" not in p.name) == [
        "rows.jsonl",
        "rows.jsonl.headlines.jsonl",
    ]


def test_a_row_file_that_was_cut_off_is_gone_on_with(desk, tmp_path):
    write_rows(tmp_path / "rows.jsonl", 30)
    watcher = desk(looks=1)
    watcher.stopping = lambda: len(desk.runner.given) >= 8
    desk.runner.run, whole = cut_off(desk.runner, 8), desk.runner.run
    with pytest.raises(KeyboardInterrupt):
        watcher.look()
    desk.runner.run = whole
    before = len(desk.runner.given)
    desk()
    assert [row["id"] for row in read(tmp_path / "rows.jsonl.headlines.jsonl")] == [
        f"a-{n}" for n in range(30)
    ]
    assert len(desk.runner.given) == 30 and 0 < before < 30


def cut_off(runner, count):
    real = runner.run

    def run(shards, stopping):
        for done in real(shards, stopping):
            yield done
            if len(runner.given) >= count:
                raise KeyboardInterrupt

    return run


def test_a_row_file_with_ids_that_stand_twice_does_not_end_the_watch(desk, tmp_path):
    path = write_rows(tmp_path / "rows.jsonl", 2)
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    (tmp_path / "z.txt").write_text(article(1), encoding="utf-8")
    watcher = desk()
    row = json.loads((tmp_path / "rows.jsonl.headlines.json").read_text(encoding="utf-8"))
    assert "id 重复" in row["error"] and watcher.failed == 1
    assert desk.runner.given == ["z.txt"]


def test_failed_files_are_taken_again_on_request(desk, tmp_path):
    (tmp_path / "a.txt").write_text("坏稿", encoding="utf-8")
    (tmp_path / "b.txt").write_text(article(1), encoding="utf-8")
    desk()
    module._Seen.forget_failed(desk_seen := desk(looks=0)._seen)
    assert desk_seen.state(module.document(tmp_path / "a.txt", "a.txt")) == ""
    desk_seen.__exit__()
    desk()
    assert desk.runner.given == ["a.txt", "b.txt", "a.txt"]


def test_two_watchers_on_one_folder_are_refused(desk, tmp_path):
    desk()
    with pytest.raises(BatchError, match="另一个批处理正在写"):
        watch(tmp_path, desk.plan, Progress("none"), lambda: True, 1.0)


def test_a_watch_ends_when_asked_and_tells_of_failures(desk, tmp_path):
    (tmp_path / "a.txt").write_text("坏稿", encoding="utf-8")
    looks = iter([False] * 6 + [True] * 100)
    assert watch(tmp_path, desk.plan, Progress("none"), lambda: next(looks), 0.001) == 1
    assert (tmp_path / "a.txt.headlines.json").exists()


def test_a_full_disk_ends_the_watch(desk, tmp_path, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    monkeypatch.setattr(module._Seen, "set", full)
    with pytest.raises(BatchError, match="磁盘已满"):
        looks = iter([False] * 20)
        watch(tmp_path, desk.plan, Progress("none"), lambda: next(looks), 0.001)

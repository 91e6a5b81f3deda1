"""The command end to end, with real worker processes and the test double in place of the library."""

import errno
import json
import os

import pytest
from batch_inputs import article, read, write_rows

from summarizer.batch import sink
from summarizer.errors import BatchError, InputError, ModelError, SettingsError


def add_row(path, id_, body):
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": id_, "body": body}, ensure_ascii=False) + "\n")


def test_rows_come_out_in_input_order_with_the_contract_s_fields(run, rows, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run(rows, "-o", out) == 0
    found = read(out)
    assert [row["id"] for row in found] == [f"a-{n}" for n in range(100)]
    assert [row["articles"][0]["body"] for row in found] == [article(n) for n in range(100)]
    assert set(found[0]) >= {"id", "status", "source", "model", "seconds", "warnings", "articles"}
    assert {(row["status"], row["seconds"]) for row in found} == {("ok", 0.0)}
    assert {p.name for p in tmp_path.iterdir()} == {"rows.jsonl", "out.jsonl", "out.jsonl.ledger"}


def test_the_number_of_workers_does_not_show_in_the_output(run, rows, tmp_path):
    run(rows, "-o", tmp_path / "one.jsonl")
    run(rows, "-o", tmp_path / "three.jsonl", "--workers", 3)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "three.jsonl").read_bytes()


def test_timings_are_kept_on_request(run, rows, tmp_path):
    run(rows, "-o", tmp_path / "out.jsonl", "--timings")
    assert any(row["seconds"] > 0 for row in read(tmp_path / "out.jsonl"))


def test_failed_records_stand_in_their_place_and_set_the_exit_code(run, rows, tmp_path, capsys):
    rows.write_text("不是 JSON\n" + rows.read_text(encoding="utf-8"), encoding="utf-8")
    add_row(rows, "bad", "坏稿：" + article(1))
    add_row(rows, "last", article(2))
    assert run(rows, "-o", tmp_path / "out.jsonl") == 1
    found = read(tmp_path / "out.jsonl")
    assert len(found) == 103
    assert [n for n, row in enumerate(found) if row["status"] == "error"] == [0, 101]
    assert found[101] == {
        "id": "bad",
        "status": "error",
        "error": "这篇写不了",
        "source": "rows.jsonl:102",
        "articles": [],
    }
    said = capsys.readouterr().err
    assert "失败 bad（rows.jsonl:102）：这篇写不了" in said and "失败 rows.jsonl:1" in said


def test_a_text_without_an_article_is_a_failure(run, tmp_path, capsys):
    rows = write_rows(tmp_path / "rows.jsonl", 3)
    add_row(rows, "empty", " \n ")
    assert run(rows, "-o", tmp_path / "out.jsonl") == 1
    assert [row["status"] for row in read(tmp_path / "out.jsonl")] == ["ok"] * 3 + ["error"]
    assert "失败 empty（rows.jsonl:4）：没有正文" in capsys.readouterr().err


def test_a_record_that_kills_its_worker_fails_alone(run, rows, tmp_path):
    add_row(rows, "deadly", "崩溃" + article(1))
    assert run(rows, "-o", tmp_path / "out.jsonl", "--workers", 2) == 1
    found = read(tmp_path / "out.jsonl")
    failed = [row for row in found if row["status"] == "error"]
    assert len(found) == 101 and [row["id"] for row in failed] == ["deadly"]
    assert "工作进程两次退出（代码 7）" in failed[0]["error"]


def test_failed_records_are_retried_into_their_places(run, rows, tmp_path, monkeypatch):
    monkeypatch.setenv("TRY_ONCE", str(tmp_path / "flag"))
    lines = rows.read_text(encoding="utf-8").splitlines()
    lines[50] = json.dumps({"id": "once", "body": "一次不成再来一次"}, ensure_ascii=False)
    lines[60] = json.dumps({"id": "never", "body": "坏稿"}, ensure_ascii=False)
    rows.write_text("\n".join(lines), encoding="utf-8")
    # With one record per batch the failure is the record's own, not its batch's halves tried again.
    words = (rows, "-o", tmp_path / "out.jsonl", "--batch-size", 1)
    assert run(*words) == 1
    before = read(tmp_path / "out.jsonl")
    assert [row["id"] for row in before if row["status"] == "error"] == ["once", "never"]
    assert "内部错误 ValueError：第一次不成" in before[50]["error"]
    assert run(*words, "--retry-failed") == 1
    after = read(tmp_path / "out.jsonl")
    assert [row["id"] for row in after if row["status"] == "error"] == ["never"]
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert after[50]["articles"][0]["body"] == "一次不成再来一次"
    assert run(*words) == 1


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_tables_hold_the_same_rows(run, rows, tmp_path, suffix):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    run(rows, "-o", tmp_path / "out.jsonl")
    run(rows, "-o", tmp_path / f"out{suffix}")
    lines = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert list(sink.published(tmp_path / f"out{suffix}")) == lines


def test_an_empty_input_gives_an_empty_output(run, tmp_path):
    (tmp_path / "in.jsonl").write_text("\n", encoding="utf-8")
    assert run(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_a_folder_of_documents_without_what_the_run_itself_writes(run, tmp_path):
    (tmp_path / "甲.txt").write_text(article(1), encoding="utf-8")
    (tmp_path / "乙.txt").write_bytes(b"\x00\x01\x02\xff" * 40)
    assert run(tmp_path, "-o", tmp_path / "out.jsonl") == 1
    found = read(tmp_path / "out.jsonl")
    assert [(row["id"], row["status"]) for row in found] == [("乙.txt", "error"), ("甲.txt", "ok")]
    assert run(tmp_path, "-o", tmp_path / "out.jsonl") == 1


def test_ids_that_stand_twice_are_named_with_their_lines(run, rows, tmp_path):
    add_row(rows, "a-3", "又一篇")
    with pytest.raises(BatchError, match=r"id 重复：'a-3'（rows.jsonl:4 与 rows.jsonl:101）"):
        run(rows, "-o", tmp_path / "out.jsonl")
    assert run(rows, "-o", tmp_path / "out.jsonl", "--id-field", "", "--restart") == 0


# --- going on, and refusing to ---


def test_a_finished_run_does_nothing_again(run, rows, tmp_path):
    run(rows, "-o", tmp_path / "out.jsonl")
    before = (tmp_path / "out.jsonl").stat()
    assert run(rows, "-o", tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--seed", 7), "seed：账本 0，现在 7"),
        (("--candidates", 3), "candidates：账本 5，现在 3"),
        (("--model", "other"), "model：账本 'embedded'，现在 'other'"),
        (("--text-field", "body"), "text-field"),
        (("--batch-size", 9), "shard_records：账本 8，现在 9"),
    ],
)
def test_other_options_are_refused_and_named(run, rows, tmp_path, more, said):
    run(rows, "-o", tmp_path / "out.jsonl")
    with pytest.raises(BatchError, match=said):
        run(rows, "-o", tmp_path / "out.jsonl", *more)
    assert run(rows, "-o", tmp_path / "out.jsonl", *more, "--restart") == 0


def test_another_model_under_the_same_name_is_refused(run, rows, tmp_path, monkeypatch):
    """The ledger holds the model's hash, not only its name."""
    stopped_after(monkeypatch, 40)
    with pytest.raises(BatchError):
        run(rows, "-o", tmp_path / "out.jsonl")
    monkeypatch.undo()
    monkeypatch.syspath_prepend(os.path.dirname(__file__))
    (tmp_path / "again.py").write_text(
        "import batch_doubles\n"
        "from summarizer.types import ModelInfo\n"
        "class Other(batch_doubles.Double):\n"
        "    def __init__(self, **options):\n"
        "        super().__init__(**options)\n"
        "        self.backend.info = ModelInfo('embedded', '1' * 64, 'fake')\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(BatchError, match="model sha256：账本 '000"):
        run(rows, "-o", tmp_path / "out.jsonl", factory="again:Other")


def stopped_after(monkeypatch, rows):
    """Make the disk full once ``rows`` rows are in the spool."""
    real = sink.Spool.append
    written = 0

    def append(self, lines):
        nonlocal written
        if written >= rows:
            self._file.write(b"half a row that never")
            raise OSError(errno.ENOSPC, "No space left on device")
        written += (count := real(self, lines))
        return count

    monkeypatch.setattr(sink.Spool, "append", append)


def test_a_full_disk_is_said_and_gone_on_from(run, rows, tmp_path, monkeypatch):
    run(rows, "-o", tmp_path / "whole.jsonl")
    with monkeypatch.context() as patched:
        stopped_after(patched, 40)
        with pytest.raises(BatchError, match="磁盘已满.*再次运行同一命令即从断点继续"):
            run(rows, "-o", tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()
    assert run(rows, "-o", tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_changed_input_is_refused(run, rows, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        stopped_after(patched, 40)
        with pytest.raises(BatchError):
            run(rows, "-o", tmp_path / "out.jsonl")
    text = rows.read_text(encoding="utf-8")
    rows.write_text(text.replace("第7号工程", "第八号工程"), encoding="utf-8")
    with pytest.raises(BatchError, match="输入在两次运行之间变了（rows.jsonl:"):
        run(rows, "-o", tmp_path / "out.jsonl")


def test_rows_added_after_the_end_are_refused(run, rows, tmp_path):
    run(rows, "-o", tmp_path / "out.jsonl")
    add_row(rows, "new", "新的一篇")
    with pytest.raises(BatchError, match="输入在两次运行之间变了"):
        run(rows, "-o", tmp_path / "out.jsonl")


def test_an_output_without_its_ledger_is_not_overwritten(run, rows, tmp_path):
    (tmp_path / "out.jsonl").write_text("别人的文件", encoding="utf-8")
    with pytest.raises(BatchError, match="已存在而没有账本"):
        run(rows, "-o", tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl.ledger").exists()
    assert run(rows, "-o", tmp_path / "out.jsonl", "--restart") == 0
    assert len(read(tmp_path / "out.jsonl")) == 100


@pytest.mark.parametrize("more", [(), ("--restart",), ("--recover",)])
def test_the_input_is_never_the_output(run, rows, tmp_path, more):
    """Found by trying: ``--restart`` on one file for both left it empty."""
    before = rows.read_bytes()
    (tmp_path / "link.jsonl").symlink_to(rows)
    for output in (rows, tmp_path / "link.jsonl"):
        with pytest.raises(InputError, match="既是输入又是输出"):
            run(rows, "-o", output, *more)
    with pytest.raises(InputError, match="没有找到输入"):
        run(tmp_path / "row*.jsonl", "-o", rows, *more)
    assert rows.read_bytes() == before and not list(tmp_path.glob("*.ledger"))


@pytest.mark.parametrize("damage", [b"not a database at all" * 400, b""])
def test_a_damaged_ledger_is_refused_and_recovered_from_the_part_file(
    run, rows, tmp_path, monkeypatch, damage
):
    run(rows, "-o", tmp_path / "whole.jsonl")
    out = tmp_path / "out.jsonl"
    with monkeypatch.context() as patched:
        stopped_after(patched, 60)
        with pytest.raises(BatchError):
            run(rows, "-o", out)
    (tmp_path / "out.jsonl.ledger").write_bytes(damage)
    with pytest.raises(BatchError, match="--recover"):
        run(rows, "-o", out)
    assert run(rows, "-o", out, "--recover", "--progress", "json") == 0
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_recovery_refuses_rows_of_another_input(run, rows, tmp_path):
    other = write_rows(tmp_path / "other.jsonl", 50)
    other.write_text(other.read_text(encoding="utf-8").replace('"a-', '"b-'), encoding="utf-8")
    run(rows, "-o", tmp_path / "out.jsonl")
    (tmp_path / "out.jsonl").rename(tmp_path / "out.jsonl.part")
    (tmp_path / "out.jsonl.ledger").unlink()
    with pytest.raises(BatchError, match="与输入 other.jsonl:1（b-0）对不上"):
        run(other, "-o", tmp_path / "out.jsonl", "--recover")


def test_too_many_failures_stop_the_run(run, rows, tmp_path):
    for number in range(30):
        add_row(rows, f"bad-{number}", "坏稿")
    with pytest.raises(BatchError, match="失败已超过 --max-failures 5 条，已停下.*这篇写不了"):
        run(rows, "-o", tmp_path / "out.jsonl", "--max-failures", 5)
    assert run(rows, "-o", tmp_path / "out.jsonl") == 1
    assert len(read(tmp_path / "out.jsonl")) == 130


# --- wrong calls ---


def test_a_model_that_can_t_be_loaded_ends_the_run(run, rows, tmp_path):
    with pytest.raises(ModelError, match="没有这个模型"):
        run(rows, "-o", tmp_path / "out.jsonl", "--model", "missing")


def test_a_worker_that_dies_while_loading_ends_the_run(run, rows, tmp_path):
    with pytest.raises(BatchError, match="工作进程在载入模型时退出（代码 9）"):
        run(rows, "-o", tmp_path / "out.jsonl", "--model", "deadly")


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ([], SettingsError, "-o"),
        (["-o", "out.doc"], SettingsError, "后缀应为"),
        (["-o", "no/such/out.jsonl"], BatchError, "输出目录不存在"),
        (["-o", "../wrong.jsonl"], BatchError, "是文件夹"),
        (["-o", "out.jsonl", "--workers", "0"], SettingsError, "--workers 至少为 1"),
        (["-o", "out.jsonl", "--candidates", "0"], SettingsError, "candidates"),
        (["--watch"], SettingsError, "--watch 要一个已存在的文件夹"),
    ],
)
def test_wrong_calls(run, rows, tmp_path, monkeypatch, words, error, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path.parent / "wrong.jsonl").mkdir(exist_ok=True)
    with pytest.raises(error, match=said):
        run(rows, *words)
    assert [p.name for p in tmp_path.iterdir()] == ["rows.jsonl"]


def test_no_input(run):
    with pytest.raises(InputError, match="请给出输入"):
        run("-o", "out.jsonl")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(run, rows, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(BatchError, match="目录只读或没有权限"):
        run(rows, "-o", folder / "out.jsonl")

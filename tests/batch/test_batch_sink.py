"""The spool and the published files."""

import errno
import json

import pytest

from summarizer.batch import sink
from summarizer.batch.faults import named
from summarizer.errors import BatchError, SettingsError

ROWS = [
    {
        "id": "a",
        "status": "ok",
        "source": "s",
        "articles": [{"headline": "新桥“通车”", "summary": "一,二\n三"}],
    },
    {"id": "b", "status": "error", "error": "坏了", "source": "in.jsonl:2", "articles": []},
    {"id": "c", "status": "ok", "source": "s", "articles": [{"headline": "=1+1", "summary": ""}] * 2},
]
LINES = [json.dumps(row, ensure_ascii=False).encode() for row in ROWS]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_published_rows_come_back_whole(tmp_path, suffix):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    part, output = tmp_path / "part", tmp_path / f"out{suffix}"
    spool = sink.Spool(part, 0)
    many = LINES * 400  # more than one Parquet group
    assert spool.append(many) == 1200
    spool.close()
    sink.publish(part, output)
    assert list(sink.published(output)) == many
    assert [p.name for p in tmp_path.iterdir()] == [output.name]


def test_csv_opens_in_a_spreadsheet(tmp_path):
    part, output = tmp_path / "part", tmp_path / "out.csv"
    part.write_bytes(b"\n".join(LINES) + b"\n")
    sink.publish(part, output)
    assert output.read_bytes().startswith(b"\xef\xbb\xbfid,status,error,")
    assert "b,error,坏了,in.jsonl:2,0" in output.read_text(encoding="utf-8-sig")


def test_lone_surrogates_do_not_break_a_table(tmp_path):
    part, output = tmp_path / "part", tmp_path / "out.csv"
    row = {"id": "a", "status": "ok", "articles": [{"headline": "\ud800题", "summary": ""}]}
    part.write_bytes(json.dumps(row).encode() + b"\n")
    sink.publish(part, output)
    assert json.loads(next(sink.published(output))) == row


def test_what_is_not_certain_is_cut_off(tmp_path):
    path = tmp_path / "part"
    path.write_bytes(b"row 0\nrow 1\nhalf a r")
    spool = sink.Spool(path, 12)
    spool.append([b"row 2"])
    spool.close()
    assert path.read_bytes() == b"row 0\nrow 1\nrow 2\n"


def test_a_spool_that_lost_rows_is_refused(tmp_path):
    path = tmp_path / "part"
    path.write_bytes(b"row 0\n")
    with pytest.raises(BatchError, match="比账本所记的短（6 < 12 字节）"):
        sink.Spool(path, 12)


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="out.xlsx 的后缀应为 .jsonl、.csv、.parquet 之一"):
        sink.writer_for(tmp_path / "out.xlsx")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EROFS, "目录只读"),
        (errno.EACCES, "目录只读"),
        (errno.EIO, "读写"),
    ],
)
def test_faults_of_the_disk_are_said_in_one_line(tmp_path, code, said):
    with pytest.raises(BatchError, match=said) as caught, named(tmp_path / "out.jsonl"):
        raise OSError(code, "x")
    assert "\n" not in str(caught.value)

"""Readers: every row comes out as a record or as a named failure."""

import gzip

import pytest

from summarizer.batch.rows import Fields, csv, jsonl, parquet
from summarizer.batch.sources import Source
from summarizer.errors import InputError, SettingsError

GOOD = '{"id": "a", "body": "青石县新桥通车。"}'


def one_line(tmp_path, line, **fields):
    path = tmp_path / "in.jsonl"
    path.write_bytes(line if isinstance(line, bytes) else line.encode())
    return next(jsonl(path, path.name, Fields(**fields)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "不是 JSON"),
        ("[1, 2]", "应为 JSON 对象，实为 list"),
        ('{"id": "a"}', "缺少正文字段 body/text（有：id）"),
        ('{"id": "a", "body": null}', "缺少正文字段"),
        ('{"id": "a", "body": 7}', "字段 body 应为字符串，实为 int"),
        ('{"body": "x"}', "字段 id 应为非空字符串或整数，实为 None"),
        ('{"id": true, "body": "x"}', "实为 True"),
        ('{"id": "", "body": "x"}', "实为 ''"),
        ('{"id": "\\ud800", "body": "x"}', "孤立代理符"),
        (b'{"id": "a", "body": "\xd6\xd0"}', "第 22 字节不是 utf-8"),
        ('{"id": ' + "[" * 100_000, "不是 JSON"),
    ],
)
def test_a_row_that_is_no_use_becomes_a_failure_named_by_its_line(tmp_path, line, said):
    record = one_line(tmp_path, line)
    assert said in record.error
    assert record.id == record.place == "in.jsonl:1"


def test_a_good_row(tmp_path):
    record = one_line(tmp_path, "\ufeff" + GOOD)
    assert (record.id, record.text, record.error, record.size) == ("a", "青石县新桥通车。", None, 8)
    assert record.source == "in.jsonl:1"


@pytest.mark.parametrize(
    ("line", "fields", "id_", "text"),
    [
        ('{"id": 12, "text": "正文"}', {}, "12", "正文"),
        ('{"key": "k", "内容": "正文"}', {"id": "key", "text": ("内容",)}, "k", "正文"),
        ('{"body": "正文"}', {"id": ""}, "in.jsonl:1", "正文"),
        ('{"id": "a", "body": "正文", "t": "题"}', {"title": "t"}, "a", "题\n\n正文"),
        ('{"id": "a", "body": "正文", "t": " "}', {"title": "t"}, "a", "正文"),
        ('{"id": "a", "body": ""}', {}, "a", ""),
    ],
)
def test_fields_are_named_by_options(tmp_path, line, fields, id_, text):
    record = one_line(tmp_path, line, **fields)
    assert (record.error, record.id, record.text) == (None, id_, text)


def test_lines_keep_their_numbers_past_empty_ones_and_compression(tmp_path):
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(f"\n{GOOD}\n\n  \nbad".encode()))
    source = Source((str(path),), Fields())
    assert [(r.seq, r.place, bool(r.error)) for r in source.records()] == [
        (0, "in.jsonl.gz:2", False),
        (1, "in.jsonl.gz:5", True),
    ]


def test_csv_rows_with_newlines_wrong_columns_and_wrong_bytes(tmp_path):
    path = tmp_path / "in.csv"
    text = '\ufeffid,body\r\na,"第一行\n第二行"\r\nb\r\nc,好\r\n'
    path.write_bytes(text.encode() + b"d,\xff\xfe\r\n")
    found = list(csv(path, "in.csv", Fields()))
    assert [(r.id, r.place) for r in found] == [
        ("a", "in.csv:2"),
        ("in.csv:4", "in.csv:4"),
        ("c", "in.csv:5"),
        ("in.csv:6", "in.csv:6"),
    ]
    assert found[0].text == "第一行\n第二行"
    assert "有 1 列，表头有 2 列" in found[1].error
    assert "不是 utf-8" in found[3].error


def test_csv_of_a_chinese_spreadsheet_and_fields_longer_than_the_default_limit(tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes(f"id,body\na,{'云' * 200_000}\n".encode("gb18030"))
    record = next(csv(path, "in.csv", Fields(encoding="gb18030")))
    assert (record.error, record.size) == (None, 200_000)


def test_csv_with_a_quote_that_never_closes_says_up_to_where(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text('id,body\na,好\nb,"没有收尾\nc,也好\n', encoding="utf-8")
    found = list(csv(path, "in.csv", Fields()))
    assert found[0].id == "a"
    assert found[1].place == "in.csv:3" and "读到第 4 行" in found[1].error


def test_parquet_reads_only_what_it_needs(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as writer

    path = tmp_path / "in.parquet"
    table = pyarrow.table({"id": [1, 2, 3], "body": ["甲", None, "丙"], "blob": [b"x", b"y", b"z"]})
    writer.write_table(table, path, row_group_size=2)
    found = list(parquet(path, "in.parquet", Fields()))
    assert [(r.id, r.text, r.place) for r in found] == [
        ("1", "甲", "in.parquet:1"),
        ("in.parquet:2", "", "in.parquet:2"),
        ("3", "丙", "in.parquet:3"),
    ]


def test_damaged_parquet_is_an_input_error(tmp_path):
    pytest.importorskip("pyarrow")
    path = tmp_path / "in.parquet"
    path.write_bytes(b"PAR1nothing")
    with pytest.raises(InputError, match="不是可读的 Parquet"):
        list(parquet(path, "in.parquet", Fields()))


def test_unknown_encoding_is_refused():
    with pytest.raises(SettingsError, match="不认识的编码"):
        Fields(encoding="gb23120")


def test_folders_are_walked_in_order_without_hidden_files(tmp_path):
    for name in ("b.txt", "a/2.txt", "a/10.txt", ".hidden", ".git/x.txt", "c.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD + "\n", encoding="utf-8")
    found = list(Source((str(tmp_path),), Fields()).records())
    assert [r.id for r in found] == ["a/10.txt", "a/2.txt", "b.txt", "a"]
    assert [bool(r.path) for r in found] == [True, True, True, False]


def test_a_glob_tells_names_from_its_first_wildcard_on(tmp_path):
    for name in ("2024/x.txt", "2025/x.txt", "2025/y.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("正文", encoding="utf-8")
    found = Source((str(tmp_path / "*" / "*.txt"),), Fields()).records()
    assert [r.id for r in found] == ["2024/x.txt", "2025/x.txt"]


def test_input_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="没有找到输入"):
        list(Source((str(tmp_path / "no*.txt"),), Fields()).records())

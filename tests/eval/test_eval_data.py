"""Readers of the published layouts, on tiny files of our own text in each layout, and bad input by line."""

import json

import pytest

from eval import data
from summarizer.errors import InputError, SettingsError

BODY = "云溪市水务局11月3日通报，青石县引水工程当日正式通水，惠及沿线4个乡镇12.6万人。"
TITLE = "青石县引水工程通水"
SUMMARY = "青石县引水工程11月3日通水，惠及12.6万人。"


def write(path, lines):
    path.write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        + "\n"
    )
    return path


LCSTS = f"""<doc id=0>
    <human_label>5</human_label>
    <summary>
        {TITLE}
    </summary>
    <short_text>
        {BODY}
    </short_text>
</doc>
<doc id=1>
    <human_label>2</human_label>
    <summary>
        天气<BR>晴好
    </summary>
    <short_text>
        {BODY}R&D
    </short_text>
</doc>"""

CASES = {
    "rows": ([{"id": "a", "body": BODY, "headline": TITLE, "source": "云溪日报"}], "headline", TITLE),
    "xlsum": (
        [{"id": "x", "url": "-", "title": TITLE, "summary": SUMMARY, "text": BODY}],
        "summary",
        SUMMARY,
    ),
    "nlpcc2017": (
        [{"summarization": SUMMARY, "article": BODY.replace("，", "，<Paragraph>", 1)}],
        None,
        SUMMARY,
    ),
    "lcsts": ([LCSTS], None, TITLE),
    "csl": ([f"to title\t{BODY}\t{TITLE}"], None, TITLE),
    "lawbench": (
        [
            json.dumps(
                [{"instruction": "写摘要", "question": BODY, "answer": SUMMARY}], ensure_ascii=False, indent=2
            )
        ],
        None,
        SUMMARY,
    ),
}


@pytest.mark.parametrize("layout", CASES)
def test_each_layout_is_guessed_and_read(layout, tmp_path):
    lines, task, gold = CASES[layout]
    found = data.load(write(tmp_path / "set.txt", lines), task)
    assert (found.layout, found.rows[0].gold) == (layout, gold)
    assert found.rows[0].body.replace("\n", "").startswith(BODY)


def test_lcsts_labels_and_bare_ampersands(tmp_path):
    path = write(tmp_path / "PART_III.txt", [LCSTS])
    rows = data.load(path).rows
    assert [(row.id, row.label, row.line) for row in rows] == [("PART_III-0", 5, 1), ("PART_III-1", 2, 10)]
    assert rows[1].gold == "天气晴好" and rows[1].body.endswith("R&D")
    kept = data.load(path, min_label=3)
    assert [row.id for row in kept.rows] == ["PART_III-0"] and kept.name == "PART_III-label3"


def test_lcsts_names_a_doc_that_breaks_off(tmp_path):
    path = write(tmp_path / "PART_I.txt", [LCSTS, "<doc id=2>", "<summary>", "断", "</summary>"])
    with pytest.raises(InputError, match="第 19 行.*没有结束"):
        data.load(path)


def test_lcsts_as_json_lines(tmp_path):
    found = data.load(write(tmp_path / "lcsts.jsonl", [{"summary": TITLE, "text": BODY}]))
    assert (found.layout, found.task, found.rows[0].gold) == ("lcsts", "headline", TITLE)


def test_csl_full_table_and_bad_columns(tmp_path):
    good = write(tmp_path / "csl.tsv", [f"{TITLE}\t{BODY}\t引水_工程\t水利\t工学", f"{TITLE}二\t{BODY}"])
    assert [(row.gold, row.source) for row in data.load(good).rows] == [(TITLE, "工学"), (TITLE + "二", "")]
    bad = write(tmp_path / "bad.tsv", [f"{TITLE}\t{BODY}", "a\tb\tc\td", f"to category\t{BODY}\t工学"])
    with pytest.raises(InputError) as error:
        data.load(bad)
    assert "第 2 行" in str(error.value) and "4 列" in str(error.value) and "第 3 行" in str(error.value)


def test_cnewsum_drops_token_spaces_but_not_english_ones(tmp_path):
    row = {
        "article": ["云溪市 与 Open Source 基金会 签约 ， 共 5.3 亿 元 。", "工程 已 开工 。"],
        "summary": "云溪市 签约",
        "label": [0],
    }
    found = data.load(write(tmp_path / "test.simple.label.jsonl", [row]))
    assert found.layout == "cnewsum"
    assert found.rows[0].body == "云溪市与Open Source基金会签约，共5.3亿元。工程已开工。"
    assert found.rows[0].gold == "云溪市签约"


def test_lcsts_in_other_wrappings(tmp_path):
    for field in ("text", "content"):
        copy = write(tmp_path / f"{field}.json", [{"id": 6, "summary": TITLE, field: BODY}])
        (row,) = data.load(copy).rows
        assert (row.gold, row.body, row.id) == (TITLE, BODY, f"{field}-6")
    sources = write(tmp_path / "test.src.txt", [BODY, BODY])
    write(tmp_path / "test.tgt.txt", [TITLE, "天气晴好"])
    found = data.load(sources)
    assert found.layout == "lcsts" and [row.gold for row in found.rows] == [TITLE, "天气晴好"]
    write(tmp_path / "test.tgt.txt", [TITLE])
    with pytest.raises(InputError, match="第 2 行.*test.tgt.txt 只有 1 行"):
        data.load(sources)
    (tmp_path / "test.tgt.txt").unlink()
    with pytest.raises(InputError, match="test.tgt.txt"):
        data.load(sources)


def test_vcsum_segments_and_meetings(tmp_path):
    context = [["大家好。", BODY], ["谢谢。"]]
    short = write(
        tmp_path / "short_test.txt",
        [{"id": "7_0", "context": context, "agenda": TITLE, "discussion": SUMMARY}],
    )
    assert data.load(short).rows[0].gold == TITLE
    assert data.load(short, "summary").rows[0].gold == SUMMARY
    assert data.load(short).rows[0].body == f"大家好。{BODY}\n谢谢。"
    meeting = {"id": "7", "av_num": 42, "eos_index": [1], "summary": SUMMARY}
    long = write(tmp_path / "long_test.txt", [meeting, {**meeting, "id": "8", "av_num": 43}])
    with pytest.raises(InputError, match="43"):
        write(tmp_path / "overall_context.txt", [{"id": "7", "av_num": 42, "context": context}])
        data.load(long)
    found = data.load(long, skip_bad=True)
    assert found.rows[0].body.startswith("大家好") and [p.line for p in found.problems] == [2]


def test_lawbench_lines_and_broken_arrays(tmp_path):
    path = tmp_path / "2-7.json"
    good = json.dumps(
        [{"instruction": "", "question": BODY, "answer": SUMMARY}] * 2, ensure_ascii=False, indent=2
    )
    path.write_text(good)
    assert [(row.id, row.line) for row in data.load(path).rows] == [("2-7-0", 2), ("2-7-1", 7)]
    path.write_text(good[:-60])
    with pytest.raises(InputError, match="第 9 行.*中断|第 10 行.*中断"):
        data.load(path)


BAD = [
    ({"id": "a", "body": BODY}, "缺少字段 title"),
    ({"body": BODY, "title": TITLE}, "缺少字段 id"),
    ({"id": "a", "body": BODY, "title": "  "}, "为空"),
    ({"id": "a", "body": "  ", "title": TITLE}, "body 为空"),
    ({"id": "a", "body": "短。", "title": TITLE}, "长过正文"),
    ({"id": "a", "body": BODY, "title": 5}, "不是文字"),
    ({"id": "ok", "body": BODY, "title": TITLE}, "与第 1 行重复"),
    ('{"id": "a", ', "不是 JSON"),
    ("[1, 2]", "不是 JSON 对象"),
]


@pytest.mark.parametrize("record, what", BAD)
def test_bad_records_are_named_with_their_line(record, what, tmp_path):
    path = write(tmp_path / "rows.jsonl", [{"id": "ok", "body": BODY, "title": TITLE}, "", record])
    with pytest.raises(InputError) as error:
        data.load(path, "headline")
    assert "第 3 行" in str(error.value) and what in str(error.value)
    left = data.load(path, "headline", skip_bad=True)
    assert [row.id for row in left.rows] == ["ok"] and [p.line for p in left.problems] == [3]


def test_many_problems_are_counted_not_hidden(tmp_path):
    path = write(tmp_path / "rows.jsonl", [{"id": str(i), "body": BODY, "title": ""} for i in range(30)])
    with pytest.raises(InputError, match="30 条记录") as error:
        data.load(path, "headline")
    assert "另有 10 条" in str(error.value)


def test_hash_covers_text_not_layout(tmp_path):
    one = data.load(write(tmp_path / "a.jsonl", [{"id": "1", "body": BODY, "title": TITLE}]))
    two = data.load(
        write(tmp_path / "b.jsonl", [{"title": TITLE, "id": "1", "body": BODY, "date": "2026-11-03"}])
    )
    three = data.load(write(tmp_path / "c.jsonl", [{"id": "1", "body": BODY, "title": TITLE + "了"}]))
    assert one.sha256 == two.sha256 != three.sha256


def test_unknown_files_and_layouts(tmp_path):
    with pytest.raises(InputError, match="读不了"):
        data.load(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="--layout"):
        data.load(write(tmp_path / "plain.txt", ["只是文字"]))
    with pytest.raises(SettingsError, match="cnndm"):
        data.load(write(tmp_path / "rows.jsonl", [{}]), layout="cnndm")
    (tmp_path / "gbk.jsonl").write_bytes("云溪".encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        data.load(tmp_path / "gbk.jsonl")

"""compare, sheet and agree on our own rows."""

import csv
import json
import re

import eval_rows as fixtures
import pytest

from eval import agree, compare, data
from eval.__main__ import main
from summarizer.errors import InputError


@pytest.fixture
def sides(tmp_path):
    rows = fixtures.rows(30)
    paths = [fixtures.write(tmp_path / "rows.jsonl", rows)]
    good = [
        {"id": r["id"], "prediction": r["title"] if i % 3 else r["body"][:12]} for i, r in enumerate(rows)
    ]
    poor = [
        {"id": r["id"], "prediction": "天气晴好，宜出行" if i % 2 else r["title"]} for i, r in enumerate(rows)
    ]
    return [
        *paths,
        fixtures.write(tmp_path / "good.jsonl", good),
        fixtures.write(tmp_path / "poor.jsonl", poor),
    ]


def test_compare_sorts_by_difference_and_marks_copies(sides, tmp_path, capsys):
    rows, good, poor = map(str, sides)
    out = tmp_path / "cmp.html"
    assert main(["compare", f"好={good}", f"差={poor}", "--data", rows, "--out", str(out)]) == 0
    page = out.read_text()
    gaps = [abs(float(g)) for g in re.findall(r"差 ([+-][\d.]+)</div>", page)]
    assert gaps == sorted(gaps, reverse=True) and len(gaps) == 20  # 10 rows have equal texts
    assert "<mark>" in page and "task:headline|n:30|data:" in page
    said = capsys.readouterr().out
    assert "云溪日报" in said and "云溪广播" in said and "正文长度" in said and "| 全部 | 30 |" in said
    assert "**" in out.with_suffix(".md").read_text()


def test_buckets_cover_every_row_once(sides):
    found = data.load(sides[0])
    for groups in compare.groupings(found).values():
        assert sorted(i for _, rows in groups for i in rows) == list(range(30))


def test_copied_spans_point_into_the_text():
    text = "云溪市：ＧＤＰ 增长5.3%，真好"
    spans = compare.copies(text, "记者获悉，云溪市gdp增长5.3%。")
    assert [text[s:e] for s, e in spans] == ["云溪市：ＧＤＰ 增长5.3"]


def test_unknown_measure(sides, tmp_path, capsys):
    rows, good, poor = map(str, sides)
    call = [
        "compare",
        good,
        poor,
        "--data",
        rows,
        "--out",
        str(tmp_path / "x.html"),
        "--measure",
        "char/rouge-9",
    ]
    assert main(call) == 2 and "rouge-9" in capsys.readouterr().err


def fill(sheet, path, choose):
    with open(sheet, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        row[4] = choose(row)
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


@pytest.fixture
def sheet(sides, tmp_path):
    rows, good, poor = map(str, sides)
    out = ["--count", "12", "--out", str(tmp_path / "s.csv")]
    assert main(["sheet", f"alpha={good}", f"beta={poor}", "--data", rows, *out]) == 0
    return tmp_path / "s.csv", tmp_path / "s.csv.key.json"


def test_sheets_are_blind_and_the_key_opens_them(sheet, capsys, tmp_path):
    path, key = sheet
    assert not re.search("alpha|beta", path.read_text())
    pairs = json.loads(key.read_text())["pairs"]
    assert len(pairs) == 12 and {pair["甲"] for pair in pairs} == {"alpha", "beta"}
    better = {str(p["number"]): "甲" if p["甲"] == "alpha" else "乙" for p in pairs}
    one = fill(path, tmp_path / "one.csv", lambda row: better[row[0]])
    two = fill(path, tmp_path / "two.csv", lambda row: "平" if row[0] == "1" else better[row[0]])
    saved = tmp_path / "two.csv"
    saved.write_bytes(saved.read_text("utf-8-sig").encode("gb18030"))  # as a Chinese spreadsheet saves it
    capsys.readouterr()
    assert main(["agree", one, two, "--key", str(key)]) == 0
    said = capsys.readouterr().out
    assert "one.csv：alpha 胜 12，beta 胜 0，平 0" in said and "胜率 100.0%" in said
    assert "一致 91.7%" in said and "kappa" in said


def test_unfilled_sheets_are_named(sheet, tmp_path, capsys):
    path, key = sheet
    bad = fill(path, tmp_path / "bad.csv", lambda row: "" if row[0] == "3" else "左")
    assert main(["agree", bad, "--key", str(key)]) == 2
    said = capsys.readouterr().err
    assert "'左'" in said and "没有评分" in said and "3" in said
    assert main(["agree", bad, "--key", str(path)]) == 2


def test_kappa_by_hand():
    # Cohen's own worked form: agreement 0.7, chance 0.5 gives 0.4
    one = ["a"] * 25 + ["b"] * 25
    other = ["a"] * 20 + ["b"] * 5 + ["a"] * 10 + ["b"] * 15
    agreed, value = agree.kappa(one, other)
    assert agreed == pytest.approx(0.7) and value == pytest.approx(0.4)
    assert agree.kappa(["a"] * 4, ["a"] * 4) == (1.0, None)
    assert agree.kappa(["a", "b"], ["b", "a"])[1] == pytest.approx(-1)


def test_win_rate_counts_ties_half():
    assert agree.win_rate(["a", "b", agree.TIE, "a"], "a") == pytest.approx(0.625)
    with pytest.raises(InputError):
        from pathlib import Path

        agree.votes(Path("/nonexistent.csv"), {"pairs": []})


def test_formulas_do_not_reach_the_spreadsheet(sides, tmp_path):
    rows, good, _ = sides
    evil = [{"id": r["id"], "prediction": "=HYPERLINK(1)"} for r in fixtures.rows(30)]
    path = fixtures.write(tmp_path / "evil.jsonl", evil)
    assert main(["sheet", str(good), str(path), "--data", str(rows), "--out", str(tmp_path / "e.csv")]) == 0
    with open(tmp_path / "e.csv", encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=HYPERLINK(1)" in cells and "=HYPERLINK(1)" not in cells

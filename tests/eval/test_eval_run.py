"""``eval run`` end to end: caches, resuming, signatures, bad predictions, the report."""

import json
import re

import eval_rows as fixtures
import pytest

from eval import predictions, systems
from eval.__main__ import main

SYSTEMS = ["--system", "lead", "--system", "random", "--system", "oracle"]


@pytest.fixture
def rows(tmp_path):
    return fixtures.write(tmp_path / "rows.jsonl", fixtures.rows(40))


def run(rows, out, *more, expect=0):
    assert main(["run", "--data", str(rows), "--out", str(out), "--resamples", "50", *more]) == expect
    return json.loads((out / "scores.json").read_text())


def tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_a_broken_run_goes_on_and_ends_byte_identical(rows, tmp_path, monkeypatch):
    """Stopped inside a batch, with half a line written: the same files as an unbroken run."""
    run(rows, tmp_path / "whole", *SYSTEMS)
    whole, written = systems.lead.shuffled, []

    def breaks(body, *rest):
        written.append(body)
        if len(written) == 20:
            raise KeyboardInterrupt
        return whole(body, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(systems.lead, "shuffled", breaks)
        with pytest.raises(KeyboardInterrupt):
            run(rows, tmp_path / "broken", *SYSTEMS)
    (part,) = (tmp_path / "broken").rglob("random.*.jsonl")
    assert len(part.read_text().splitlines()) == systems.BATCH
    part.write_bytes(part.read_bytes() + b'{"id": "r16", "pred')
    run(rows, tmp_path / "broken", *SYSTEMS)
    assert tree(tmp_path / "whole") == tree(tmp_path / "broken")


def test_a_finished_cache_is_not_written_again(rows, tmp_path, monkeypatch):
    first = run(rows, tmp_path / "out", *SYSTEMS)
    before = tree(tmp_path / "out")
    monkeypatch.setattr(systems.lead, "shuffled", lambda *_: pytest.fail("asked again"))
    assert run(rows, tmp_path / "out", *SYSTEMS) == first
    assert tree(tmp_path / "out") == before


def test_changed_rows_do_not_meet_the_old_cache(rows, tmp_path):
    run(rows, tmp_path / "out", "--system", "lead")
    records = fixtures.rows(40)
    records[0]["body"] = "新开头。" + records[0]["body"]
    run(fixtures.write(rows, records), tmp_path / "out", "--system", "lead")
    assert len(list((tmp_path / "out" / "predictions").rglob("lead.*.jsonl"))) == 2


def test_every_figure_has_interval_and_signature(rows, tmp_path):
    (result,) = run(rows, tmp_path / "out", *SYSTEMS, "--mode", "char", "--mode", "xlsum")
    pattern = re.compile(r"[^|]+(\|[\w-]+:[^|]+)+\|task:headline\|n:40\|data:[0-9a-f]{8}\|v:\d+\.\d+\.\d+")
    for system in result["systems"].values():
        for key, figure in system["measures"].items():
            assert pattern.fullmatch(figure["signature"]), figure["signature"]
            if figure["value"] is not None:
                # percentiles of 50 draws need not hold the figure itself, but nearly do
                slack = 0.25 * (figure["high"] - figure["low"]) + 1e-3
                assert figure["low"] - slack <= figure["value"] <= figure["high"] + slack, key
    assert {"char/rouge-lsum", "xlsum/rouge-l", "bleu", "chrf", "density", "faith-all"} <= system_keys(
        result, "lead"
    )
    assert "word/rouge-1" not in system_keys(result, "lead")


def system_keys(result, name):
    return set(result["systems"][name]["measures"])


def test_identical_predictions_reach_the_top(rows, tmp_path):
    perfect = [{"id": r["id"], "prediction": r["title"]} for r in reversed(fixtures.rows(40))]
    path = fixtures.write(tmp_path / "perfect.jsonl", perfect)
    (result,) = run(rows, tmp_path / "out", "--predictions", str(path), "--system", "lead")
    measures = result["systems"]["perfect"]["measures"]
    for key in (
        "char/rouge-1",
        "char/rouge-2",
        "word/rouge-l",
        "bleu",
        "chrf",
        "faith-relative",
        "length-ratio",
    ):
        assert measures[key]["value"] == pytest.approx(100, abs=1e-3), key
    pair = next(c for c in result["comparisons"] if c["measure"] == "char/rouge-1")
    assert {pair["first"], pair["second"]} == {"perfect", "lead"} and not pair["noise"]


def test_equal_systems_are_called_noise(rows, tmp_path):
    (path,) = _predictions(rows, tmp_path)
    (result,) = run(rows, tmp_path / "out", "--predictions", f"甲={path}", "--predictions", f"乙={path}")
    assert all(c["noise"] and c["delta"] in (0, None) for c in result["comparisons"])
    assert "≈" in (tmp_path / "out" / "report.md").read_text()


def _predictions(rows, tmp_path):
    run(rows, tmp_path / "made", "--system", "lead")
    return list((tmp_path / "made").rglob("lead.*.jsonl"))


BAD = [
    (lambda p: p[:-1], "没有预测", 40),
    (lambda p: [*p, {"id": "zz", "prediction": "外"}], "没有这个 id", 41),
    (lambda p: [*p, p[3]], "与第 4 行重复", 41),
    (lambda p: [p[0], {"id": "r1"}, *p[2:]], "缺少预测", 2),
    (lambda p: [{"prediction": "无"}, *p[1:]], "缺少字段 id", 1),
]


@pytest.mark.parametrize("change, what, line", BAD)
def test_bad_predictions_are_named(change, what, line, rows, tmp_path, capsys):
    records = change([{"id": r["id"], "prediction": r["title"]} for r in fixtures.rows(40)])
    path = fixtures.write(tmp_path / "p.jsonl", records)
    assert main(["run", "--data", str(rows), "--predictions", str(path), "--out", str(tmp_path / "o")]) == 2
    said = capsys.readouterr().err
    assert what in said and f"第 {line} 行" in said and not (tmp_path / "o" / "scores.json").exists()


def test_skipped_rows_are_named_and_change_the_exit_code(rows, tmp_path, capsys):
    records = fixtures.rows(40)
    records[7]["title"] = " "
    fixtures.write(rows, records)
    assert main(["run", "--data", str(rows), "--system", "lead", "--out", str(tmp_path / "o")]) == 2
    assert "第 8 行" in capsys.readouterr().err
    (result,) = run(rows, tmp_path / "o", "--system", "lead", "--skip-bad", expect=1)
    assert result["data"]["rows"] == 39 and "第 8 行" in result["data"]["left_out"][0]
    assert "第 8 行" in capsys.readouterr().err and "第 8 行" in (tmp_path / "o" / "report.md").read_text()
    full = [{"id": r["id"], "prediction": r["body"][:9]} for r in records]
    path = fixtures.write(tmp_path / "p.jsonl", full)
    run(rows, tmp_path / "o2", "--predictions", str(path), "--skip-bad", expect=1)


def test_the_report_is_one_offline_file(rows, tmp_path):
    run(rows, tmp_path / "out", *SYSTEMS)
    page = (tmp_path / "out" / "report.html").read_text()
    assert page.count("<svg") == 4 and "ROUGE-L|tok:char" in page
    links = re.findall(r"(?:src|href)\s*=|url\(|<script|@import", page)
    assert not links
    assert set(re.findall(r"https?://[^\s\"<]+", page)) <= {"http://www.w3.org/2000/svg"}
    text = (tmp_path / "out" / "report.md").read_text()
    for file in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
        assert (tmp_path / "out" / file).read_text().startswith("<svg")


def test_every_colour_of_a_picture_that_is_dark_has_one_for_a_dark_page(rows, tmp_path):
    run(rows, tmp_path / "out", *SYSTEMS)
    page = (tmp_path / "out" / "report.html").read_text()
    style, pictures = page.partition("prefers-color-scheme: dark")[2].partition("</style>")[::2]
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', pictures))
    dark = {colour for colour in used if sum(int(colour[i : i + 2], 16) for i in (1, 3, 5)) < 3 * 0x70}
    assert dark - {"#d55e00", "#009e73"} and all(f'"{c}"' in style for c in dark - {"#d55e00", "#009e73"})


def test_names_are_escaped_in_the_report(rows, tmp_path):
    (path,) = _predictions(rows, tmp_path)
    run(rows, tmp_path / "out", "--predictions", f"<b>&x={path}")
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<b>" not in page and "&lt;b&gt;&amp;x" in page


def test_calls_that_are_wrong(rows, tmp_path, capsys):
    out = ["--out", str(tmp_path / "o")]
    assert main(["run", "--data", str(rows), *out]) == 2
    assert main(["run", "--data", str(rows), "--data", str(rows), "--system", "lead", *out]) == 2
    assert main(["run", "--data", str(rows), "--system", "lead", "--system", "lead", *out]) == 2
    lead = ["run", "--data", str(rows), "--system", "lead"]
    assert main([*lead, "--limit", "0", *out]) == main([*lead, "--resamples", "-1", *out]) == 2
    assert main([*lead[:-1], "lead-0", *out]) == 2
    assert main([*lead, "--out", str(rows)]) == 2  # a file where the folder should be
    assert str(rows) in capsys.readouterr().err.splitlines()[-1]


def test_a_cache_of_other_text_is_not_trusted(tmp_path, rows):
    """Ids that match but lines out of order: only the good prefix counts."""
    from eval import data

    found = data.load(rows)
    path = tmp_path / "x.jsonl"
    lines = [predictions.line(row, "甲") for row in found.rows]
    path.write_text("".join(lines[:20] + lines[21:]))
    assert len(predictions._resume(path, found)) == systems.BATCH
    path.write_text("".join(lines) + lines[0])
    assert len(predictions._resume(path, found)) == 40 and path.read_text() == "".join(lines)

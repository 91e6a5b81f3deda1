"""From a downloaded folder to a scored table: add, write, batch, eval, by the commands themselves.

Three families of different make by default; SUMMARIZER_ALL_FAMILIES=1 takes all ten (a minute of computing).
"""

import json
import os

import made_up_texts
import pytest

from summarizer.cli import main

FAMILIES = ["mt5", "randeng", "mbart50"]
if os.environ.get("SUMMARIZER_ALL_FAMILIES"):
    FAMILIES += ["t5", "mengzi", "t5_pegasus", "uer_t5", "bart", "pegasus", "mbart25"]


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    pairs = zip(made_up_texts.PARAGRAPHS[:3], made_up_texts.PARAGRAPHS[1:4], strict=True)
    found = [{"id": str(n), "body": a + b, "title": a[:14]} for n, (a, b) in enumerate(pairs)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", FAMILIES)
def test_add_write_batch_eval(checkpoint, models_home, rows, tmp_path, capsys, kind):
    from eval.__main__ import main as score

    assert main(["models", "add", str(checkpoint(kind)), "--name", kind]) == 0
    assert f"--model {kind}" in capsys.readouterr().out

    text = tmp_path / "a.txt"
    text.write_text(made_up_texts.PARAGRAPHS[0], encoding="utf-8")
    assert main(["write", str(text), "--model", kind, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["model"]["name"], report["model"]["engine"]) == (kind, "ct2")
    assert report["articles"][0]["headline"]

    out = tmp_path / "out.jsonl"
    batch = ["batch", str(rows), "-o", str(out), "--model", kind, "--workers", "1", "--quiet"]
    assert main(batch) == 0
    done = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["status"] for row in done] == ["ok"] * 3
    assert {row["model"]["name"] for row in done} == {kind}

    folder = tmp_path / "eval"
    call = ["run", "--data", str(rows), "--system", kind, "--out", str(folder), "--mode", "char"]
    assert score([*call, "--no-faithfulness", "--resamples", "50"]) in (0, None)
    assert kind in (folder / "report.md").read_text(encoding="utf-8")

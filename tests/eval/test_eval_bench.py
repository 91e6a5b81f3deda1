"""The bench: made-up documents, figures by hand, and one small run with the engines that need no model."""

import json

import eval_rows as fixtures
import pytest

from eval.__main__ import main
from eval.bench import documents, engines, figures, measure
from summarizer import models


def test_documents_are_as_long_as_asked_and_repeatable():
    for chars in (500, 2000, 100_000):
        text = documents.document(chars, 1)
        assert chars <= len(text) < chars + 100
        assert text == documents.document(chars, 1) != documents.document(chars, 2)
    sentences = documents.document(10_000, 3).replace("\n", "").split("。")
    assert len(set(sentences)) > 0.9 * len(sentences)


def test_percentiles_are_nearest_rank():
    values = list(range(1, 101))
    assert figures.percentile(values, 0.5) == 50 and figures.percentile(values, 0.95) == 95
    assert figures.percentile([7.0], 0.95) == 7.0


def test_case_figures_and_ratios_by_hand():
    raw = {
        "chars": 500,
        "batch": 1,
        "documents": 10,
        "seconds": [2.0, 4.0, 5.0],
        "latencies": [0.1] * 19 + [0.9],
    }
    one = figures.case({**raw, "tokens": 80, "source_chars": 5000, "memory_mb": 9.0})
    assert one["docs_per_s"] == {"median": 2.5, "low": 2.0, "high": 5.0}
    assert one["tokens_per_s"] == 20 and one["source_chars_per_s"] == 1250
    assert one["latency_ms"] == {"p50": 100.0, "p95": 100.0, "n": 20}
    slow = {**one, "docs_per_s": {"median": 0.5, "low": 0.4, "high": 1.0}}
    (found,) = figures.ratios([{"engine": "a", "cases": [one]}, {"engine": "b", "cases": [slow]}], "b")
    assert found["times"] == {"median": 5.0, "low": 2.0, "high": 12.5}


def test_a_run_times_engines_and_scores_them(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(measure, "COLD_STARTS", 1)
    rows = fixtures.write(tmp_path / "rows.jsonl", fixtures.rows(6))
    small = ["--lengths", "500", "--batches", "1", "2", "--repeats", "2", "--documents", "2", "--rows", "6"]
    names = ["--engine", "extractive", "--engine", "textrank", "--reference", "textrank"]
    assert main(["bench", *names, *small, "--data", str(rows), "--out", str(tmp_path / "b.json")]) == 0
    found = json.loads((tmp_path / "b.json").read_text())
    assert [e["engine"] for e in found["engines"]] == ["extractive", "textrank"]
    for engine in found["engines"]:
        assert (
            engine["cold_s"]["low"] > 0
            and engine["memory_mb"] > 10
            and engine["quality"]["rouge-1"]["value"] > 0
        )
        assert [c["batch"] for c in engine["cases"]] == [1, 2] and engine["cases"][0]["latency_ms"]["n"] == 4
    assert {r["over"] for r in found["ratios"]} == {"textrank"} and len(found["ratios"]) == 2
    said = capsys.readouterr().out
    assert "ROUGE|tok:char" in said and "### 500 字" in said and "×（" in said


def test_a_case_over_the_limit_is_said_to_be(monkeypatch):
    def lines(name, job, limit):
        yield {"cold": True, "memory_mb": 1.0}
        if not job.get("only_cold"):
            yield {"chars": 500, "batch": 1, "seconds": [1.0], "memory_mb": 2.0}

    monkeypatch.setattr(measure, "_lines", lines)
    found = measure.engine("x", {"cases": [{"chars": 500, "batch": 1}, {"chars": 9000, "batch": 1}]}, 1)
    assert found["cases"][1] == {"chars": 9000, "batch": 1, "over": True}
    assert figures.case(found["cases"][1])["over"]


def test_a_worker_that_says_nothing_is_ended(tmp_path):
    import subprocess
    import sys

    process = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert list(measure._within(process, 0.2)) == []
    process.kill()
    process.wait()


def test_an_engine_that_cannot_run_says_why(tmp_path, capsys):
    small = ["--lengths", "500", "--batches", "1", "--documents", "1", "--rows", "0", "--repeats", "1"]
    call = ["bench", "--engine", "ct2-int8", "--model", str(tmp_path), "--reference", "ct2-int8", *small]
    assert main(call) == 0
    assert "| ct2-int8 | " in (said := capsys.readouterr().out) and str(tmp_path) in said and "no " in said
    assert main(["bench", "--engine", "gpu"]) == 2


@pytest.mark.skipif(not (models.WEIGHTS / "ct2-int8").is_dir(), reason="the embedded model is not installed")
def test_float32_is_the_same_model(tmp_path):
    """Converted from the safetensors: writes what int8 writes, but for rounding."""
    pytest.importorskip("transformers", reason="pip install 'headline-desk[torch]'")
    texts = [row["body"] for row in fixtures.rows(4)]
    exact = engines.load("ct2-float32", "embedded", 1, tmp_path).write(texts)
    rounded = engines.load("ct2-int8", "embedded", 1, tmp_path).write(texts)
    assert sum(a == b for a, b in zip(exact, rounded, strict=True)) >= 2 and all(exact)

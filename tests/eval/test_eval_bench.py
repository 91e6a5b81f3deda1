"""The bench: made-up documents, figures by hand, and one small run with the engines that need no model."""

import json
import subprocess
import sys
import time

import eval_rows as fixtures
import pytest

from eval import bench
from eval.__main__ import main
from eval.bench import documents, engines, figures, measure, tables, worker
from summarizer import models
from summarizer.cli import main as command


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


RAW = {
    "chars": 500,
    "batch": 1,
    "documents": [10, 10, 10],
    "seconds": [2.0, 4.0, 5.0],
    "tokens": [80, 80, 80],
    "latencies": [0.1] * 19 + [0.9],
    "source_chars": 5000,
    "memory_mb": 9.0,
}


def test_case_figures_and_ratios_by_hand():
    one = figures.case(RAW)
    assert one["docs_per_s"] == {"median": 2.5, "low": 2.0, "high": 5.0} and one["passes"] == 3
    assert one["tokens_per_s"] == 20 and one["source_chars_per_s"] == 1250
    assert one["latency_ms"] == {"p50": 100.0, "p95": 100.0, "n": 20}
    slow = {**one, "docs_per_s": {"median": 0.5, "low": 0.4, "high": 1.0}}
    (found,) = figures.ratios([{"engine": "a", "cases": [one]}, {"engine": "b", "cases": [slow]}], "b")
    assert found["times"] == {"median": 5.0, "low": 2.0, "high": 12.5}


def test_starts_are_compared_by_hand():
    def engine(name, median, memory):
        cold = {"median": median, "low": median, "high": 2 * median}
        return {"engine": name, "cold_s": cold, "memory_mb": memory}

    none = {"engine": "c", "error": "没有安装"}
    (found,) = figures.starts([engine("a", 1.0, 100.0), engine("b", 4.0, 400.0), none], "b")
    assert found["cold_times"] == {"median": 4.0, "low": 2.0, "high": 8.0} and found["memory_share"] == 0.25
    assert figures.starts([engine("a", 1.0, 100.0), none], "c") == []


def test_a_pass_cut_short_counts_what_it_did():
    one = figures.case({**RAW, "documents": [4], "seconds": [2.0], "tokens": [], "latencies": [0.5] * 4})
    assert one["docs_per_s"] == {"median": 2.0, "low": 2.0, "high": 2.0}
    assert one["documents"] == 4 and one["passes"] == 1 and "tokens_per_s" not in one


class Slow:
    """An engine that answers at once and counts the calls; the clock below is moved by it."""

    tokens = staticmethod(len)

    def __init__(self, clock, cost):
        self.clock, self.cost, self.batches = clock, cost, []

    def write(self, texts):
        self.batches.append(len(texts))
        self.clock.now += sum(self.cost * len(text) for text in texts)
        return ["通水"] * len(texts)


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 100.0

        def perf_counter(self):
            return self.now

    monkeypatch.setattr(worker, "time", found := Clock())
    return found


def _case(chars, batch, count):
    return {"chars": chars, "batch": batch, "texts": ["字" * chars] * count}


def test_passes_end_with_their_time(clock):
    engine = Slow(clock, 0.01)  # a second for 100 characters
    full = worker.timed(engine, _case(100, 2, 6), 3, 100)
    assert full["documents"] == [6, 6, 6] and full["seconds"] == pytest.approx([6, 6, 6])
    assert full["latencies"] == pytest.approx([2.0] * 9) and full["tokens"] == [12, 12, 12]
    two = worker.timed(engine, _case(100, 2, 6), 3, 13)
    assert two["documents"] == [6, 6]
    cut = worker.timed(engine, _case(100, 2, 6), 3, 3)
    assert cut["documents"] == [4] and cut["source_chars"] == 400


def test_a_case_that_cannot_fit_is_skipped_with_its_estimate(clock, monkeypatch):
    said = []
    monkeypatch.setattr(worker, "say", said.append)
    grid = [_case(100, 1, 4), _case(100, 8, 8), _case(1000, 1, 2), _case(1000, 8, 8)]
    worker.cases(Slow(clock, 0.01), {"cases": grid, "repeats": 1}, clock.now + 60)
    assert [bool(one.get("seconds")) for one in said] == [True, True, True, False]
    assert said[3] == {"chars": 1000, "batch": 8, "skipped": 80.0}


def test_unused_time_goes_to_the_later_engines():
    assert bench.share(["ct2-int8", "torch"], 100) == pytest.approx(20)
    assert bench.share(["torch"], 95) == 95 and bench.share(["textrank"], -3) == 10


def test_a_run_times_engines_and_scores_them(tmp_path, capsys):
    rows = fixtures.write(tmp_path / "rows.jsonl", fixtures.rows(6))
    small = ["--quick", "--lengths", "500", "--batches", "1", "2", "--repeats", "2", "--documents", "2"]
    names = ["--engine", "extractive", "--engine", "textrank", "--reference", "textrank"]
    assert main(["bench", *names, *small, "--data", str(rows), "--out", str(tmp_path / "b.json")]) == 0
    found = json.loads((tmp_path / "b.json").read_text())
    assert [e["engine"] for e in found["engines"]] == ["extractive", "textrank"]
    for engine in found["engines"]:
        assert engine["cold_s"]["low"] > 0 and engine["memory_mb"] > 10
        assert engine["quality"]["rouge-1"]["value"] > 0
        assert [c["batch"] for c in engine["cases"]] == [1, 2] and engine["cases"][0]["latency_ms"]["n"] == 4
    assert {r["over"] for r in found["ratios"]} == {"textrank"} and len(found["ratios"]) == 2
    (start,) = found["starts"]
    assert start["engine"] == "extractive" and start["memory_share"] > 0
    said = capsys.readouterr().out
    assert "ROUGE|tok:char" in said and "### 500 字" in said and "×（" in said


def test_cases_that_never_came_are_told_apart(monkeypatch):
    last = []

    def lines(name, job, end):
        yield {"cold": True, "memory_mb": 1.0}
        if not job.get("only_cold"):
            yield {"chars": 500, "batch": 1, "seconds": [1.0], "memory_mb": 2.0}
            yield from last

    monkeypatch.setattr(measure, "_lines", lines)
    job = {"cases": [{"chars": chars, "batch": 1} for chars in (500, 9000, 90_000)]}
    slow = measure.engine("x", job, 5, 1)
    assert slow["cases"][1:] == [
        {"chars": 9000, "batch": 1, "over": True},
        {"chars": 90_000, "batch": 1, "skipped": None},
    ]
    last.append({"died": "MemoryError"})
    fallen = measure.engine("x", job, 5, 1)
    assert fallen["cases"][1] == {"chars": 9000, "batch": 1, "died": "MemoryError"}
    for one, said in zip(
        [*slow["cases"][1:], fallen["cases"][1]], ("超过时限", "时限已到", "Memory"), strict=True
    ):
        assert not figures.timed(figures.case(one)) and said in tables._why(one)
    assert "约需 80 秒" in tables._why({"skipped": 80.0})


def test_a_worker_that_says_nothing_is_ended(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert list(measure._until(process, time.perf_counter() + 0.2)) == []
    process.kill()
    process.wait()


def test_a_worker_that_falls_leaves_its_last_words():
    job = {"model": "embedded", "threads": 1, "scratch": "x", "cold": ["a"]}  # no engine of that name
    (line,) = measure._lines("gpu", job, time.perf_counter() + 60)
    assert "gpu" in line["error"]
    (line,) = measure._lines("textrank", {"threads": 1}, time.perf_counter() + 60)
    assert "KeyError" in line["died"]


@pytest.mark.skipif(sys.platform != "linux", reason="VmHWM is Linux's")
def test_memory_is_the_workers_own_and_not_its_parents():
    code = "from eval.bench.worker import memory; print(memory())"
    held = bytearray(300_000_000)
    for start in range(0, len(held), 4096):
        held[start] = 1
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 5 < float(said.stdout) < 200


def test_an_engine_that_cannot_run_says_why(tmp_path, capsys):
    small = ["--lengths", "500", "--batches", "1", "--documents", "1", "--rows", "0", "--repeats", "1"]
    call = ["bench", "--engine", "ct2-int8", "--model", str(tmp_path), "--reference", "ct2-int8", *small]
    assert main(call) == 1
    assert "| ct2-int8 | " in (said := capsys.readouterr().out) and str(tmp_path) in said and "no " in said
    assert main(["bench", "--engine", "gpu"]) == 2
    assert main(["bench", "--reference", "gpu"]) == 2
    assert main(["bench", "--lengths", "0"]) == 2


def test_every_model_engine_on_a_tiny_model(tmp_path, monkeypatch):
    """The same random weights through CTranslate2 twice, generate(), and the desk over both."""
    pytest.importorskip("transformers", reason="pip install 'headline-desk[torch]'")
    import tiny_checkpoints

    (tmp_path / "made").mkdir()
    tiny_checkpoints.BUILDERS["mengzi"][0](tmp_path / "made")
    monkeypatch.setenv("SUMMARIZER_MODELS", str(tmp_path / "models"))
    assert command(["models", "add", str(tmp_path / "made"), "--name", "tiny"]) == 0
    names = ["ct2-int8", "ct2-float32", "torch", "desk", "desk-torch"]
    grid = ["--lengths", "100", "--batches", "1", "--repeats", "1", "--documents", "2", "--rows", "2"]
    call = ["bench", "--quick", "--model", "tiny", *grid, *(word for n in names for word in ("--engine", n))]
    assert main([*call, "--budget-s", "900", "--out", str(tmp_path / "b.json")]) == 0
    found = json.loads((tmp_path / "b.json").read_text())
    assert [e["engine"] for e in found["engines"]] == names
    for engine in found["engines"]:
        assert "tokens_per_s" in engine["cases"][0], engine
    assert {r["engine"]: r["over"] for r in found["ratios"]} == dict.fromkeys(
        [n for n in names if n != "torch"], "torch"
    )


@pytest.mark.skipif(
    not (models.WEIGHTS / "ct2-encoder-int8").is_dir(), reason="the embedded model is not installed"
)
def test_float32_is_the_same_model(tmp_path):
    """Converted from the safetensors: writes what int8 writes, but for rounding."""
    pytest.importorskip("transformers", reason="pip install 'headline-desk[torch]'")
    texts = [row["body"] for row in fixtures.rows(4)]
    exact = engines.load("ct2-float32", "embedded", 1, tmp_path).write(texts)
    rounded = engines.load("ct2-int8", "embedded", 1, tmp_path).write(texts)
    assert sum(a == b for a, b in zip(exact, rounded, strict=True)) >= 2 and all(exact)

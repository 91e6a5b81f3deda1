"""The command, in process and as a process: formats, exit codes, one-line errors, input of every kind."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from core_texts import ARTICLE, SECOND

from summarizer import __version__
from summarizer.cli import main

WRITE = ["write", "--model", "extractive", "--format", "json"]
TRADITIONAL = (
    "雲溪市委書記章明遠昨日主持召開市委常委會會議，研究部署歲末年初安全生產工作。會議強調，要壓實責任，全面排查隱患，"
    "堅決防範重特大事故發生。市長陸文清出席會議並講話。"
)
FIELDS = {
    "headline", "kicker", "subhead", "candidates", "summary", "summary_evidence", "key_points", "page_headline",
    "byline", "body", "coverage", "warnings", "forms",
}  # fmt: skip


@pytest.fixture
def run(capfdbinary, monkeypatch):
    def call(*argv, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(list(argv))
        out, err = capfdbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return call


@pytest.fixture
def page(tmp_path):
    def make(data, name="page.txt"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return str(path)

    return make


def written(result):
    code, out, err = result
    assert code == 0, err
    report = json.loads(out)
    for article in report["articles"]:
        assert set(article) == FIELDS
        spans = [*article["summary_evidence"], *(s for c in article["candidates"] for s in c["evidence"])]
        assert all(0 <= a < b <= len(article["body"]) for a, b in spans)
    return report


def refused(result):
    code, out, err = result
    assert code == 2 and out == ""
    assert err.count("\n") == 1 and len(err) > 10
    return err


def test_json_is_the_contract(run, page):
    report = written(run(*WRITE, page(ARTICLE)))
    assert {"source", "model", "seconds", "warnings", "articles"} <= set(report)
    assert set(report["model"]) == {"name", "sha256", "engine"}
    (article,) = report["articles"]
    assert article["headline"] == article["candidates"][0]["text"]
    assert {"text", "chars", "score", "origin", "findings", "evidence"} <= set(article["candidates"][0])


def test_text_is_the_default_and_readable(run, page):
    code, out, _ = run("write", "--model", "extractive", page(ARTICLE))
    assert code == 0
    assert "标题  " in out and "摘要  " in out and "依据  " in out


def test_markdown(run, page):
    code, out, _ = run("write", "--model", "extractive", "--format", "markdown", page(ARTICLE))
    assert code == 0 and "\n## " in out and "**摘要**" in out


def test_standard_input_is_read_as_bytes(run):
    report = written(run(*WRITE, "-", stdin=ARTICLE.encode("gb18030")))
    assert report["source"] == "<stdin>"
    assert report["articles"][0]["body"].startswith("12月20日晚")


def test_options_reach_the_library(run, page):
    report = written(
        run(*WRITE, page(ARTICLE), "--candidates", "2", "--headline-chars", "14", "--summary-chars", "60")
    )
    (article,) = report["articles"]
    assert len(article["candidates"]) <= 2
    assert all(c["chars"] <= 14 for c in article["candidates"])
    assert 0 < len(article["summary"]) <= 70


def test_the_same_call_gives_the_same_output(run, page):
    first, second = (written(run(*WRITE, page(ARTICLE + "\n\n" + SECOND), "--seed", "3")) for _ in range(2))
    first["seconds"] = second["seconds"] = 0
    assert first == second


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["scribble"],
        ["write"],
        ["write", "-", "--loud"],
        ["write", "-", "--format", "pdf"],
        ["write", "-", "--engine", "steam"],
        ["write", "-", "--candidates", "many"],
        ["write", "-", "--candidates", "0"],
        ["write", "-", "--headline-chars", "1"],
        ["write", "-", "--model", "no-such-model"],
        ["write", "-", "--model", "extractive", "--style", "no-such-style"],
    ],
)
def test_a_wrong_call_is_2_with_one_line(run, argv):
    refused(run(*argv, stdin=ARTICLE.encode()))


def test_help_and_version_are_0(run):
    assert run("--version")[1] == f"summarizer {__version__}\n"
    code, out, _ = run("write", "--help")
    assert code == 0 and "--headline-chars" in out


def test_a_missing_file_and_a_folder(run, tmp_path):
    assert "none.txt" in refused(run(*WRITE, str(tmp_path / "none.txt")))
    refused(run(*WRITE, str(tmp_path)))


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (ARTICLE.encode("utf-8"), "12月20日晚"),
        (ARTICLE.encode("utf-8-sig"), "12月20日晚"),
        (ARTICLE.encode("utf-16"), "12月20日晚"),
        (ARTICLE.encode("gb18030"), "12月20日晚"),
        (TRADITIONAL.encode("big5"), "雲溪市委"),
        (TRADITIONAL.encode("utf-8"), "雲溪市委"),
        (ARTICLE.replace("\n", "\r\n").encode("utf-8"), "12月20日晚"),
    ],
    ids=["utf-8", "bom", "utf-16", "gb18030", "big5", "traditional", "crlf"],
)
def test_encodings(run, page, data, start):
    (article,) = written(run(*WRITE, page(data)))["articles"]
    assert article["body"].startswith(start)
    assert article["headline"]


BAD = {
    "empty": b"",
    "white space": " \n\t　\n".encode(),
    "binary": bytes(range(256)) * 40,
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 10,
    "NUL bytes": b"\x00" * 500,
    "only digits": b"1234567890 " * 50,
    "only marks": "，。！？".encode() * 100,
    "English": b"The city council met on Friday to discuss the safety of old houses. " * 10,
    "one character": "云".encode(),
    "a million newlines": b"\n" * 1_000_000,
    "a cut UTF-8 sequence": ARTICLE.encode()[:-1],
    "lone surrogates": (ARTICLE + "\ud800").encode("utf-8", "surrogatepass"),
    "NUL inside": ARTICLE.replace("会议", "会\x00议").encode(),
    "mixed": (ARTICLE + " The council met again. " + TRADITIONAL).encode(),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_bad_input_gives_a_warning_or_a_one_line_error(run, page, data):
    code, out, err = result = run(*WRITE, page(data))
    if code == 2:
        refused(result)
        return
    report = written(result)
    told = report["warnings"] + [w for article in report["articles"] for w in article["warnings"]]
    headed = report["articles"] and all(article["headline"] for article in report["articles"])
    assert told or headed or report["removed"]
    assert "Traceback" not in err


@pytest.mark.parametrize("unit", ["云溪市召开会议，研究安全生产工作。", "云", "（", "第1项，"])
def test_one_line_of_200000_characters(run, page, unit):
    text = (unit * 200_000)[:200_000]
    report = written(run(*WRITE, page(text)))
    kept = "".join(article["body"] for article in report["articles"])
    dropped = sum(r["end"] - r["start"] for r in report["removed"])
    assert len(kept) + dropped >= 200_000 or report["warnings"]


def test_nothing_but_a_surrogate_in_the_library_shows_as_an_escape(run):
    from summarizer import Summarizer, render

    report = Summarizer(model="extractive").write(ARTICLE + "\ud800")
    for render_one in (render.to_json, render.to_text, render.to_markdown):
        render_one(report).encode("utf-8")


def model_folder(tmp_path, **files):
    folder = tmp_path / "model"
    folder.mkdir()
    for name, data in files.items():
        (folder / name.replace("_", ".", 1)).write_bytes(data)
    return str(folder)


CARD = json.dumps({"family": "embedded", "sha256": {"model.safetensors": "0" * 64}}).encode()


@pytest.mark.parametrize("engine", ["auto", "ct2"])
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "summarizer.json"),
        ({"pytorch_bin": b"\x80\x04."}, "safetensors"),
        ({"summarizer_json": CARD}, "model.safetensors"),
        ({"summarizer_json": CARD, "model_safetensors": b"changed"}, "model.safetensors"),
        ({"summarizer_json": b"{"}, "JSON"),
    ],
    ids=["no card", "pickle", "missing file", "wrong checksum", "broken card"],
)
def test_unsafe_or_damaged_model_folders(run, tmp_path, engine, files, said):
    folder = model_folder(tmp_path, **files)
    assert said in refused(run("write", "-", "--model", folder, "--engine", engine, stdin=ARTICLE.encode()))


def command(*argv, stdin=b"", **options):
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *argv], input=stdin, capture_output=True, timeout=120, **options
    )


def test_as_a_process_in_a_c_locale():
    done = command(*WRITE, "-", stdin=ARTICLE.encode(), env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["articles"][0]["headline"]
    assert done.stderr == b""


def test_as_a_process_an_error_is_one_line():
    done = command("write", "/no/such/file.txt")
    assert done.returncode == 2 and done.stdout == b""
    assert done.stderr.decode("utf-8").count("\n") == 1


def test_a_closed_pipe_is_no_traceback(tmp_path):
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m summarizer write --model extractive - | head -c 1"],
        input=ARTICLE.encode(), capture_output=True, timeout=120,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr

"""The service layer: limits, options, answers that stay apart, logs without text."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from desk_double import Double

from desk.config import Config, Limits
from desk.errors import Busy, Invalid, TooLarge, Unavailable
from desk.library import Upload
from desk.service import Desk, Options

TEXT = "云溪市青石县引水工程全线通水\n沿线3个乡镇的4.2万居民用上了自来水。"


@pytest.fixture
def desk():
    made = Desk(Config(limits=Limits(chars=500, upload_bytes=2000, queue=8)), Double())
    yield made
    made.close()


def test_write_answers_with_a_report(desk):
    report = desk.wait(desk.write("c", TEXT, Options()))
    assert report.articles[0].headline == "云溪市青石县引水工程全线通水"
    assert report.model.name == "embedded"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("", Invalid),
        (" \u3000\n", Invalid),
        ("长" * 501, TooLarge),
        (None, Invalid),
        (7, Invalid),
        (["x"], Invalid),
        (Upload(b"", "a.txt"), Invalid),
        (Upload(b"x" * 2001, "a.txt"), TooLarge),
    ],
)
def test_bad_sources_are_refused_before_they_are_queued(desk, source, error):
    with pytest.raises(error):
        desk.write("c", source, Options())
    assert desk.health()["queued"]["embedded"] == 0


@pytest.mark.parametrize("ask", ["open", "write"])
def test_a_file_has_the_same_limit_of_characters_as_a_pasted_text(desk, ask):
    with pytest.raises(TooLarge, match="501"):
        desk.wait(getattr(desk, ask)("c", Upload("水".encode() * 501, "a.txt"), Options()))


@pytest.mark.parametrize(
    "values",
    [
        {"candidates": 0}, {"candidates": 11}, {"candidates": 2.5}, {"candidates": "3"},
        {"candidates": True},
        {"headline_chars": 5}, {"headline_chars": 61}, {"summary_chars": 29}, {"summary_chars": None},
        {"seed": -1},
    ],
)  # fmt: skip
def test_options_out_of_range_are_refused(values):
    with pytest.raises(Invalid):
        Options(**values)


def test_models_and_styles_are_those_configured(desk):
    with pytest.raises(Invalid, match="embedded、extractive"):
        desk.write("c", TEXT, Options(model="/etc/passwd"))
    with pytest.raises(Invalid):
        desk.write("c", TEXT, Options(style="../../x.yaml"))


def test_a_model_that_cannot_load_is_unavailable_and_shown_so():
    desk = Desk(Config(), Double(broken=("embedded",)))
    with pytest.raises(Unavailable, match="模型文件缺失"):
        desk.wait(desk.write("c", TEXT, Options()))
    assert desk.health()["models"] == {"embedded": "unavailable", "extractive": "cold"}
    assert desk.wait(desk.write("c", TEXT, Options(model="extractive"))).articles
    desk.close()


def test_an_answer_that_comes_too_late_is_given_up():
    desk = Desk(Config(limits=Limits(seconds=0.05)), Double(seconds=0.4))
    with pytest.raises(Busy):
        desk.wait(desk.write("c", TEXT, Options()))
    desk.close()


def test_answers_stay_apart_and_a_model_is_entered_by_one_job_at_a_time():
    desk = Desk(Config(limits=Limits(queue=200)), Double(seconds=0.001))
    with ThreadPoolExecutor(16) as pool:
        texts = [f"金丝雀{n:04d}号\n正文。" for n in range(120)]
        found = list(pool.map(lambda text: desk.wait(desk.write("c", text, Options())), texts))
    assert [report.articles[0].headline for report in found] == [text.split("\n")[0] for text in texts]
    assert desk.library.echoes["embedded"].most_inside == 1
    desk.close()


def test_logs_hold_no_text(desk, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "云溪绝密七号文件泄露"
    desk.wait(desk.write("c", secret, Options()))
    with pytest.raises(Invalid):
        desk.wait(desk.write("c", secret + "坏稿", Options()))
    assert "job=write model=embedded" in caplog.text and "ms=" in caplog.text
    assert not any(part in caplog.text for part in (secret, "绝密", "七号"))


def test_the_hash_in_the_log_is_salted_per_process(desk):
    other = Desk(Config(), Double())
    assert desk._mark(TEXT) != other._mark(TEXT)
    other.close()


def test_rewrite_words_and_texts_are_bounded(desk):
    found = desk.wait(desk.rewrite("c", TEXT, "标题", "shorter", Options(), keep=("引水",)))
    assert found[0].text == "shorter引水"
    with pytest.raises(TooLarge):
        desk.rewrite("c", TEXT, "标题", "shorter", Options(), keep=("长" * 41,))
    with pytest.raises(TooLarge):
        desk.rewrite("c", TEXT, "长" * 401, "shorter", Options())

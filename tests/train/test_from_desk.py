"""The desk's log of choices, kept through the page's own steps, teaches a model that then writes."""

import json
import sqlite3

import pytest

pytest.importorskip("gradio", reason="the desk extra is not installed")

from desk.config import Config
from desk.i18n import Words
from desk.options import Options
from desk.page.acts import Acts
from desk.page.state import Session
from desk.service import Desk
from tests.train.conftest import story
from train import __main__ as train
from train.data import rows

LINES = ("市民何小满说，自己每天都要从这里经过。", "临河区住建部门介绍，后续养护已列入年度计划。")


def accept(acts: Acts, text: str, headline: str) -> None:
    """What 拟题 and 定稿 do with ``text``, with both switches of the log on."""
    options = Options(candidates=5, headline_chars=20, summary_chars=60)
    split, draft = acts.desk.wait(acts.desk.open("editor", text, options))
    session = Session(split, options)
    session.put(0, draft, by_model=True)
    said = acts.accept(session, ("", headline or draft.headline, ""), "extractive", "", True, True)
    assert "记入" in said


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Choices on 12 stories: every third under a headline of the editor's own, the first decided twice."""
    path = tmp_path_factory.mktemp("desk") / "choices.sqlite"
    desk = Desk(Config(models={"extractive": "extractive"}, choices=path))
    acts = Acts(desk, Words("zh"))
    stories = [story(seed) for seed in range(3000, 3012)]
    accept(acts, stories[0]["body"] + "".join(LINES), "先定的标题后来改了")
    for number, row in enumerate(stories):
        accept(acts, row["body"] + "".join(LINES), row["title"] if number % 3 == 0 else "")
    desk.close()
    return path


def test_the_last_decision_on_a_text_is_the_one_learnt_from(log):
    found = list(rows(log))
    assert len(found) == 12
    assert found[0]["title"] == story(3000)["title"]
    assert all(row["body"] and row["title"] and row["summary"] for row in found)
    with sqlite3.connect(log) as base:
        assert base.execute("SELECT count(*) FROM choices").fetchone() == (13,)


def test_comparisons_and_choices_without_text_teach_nothing(log, tmp_path):
    copy = tmp_path / "c.sqlite"
    copy.write_bytes(log.read_bytes())
    with sqlite3.connect(copy) as base:
        base.execute("UPDATE choices SET kind = 'compared' WHERE id = 5")
        base.execute("UPDATE choices SET body = NULL WHERE id = 7")
    assert len(list(rows(copy))) == 10


def test_from_the_log_to_a_model_that_writes(log, exported, tmp_path):
    run, model = tmp_path / "run", tmp_path / "model"
    assert train.main(f"fit --from {exported} --data {log} --steps 3 --out {run}".split()) == 0
    report = json.loads((run / "data" / "report.json").read_text("utf-8"))
    assert report["kept"] >= 10, report
    words = f"export --run {run} --tokenizer {run}/tokenizer --out {model} --name ours"
    assert train.main(words.split()) == 0

    from summarizer import Summarizer

    with Summarizer(str(model)) as writer:
        found = writer.write(story(3020)["body"] + LINES[0])
    assert found.model.name == "ours"
    assert found.articles[0].headline
    assert "model" in {candidate.origin for candidate in found.articles[0].candidates}

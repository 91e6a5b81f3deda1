"""The measuring commands run end to end on our own articles, without a model."""

import json

import pytest

from eval import craft, rank_tune
from eval.negatives import BODY, SECOND
from summarizer.pipeline import candidates as stage
from summarizer.rank import Weights
from summarizer.types import Candidate, Finding


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    third = "云溪至枫桥高速公路20日建成通车，全长48公里，市长陆文清宣布通车。两地车程缩短一小时，群众出行更加方便。"
    titles = ("云溪部署防御强降雨", "枫桥竹编走俏", "云溪至枫桥高速公路通车")
    bodies = (BODY, SECOND, third)
    data = [
        {"id": str(i), "title": t, "body": b} for i, (t, b) in enumerate(zip(titles, bodies, strict=True))
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in data), encoding="utf-8")
    return path


def test_craft_counts_shown_headlines(rows, tmp_path, capsys):
    out = tmp_path / "shown.jsonl"
    code = craft.main(["--data", str(rows), "--n", "3", "--model", "extractive", "--out", str(out)])
    said = capsys.readouterr().out
    assert code == 0 and "articles 3, with a headline 3" in said and "| over budget | 0/3" in said
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_measuring_leaves_the_pipeline_as_it_was(rows, tmp_path):
    before = stage.gather_all, stage.order
    craft.main(["--data", str(rows), "--n", "1", "--model", "extractive"])
    rank_tune.main(["draw", "--data", str(rows), "--out", str(tmp_path / "c.jsonl"), "--model", "extractive"])
    assert (stage.gather_all, stage.order) == before


def test_defects_are_seen():
    bad = (Finding("number", "7", 0, 1, "unsupported"), Finding("style", "震惊", 0, 2, "inferred"))
    item = Candidate("云溪（枫桥镇春耕枫桥镇春耕7人", 15.0, 0.0, "model", bad)
    found = craft.defects(item, 10)
    assert set(found) == {
        "over budget",
        "half a bracket or quotation",
        "repeated 4-gram",
        "unsupported number",
        "any unsupported claim",
    }
    assert craft.defects(Candidate("云溪枫桥通车", 6.0, 0.5, "model"), 20) == []


def test_tuning_draws_and_fits(rows, tmp_path, capsys):
    out = tmp_path / "candidates.jsonl"
    assert (
        rank_tune.main(["draw", "--data", str(rows), "--n", "3", "--out", str(out), "--model", "extractive"])
        == 0
    )
    pools = rank_tune.pools(out, 20)
    assert pools and all(0 <= likely <= 1 for pool in pools for *_, likely in pool.items)
    weights = rank_tune.fitted(pools)
    assert isinstance(weights, Weights) and all(getattr(weights, name) >= 0 for name in rank_tune.TUNED)
    assert 0 <= rank_tune.outcome(pools, weights) <= 100


@pytest.mark.parametrize(
    "text, title, value",
    [("云溪通车", "云溪通车", 1.0), ("云溪", "枫桥", 0.0), ("", "云溪", 0.0), ("云溪通车", "云溪", 2 / 3)],
)
def test_likeness(text, title, value):
    assert rank_tune.likeness(text, title) == pytest.approx(value)

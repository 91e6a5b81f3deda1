"""The recipe end to end on made-up stories: pieces, grounding, fit, resume, export, fine-tuning."""

import json
import pkgutil

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from summarizer.models import control
from summarizer.types import Decoding, Request
from tests.train.conftest import story
from train import __main__ as train
from train.batches import IGNORE, Data
from train.pieces import Pieces, choose_common


def test_rare_characters_survive_as_bytes(recipe):
    tokenizer = Pieces(recipe / "tokenizer").tokenizer
    for text in ("龘靐齉的名字", "云溪市 GDP 增长5.3%，“稳”字当头", "𠮷野家《新闻》"):
        assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


def test_target_is_written_in_allowed_pieces_or_flagged(recipe):
    pieces = Pieces(recipe / "tokenizer")
    source = pieces.tokenizer.encode("云溪市跨河大桥正式开工").ids
    ids, grounded = pieces.write("云溪市大桥开工", pieces.allowed(source))
    assert all(grounded) and set(ids) <= pieces.allowed(source)
    assert "".join(pieces.text[i] for i in ids) == "云溪市大桥开工"
    _, grounded = pieces.write("白石乡大桥", pieces.allowed(source))
    assert not all(grounded)


def test_common_list_holds_no_number_and_no_latin():
    from collections import Counter

    counts = Counter({"举行": 9, "5": 8, "三": 8, "GDP": 7, "，": 6, "▁": 5, "京": 4, "将": 3, "<len1>": 2})
    assert choose_common(counts) == ["举行", "，", "▁", "将"]


@pytest.mark.parametrize("place", control.LENGTH_PLACES)
def test_batch_asks_only_for_what_the_source_allows(recipe, place):
    data = Data(recipe / "ids", Pieces(recipe / "tokenizer"), place)
    batch = data.batch(np.arange(8), 24, np.random.default_rng(0))
    for row in range(8):
        asked = batch.local[row][batch.local[row] != IGNORE]
        assert batch.own[row][asked].all()
        assert torch.equal(batch.union[asked], batch.target[row][batch.target[row] != IGNORE])
    assert batch.source.shape[1] <= 24 and (batch.keep[:, :2] == -1).all()
    lengths = {data.pieces.tokenizer.token_to_id(token) for token in control.LENGTHS}
    led = {"source": batch.source[:, 1], "decoder": batch.target_in[:, 1]}
    assert {p for p, column in led.items() if set(column.tolist()) <= lengths} == {place}
    # What the decoder is given runs one step behind what it is asked for, the control tokens aside.
    known = (batch.target[:, :-1] != IGNORE) & (batch.target[:, :-1] != 1)
    assert torch.equal(batch.target_in[:, 1:][known], batch.target[:, :-1][known])


def test_fit_learns_and_writes_its_curve(fitted):
    curve = [json.loads(line) for line in (fitted / "curve.jsonl").read_text().splitlines()]
    assert curve[-1]["dev_loss"] < 2.0, curve[-1]


def test_fit_resumes_where_it_stopped(recipe, fitted, tmp_path):
    import shutil

    run = tmp_path / "run"
    shutil.copytree(fitted, run)
    before = torch.load(run / "state.pt", weights_only=True)
    command = f"fit --shape tiny --steps 245 --batch 32 --ids {recipe}/ids --tokenizer {recipe}/tokenizer --out {run}"
    assert train.main(command.split()) == 0
    after = torch.load(run / "state.pt", weights_only=True)
    assert after["step"] > before["step"] and after["spent"] > before["spent"]


@pytest.mark.parametrize("engine", ["desk.backend:DeskBackend", "torch:TorchBackend"])
def test_exported_folder_writes_headlines_from_its_source(exported, engine):
    backend = pkgutil.resolve_name(f"summarizer.models.{engine}")(exported)
    rows = [story(seed) for seed in range(1000, 1020)]
    answers = backend.generate(
        [Request("headline", r["body"], 20) for r in rows], Decoding(candidates=6, samples=2)
    )
    right = sum(any(g.text == r["title"] for g in found) for found, r in zip(answers, rows, strict=True))
    assert right >= 8, [(found[0].text, r["title"]) for found, r in zip(answers, rows, strict=True)]
    assert backend.tasks == tuple(control.TASKS)


def test_card_states_figures_or_says_there_are_none(exported):
    card = (exported / "README.md").read_text("utf-8")
    assert "examples seen" in card and "None yet" in card and "Apache-2.0" in card


def test_fine_tuning_starts_from_the_model(exported, tmp_path):
    archive = tmp_path / "archive.jsonl"
    archive.write_text(
        "\n".join(json.dumps(story(i), ensure_ascii=False) for i in range(2000, 2060)), "utf-8"
    )
    out = tmp_path / "tuned"
    assert train.main(f"fit --from {exported} --data {archive} --steps 3 --out {out}".split()) == 0
    start, end = load_file(exported / "model.safetensors"), load_file(out / "last.safetensors")
    moved = (end["shared.weight"] - start["shared.weight"].float()).abs().mean() / start[
        "shared.weight"
    ].float().abs().mean()
    assert 0 < moved < 0.2
    assert json.loads((out / "run.json").read_text())["lr"] == 2e-3


def test_a_fine_tuned_model_prefers_what_its_base_preferred_until_it_is_scored(exported, tmp_path):
    archive, out, model = tmp_path / "archive.jsonl", tmp_path / "tuned", tmp_path / "model"
    archive.write_text(
        "\n".join(json.dumps(story(i), ensure_ascii=False) for i in range(2000, 2060)), "utf-8"
    )
    assert train.main(f"fit --from {exported} --data {archive} --steps 2 --out {out}".split()) == 0
    base = json.loads((out / "base.json").read_text("utf-8"))
    known = {"prefer": {"summary": "extract"}, "lean": {"common": 1.5}}
    (out / "base.json").write_text(json.dumps(base | known), "utf-8")
    assert train.main(f"export --run {out} --tokenizer {out / 'tokenizer'} --out {model}".split()) == 0
    card = json.loads((model / "summarizer.json").read_text("utf-8"))
    assert card["prefer"] == {"summary": "extract"} and card["lean"] == {"common": 1.5}
    assert len(card["runs"]) == len(base["runs"]) + 1


def test_export_without_a_run_says_what_to_do(tmp_path, capsys):
    assert train.main(["export", "--run", str(tmp_path), "--out", str(tmp_path / "m")]) == 2
    assert "run fit first" in capsys.readouterr().err


@pytest.mark.parametrize("flag", [["--from", "embedded"], ["--shape", "huge"]])
def test_wrong_calls_exit_2(flag, tmp_path, capsys):
    assert train.main(["fit", *flag, "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1

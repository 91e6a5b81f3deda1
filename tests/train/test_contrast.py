"""Drawn candidates and the loss that orders them."""

import json

import pytest
import torch
import torch.nn.functional as F

from tests.train.conftest import story
from train import __main__ as train
from train.batches import IGNORE, Data
from train.contrast import COPIES, MARGIN, DrawnData, likelihoods, losses, order_loss
from train.draw import limit_of, worth
from train.model import Model, Shape
from train.pieces import Pieces


@pytest.fixture
def drawn(recipe, tmp_path):
    """A file as ``draw`` writes it: the headline, and ever worse ones."""
    lines = []
    for row in map(story, range(3000, 3024)):
        title = row["title"]
        texts = [title, title[:-2], title[2:], row["body"][:8], title[:3]]
        scored = sorted(([t, worth(t, title)] for t in dict.fromkeys(texts)), key=lambda c: -c[1])
        fields = {"body": row["body"], "style": "web", "title": title, "candidates": scored}
        lines.append(json.dumps(fields, ensure_ascii=False))
    path = tmp_path / "drawn.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def data(recipe):
    return Data(recipe / "ids", Pieces(recipe / "tokenizer"))


def tiny(data):
    torch.manual_seed(3)
    return Model(Shape(d_model=64, d_ff=128, d_kv=16, encoder=2, decoder=2, vocab=data.pieces.size))


def test_candidates_in_one_row_score_as_they_would_alone(drawn, data):
    model = tiny(data)
    batch = next(DrawnData(drawn, data).epoch(seed=0, size=6))
    with torch.no_grad():
        memory = model.encode(batch.gold.source, batch.gold.mask)
        together = likelihoods(model, batch, memory)
        ins, outs = (t.view(len(memory), COPIES, -1) for t in (batch.target_in, batch.local))
        for row, copy in ((0, 0), (1, 2), (5, 3)):
            states = model.decode(ins[row, copy][None], memory[row][None], batch.gold.mask[row][None])
            logits = F.linear(states, model.shared.weight[batch.gold.union])[0]
            logits = logits.masked_fill(~batch.gold.own[row], -1e4).log_softmax(-1)
            asked = outs[row, copy] != IGNORE
            alone = logits[asked].gather(-1, outs[row, copy][asked][:, None]).mean()
            assert together[row, copy] == pytest.approx(float(alone), abs=1e-4)


def test_order_loss_is_nothing_once_the_worthier_is_likelier_by_the_margin():
    merit = torch.tensor([[0.9, 0.5, 0.1, -1.0]])
    right = torch.tensor([[-0.1, -0.1 - 0.4 * MARGIN, -0.1 - 0.8 * MARGIN, 5.0]])
    assert float(order_loss(right, merit)) == pytest.approx(0.0, abs=1e-6)
    assert float(order_loss(right.flip(1)[:, 1:], merit[:, :3])) > MARGIN * 0.4
    assert float(order_loss(right, torch.full((1, 4), 0.5))) == 0.0


def test_order_is_learnt(drawn, data):
    model = tiny(data)
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
    batch = next(DrawnData(drawn, data).epoch(seed=0, size=24))
    values = []
    for _ in range(30):
        _, order = losses(model, batch)
        optimiser.zero_grad()
        order.backward()
        optimiser.step()
        values.append(float(order.detach()))
    assert values[-1] < 0.5 * values[0], values


def test_draw_then_fit_lowers_the_order_loss(exported, recipe, fitted, tmp_path):
    out = tmp_path / "drawn.jsonl"
    command = (
        f"draw --model {exported} --data {recipe}/train.jsonl --count 40 --beams 4 --samples 3 --out {out}"
    )
    assert train.main(command.split()) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(rows) > 20
    for row in rows:
        values = [value for _, value in row["candidates"]]
        assert values == sorted(values, reverse=True) and 0 <= values[-1] and values[0] <= 1
    run = tmp_path / "run"
    command = (
        f"fit --shape tiny --steps 12 --batch 8 --lr 1e-3 --ids {recipe}/ids --tokenizer {recipe}/tokenizer"
    )
    command += f" --weights {fitted}/last.safetensors --contrast {out} --out {run}"
    assert train.main(command.split()) == 0
    state = torch.load(run / "state.pt", weights_only=True)
    assert state["seen"] > 12 * 8, "examples with candidates are counted beside the plain ones"


def test_a_headline_is_asked_for_in_its_own_length_bucket():
    from summarizer.chars import width
    from summarizer.models import control

    for title in ("云溪大桥合龙", "云溪大桥顺利合龙 通车又近了一步", "云" * 21, "云" * 32):
        asked = control.bucket_within("headline", limit_of(title))
        assert asked == control.bucket("headline", width(title))

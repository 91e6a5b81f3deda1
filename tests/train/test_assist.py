"""A run that borrows another process's gradients."""

import numpy as np
import pytest
import torch

from train import __main__ as train
from train.assist import EXAMPLES, TAKEN, WRITTEN, Board, assist
from train.batches import Data
from train.fit import Options, Run
from train.pieces import Pieces


def boards(folder, run, helper):
    return Board(folder, [run]), Board(folder, [helper])


def test_a_gradient_is_averaged_in_once(tmp_path):
    run, helper = torch.full((3,), 2.0), torch.zeros(3)
    ours, theirs = boards(tmp_path, run, helper)
    try:
        ours.show()
        theirs.fetch()
        assert torch.equal(helper, run)
        helper.grad, run.grad = torch.full((3,), 4.0), torch.full((3,), 1.0)
        assert theirs.offer(32, 900)
        assert ours.collect() == (32, 900)
        assert torch.equal(run.grad, torch.full((3,), 2.5))
        assert ours.collect() == (0, 0)
        assert torch.equal(run.grad, torch.full((3,), 2.5))
    finally:
        ours.remove()


def test_an_assistant_leaves_a_silent_run(tmp_path, monkeypatch):
    monkeypatch.setattr("train.assist.SILENCE", 0.0)
    ours, theirs = boards(tmp_path, torch.zeros(2), torch.zeros(2))
    try:
        theirs.parameters[0].grad = torch.ones(2)
        assert theirs.offer(1, 1)
        assert not theirs.offer(1, 1)
    finally:
        ours.remove()


def test_a_run_counts_what_it_was_lent(recipe, tmp_path):
    data = Data(recipe / "ids", Pieces(recipe / "tokenizer"))
    run = Run(tmp_path, data, None, Options(shape="tiny", batch=16, assisted=True), None)
    try:
        assert assist(tmp_path, data, seed=7, steps=1) == 1
        assert int(run.board.marks[WRITTEN]) == 1 and int(run.board.marks[TAKEN]) == 0
        lent = int(run.board.marks[EXAMPLES])
        rng, generator = np.random.default_rng(0), torch.Generator().manual_seed(0)
        run._one(data.batch(np.arange(16), 96, rng), generator)
        assert run.seen == 16 + lent and 0 < lent <= 16 and int(run.board.marks[TAKEN]) == 1
        run._one(data.batch(np.arange(16), 96, rng), generator)
        assert run.seen == 32 + lent
    finally:
        run.board.remove()


@pytest.mark.parametrize("started", [False, True])
def test_without_a_showing_run_it_says_what_to_do(recipe, tmp_path, capsys, started):
    if started:
        Run(tmp_path, Data(recipe / "ids", Pieces(recipe / "tokenizer")), None, Options(shape="tiny"), None)
    command = f"assist --run {tmp_path} --ids {recipe}/ids --tokenizer {recipe}/tokenizer"
    assert train.main(command.split()) == 2
    assert "start fit with --assisted first" in capsys.readouterr().err
    Board(tmp_path, [torch.zeros(1)]).remove()

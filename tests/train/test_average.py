"""The mean of runs."""

import torch
from safetensors.torch import load_file, save_file

from train import __main__ as train


def weights(path, value, size=3):
    save_file({"a": torch.full((size,), value), "b": torch.full((2, 2), -value)}, path)
    return path


def test_a_weighted_mean_that_export_reads(fitted, tmp_path):
    one, two = weights(tmp_path / "one.safetensors", 1.0), weights(tmp_path / "two.safetensors", 4.0)
    out = tmp_path / "mean"
    assert train.main(["average", f"{one}=2", str(two), "--run", str(fitted), "--out", str(out)]) == 0
    mean = load_file(out / "last.safetensors")
    assert torch.allclose(mean["a"], torch.full((3,), 2.0)) and torch.allclose(
        mean["b"], -torch.full((2, 2), 2.0)
    )
    assert (out / "run.json").read_text() == (fitted / "run.json").read_text()


def test_a_run_averaged_with_itself_is_itself(fitted, tmp_path):
    path = fitted / "last.safetensors"
    assert train.main(["average", str(path), f"{path}=3", "--run", str(fitted), "--out", str(tmp_path)]) == 0
    mean, own = load_file(tmp_path / "last.safetensors"), load_file(path)
    assert all(torch.allclose(mean[name], value, atol=1e-6) for name, value in own.items())


def test_runs_of_another_shape_and_missing_files_exit_2(fitted, tmp_path, capsys):
    one, other = (
        weights(tmp_path / "one.safetensors", 1.0),
        weights(tmp_path / "two.safetensors", 1.0, size=4),
    )
    tail = ["--run", str(fitted), "--out", str(tmp_path / "mean")]
    assert train.main(["average", str(one), str(other), *tail]) == 2
    assert "only runs of one shape" in capsys.readouterr().err
    assert train.main(["average", str(tmp_path / "none"), *tail]) == 2
    assert "no such file" in capsys.readouterr().err

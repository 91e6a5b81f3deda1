"""The mean of several runs of one shape: points of one training path, or of paths with a common start.

Averaged weights generalise better than the last ones where the runs lie in one valley (Izmailov et al. 2018; Wortsman
et al. 2022, "Model soups"), and cost nothing when decoding.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from safetensors.torch import load_file, save_file


def average(parts: list[tuple[Path, float]], run: Path, out: Path) -> None:
    """Write ``out/last.safetensors``, the weighted mean of ``parts`` (safetensors), beside the papers of ``run``.

    Raises ValueError where the parts differ in their tensors.
    """
    total = sum(weight for _, weight in parts)
    mean: dict = {}
    for path, weight in parts:
        state = load_file(path)
        shapes = {name: tuple(value.shape) for name, value in state.items()}
        if mean and shapes != {name: tuple(value.shape) for name, value in mean.items()}:
            raise ValueError(
                f"{path}: other tensors than {parts[0][0]}; only runs of one shape can be averaged"
            )
        for name, value in state.items():
            share = value.float() * (weight / total)
            mean[name] = mean[name] + share if name in mean else share
    out.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in mean.items()}, out / "last.safetensors")
    for name in ("run.json", "curve.jsonl"):
        if (run / name).exists():
            shutil.copyfile(run / name, out / name)
    papers = [{"weights": str(path), "share": weight / total} for path, weight in parts]
    (out / "average.json").write_text(json.dumps(papers, indent=1), "utf-8")


def part(text: str) -> tuple[Path, float]:
    """``FILE`` or ``FILE=WEIGHT``."""
    path, _, weight = text.partition("=")
    return Path(path), float(weight or 1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="+", type=part, metavar="FILE[=WEIGHT]", help="weights (safetensors)")
    parser.add_argument(
        "--run", type=Path, required=True, help="the run whose shape and curve the mean takes"
    )
    parser.add_argument("--out", type=Path, required=True, help="run folder to write, for export")


def run(args: argparse.Namespace) -> int:
    missing = [path for path, _ in args.parts if not path.is_file()]
    if missing or not (args.run / "run.json").is_file():
        absent = missing[0] if missing else args.run / "run.json"
        print(f"train average: {absent}: no such file", file=sys.stderr)
        return 2
    average(args.parts, args.run, args.out)
    print(args.out)
    return 0

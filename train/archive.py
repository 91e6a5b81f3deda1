"""Fine-tuning on a newsroom's own archive: its rows, cleaned and encoded for the model that is to learn from them."""

from __future__ import annotations

import json
from pathlib import Path

from safetensors.torch import load_file, save_file

from summarizer.models import control, resolve
from summarizer.models.folder import SALIENCE, open_folder

from . import data, encode
from .model import SHAPES
from .pieces import Pieces

BASE = "base.json"  # the card of the model that a run began from
# What a run on an archive changes of fit's defaults: gentle, short, and nothing laid anew.
OPTIONS = {"lr": 2e-3, "warmup": 50, "hours": 0.5, "copying": False}


def prepare(archive: list[Path], dev: list[Path], model: str, out: Path) -> tuple[Path, Path, Path, str]:
    """Clean and encode ``archive`` for ``model``: ids folder, tokenizer folder, weights, place of the length."""
    folder = open_folder(resolve(model))
    tokenizer = out / "tokenizer"
    tokenizer.mkdir(parents=True, exist_ok=True)
    (tokenizer / "tokenizer.json").write_bytes((folder.path / "tokenizer.json").read_bytes())
    pieces = Pieces(tokenizer)
    common = [pieces.text[i] for i in folder.card["common"]]
    (tokenizer / "common.json").write_text(json.dumps(common, ensure_ascii=False), "utf-8")
    report = data.prepare(archive, dev, out / "data")
    print(json.dumps(report, ensure_ascii=False))
    if not report["kept"]:
        raise ValueError(
            f"{archive[0]}: no usable row; each needs a title and a body of 30 characters or more"
        )
    encode.encode(Pieces(tokenizer), [out / "data" / "train.jsonl"], [], out / "ids", gap_every=0)
    weights = load_file(folder.path / "model.safetensors")
    head = folder.path / SALIENCE
    if head.exists():
        loaded = load_file(head)
        weights |= {"salience.weight": loaded["weight"][None], "salience.bias": loaded["bias"][None]}
    save_file({k: v.contiguous() for k, v in weights.items()}, out / "start.safetensors")
    (out / BASE).write_text(json.dumps(folder.card, ensure_ascii=False), "utf-8")
    return out / "ids", tokenizer, out / "start.safetensors", control.length_place(folder.card)


def shape_of(weights: Path) -> str:
    """The named shape whose tensors these are; raises ValueError where there is none."""
    state = load_file(weights)
    width = state["shared.weight"].shape[1]
    depth = len({k.split(".")[2] for k in state if k.startswith("encoder.block.")})
    for name, shape in SHAPES.items():
        if (shape.d_model, shape.encoder) == (width, depth):
            return name
    raise ValueError(
        f"{weights}: no shape has d_model {width} and {depth} encoder layers; known: {', '.join(SHAPES)}"
    )

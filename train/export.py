"""A run folder → a model folder: fp16 safetensors, the encoder for CTranslate2 in int8, checksums, card.

The card (``README.md`` of the model folder) and ``summarizer.json`` are written here and nowhere else; figures come
from ``train score`` and ``curve.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from safetensors.torch import load_file, save_file

from summarizer.models import control
from summarizer.models.convert import convert_encoder
from summarizer.models.desk.lean import Lean
from summarizer.models.folder import ENCODER, SALIENCE, file_sha256

from .archive import BASE
from .card import figures_of, write_card
from .model import Shape
from .pieces import Pieces

SOURCE_BUDGET = 512
# Pieces of the longest sources it is trained on. It reads longer ones, but its best headlines come from the opening.
HEADLINE_BUDGET = 170
NOT_STATED = "Not stated by whoever trained this model: `train export --sources FILE` puts it here."


def export(run: Path, tokenizer: Path, out: Path, card: dict) -> None:
    """Write the model folder ``out``, replacing what an earlier export wrote there."""
    options = json.loads((run / "run.json").read_text("utf-8"))
    shape = Shape(**options["shape_fields"])
    weights = load_file(run / "last.safetensors")
    pieces = Pieces(tokenizer)
    out.mkdir(parents=True, exist_ok=True)
    _transformers_files(out, weights, shape, tokenizer)
    for name in ("ct2-int8", ENCODER):  # the former is of exports before this one
        shutil.rmtree(out / name, ignore_errors=True)
    convert_encoder(out, pieces.text, out / ENCODER)
    summary = {
        "format": 1,
        "name": card.get("name", "desk-mini"),
        "family": "desk_t5",
        "normal_form": "desk",
        "tasks": {task: {} for task in control.TASKS},
        "languages": ["zh"],
        "licence": "Apache-2.0",
        "grounded": bool(options["grounded"]),
        "length": control.length_place(options),
        "source_budget": SOURCE_BUDGET,
        "headline_budget": HEADLINE_BUDGET,
        "common": pieces.common,
        **{k: card[k] for k in ("lean", "prefer", "evaluation", "training") if card.get(k)},
        "runs": [
            *card.get("earlier", []),
            figures_of(run, card.get("evaluation", {}), card.get("machine", "")),
        ],
    }
    for file in out.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)  # safetensors writes 0600, which a wheel would carry on
    files = [
        p for p in sorted(out.rglob("*")) if p.is_file() and p.name not in ("summarizer.json", "README.md")
    ]
    files = [p for p in files if p.suffix not in (".py", ".pyc")]
    summary["sha256"] = {p.relative_to(out).as_posix(): file_sha256(p) for p in files}
    (out / "summarizer.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
    write_card(out / "README.md", summary, run, card.get("sources") or NOT_STATED)


def _transformers_files(out: Path, weights: dict, shape: Shape, tokenizer: Path) -> None:
    body = {k: v.half().contiguous() for k, v in weights.items() if not k.startswith("salience.")}
    save_file(body, out / "model.safetensors", metadata={"format": "pt"})
    head = {"weight": weights["salience.weight"][0].float(), "bias": weights["salience.bias"][0].float()}
    save_file(head, out / SALIENCE)
    config = shape.config() | {"dtype": "float16"}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")
    shutil.copyfile(tokenizer / "tokenizer.json", out / "tokenizer.json")
    plain = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "pad_token": "<pad>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
    }
    (out / "tokenizer_config.json").write_text(json.dumps(plain, indent=1) + "\n", "utf-8")


SUMMARY_LEAD = 1.5  # points by which a written summary must beat an extracted one, which can't distort


def prefer(evaluation: dict) -> dict[str, str]:
    """Per task ``model`` where its mean ROUGE-L over the kinds of source reaches the extractor's, else ``extract``."""

    def lead(systems: dict) -> float:
        means = [
            sum(s[2] for s in systems[name].values()) / len(systems[name]) for name in ("model", "extractive")
        ]
        return means[0] - means[1]

    chosen = {"headline": "model" if lead(evaluation["systems"]) >= 0 else "extract", "summary": "extract"}
    if "summaries" in evaluation and lead(evaluation["summaries"]) >= SUMMARY_LEAD:
        chosen["summary"] = "model"
    return chosen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", type=Path, default=Path("runs/mini"), help="folder written by fit")
    parser.add_argument("--tokenizer", type=Path, default=Path("runs/tokenizer"))
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--name", default="desk-mini")
    parser.add_argument("--sources", type=Path, help="text on data sources and rights, for the card")
    parser.add_argument("--score", type=Path, help="figures written by score --out, for the card")
    parser.add_argument(
        "--earlier",
        type=Path,
        help="summarizer.json of the model that this run continued: its runs stand first",
    )
    parser.add_argument("--machine", default="", help="what it was trained on, for the card")
    parser.add_argument(
        "--note", action="append", default=[], metavar="KEY=TEXT", help="a line of the card on training"
    )
    parser.add_argument(
        "--lean",
        nargs="*",
        type=lambda text: text.split("=", 1),
        metavar="NAME=NATS",
        help="how it is decoded: common=, salience= (see summarizer/models/desk/lean.py)",
    )


def run(args: argparse.Namespace) -> int:
    if not (args.run / "last.safetensors").exists():
        print(f"train export: {args.run} holds no last.safetensors; run fit first", file=sys.stderr)
        return 2
    card: dict = {"name": args.name, "training": dict(note.split("=", 1) for note in args.note)}
    card["machine"] = args.machine
    base = args.run / BASE
    if base.exists():  # until it is scored, a fine-tuned model is trusted as far as the one it began from
        known = json.loads(base.read_text("utf-8"))
        card["earlier"] = known.get("runs", [])
        card |= {field: known[field] for field in ("lean", "prefer") if field in known}
    if args.earlier:
        card["earlier"] = json.loads(args.earlier.read_text("utf-8")).get("runs", [])
    if args.sources:
        card["sources"] = args.sources.read_text("utf-8").strip()
    if args.score:
        card["evaluation"] = json.loads(args.score.read_text("utf-8"))
        card["prefer"] = prefer(card["evaluation"])
    if args.lean:
        card["lean"] = {name: float(nats) for name, nats in args.lean}
        Lean.of(card)
    export(args.run, args.tokenizer, args.out, card)
    print(args.out)
    return 0

"""Train: resumable, within a wall-clock budget, with checkpoints and a learning curve.

A run folder holds ``last.safetensors`` (weights), ``state.pt`` (optimiser and place, for resuming the run; read with
``weights_only``), ``run.json`` (options) and ``curve.jsonl`` (one line per report). The learning rate warms up, stays,
and falls linearly to nothing over the last part of the budget, so that a run may be resumed with a new budget.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from summarizer.models import control

from . import archive
from .assist import Board
from .batches import IGNORE, Batch, Data
from .contrast import Contrast, DrawnData
from .contrast import losses as contrast_losses
from .model import SHAPES, Model, Shape
from .optimiser import ScaledAdamW
from .pieces import Pieces
from .start import lay_copying


@dataclass(frozen=True)
class Options:
    """How a run is made; written to ``run.json``."""

    shape: str = "mini"
    hours: float = 2.0
    steps: int = 0  # end after this many steps instead; 0 for the hours
    batch: int = 32
    lr: float = 1e-2
    warmup: int = 250
    decay: float = 0.35  # share of the budget over which the rate falls
    salience: float = 0.5  # weight of the keep/drop loss
    order: float = 5.0  # weight of the order of drawn candidates (--contrast)
    foreign: float = 0.5  # share of examples that compete with the pieces of the whole batch
    caps: tuple[int, ...] = (96, 128, 128, 176)
    clip: float = 1.0
    grounded: bool = True
    length: str = "decoder"  # where the length's token stands (control.LENGTH_PLACES)
    copying: bool = True
    seed: int = 1
    threads: int = 1
    device: str = "cpu"
    save_minutes: float = 10.0
    assisted: bool = False  # take gradients from `train assist` processes


def losses(
    model: Model, batch: Batch, options: Options, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Cross-entropy per target piece and keep/drop cross-entropy per source piece, both means in nats."""
    memory = model.encode(batch.source, batch.mask)
    states = model.decode(batch.target_in, memory, batch.mask)
    labels = batch.local if options.grounded else batch.target
    table = model.shared.weight[batch.union] if options.grounded else model.shared.weight
    logits = F.linear(states, table.to(states.dtype)).float()
    if options.grounded:
        closed = torch.rand(len(labels), 1, generator=generator).to(labels.device) >= options.foreign
        shut = closed & ~batch.own
        logits = logits.masked_fill(shut[:, None, :], -1e4)
    cross = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORE)
    known = batch.keep >= 0
    if not known.any():
        return cross, cross.new_zeros(())
    kept = model.salience(memory.float())[..., 0]
    return cross, F.binary_cross_entropy_with_logits(kept[known], batch.keep[known].float())


def rate(options: Options, step: int, elapsed: float) -> float:
    """Learning rate at a step, ``elapsed`` in 0..1 of the budget."""
    falling = max(0.0, 1 - max(0.0, elapsed - (1 - options.decay)) / options.decay)
    return options.lr * min(1.0, (step + 1) / options.warmup) * falling


class Run:
    """One training run in one folder."""

    def __init__(
        self,
        folder: Path,
        data: Data,
        dev: Data | None,
        options: Options,
        weights: Path | None,
        drawn: DrawnData | None = None,
    ):
        self.folder, self.data, self.dev, self.options, self.drawn = folder, data, dev, options, drawn
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(options.seed)
        Model.precision = precision(options.device)
        shape = Shape(**{**SHAPES[options.shape].asdict(), "vocab": data.pieces.size})
        self.model = Model(shape)
        if options.copying and weights is None:
            lay_copying(self.model, options.seed)
        if weights is not None:
            self._load(weights)
        self.model.to(options.device)
        self.forward = torch.compile(losses, dynamic=True) if options.device == "cuda" else losses
        self.optimiser = ScaledAdamW(self.model.parameters(), lr=options.lr)
        self.step, self.seen, self.pieces_seen, self.spent, self.epoch, self.inside = 0, 0, 0, 0.0, 0, 0
        if (folder / "state.pt").exists():
            self._resume()
        self.board = Board(folder, list(self.model.parameters())) if options.assisted else None
        if self.board:
            self.board.clear()
            self.board.show()
        (folder / "run.json").write_text(
            json.dumps({**asdict(options), "shape_fields": shape.asdict()}, indent=2)
        )

    def _load(self, weights: Path) -> None:
        state = {k: v.float() for k, v in load_file(weights).items()}
        missing = set(self.model.state_dict()) - set(state)
        if missing - {"salience.weight", "salience.bias"}:
            raise ValueError(
                f"{weights}: tensors missing for shape {self.options.shape}: {sorted(missing)[:3]} …"
            )
        self.model.load_state_dict(state, strict=False)

    def _resume(self) -> None:
        self._load(self.folder / "last.safetensors")
        state = torch.load(self.folder / "state.pt", weights_only=True)
        self.optimiser.load_state_dict(state["optimiser"])
        for name in ("step", "seen", "pieces_seen", "spent", "epoch", "inside"):
            setattr(self, name, state[name])

    @property
    def share(self) -> float:
        """How much of the budget is spent, 1 at its end."""
        steps, hours = self.options.steps, self.options.hours
        return self.step / steps if steps else self.spent / (hours * 3600)

    def save(self) -> None:
        """Write weights and state; a crash in between leaves the former pair."""
        weights = {k: v.contiguous().cpu() for k, v in self.model.state_dict().items()}
        save_file(weights, self.folder / "new.safetensors")
        place = {n: getattr(self, n) for n in ("step", "seen", "pieces_seen", "spent", "epoch", "inside")}
        torch.save({"optimiser": self.optimiser.state_dict(), **place}, self.folder / "new.pt")
        os.replace(self.folder / "new.safetensors", self.folder / "last.safetensors")
        os.replace(self.folder / "new.pt", self.folder / "state.pt")

    def go(self) -> None:
        """Train until the budget (hours or steps, all resumed parts together) is spent."""
        options = self.options
        rng = np.random.default_rng(options.seed + self.step)
        generator = torch.Generator().manual_seed(options.seed + self.step)
        started, last_report, last_save = time.monotonic() - self.spent, time.monotonic(), time.monotonic()
        sums, contrasted = np.zeros(6), self._contrasted()
        while self.share < 1:
            for numbers in self.data.epoch(
                options.seed + self.epoch, options.batch, max(options.caps), self.inside
            ):
                self.spent = time.monotonic() - started
                if self.share >= 1:
                    break
                cap = int(rng.choice(options.caps))
                sums += self._one(self.data.batch(numbers, cap, rng), generator, next(contrasted, None))
                self.inside += 1
                if time.monotonic() - last_report > 60:
                    self._report(sums, time.monotonic() - last_report)
                    sums, last_report = np.zeros(6), time.monotonic()
                if time.monotonic() - last_save > options.save_minutes * 60:
                    self.save()
                    self._dev()
                    last_save = time.monotonic()
            else:
                self.epoch, self.inside = self.epoch + 1, 0
        self.save()
        self._dev()
        if self.board:
            self.board.remove()

    def _contrasted(self) -> Iterator[Contrast]:
        """Batches of drawn candidates without end; none where there are none."""
        for epoch in count(self.step) if self.drawn else ():
            yield from self.drawn.epoch(self.options.seed + epoch, self.options.batch)

    def _one(self, batch: Batch, generator: torch.Generator, contrast: Contrast | None = None) -> np.ndarray:
        options = self.options
        batch = batch.to(options.device)
        cross, kept = self.forward(self.model, batch, options, generator)
        (cross + options.salience * kept).backward()
        gold, order, more = self._order(contrast) if contrast else (0.0, 0.0, 0)
        lent, pieces = self.board.collect() if self.board else (0, 0)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), options.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = rate(options, self.step, self.share)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        if self.board:
            self.board.show()
        self.step += 1
        counted = len(batch.source) + lent + more
        self.seen += counted
        self.pieces_seen += int(batch.mask.sum()) + pieces
        return np.array([1.0, float(cross.detach()), float(kept.detach()), counted, gold, order])

    def _order(self, contrast: Contrast) -> tuple[float, float, int]:
        """Gradients of drawn candidates; their two losses and how many examples they are of."""
        cross, order = contrast_losses(self.model, contrast.to(self.options.device))
        (cross + self.options.order * order).backward()
        return float(cross.detach()), float(order.detach()), len(contrast.worth)

    def _report(self, sums: np.ndarray, seconds: float) -> None:
        line = {
            "step": self.step,
            "seen": self.seen,
            "source_pieces": self.pieces_seen,
            "hours": self.spent / 3600,
        }
        line |= {
            "loss": sums[1] / sums[0],
            "salience": sums[2] / sums[0],
            "examples_per_second": sums[3] / seconds,
        }
        if self.drawn:
            line |= {"drawn_loss": sums[4] / sums[0], "order_loss": sums[5] / sums[0]}
        line |= {"lr": self.optimiser.param_groups[0]["lr"]}
        self._note(line)

    @torch.no_grad()
    def _dev(self) -> None:
        if self.dev is None:
            return
        self.model.eval()
        rng, sums, options = np.random.default_rng(0), np.zeros(3), self.options
        only = [n for n in range(len(self.dev.index)) if self.dev.index[n, 4] == 0][:512]
        closed = Options(**{**asdict(options), "foreign": 0.0})
        for start in range(0, len(only), 64):
            batch = self.dev.batch(np.array(only[start : start + 64]), 128, rng)
            batch = batch.to(options.device)
            cross, kept = losses(self.model, batch, closed, torch.Generator().manual_seed(0))
            sums += [1, float(cross), float(kept)]
        self.model.train()
        self._note(
            {
                "step": self.step,
                "seen": self.seen,
                "dev_loss": sums[1] / sums[0],
                "dev_salience": sums[2] / sums[0],
            }
        )

    def _note(self, line: dict) -> None:
        line = {k: round(v, 4) if isinstance(v, float) else v for k, v in line.items()}
        with open(self.folder / "curve.jsonl", "a", encoding="utf-8") as curve:
            curve.write(json.dumps(line) + "\n")
        done = int(20 * min(1.0, self.share))
        bar = "█" * done + "·" * (20 - done)
        print(bar, json.dumps(line), flush=True)


def precision(device: str) -> torch.dtype:
    """bf16 where its products are faster than float32's: on a GPU, and on a CPU with AVX512-BF16 or AMX."""
    if device == "cuda":
        return torch.bfloat16
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        return torch.float32
    return torch.bfloat16 if "avx512_bf16" in flags or "amx_bf16" in flags else torch.float32


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="base", help="fine-tune this model (embedded or a folder) on --data")
    parser.add_argument(
        "--data", type=Path, nargs="+", help="with --from: JSONL rows or the desk's choices (.sqlite)"
    )
    parser.add_argument(
        "--dev", type=Path, nargs="*", default=[], help="with --from: held-out rows, never trained on"
    )
    parser.add_argument("--ids", type=Path, default=Path("runs/ids"), help="folder written by encode")
    parser.add_argument("--dev-ids", type=Path, help="held-out rows, encoded with --keep-common")
    parser.add_argument("--tokenizer", type=Path, default=Path("runs/tokenizer"))
    parser.add_argument("--weights", type=Path, help="start from these tensors (safetensors)")
    parser.add_argument("--contrast", type=Path, help="candidates written by draw: also learn their order")
    parser.add_argument("--out", type=Path, default=Path("runs/mini"))
    for name, value in asdict(Options()).items():
        flag = "--" + name.replace("_", "-")
        if isinstance(value, bool):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=value)
        elif isinstance(value, tuple):
            parser.add_argument(
                flag, type=int, nargs="+", default=value, help="source pieces, drawn per batch"
            )
        else:
            parser.add_argument(flag, type=type(value), default=value)


def run(args: argparse.Namespace) -> int:
    if args.length not in control.LENGTH_PLACES:
        raise ValueError(f"--length {args.length}: expected one of {', '.join(control.LENGTH_PLACES)}")
    if args.shape not in SHAPES:
        raise ValueError(f"--shape {args.shape}: expected one of {', '.join(SHAPES)}")
    chosen = {
        k: tuple(v) if k == "caps" else v for k, v in vars(args).items() if k in Options.__dataclass_fields__
    }
    if args.base:
        if not args.data:
            raise ValueError("--from needs --data: the archive's rows")
        plain = asdict(Options())
        chosen |= {k: v for k, v in archive.OPTIONS.items() if chosen[k] == plain[k]}
        made = archive.prepare(args.data, args.dev, args.base, args.out)
        args.ids, args.tokenizer, args.weights, chosen["length"] = made
        chosen["shape"] = archive.shape_of(args.weights)
    options = Options(**chosen)
    torch.set_num_threads(options.threads)
    pieces = Pieces(args.tokenizer)
    dev = Data(args.dev_ids, pieces, options.length) if args.dev_ids else None
    data = Data(args.ids, pieces, options.length)
    drawn = DrawnData(args.contrast, data) if args.contrast else None
    Run(args.out, data, dev, options, args.weights, drawn).go()
    return 0

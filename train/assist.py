"""A second process that lends a run its core: it computes gradients on batches of its own, the run averages them in.

Two threads in one process wait for each other at every product and starve when another program takes a core. Here
nothing waits: the run takes a gradient whenever one lies ready (a step or two old by then), and trains on without
one. So the assistant may run at the lowest priority beside other work, be slow, come late or be killed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from summarizer.models import control

from .batches import Data
from .model import Model, Shape
from .pieces import Pieces

VERSION, WRITTEN, TAKEN, EXAMPLES, SOURCE_PIECES = range(5)
MEMORY = Path("/dev/shm")
SILENCE = 180.0  # seconds without a step after which the run counts as over


class Board:
    """Memory that a run and its assistant share: the run's weights, one gradient, and five counters."""

    def __init__(self, folder: Path, parameters: list[Tensor]):
        self.parameters = parameters
        size = sum(p.numel() for p in parameters)
        key = hashlib.blake2b(str(folder.resolve()).encode(), digest_size=6).hexdigest()
        self.base = MEMORY / f"fit-{key}" if MEMORY.is_dir() else folder / "board"
        self.weights, self.gradient = self._mapped("weights", size), self._mapped("gradient", size)
        self.marks = self._mapped("marks", 8, torch.int64)

    def _mapped(self, name: str, size: int, kind: torch.dtype = torch.float32) -> Tensor:
        return torch.from_file(f"{self.base}.{name}", shared=True, size=size, dtype=kind)

    def _pieces(self, flat: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
        at = 0
        for p in self.parameters:
            yield p, flat[at : at + p.numel()].view_as(p)
            at += p.numel()

    def clear(self) -> None:
        """Forget what an earlier run in the same folder left."""
        self.marks.zero_()

    def remove(self) -> None:
        for name in ("weights", "gradient", "marks"):
            Path(f"{self.base}.{name}").unlink(missing_ok=True)

    # --- the run's side ---

    @torch.no_grad()
    def show(self) -> None:
        """Show the weights after a step."""
        for p, shown in self._pieces(self.weights):
            shown.copy_(p)
        self.marks[VERSION] += 1

    @torch.no_grad()
    def collect(self) -> tuple[int, int]:
        """Average a waiting gradient into the run's own; returns its examples and source pieces, zeros for none."""
        if self.marks[WRITTEN] == self.marks[TAKEN]:
            return 0, 0
        for p, found in self._pieces(self.gradient):
            if p.grad is not None:
                p.grad.lerp_(found.to(p.device), 0.5)
        counts = int(self.marks[EXAMPLES]), int(self.marks[SOURCE_PIECES])
        self.marks[TAKEN] = self.marks[WRITTEN].clone()
        return counts

    # --- the assistant's side ---

    @torch.no_grad()
    def fetch(self) -> None:
        """Take over the run's weights (a mixture of two steps at worst)."""
        for p, shown in self._pieces(self.weights):
            p.copy_(shown)

    @torch.no_grad()
    def offer(self, examples: int, pieces: int) -> bool:
        """Hand over this process's gradient once the last one was taken; False where the run has fallen silent."""
        version, since = int(self.marks[VERSION]), time.monotonic()
        while self.marks[WRITTEN] != self.marks[TAKEN]:
            time.sleep(0.02)
            if int(self.marks[VERSION]) != version:
                version, since = int(self.marks[VERSION]), time.monotonic()
            elif time.monotonic() - since > SILENCE:
                return False
        for p, place in self._pieces(self.gradient):
            place.zero_() if p.grad is None else place.copy_(p.grad)
        self.marks[EXAMPLES], self.marks[SOURCE_PIECES] = examples, pieces
        self.marks[WRITTEN] += 1
        return True


def assist(folder: Path, data: Data, seed: int, steps: int | None = None) -> int:
    """Lend gradients to the run in ``folder`` until it ends (or for ``steps``); returns how many it was lent."""
    from .fit import Options, losses, precision

    fields = json.loads((folder / "run.json").read_text("utf-8"))
    shape = Shape(**fields.pop("shape_fields"))
    options = Options(**{**fields, "caps": tuple(fields["caps"])})
    Model.precision = precision("cpu")
    model = Model(shape)
    board = Board(folder, list(model.parameters()))
    if not int(board.marks[VERSION]):
        raise ValueError(f"{folder}: no run is showing its weights; start fit with --assisted first")
    rng, generator, lent, epoch = np.random.default_rng(seed), torch.Generator().manual_seed(seed), 0, 0
    while True:
        for numbers in data.epoch(seed + epoch, options.batch, max(options.caps)):
            board.fetch()
            batch = data.batch(numbers, int(rng.choice(options.caps)), rng)
            model.zero_grad(set_to_none=True)
            cross, kept = losses(model, batch, options, generator)
            (cross + options.salience * kept).backward()
            if not board.offer(len(batch.source), int(batch.mask.sum())):
                return lent
            lent += 1
            if steps is not None and lent >= steps:
                return lent
        epoch += 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", type=Path, required=True, help="folder of a fit that was given --assisted")
    parser.add_argument("--ids", type=Path, default=Path("runs/ids"))
    parser.add_argument("--tokenizer", type=Path, default=Path("runs/tokenizer"))
    parser.add_argument("--seed", type=int, default=1001, help="another one than the run's")
    parser.add_argument("--threads", type=int, default=1)


def run(args: argparse.Namespace) -> int:
    if not (args.run / "run.json").exists():
        raise ValueError(f"{args.run}: no run.json; start fit with --assisted first")
    torch.set_num_threads(args.threads)
    length = control.length_place(json.loads((args.run / "run.json").read_text("utf-8")))
    lent = assist(args.run, Data(args.ids, Pieces(args.tokenizer), length), args.seed)
    print(f"the run is over; lent {lent} gradients", file=sys.stderr)
    return 0

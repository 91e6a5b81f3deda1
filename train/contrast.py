"""The contrastive loss: of its own candidates, the model shall find likelier those nearer to the human headline.

After Liu et al. 2022 ("BRIO: Bringing Order to Abstractive Summarization"): a hinge over all pairs of an example's
candidates, with a margin that grows with their difference in worth. The candidates of an example are laid behind each
other in one decoder row whose attention is closed between them, so the source is encoded and projected once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from summarizer.chars import width
from summarizer.models import control

from .batches import IGNORE, Batch, Data, shifted
from .data import rows
from .model import Model

COPIES = 6  # candidates of an example: the best, the worst, and others between
LONGEST = 36  # pieces; longer candidates are left out
MARGIN = 0.5  # nats a piece for a difference in worth of 1


@dataclass
class Drawn:
    """One example: source ids with control tokens, the human target, candidates with end mark, their worth."""

    source: np.ndarray
    start: list[int]  # what the decoder is given before its first step
    target: np.ndarray
    grounded: np.ndarray
    written: list[np.ndarray]
    worth: np.ndarray
    allowed: np.ndarray


@dataclass
class Contrast:
    """A batch: ``gold`` as in ``fit``; candidates (b, COPIES·m) as decoder input and as index into ``gold.union``."""

    gold: Batch
    target_in: Tensor
    local: Tensor  # IGNORE where padded
    worth: Tensor  # (b, COPIES); -1 where there is no candidate

    def to(self, device: str) -> Contrast:
        return Contrast(
            self.gold.to(device), *(t.to(device) for t in (self.target_in, self.local, self.worth))
        )


class DrawnData:
    """Rows written by ``draw``, encoded as they are asked for; ``data`` gives the vocabulary's lookups."""

    def __init__(self, path: Path, data: Data):
        self.rows = list(rows(path))
        self.data, self.pieces = data, data.pieces

    def epoch(self, seed: int, size: int) -> Iterator[Contrast]:
        """Batches of one epoch in random order, alike in the length of their headlines."""
        rng = np.random.default_rng(seed)
        order = rng.permutation(len(self.rows))
        for start in range(0, len(order), size * 20):
            pool = sorted(order[start : start + size * 20], key=lambda n: len(self.rows[n]["title"]))
            groups = [pool[i : i + size] for i in range(0, len(pool), size)]
            for which in rng.permutation(len(groups)):
                examples = [one for n in groups[which] if (one := self.example(int(n))) is not None]
                if examples:
                    yield collate(examples)

    def example(self, number: int) -> Drawn | None:
        """The encoded row, or None where under two candidates can be written in its source's pieces."""
        row = self.rows[number]
        length = control.bucket("headline", width(row["title"]))
        before, start = self.data.leads("headline", length, row["style"])
        text = row["body"].replace("\n", control.NEWLINE)
        ids = np.array([*before, *self.pieces.tokenizer.encode(text).ids], np.int64)
        allowed = self.data.allowed(ids)
        held = set(allowed.tolist())
        target, grounded = self.pieces.write(row["title"], held)
        written, worth = [], []
        for text, value in _spread(row["candidates"]):
            found, flags = self.pieces.write(text, held)
            if all(flags) and len(found) < LONGEST:
                written.append(np.array([*found, 1], np.int64))
                worth.append(value)
        if len(written) < 2:
            return None
        return Drawn(
            ids,
            start,
            np.array([*target, 1], np.int64)[:LONGEST],
            np.array([*grounded, True], bool)[:LONGEST],
            written,
            np.array(worth, np.float32),
            allowed,
        )


def _spread(candidates: list) -> list:
    """At most COPIES of the candidates (the best first), evenly over their order."""
    if len(candidates) <= COPIES:
        return candidates
    places = np.linspace(0, len(candidates) - 1, COPIES).round().astype(int)
    return [candidates[i] for i in places]


def collate(examples: list[Drawn]) -> Contrast:
    """Arrays of a batch, padded."""
    union = np.unique(np.concatenate([e.allowed for e in examples]))
    count, n = len(examples), max(len(e.source) for e in examples)
    source, own = np.zeros((count, n), np.int64), np.zeros((count, len(union)), bool)
    led = max(len(e.start) for e in examples) - 1
    m = max(len(e.target) for e in examples) + led
    gold_in, gold = np.zeros((count, m), np.int64), np.full((count, m), IGNORE, np.int64)
    k = max(len(w) for e in examples for w in e.written) + led
    copies_in = np.zeros((count, COPIES, k), np.int64)
    copies = np.full((count, COPIES, k), IGNORE, np.int64)
    worth = np.full((count, COPIES), -1, np.float32)
    for i, e in enumerate(examples):
        source[i, : len(e.source)] = e.source
        own[i, np.searchsorted(union, e.allowed)] = True
        asked = np.where(e.grounded, np.searchsorted(union, e.target), IGNORE)
        _put(gold_in[i], gold[i], *shifted(e.start, e.target, asked))
        for j, ids in enumerate(e.written):
            _put(copies_in[i, j], copies[i, j], *shifted(e.start, ids, np.searchsorted(union, ids)))
        worth[i, : len(e.worth)] = e.worth
    tensors = [torch.from_numpy(a) for a in (source, gold_in, gold, union, own, copies_in, copies, worth)]
    source, gold_in, gold, union, own, copies_in, copies, worth = tensors
    keep = torch.full_like(source, -1, dtype=torch.int8)
    batch = Batch(source, source != 0, keep, gold_in, gold, union, gold, own)
    return Contrast(batch, copies_in.flatten(1), copies.flatten(1), worth)


def _put(into: np.ndarray, asked_into: np.ndarray, given: np.ndarray, asked: np.ndarray) -> None:
    into[: len(given)], asked_into[: len(asked)] = given, asked


def _logits(model: Model, states: Tensor, gold: Batch) -> Tensor:
    """Scores of the union's pieces, closed to those that each example's own source allows."""
    logits = F.linear(states, model.shared.weight[gold.union].to(states.dtype)).float()
    return logits.masked_fill(~gold.own[:, None, :], -1e4)


def likelihoods(model: Model, batch: Contrast, memory: Tensor) -> Tensor:
    """Mean log-probability per piece of each candidate (its end mark included), shape (b, COPIES)."""
    gold = batch.gold
    states = model.decode(batch.target_in, memory, gold.mask, copies=COPIES)
    logits = _logits(model, states, gold)
    asked = batch.local != IGNORE
    place = batch.local.masked_fill(~asked, 0)
    chosen = logits.gather(-1, place[..., None])[..., 0] - logits.logsumexp(-1)
    shape = (len(asked), COPIES, -1)
    chosen, asked = (chosen * asked).view(shape), asked.view(shape)
    return chosen.sum(-1) / asked.sum(-1).clamp(min=1)


def order_loss(found: Tensor, worth: Tensor) -> Tensor:
    """Mean hinge over all pairs of candidates of an example: the worthier one is to be likelier by a margin."""
    real = worth >= 0
    difference = worth[:, :, None] - worth[:, None, :]
    pairs = real[:, :, None] & real[:, None, :] & (difference > 1e-4)
    hinge = F.relu(MARGIN * difference - (found[:, :, None] - found[:, None, :]))
    return (hinge * pairs).sum() / pairs.sum().clamp(min=1)


def losses(model: Model, batch: Contrast) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the human headline (nats a piece) and the order loss of the candidates."""
    gold = batch.gold
    memory = model.encode(gold.source, gold.mask)
    states = model.decode(gold.target_in, memory, gold.mask)
    logits = _logits(model, states, gold)
    cross = F.cross_entropy(logits.flatten(0, 1), gold.local.flatten(), ignore_index=IGNORE)
    return cross, order_loss(likelihoods(model, batch, memory), batch.worth)

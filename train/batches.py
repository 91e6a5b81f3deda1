"""Batches from the arrays of ``encode``: examples drawn by style weight, pooled by length, led by control tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from summarizer.models import control

from .encode import STYLES, TASKS

# How often a style's examples are drawn, against 1; CCTV is most of the data and sport is a world of its own.
STYLE_WEIGHT = {
    "daily": 1.2,
    "web": 1.3,
    "campus": 1.5,
    "broadcast": 0.75,
    "brief": 0.65,
    "sport": 0.4,
    "social": 1.5,
}
PLAIN_SHARE = 0.25  # of the examples lose their style token, so that plain works on anything
IGNORE = -100


@dataclass
class Batch:
    source: torch.Tensor  # (b, n) ids with control tokens
    mask: torch.Tensor  # (b, n) bool
    keep: torch.Tensor  # (b, n) salience labels; -1 where there is none
    target_in: torch.Tensor  # (b, m) decoder input: <pad>, control tokens, the target but its last id
    target: torch.Tensor  # (b, m) ids, IGNORE where padded, led or not grounded
    union: torch.Tensor  # (u,) ids any example of the batch may write, sorted
    local: torch.Tensor  # (b, m) ``target`` as an index into ``union``
    own: torch.Tensor  # (b, u) bool: which of the union the example's own source allows

    def to(self, device: str) -> Batch:
        return Batch(*(tensor.to(device) for tensor in vars(self).values()))


class Data:
    """The arrays of a folder, memory-mapped; ``length`` is one of ``control.LENGTH_PLACES``."""

    def __init__(self, folder: Path, pieces, length: str = "decoder"):
        self.index = np.load(folder / "index.npy")
        kinds = {"source": np.uint16, "target": np.uint16, "grounded": np.uint8, "keep": np.uint8}
        self.arrays = {
            name: np.memmap(folder / f"{name}.bin", dtype=kind, mode="r") for name, kind in kinds.items()
        }
        self.pieces, self.length = pieces, length
        self.within = [np.array(ids, np.int64) for ids in pieces.within]
        self.common = np.array([1, *pieces.common], np.int64)

    def order(self, seed: int) -> np.ndarray:
        """Example numbers of one epoch, shuffled, drawn by style weight."""
        rng = np.random.default_rng(seed)
        weights = np.array([STYLE_WEIGHT.get(s, 1.0) for s in STYLES])[self.index[:, 6]]
        times = np.floor(weights + rng.random(len(weights))).astype(int)
        order = np.repeat(np.arange(len(weights)), times)
        rng.shuffle(order)
        return order

    def epoch(self, seed: int, size: int, cap: int, skip: int = 0) -> Iterator[np.ndarray]:
        """Batches of example numbers, alike in length, in random order; ``skip`` leaves out the first ones."""
        rng, order, done = np.random.default_rng(seed + 1), self.order(seed), 0
        for start in range(0, len(order), size * 40):
            pool = order[start : start + size * 40]
            length = np.minimum(self.index[pool, 1], cap) + self.index[pool, 3] * 0.01
            pool = pool[np.argsort(length, kind="stable")]
            groups = [pool[i : i + size] for i in range(0, len(pool), size)]
            for which in rng.permutation(len(groups)):
                done += 1
                if done > skip:
                    yield groups[which]

    def batch(self, numbers: np.ndarray, cap: int, rng: np.random.Generator) -> Batch:
        rows = [self._example(int(i), cap, rng) for i in numbers]
        n, m = max(len(r[0]) for r in rows), max(len(r[3]) for r in rows)
        source, keep = np.zeros((len(rows), n), np.int64), np.full((len(rows), n), -1, np.int8)
        target_in, target = np.zeros((len(rows), m), np.int64), np.full((len(rows), m), IGNORE, np.int64)
        allowed = []
        for i, (ids, labels, given, out) in enumerate(rows):
            source[i, : len(ids)] = ids
            keep[i, : len(ids)] = labels
            target_in[i, : len(given)] = given
            target[i, : len(out)] = out
            allowed.append(self.allowed(ids))
        union = np.unique(np.concatenate(allowed))
        own = np.zeros((len(rows), len(union)), bool)
        for i, ids in enumerate(allowed):
            own[i, np.searchsorted(union, ids)] = True
        wanted = np.where(target == IGNORE, 1, target)
        local = np.minimum(np.searchsorted(union, wanted), len(union) - 1)
        # A target piece cut off with the source's tail is no longer grounded: it is not asked for.
        reachable = np.take_along_axis(own, local, 1) & (union[local] == wanted)
        target = np.where(reachable, target, IGNORE)
        local = np.where(target == IGNORE, IGNORE, local)
        arrays = (source, source != 0, keep, target_in, target, union, local, own)
        return Batch(*(torch.from_numpy(a) for a in arrays))

    def _example(self, number: int, cap: int, rng: np.random.Generator):
        s, n, t, m, task, length, style = self.index[number]
        if rng.random() < PLAIN_SHARE:
            style = 0
        before, start = self.leads(TASKS[task], length, STYLES[style])
        n = min(n, cap - len(before))
        ids = np.concatenate([before, self.arrays["source"][s : s + n].astype(np.int64)])
        labels = np.full(len(ids), -1, np.int8)
        if TASKS[task] == "headline":
            labels[len(before) :] = self.arrays["keep"][s : s + n]
        out = np.append(self.arrays["target"][t : t + m].astype(np.int64), 1)
        grounded = np.append(self.arrays["grounded"][t : t + m].astype(bool), True)
        return ids, labels, *shifted(start, out, np.where(grounded, out, IGNORE))

    def leads(self, task: str, length: int, style: str) -> tuple[list[int], list[int]]:
        """Ids before the source, and those that the decoder is given before its first step."""
        before, start = control.leads(task, length, style, self.length)
        ids = self.pieces.tokenizer.token_to_id
        return [ids(token) for token in before], [0, *(ids(token) for token in start)]

    def allowed(self, source: np.ndarray) -> np.ndarray:
        """Ids that a text grounded in ``source`` may hold, ascending; control tokens allow none."""
        inside = [self.within[j] for j in np.unique(source)]
        return np.unique(np.concatenate([self.common, *inside]))


def shifted(start: list[int], ids: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the decoder is given for ``ids`` and, step by step, what is ``asked`` of it: not the control tokens."""
    given = np.concatenate([np.array(start, np.int64), ids[:-1]])
    return given, np.concatenate([np.full(len(start) - 1, IGNORE, np.int64), asked])

"""TextRank and LexRank over jieba words, as published: PageRank on a graph of sentences.

TextRank (Mihalcea and Tarau 2004): weight = shared words / (log |a| + log |b|), damping 0.85.
LexRank (Erkan and Radev 2004), continuous: weight = tf-idf cosine, idf over the document's sentences.
"""

from __future__ import annotations

import numpy as np

from ..metrics.tokens import words
from .units import fill, split

DAMPING = 0.85
ROUNDS = 100
TOLERANCE = 1e-8
MOST = 3000  # sentences of one document that enter the graph: 3000 x 3000 weights are 72 MB


def textrank(body: str, task: str, budget: float) -> str:
    """The top sentences of ``body`` by TextRank."""
    return _top(body, task, budget, _shared)


def lexrank(body: str, task: str, budget: float) -> str:
    """The top sentences of ``body`` by continuous LexRank."""
    return _top(body, task, budget, _cosine)


def _top(body: str, task: str, budget: float, weigh) -> str:
    units = split(body)[:MOST]
    if len(units) < 2:
        return "".join(units)
    scores = pagerank(weigh(_counts(units)))
    # Rounded, so that equal sentences tie and the earlier one wins on every machine.
    order = sorted(range(len(units)), key=lambda i: (-round(float(scores[i]), 9), i))
    return fill(units, order, task, budget)


def _counts(units: list[str]) -> np.ndarray:
    """Word counts, of shape (sentences, vocabulary)."""
    places: dict[str, int] = {}
    cut = [[places.setdefault(word, len(places)) for word in words(unit)] for unit in units]
    counts = np.zeros((len(units), max(len(places), 1)), np.float32)
    for row, found in enumerate(cut):
        np.add.at(counts[row], found, 1)
    return counts


def _shared(counts: np.ndarray) -> np.ndarray:
    seen = (counts > 0).astype(np.float32)
    logs = np.log(np.maximum(counts.sum(axis=1), 1))
    sums = logs[:, None] + logs[None, :]
    weights = np.divide(seen @ seen.T, sums, out=np.zeros_like(sums), where=sums > 0)
    np.fill_diagonal(weights, 0)
    return weights


def _cosine(counts: np.ndarray) -> np.ndarray:
    idf = np.log(len(counts) / np.maximum((counts > 0).sum(axis=0), 1))
    vectors = counts * idf
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    weights = unit @ unit.T
    np.fill_diagonal(weights, 0)
    return weights


def pagerank(weights: np.ndarray) -> np.ndarray:
    """Stationary scores of a walk over ``weights`` (n, n); a row without links jumps anywhere. Sums to 1."""
    count = len(weights)
    totals = weights.sum(axis=1, keepdims=True)
    step = np.divide(weights, totals, out=np.full_like(weights, 1 / count), where=totals > 0)
    scores = np.full(count, 1 / count)
    for _ in range(ROUNDS):
        after = (1 - DAMPING) / count + DAMPING * (scores @ step)
        if np.abs(after - scores).sum() < TOLERANCE:
            return after
        scores = after
    return scores

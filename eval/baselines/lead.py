"""Lead baselines: the first sentence, the first N characters, and random sentences as a floor."""

from __future__ import annotations

import hashlib
import random

from summarizer.chars import width

from .units import fill, split


def sentence(body: str, task: str, budget: float) -> str:
    """The lead sentence for a headline; the leading sentences that fit for a summary."""
    units = split(body)
    if task == "headline":
        return units[0] if units else ""
    picked, used = [], 0.0
    for unit in units:  # a lead stops at the first that does not fit: it never skips
        used += width(unit)
        if picked and used > budget:
            break
        picked.append(unit)
    return "".join(picked)


def characters(body: str, budget: float) -> str:
    """The first ``budget`` full-width units of ``body`` on one line, cut wherever that falls."""
    text, used = "".join(body.split("\n")).strip(), 0.0
    for index, char in enumerate(text):
        used += width(char)
        if used > budget:
            return text[:index]
    return text


def shuffled(body: str, task: str, budget: float, seed: int) -> str:
    """Sentences drawn at random; the draw depends on ``seed`` and the body only."""
    units = split(body)
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    order = list(range(len(units)))
    random.Random(f"{seed}:{digest}").shuffle(order)
    return fill(units, order, task, budget)

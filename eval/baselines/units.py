"""Sentences of a body as the baselines pick them, and the budget they fill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.chars import width
from summarizer.sentences import sentences

HEADLINE_SENTENCES = 1


def split(body: str) -> list[str]:
    """Sentences of ``body`` in order, headings among them; a body of one line without marks is one."""
    return [body[s.start : s.end] for s in sentences(body)]


def fill(units: Sequence[str], order: Iterable[int], task: str, budget: float) -> str:
    """The best of ``units`` by ``order``: one for a headline; for a summary as many as fit, in text order.

    ``budget`` is in full-width units. The first always counts, however long; one that does not fit is
    passed over and the next tried.
    """
    picked: list[int] = []
    used = 0.0
    for index in order:
        size = width(units[index])
        if picked and used + size > budget:
            continue
        picked.append(index)
        used += size
        if task == "headline" or used >= budget:
            break
    return "".join(units[i] for i in sorted(picked))

"""Length of predictions in full-width units: against the gold, over a limit, empty, or broken off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.chars import unbalanced, width

from .measure import Measure, of_counts, of_values

# A text can't end on a mark that opens or joins, nor on a word that wants another after it.
_OPEN_END = re.compile(
    r"[，、：；,:;·—\-（(《“‘「『]$|(?:[的地得和与及或在向把被将对从为于]|以及|并且|因为|关于)$"
)
_CLOSED_END = re.compile(r"[。！？!?…；;][”’」』》）)]*$")


def cut_off(text: str, task: str) -> bool:
    """True where ``text`` looks broken off at its end. An empty text is not: it is counted as empty.

    A headline: it ends on a joining mark or a word such as 的 or 和, or a bracket or quotation stays open.
    A summary: besides that, its last sentence has no end mark.
    """
    text = text.strip()
    if not text:
        return False
    if _OPEN_END.search(text) or unbalanced(text):
        return True
    return task == "summary" and not _CLOSED_END.search(text)


def measures(
    preds: Sequence[str], golds: Sequence[str], task: str, limit: float | None = None
) -> list[Measure]:
    """Length measures; ``limit`` in full-width units, None for no over-limit rate."""
    widths = [width(pred.strip()) for pred in preds]
    ratios = [100 * mine / width(gold) for mine, gold in zip(widths, golds, strict=True)]
    group, signature = "长度 / length", {"unit": "full-width", "agg": "macro"}
    found = [
        of_values("length", "length", group, "neither", widths, signature),
        of_values("length-ratio", "length of gold %", group, "neither", ratios, signature),
        of_counts("empty", "empty %", group, "lower", [(int(not w), 1) for w in widths], signature),
        of_counts(
            "cut-off", "cut-off %", group, "lower", [(int(cut_off(p, task)), 1) for p in preds], signature
        ),
    ]
    if limit is not None:
        over = [(int(w > limit), 1) for w in widths]
        found.append(
            of_counts(
                "over-limit", "over limit %", group, "lower", over, {**signature, "limit": f"{limit:g}"}
            )
        )
    return found

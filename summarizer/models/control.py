"""Control tokens of the embedded model: task and style lead its source, the length bucket its target.

A model whose length stands with the decoder reads a source once for headlines of any length. Models made before that
have it in the source, between task and style; ``LENGTH_PLACES`` names both, a model's card says which (``length``).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..types import Task

TASKS: dict[Task, str] = {
    "headline": "<headline>",
    "kicker": "<kicker>",
    "subhead": "<subhead>",
    "summary": "<summary>",
}
STYLES = {
    "plain": "<plain>",
    "daily": "<daily>",
    "broadcast": "<broadcast>",
    "brief": "<brief>",
    "web": "<web>",
    "metro": "<metro>",
    "campus": "<campus>",
    "sport": "<sport>",
    "social": "<social>",
}
LENGTHS = tuple(f"<len{i}>" for i in range(8))
SEPARATOR = "<sep>"
NEWLINE = "<n>"
SPARE = tuple(f"<spare{i}>" for i in range(8))
LENGTH_PLACES = ("source", "decoder")
FRAME = ("<pad>", "</s>", "<unk>")  # ids 0, 1, 2
TOKENS = (*TASKS.values(), *STYLES.values(), *LENGTHS, SEPARATOR, NEWLINE, *SPARE)
RESERVED = frozenset((*FRAME, *TOKENS))  # what no text holds

# Upper bounds of the length buckets in full-width units; the last bucket is open.
HEADLINE_BOUNDS = (10.0, 13.0, 16.0, 19.0, 22.0, 26.0, 32.0)
SUMMARY_BOUNDS = (30.0, 45.0, 60.0, 80.0, 100.0, 130.0, 170.0)


def bucket(task: Task, width: float) -> int:
    """The length bucket (0..7) that a text of ``width`` full-width units falls into."""
    bounds = SUMMARY_BOUNDS if task == "summary" else HEADLINE_BOUNDS
    return sum(width > bound for bound in bounds)


def bucket_within(task: Task, width: float) -> int:
    """The longest bucket whose texts all fit into ``width`` units (the first bucket at the least)."""
    bounds = SUMMARY_BOUNDS if task == "summary" else HEADLINE_BOUNDS
    return max(0, sum(width >= bound for bound in bounds) - 1)


def length_place(written: Mapping) -> str:
    """Where a model's card, or a run's options, say that the length stands; those made before that say nothing."""
    return str(written.get("length", "source"))


def leads(task: Task, length: int, style: str, place: str) -> tuple[list[str], list[str]]:
    """The control tokens before a source, and those before its target; an unknown style counts as plain.

    ``place`` is one of LENGTH_PLACES: where the token of the length bucket ``length`` (0..7) stands.
    """
    token, manner = LENGTHS[length], STYLES.get(style, STYLES["plain"])
    if place == "decoder":
        return [TASKS[task], manner], [token]
    return [TASKS[task], token, manner], []

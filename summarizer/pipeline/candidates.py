"""Headline candidates of one article: gathered, refused where they can't be printed, checked, ordered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..chars import unbalanced, width
from ..types import Candidate, Generated, Origin
from . import stages
from .source import Source

_BAD = ("unsupported", "contradicted")


def defect(text: str, limit: float, repeat: int = 4) -> str:
    """Why ``text`` can't be printed at all, or "" where it can.

    ``limit`` in full-width units; ``repeat`` is how many characters in a row may not stand twice.
    """
    if not text.strip():
        return "空白 / empty"
    if width(text) > limit:
        return f"{width(text):g} 字，超过 {limit:g} 字 / over the length budget"
    mark = unbalanced(text)
    if mark:
        return f"“{mark}”不成对 / half a bracket or quotation"
    twice = repeated(text, repeat)
    return f"“{twice}”重复 / repeated words" if twice else ""


def repeated(text: str, size: int = 4) -> str:
    """The first run of ``size`` characters that stands twice in ``text``, or ""."""
    seen = set()
    for index in range(len(text) - size + 1):
        piece = text[index : index + size]
        if piece in seen:
            return piece
        seen.add(piece)
    return ""


def candidate(text: str, score: float, origin: Origin, source: Source) -> Candidate:
    """``text`` with its findings and the spans of the body that speak for it."""
    spans = tuple(dict.fromkeys(span for link in stages.evidence(text, source.facts) for span in link.spans))
    return Candidate(text, width(text), score, origin, stages.check(text, source.facts), spans)


def gather(
    source: Source, drawn: Iterable[tuple[Generated, Origin]], limit: float
) -> tuple[list[Candidate], list[str]]:
    """The printable candidates, and for each refused one a warning."""
    kept: dict[str, Candidate] = {}
    warnings = []
    for generated, origin in drawn:
        text = generated.text.strip()
        reason = "生成被截断 / stopped at a limit" if generated.truncated else defect(text, limit)
        if reason:
            warnings.append(f"未采用的标题“{text}”：{reason}")
        elif text not in kept:
            kept[text] = candidate(text, generated.score, origin, source)
    return list(kept.values()), list(dict.fromkeys(warnings))


def doubtful(item: Candidate) -> bool:
    """True where the guard found something that the article does not say."""
    return any(finding.verdict in _BAD for finding in item.findings)


def order(items: Sequence[Candidate], first: Origin) -> list[Candidate]:
    """Supported before doubtful; then ``first``'s origin; then score."""
    return sorted(items, key=lambda c: (doubtful(c), c.origin != first, -c.score, c.text))


def remarks(ordered: Sequence[Candidate]) -> list[str]:
    """What an editor must know about the default headline; ``[]`` where it is sound."""
    if not ordered:
        return ["没有写出标题：正文太短或不成句 / no headline: too little text, or no sentences"]
    if doubtful(ordered[0]):
        return ["首选标题有原文没有的内容，也没有更好的候选 / the default headline is not fully supported"]
    return []

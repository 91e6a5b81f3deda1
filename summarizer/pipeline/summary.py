"""The summary of one article: each part's summary checked, then joined in reading order within the budget."""

from __future__ import annotations

from collections.abc import Sequence

from ..centrality import centrality
from ..chars import unbalanced, width
from ..types import Generated, Span
from . import stages
from .source import Source

SHORTEST_PART = 40  # full-width units asked of each part of a long report
REPEAT = 12  # a name may come back in a summary, a dozen characters in a row may not
_BAD = ("unsupported", "contradicted")


def part_chars(parts: int, limit: int) -> int:
    """How long a part's summary may be when ``parts`` of them share ``limit`` units."""
    return limit if parts <= 1 else max(min(limit, SHORTEST_PART), limit // parts)


def choose(facts: stages.Facts, drawn: Sequence[Generated], limit: float) -> str:
    """The first output that is printable and says nothing unsupported; "" where there is none."""
    for generated in drawn:
        text = generated.text.strip()
        if not generated.truncated and not defect(text, limit) and sound(facts, text):
            return text
    return ""


def sound(facts: stages.Facts, text: str) -> bool:
    """True where the guard finds nothing in ``text`` that ``facts`` do not say."""
    return not any(finding.verdict in _BAD for finding in stages.check(text, facts))


def defect(text: str, limit: float) -> bool:
    """True where ``text`` is empty, too long, has half a bracket or says a dozen characters twice."""
    return not text or width(text) > limit or bool(unbalanced(text)) or _repeats(text)


def _repeats(text: str) -> bool:
    seen = set()
    for index in range(len(text) - REPEAT + 1):
        piece = text[index : index + REPEAT]
        if piece in seen:
            return True
        seen.add(piece)
    return False


def pieces(text: str) -> list[str]:
    """A summary as its sentences."""
    return [text[s.start : s.end] for s in stages.sentences(text)]


def join(parts: Sequence[str], limit: float) -> str:
    """Part summaries as one text of at most ``limit`` units: all, or the most central sentences of them."""
    found = list(dict.fromkeys(piece for part in parts for piece in pieces(part)))
    if width("".join(found)) <= limit:
        return "".join(found)
    worth = centrality(found)
    chosen, room = [], limit
    for index in sorted(range(len(found)), key=lambda i: (i != 0, -worth[i], i)):
        if width(found[index]) <= room:
            chosen.append(index)
            room -= width(found[index])
    return "".join(found[i] for i in sorted(chosen))


def evidence(source: Source, text: str) -> tuple[Span, ...]:
    """Spans of the body that hold the summary, sentence by sentence."""
    spans: list[Span] = []
    for piece in pieces(text):
        at = source.body.find(piece)
        if at >= 0:
            spans.append((at, at + len(piece)))
        else:
            spans += [span for link in stages.evidence(piece, source.facts) for span in link.spans]
    return tuple(dict.fromkeys(spans))


def remarks(source: Source, text: str, fallen: int) -> list[str]:
    """What must be said about the summary; ``fallen`` parts were extracted for want of a sound output."""
    notes = []
    if fallen:
        notes.append(f"摘要有 {fallen} 段改用原文句子 / {fallen} part(s) of the summary were extracted")
    if not text and not source.refused and source.body.strip():
        notes.append("没有写出摘要：没有一句能放进字数上限 / no summary: no sentence fits the length")
    return notes

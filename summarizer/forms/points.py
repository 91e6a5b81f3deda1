"""提要 (key points) and section subheads for long reports: which sentences, and where sections begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..chars import unbalanced, width
from ..refuse.stories import Halves, sum_of
from ..types import Sentence, Span
from ..weigh import content
from .polish import polish

LONG_REPORT = 1200  # characters from which a report is worth dividing
SECTION = 600  # characters of a section, about
_NUMBER = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]、?|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d)|[■●▲◆★]\s*)\s*"
)
_OPENING = re.compile(
    r"^(?:会议|报告|文件|通知|他|她|记者[^，]{0,8}|据[^，]{1,12}|[\u4e00-\u9fff]{2,4})?(?:还|也|并|同时)?"
    r"(?:强调|指出|要求|表示|认为|介绍|获悉|了解到|透露|说|称|提出)[，：]"
    r"|^(?:其中|此外|同时|另外|目前|近日|日前|据悉|据了解|据介绍|一方面|另一方面|总之|因此)，"
)


def key_point(sentence: str, budget: float) -> str:
    """``sentence`` as a line of a 提要: without its opening phrase and end stop, whole clauses only.

    Clauses are dropped from the end until it fits ``budget`` full-width units; "" where not even the
    first does, or where a bracket or quotation would be cut.
    """
    text = polish(_OPENING.sub("", sentence.strip()))
    clauses = re.findall(r"[^，；]+[，；]?", text)
    while clauses:
        line = polish("".join(clauses))
        if width(line) <= budget and not unbalanced(line):
            return line if width(line) >= 6 else ""
        clauses.pop()
    return ""


def key_points(sentences: Sequence[str], budget: float, count: int = 3) -> tuple[str, ...]:
    """Up to ``count`` lines from sentences given best first; a line that says another's words is left out."""
    lines: list[str] = []
    seen: list[set[str]] = []
    for sentence in sentences:
        line = key_point(sentence, budget)
        words = set(content(line))
        if line and words and all(len(words & other) < 0.5 * len(words | other) for other in seen):
            lines.append(line)
            seen.append(words)
        if len(lines) == count:
            break
    return tuple(lines)


def sections(body: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """Spans of ``body`` that each deserve a subhead; () for a report under 1,200 characters.

    The report's own headings divide it where it has any; else paragraphs are grouped so that sections
    have about 600 characters and begin where the vocabulary changes most.
    """
    if len(body) < LONG_REPORT or not sentences:
        return ()
    if any(s.heading for s in sentences):
        return _by_heading(sentences)
    paragraphs = [m.span() for m in re.finditer(r"[^\n]+", body) if m.group().strip()]
    if len(paragraphs) < 4:
        return ()
    cuts = _cuts(body, paragraphs, max(2, round(len(body) / SECTION)))
    edges = [0, *cuts, len(paragraphs)]
    return tuple((paragraphs[a][0], paragraphs[b - 1][1]) for a, b in zip(edges, edges[1:], strict=False))


def headed(body: str, sentences: Sequence[Sentence]) -> tuple[tuple[Span, str], ...]:
    """``sections`` with the heading that each has in the report, "" where it has none."""
    titles = {s.section: _title(body[s.start : s.end]) for s in reversed(sentences) if s.heading}
    starts = {s.start: s.section for s in sentences if not s.heading}
    return tuple((span, titles.get(starts.get(span[0], -1), "")) for span in sections(body, sentences))


def _title(line: str) -> str:
    """A heading without its number and dashes; "" for the name that signs a quotation (——读者…)."""
    text = _NUMBER.sub("", line.strip())
    return "" if text.startswith(("——", "--")) else text.strip("—-－ 　：:")


def _by_heading(sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    groups: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if not sentence.heading:
            groups.setdefault(sentence.section, []).append(sentence)
    return tuple((group[0].start, group[-1].end) for group in groups.values())


def _cuts(body: str, paragraphs: list[Span], count: int) -> list[int]:
    """``count - 1`` paragraph indices where sections begin: least cohesion lost, sizes least uneven."""
    bags = [Counter(content(body[a:b])) for a, b in paragraphs]
    halves = Halves(sum_of(bags))
    loss = [1.0]
    for bag in bags[:-1]:
        halves.move(bag)
        loss.append(halves.cohesion())
    ends = [b for _, b in paragraphs]
    share = len(body) / count
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for section in range(1, count):
        target = section * share
        step: dict[int, tuple[float, list[int]]] = {}
        for last, (cost, cuts) in best.items():
            for cut in range(last + 1, len(paragraphs)):
                off = abs(ends[cut - 1] - target) / share
                if off <= 0.6:
                    value = (cost + loss[cut] + off, [*cuts, cut])
                    step[cut] = min(step.get(cut, value), value)
        best = step or best
    return min(best.values())[1]

"""Section subheads of long reports: the report's own, else one written for each section."""

from __future__ import annotations

from collections.abc import Sequence

from ..chars import width
from ..forms.points import headed
from ..forms.polish import polish
from ..forms.short import shown, stands
from ..style import Style, layout_of
from ..types import Generated, Origin, Request, Section, Span
from .ask import Asker
from .source import RESERVED, SMALLEST_BUDGET, Source
from .summary import sound
from .telling import tells

MOST = 8  # sections for which a subhead is written; a report's own headings are all shown
BEAMS = 2
SHORTEST = 2  # 一 alone numbers a section
LONGEST = 40  # full-width units of a heading; a longer line is a sentence


def sections(
    asker: Asker, sources: Sequence[Source], headlines: Sequence[str], style: Style | None
) -> list[tuple[Section, ...]]:
    """Per source its sections that have a subhead, in reading order; ``()`` for a short report.

    All subheads that must be written are asked for in one call.
    """
    budget = layout_of(style, 14).budget("section")
    divided = [() if item.refused else headed(item.body, item.sentences) for item in sources]
    divided = [parts if len(parts) > 1 else () for parts in divided]
    wanted = [_wanted(parts) if budget else [] for parts in divided]
    requests = [
        Request("headline", _opening(asker, item.body[start:end]), budget, style=asker.style)
        for item, spans in zip(sources, wanted, strict=True)
        for start, end in spans
    ]
    drawn = iter(asker.ask(requests, asker.decoding(BEAMS)))
    found = []
    for item, parts, spans, headline in zip(sources, divided, wanted, headlines, strict=True):
        written = {span: next(drawn) for span in spans}
        found.append(_titled(asker, item, parts, written, headline, budget))
    return found


def _wanted(parts: Sequence[tuple[Span, str]]) -> list[Span]:
    """Sections to write for: none where the report heads any of its own."""
    return [] if any(title for _, title in parts) else [span for span, _ in parts][:MOST]


def _opening(asker: Asker, text: str) -> str:
    """As much of a section as the backend is shown for a headline."""
    backend = asker.backend
    limit = min(backend.source_budget, getattr(backend, "headline_budget", backend.source_budget))
    shown = text if limit >= len(text) else text[: 2 * limit]
    # Two characters a token is the embedded model's measure; another model may count one each and refuse.
    most = max(SMALLEST_BUDGET, backend.source_budget - RESERVED)
    while (cost := backend.count(shown)) > most:
        shown = shown[: max(1, min(len(shown) - 1, len(shown) * most // cost))]
    return shown


def _titled(
    asker: Asker,
    item: Source,
    parts: Sequence[tuple[Span, str]],
    written: dict[Span, list[Generated]],
    headline: str,
    budget: int,
) -> tuple[Section, ...]:
    """Sections with the report's heading or the first good subhead; no two alike, none like the headline."""
    found: list[Section] = []
    for (start, end), heading in parts:
        title, origin = heading, "page"
        if not heading and (start, end) in written:
            said = [headline, *(section.title for section in found)]
            title, origin = _subhead(asker, item, (start, end), written[start, end], said, budget)
        if SHORTEST <= width(title) <= LONGEST:
            found.append(Section(start, end, title, origin))
    return tuple(found)


def _subhead(
    asker: Asker, item: Source, span: Span, drawn: Sequence[Generated], said: Sequence[str], budget: int
) -> tuple[str, Origin]:
    text = item.body[span[0] : span[1]]
    own: Origin = "extract" if asker.extracts else "model"
    offers = [(polish(g.text), own) for g in drawn if not g.truncated]
    for title, origin in offers:
        if (
            stands(title, budget, text)
            and tells(title)
            and not _again(title, said)
            and sound(item.facts, title)
        ):
            return title, origin
    more = (g.text for g in asker.extract("headline", text, budget, 4))
    for title in shown(more, budget, text):
        if tells(title) and not _again(title, said) and sound(item.facts, title):
            return title, "extract"
    return "", own


def _again(title: str, said: Sequence[str]) -> bool:
    """True where more than half of the title's pairs of characters stand in one that is already said."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return any(2 * sum(pair in other for pair in pairs) > len(pairs) for other in said)

"""Drafts of many articles at once: every kind of request goes to the backend in one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..forms.layout import one_line
from ..models.base import Backend
from ..settings import Settings
from ..style import Style, layout_of, load
from ..types import Article, Candidate, Draft, Forms, Generated, Origin, Section, Task
from . import beside, candidates, summary
from .ask import Asker, Drawn
from .forms import forms
from .points import key_points
from .sections import sections
from .source import Source, source
from .titles import Material

# Which of the model's own styles speaks in a custom style's tone.
TONES = {"plain": "plain", "formal": "daily", "lively": "metro", "web": "web"}
SPOKEN = ("plain", "daily", "metro", "web")


@dataclass
class Desk:
    """What is known about one article while its draft grows."""

    source: Source
    drawn: Drawn
    parts: list[list[Generated]]
    wide: Drawn = field(default_factory=list)
    kept: list[Candidate] = field(default_factory=list)
    ordered: list[Candidate] = field(default_factory=list)
    ranked: list[Candidate] = field(default_factory=list)
    wider: list[Candidate] = field(default_factory=list)
    sections: tuple[Section, ...] = ()
    points: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)
    beside: dict[str, str | None] = field(default_factory=dict)

    @property
    def headline(self) -> str:
        return self.ordered[0].text if self.ordered else ""


class Writer:
    """Turns articles into drafts with one backend. Raises SettingsError for a style that is not valid."""

    def __init__(self, backend: Backend, style: str | None = None, seed: int = 0) -> None:
        self.style: Style | None = load(style) if style is not None else None
        self.asker = Asker(backend, _spoken(self.style), seed)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What every report of this writer must say."""
        if self.asker.extracts or self.first("headline") == "model":
            return ()
        return (
            "模型卡说明此模型的标题不及抽取法，首选用抽取的标题 / "
            "by its card the model scores below extraction, so the extracted headline comes first",
        )

    def first(self, task: str) -> Origin:
        """Whose text is offered first for ``task``: the model's card may prefer extraction."""
        return self.asker.first(task)

    def write(self, articles: Sequence[Article], settings: Settings) -> list[Draft]:
        """One draft per article, in order; ``[]`` for none."""
        views = self.asker.views(settings)
        sources = [source(article, self.asker.backend, views) for article in articles]
        drawn = self.asker.headlines(sources, settings)
        parts = self.asker.summaries(sources, settings)
        wide = self.asker.wide(sources, self._web_budget(settings), settings)
        desks = [Desk(*row) for row in zip(sources, drawn, parts, wide, strict=True)]
        self._choose(desks, settings)
        self._widen(desks, settings)
        for task in ("kicker", "subhead"):
            self._beside(task, desks)
        found = sections(self.asker, sources, [desk.headline for desk in desks], self.style)
        for desk, parts_found in zip(desks, found, strict=True):
            desk.sections = parts_found
        for desk, lines in zip(desks, key_points(sources), strict=True):
            desk.points = lines
        return [self._draft(desk, settings) for desk in desks]

    def _web_budget(self, settings: Settings) -> int:
        return layout_of(self.style, settings.headline_chars).budget("web")

    def _choose(self, desks: Sequence[Desk], settings: Settings) -> None:
        """The candidates in order of offer, and what is to be said about them."""
        limit, first = settings.headline_chars, self.first("headline")
        for desk in desks:
            if desk.source.article.headline:
                desk.drawn.append((Generated(desk.source.article.headline), "page"))
        found = candidates.gather_all([(d.source, d.drawn) for d in desks], limit, self.style)
        for desk, (kept, refused) in zip(desks, found, strict=True):
            item = desk.source
            written = len({generated.text for generated, origin in desk.drawn if origin == "model"})
            desk.kept = kept
            ranked = candidates.order(kept, item, limit, first, self.style, written)
            desk.ranked, lacking = candidates.without_doubtful_page(ranked)
            desk.ordered = candidates.shown(desk.ranked[: settings.candidates], item)
            desk.warnings += [*(refusal.message for refusal in item.refusals), *refused, *lacking]
            if not item.refused:
                desk.warnings += candidates.remarks(desk.ordered, first)

    def _widen(self, desks: Sequence[Desk], settings: Settings) -> None:
        """The candidates and the wordings for the web's line, ranked together by what that line holds."""
        desks = [d for d in desks if d.wide and not d.source.refused and candidates.sound(d.ranked)]
        if not desks:  # the style may have no line for the web
            return
        budget = self._web_budget(settings)
        style = replace(self.style, layout=one_line(budget)) if self.style else None
        known = [{c.text for c in desk.ranked} for desk in desks]
        found = candidates.gather_all([(d.source, d.wide) for d in desks], budget, style, known)
        for desk, (fresh, _) in zip(desks, found, strict=True):
            if fresh:
                desk.wider = candidates.order([*desk.kept, *fresh], desk.source, budget, "model", style)

    def _beside(self, task: Task, desks: Sequence[Desk]) -> None:
        """The page's own kicker or subhead; another where the style wants one and the page has none."""
        never = self.style is not None and self.style.kicker == "never" and task == "kicker"
        for desk in desks:
            desk.beside[task] = None if never else getattr(desk.source.article, task)
        if never or self.style is None or self.style.kicker != "wanted":
            return
        shapes = self.style.layout.shapes("kicker" if task == "kicker" else "sub")
        limit = shapes[0][0].budget if shapes else 0
        lacking = [d for d in desks if not d.beside[task] and d.headline and not d.source.refused]
        if not lacking or not limit:
            return
        drawn: list[list[Generated]] = [[] for _ in lacking]
        if self.asker.can(task):
            drawn = self.asker.beside(task, [(d.source, d.headline) for d in lacking], limit)
        for desk, found in zip(lacking, drawn, strict=True):
            said = [desk.headline, desk.beside.get("kicker") or ""]
            text = beside.choose(desk.source, found, said, limit)
            if not text and task == "kicker":
                text = beside.occasion(desk.source, said, limit)
            desk.beside[task] = text or None

    def _draft(self, desk: Desk, settings: Settings) -> Draft:
        item, article = desk.source, desk.source.article
        text, notes = self._summary(desk, settings)
        return Draft(
            headline=desk.headline,
            kicker=desk.beside["kicker"],
            subhead=desk.beside["subhead"],
            candidates=tuple(desk.ordered),
            summary=text,
            summary_evidence=summary.evidence(item, text),
            key_points=desk.points,
            page_headline=article.headline,
            byline=article.byline,
            body=article.body,
            coverage=item.coverage,
            warnings=tuple(dict.fromkeys([*desk.warnings, *notes])),
            forms=self._forms(desk, settings),
        )

    def _forms(self, desk: Desk, settings: Settings) -> Forms:
        made = Material(
            desk.source,
            desk.ranked,
            desk.wider,
            desk.beside["kicker"],
            desk.beside["subhead"],
            self.style,
            settings.headline_chars,
            lambda text, limit, count: self.asker.extract("headline", text, limit, count),
        )
        return forms(made, desk.sections)

    def _summary(self, desk: Desk, settings: Settings) -> tuple[str, list[str]]:
        """The joined summary; parts that the model could not write are extracted, and that is said."""
        item = desk.source
        room = summary.part_chars(len(item.parts), settings.summary_chars)
        prefer = self.first("summary") == "extract"
        texts, fallen = [], 0
        for part, drawn in zip(item.parts, desk.parts, strict=True):
            text = "" if prefer else summary.choose(item.part_facts(part), drawn, room)
            if not text:
                fallen += not prefer
                text = next((g.text for g in self.asker.extract("summary", part.text, room)), "")
            texts.append(text)
        joined = summary.join([text for text in texts if text], settings.summary_chars)
        return joined, summary.remarks(item, joined, fallen)


def _spoken(style: Style | None) -> str:
    """The name under which the model knows the style."""
    if style is None:
        return "plain"
    return style.name if style.name in SPOKEN else TONES[style.tone]

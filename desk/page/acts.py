"""The bench's steps behind the handlers: checks, rewriting, summaries, accepting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from summarizer.errors import SummarizerError

from ..errors import Invalid
from ..i18n import Words
from ..log import Choice, Choices
from ..service import Desk, Options
from . import fields, views
from .state import Session

SLOTS = (("kicker", "kicker"), ("main", "main"), ("subhead", "sub"))


class Acts:
    """Steps on one tab's Session."""

    def __init__(self, desk: Desk, t: Words):
        self.desk, self.t = desk, t

    async def guard(self, session: Session, texts: tuple[str, ...], chars: Any, client: str) -> str:
        """The check of the three fields as HTML; an error is shown in its place."""
        library, rows = self.desk.library, []
        try:
            budget = chars if isinstance(chars, int) and 1 <= chars <= 80 else session.options.headline_chars
            for (name, slot), text in zip(SLOTS, texts, strict=True):
                found = await self.desk.answer(self.desk.check(client, text, session.article)) if text else ()
                rows.append((name, text, library.width(text), library.budget(slot, budget), found))
        except SummarizerError as error:
            return views.notice(self.t.half(str(error)), "error")
        return fields.guard(self.t, rows)

    async def summary(self, session: Session, client: str) -> str:
        """The draft's summary as HTML with its evidence."""
        draft = session.draft
        assert draft is not None
        try:
            pieces = await self.desk.answer(self.desk.pieces(client, draft.summary, session.article))
        except SummarizerError as error:
            return views.notice(self.t.half(str(error)), "error")
        length = self.desk.library.width(draft.summary)
        return fields.summary(self.t, draft.summary, pieces, length, session.options.summary_chars)

    async def rewrite(
        self, session: Session, main: str, how: str, keep: Any, avoid: Any, options: Options, client: str
    ) -> str:
        """Add rewritten headlines to the session's candidates; the status line to show."""
        assert session.draft is not None
        headline = main.strip() or session.draft.headline
        body = session.article.body
        shown = tuple(candidate.text for candidate in session.draft.candidates)
        words = split_words(keep), split_words(avoid)
        found = await self.desk.answer(self.desk.rewrite(client, body, headline, how, options, *words, shown))
        new = session.add(found)
        if not new:
            why = self.t.half(getattr(found, "why", ""))
            return views.notice(" ".join(filter(None, (self.t("nothing_new", how=self.t(how)), why))))
        return views.notice(self.t("rewritten", how=self.t(how), n=new), "done")

    async def resummarize(self, session: Session, options: Options, client: str) -> str:
        """Replace the summary by one of ``options.summary_chars``; the status line to show."""
        index, old = session.current, session.draft
        assert old is not None
        draft = await self.desk.answer(self.desk.draft(client, session.article, options))
        session.drafts[index] = replace(old, summary=draft.summary, summary_evidence=draft.summary_evidence)
        session.options = replace(session.options, summary_chars=options.summary_chars)
        name = options.model or self.desk.config.default_model
        return views.notice(f"{name} · {self.t('summary')} {options.summary_chars}", "done")

    def accept(
        self, session: Session, slots: tuple[str, ...], model: str, style: str, log: bool, with_text: bool
    ) -> str:
        """The accepted piece as HTML; kept in the log when ``log``."""
        draft, note = session.draft, self.t("accepted")
        assert draft is not None
        if log and self.desk.config.choices is not None and model in self.desk.config.models:
            texts = tuple(candidate.text for candidate in draft.candidates)
            rank = texts.index(slots[1]) + 1 if slots[1] in texts else None
            choice = Choice(
                kind="accepted" if rank else "changed",
                model=model,
                style=style or None,
                body=session.article.body,
                kicker=slots[0],
                headline=slots[1],
                subhead=slots[2],
                summary=draft.summary,
                offered=len(texts),
                chosen=rank,
                origin=draft.candidates[rank - 1].origin if rank else None,
                candidates=texts,
            )
            Choices(self.desk.config.choices).keep(choice, with_text)
            note += self.t("logged")
        return fields.final(self.t, *slots, draft.summary, note)


def split_words(value: Any) -> tuple[str, ...]:
    """Words of a keep or avoid field, separated by spaces or commas of either width; at most 8."""
    text = value if isinstance(value, str) else ""
    for mark in "，,、；;\n\t\u3000":
        text = text.replace(mark, " ")
    words = tuple(dict.fromkeys(text.split()))
    if len(words) > 8:
        raise Invalid("最多 8 个词 / at most 8 words")
    return words

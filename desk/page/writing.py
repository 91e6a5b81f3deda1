"""From the click on 拟题 to the drafts: the extracted one at once, the model's after it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from summarizer.errors import SummarizerError

from ..errors import Invalid
from ..i18n import Words
from ..service import EXTRACTIVE, Desk, Options
from . import cards, fields, views
from .acts import Acts
from .state import Session
from .uploads import client_of, read_upload

if TYPE_CHECKING:
    from .bench import Bench

Updates = dict[Any, Any]


class Writing:
    """The part of a bench's handlers that writes and shows drafts."""

    def __init__(self, desk: Desk, t: Words, mode: str, bench: Bench):
        self.desk, self.t, self.mode, self.bench = desk, t, mode, bench
        self.acts = Acts(desk, t)

    async def write(
        self,
        text: str,
        file: Any,
        chars: Any,
        count: Any,
        length: Any,
        model: str,
        style: str,
        request: gr.Request,
    ) -> AsyncIterator[Updates]:
        """The extracted draft at once, the model's after it, then the page's other articles."""
        b, t = self.bench, self.t
        try:
            options = read_options(chars, count, length, model, style)
            source = read_upload(file, self.desk.limits) if file else text
            client = client_of(request)
            split, first = await self.desk.answer(self.desk.open(client, source, options))
            if first is None:
                raise Invalid(t("no_article"))
        except SummarizerError as error:
            yield {b.status: views.notice(self.t.half(str(error)), "error")}
            return
        session = Session(split, options)
        name = options.model or self.desk.config.default_model
        extracts = self.desk.config.models[name] == EXTRACTIVE
        session.put(0, first, by_model=extracts)
        state = views.notice(t("draft_shown", model=name), "busy")
        yield (
            self._opened(session)
            | await self._shown(session, client)
            | {b.status: state, b.stop: gr.update(visible=True)}
        )
        async for updates in self._by_model(session, client, name):
            yield updates

    async def _by_model(self, session: Session, client: str, name: str) -> AsyncIterator[Updates]:
        """Each article's draft as it comes; the last update says how it ended."""
        b, t, total = self.bench, self.t, len(session.split.articles)
        start, status = time.perf_counter(), ""
        for index in range(total):
            if index in session.by_model:
                continue
            if total > 1:
                yield {b.status: views.notice(t("progress", model=name, i=index + 1, n=total), "busy")}
            try:
                job = self.desk.draft(client, session.split.articles[index], session.options)
                session.put(index, await self.desk.answer(job), by_model=True)
            except SummarizerError as error:
                status = views.notice(t("model_failed", model=name, error=t.half(str(error))), "error")
                break
            here = index == session.current
            yield await self._shown(session, client) if here else {b.articles: views.articles(t, session)}
        remarks = "".join(views.notice(t.half(text)) for text in self.desk.remarks(session.options))
        done = views.notice(self._done(name, time.perf_counter() - start), "done")
        yield {b.status: status or done + remarks, b.stop: gr.update(visible=False)}

    def _done(self, name: str, seconds: float) -> str:
        return self.t("done", model=name, seconds=f"{seconds:.1f}")

    def _opened(self, session: Session) -> Updates:
        b = self.bench
        return {
            b.session: session,
            b.input_side: gr.update(visible=False),
            b.text_side: gr.update(visible=True),
            b.edit: gr.update(visible=True),
            b.write: gr.update(visible=False),
            b.final: "",
        }

    async def _shown(self, session: Session, client: str) -> Updates:
        """Everything on screen for the current article. Fields that the editor has typed into stay."""
        b, t, draft = self.bench, self.t, session.draft
        assert draft is not None
        limit = session.options.headline_chars
        updates = {
            b.articles: views.articles(t, session),
            b.body: views.body(t, session),
            b.cards: cards.candidates(t, draft, limit, session.fresh),
            b.summary: await self.acts.summary(session, client),
            b.points: fields.forms(t, draft.forms) + fields.key_points(t, draft.key_points),
        }
        if session.touched:
            return updates
        slots = (draft.kicker or "", draft.headline, draft.subhead or "")
        checked = await self.acts.guard(session, slots, limit, client)
        if session.touched:  # typed into meanwhile
            return updates
        session.filled = slots
        return updates | {b.kicker: slots[0], b.main: slots[1], b.subhead: slots[2], b.guard: checked}


def read_options(chars: Any, count: Any, length: Any, model: Any, style: Any) -> Options:
    """Options from widget values, which over HTTP may be anything: the constructor checks them."""
    return Options(
        candidates=whole(count),
        headline_chars=whole(chars),
        summary_chars=whole(length),
        model=model if isinstance(model, str) else None,
        style=style if isinstance(style, str) and style else None,
    )


def whole(value: Any) -> Any:
    """A slider's 20.0 as 20; anything else as it is, for the check that follows."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def number(event: gr.EventData, name: str) -> int:
    """A whole number from an event's data; -1 where there is none."""
    data = event._data if isinstance(event._data, dict) else {}
    value = str(data.get(name, ""))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else -1

"""What the bench does when something is pressed. Every step asks the service layer, which has the limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from summarizer.errors import SummarizerError

from ..i18n import Words
from ..service import Desk
from . import cards, examples, views
from .safety import guarded
from .state import Session
from .uploads import client_of
from .writing import Writing, number, read_options, whole

if TYPE_CHECKING:
    from .bench import Bench

Updates = dict[Any, Any]


def connect(desk: Desk, t: Words, mode: str, bench: Bench) -> None:
    """Attach every event of a bench. All are named, private and bound to the service's limits."""
    handler = Handler(desk, t, mode, bench)
    b, named = bench, {"api_visibility": "private", "show_progress": "hidden"}
    options = [b.chars, b.count, b.summary_chars, b.model, b.style]
    shown = [
        b.session, b.input_side, b.text_side, b.articles, b.body, b.status, b.cards,
        b.kicker, b.main, b.subhead,
        b.guard, b.summary, b.points, b.write, b.stop, b.edit, b.final, b.source, b.upload,
    ]  # fmt: skip
    fields = [b.kicker, b.main, b.subhead]

    def on(event: Any, fn: Any, name: str, inputs: list, outputs: list = shown, **more: Any) -> Any:
        return event(guarded(fn), inputs, outputs, api_name=f"{mode}_{name}", **(named | more))

    written = on(
        b.write.click, handler.write, "write", [b.source, b.upload, *options], concurrency_id="write"
    )
    on(b.stop.click, handler.stopped, "stop", [], cancels=[written])
    on(b.edit.click, handler.edit, "edit", [])
    on(b.samples.click, handler.sample, "sample", [], [b.source, b.upload])
    on(b.articles.click, handler.turn, "turn", [b.session, *fields])
    # Of a pasted text and a dropped file the later one counts: the other leaves the page.
    alone = {"fn": None, "queue": False, "api_visibility": "private"}
    later = "(text, file) => (text && file ? null : file)"
    b.source.change(inputs=[b.source, b.upload], outputs=[b.upload], js=later, **alone)
    b.upload.upload(inputs=[], outputs=[b.source], js="() => ''", **alone)
    on(b.cards.click, handler.use, "use", [b.session, b.kicker, b.subhead, b.chars])
    for how, button in b.hows.items():
        inputs = [b.session, b.main, b.keep, b.avoid, *options]
        on(button.click, handler.rewriter(how), how, inputs, concurrency_id="write")
    # Not ``input``: that event misses what an input method or the clipboard brings.
    for name, field in (("kicker", b.kicker), ("main", b.main), ("subhead", b.subhead)):
        on(
            field.change, handler.check, f"check_{name}", [b.session, *fields, b.chars], [b.guard],
            trigger_mode="always_last", concurrency_id="guard",
        )  # fmt: skip
    on(
        b.summary_chars.change, handler.resummarize, "summary", [b.session, *options], [b.summary, b.status],
        trigger_mode="always_last", concurrency_id="write",
    )  # fmt: skip
    accept = [b.session, *fields, b.model, b.style, b.log, b.log_text]
    on(b.accept.click, handler.accept, "accept", accept, [b.final, b.status])
    on(b.log.change, lambda on_: gr.update(visible=bool(on_)), "log", [b.log], [b.log_text])


class Handler(Writing):
    """The handlers of one bench; they keep nothing themselves, a tab's work lies in its Session."""

    # --- the text and the list ---------------------------------------------------------------------

    def edit(self) -> Updates:
        """Back to the input, with the text still in it."""
        b = self.bench
        return {
            b.input_side: gr.update(visible=True),
            b.text_side: gr.update(visible=False),
            b.edit: gr.update(visible=False),
            b.write: gr.update(visible=True),
            b.stop: gr.update(visible=False),
            b.status: "",
        }

    def stopped(self) -> Updates:
        b = self.bench
        return {b.status: views.notice(self.t("stopped")), b.stop: gr.update(visible=False)}

    def sample(self, event: gr.EventData) -> Updates:
        """Put an example into the input."""
        b = self.bench
        return {b.source: examples.text(self.mode, number(event, "n")), b.upload: None}

    async def turn(
        self,
        session: Session | None,
        kicker: Any,
        main: Any,
        subhead: Any,
        event: gr.EventData,
        request: gr.Request,
    ) -> Updates:
        """Another article of the page. What was typed for the one that is left comes back with it."""
        b, index = self.bench, number(event, "n")
        if not isinstance(session, Session) or not 0 <= index < len(session.split.articles):
            return {b.status: views.notice(self.t("no_session"), "error")}
        try:
            client = client_of(request)
            if index != session.current:
                session.turn(index, tuple(str(value or "") for value in (kicker, main, subhead)))
            if session.draft is None:
                session.put(
                    index,
                    await self.desk.answer(self.desk.extract(client, session.article, session.options)),
                    False,
                )
            return await self._shown(session, client) | await self._again(session, client) | {b.final: ""}
        except SummarizerError as error:
            return {b.status: views.notice(self.t.half(str(error)), "error")}

    async def _again(self, session: Session, client: str) -> Updates:
        """The editor's own words for the article that has come back; nothing where there are none."""
        slots = session.edited.get(session.current)
        if slots is None:
            return {}
        b, limit = self.bench, session.options.headline_chars
        checked = await self.acts.guard(session, slots, limit, client)
        return {b.kicker: slots[0], b.main: slots[1], b.subhead: slots[2], b.guard: checked}

    # --- candidates --------------------------------------------------------------------------------

    async def use(
        self,
        session: Session | None,
        kicker: Any,
        subhead: Any,
        chars: Any,
        event: gr.EventData,
        request: gr.Request,
    ) -> Updates:
        """Take a candidate as the main headline."""
        b, index = self.bench, number(event, "n")
        if (
            not isinstance(session, Session)
            or session.draft is None
            or not 0 <= index < len(session.draft.candidates)
        ):
            return {b.status: views.notice(self.t("no_session"), "error")}
        session.chosen, session.touched = index + 1, True
        text = session.draft.candidates[index].text
        slots = (str(kicker or ""), text, str(subhead or ""))
        session.filled = slots
        return {
            b.main: text,
            b.guard: await self.acts.guard(session, slots, whole(chars), client_of(request)),
        }

    def rewriter(self, how: str) -> Any:
        """The handler of one rewriting button."""

        async def rewrite(
            session: Session | None, main: Any, keep: Any, avoid: Any,
            chars: Any, count: Any, length: Any, model: str, style: str, request: gr.Request,
        ) -> AsyncIterator[Updates]:  # fmt: skip
            b, t = self.bench, self.t
            if not isinstance(session, Session) or session.draft is None:
                yield {b.status: views.notice(t("no_session"), "error")}
                return
            yield {b.status: views.notice(t("rewriting"), "busy")}
            try:
                options = read_options(chars, count, length, model, style)
                status = await self.acts.rewrite(
                    session, str(main or ""), how, keep, avoid, options, client_of(request)
                )
            except SummarizerError as error:
                status = views.notice(t.half(str(error)), "error")
            yield {b.cards: cards.candidates(t, session.draft, whole(chars), session.fresh), b.status: status}

        return rewrite

    # --- fields and summary ------------------------------------------------------------------------

    async def check(
        self, session: Session | None, kicker: Any, main: Any, subhead: Any, chars: Any, request: gr.Request
    ) -> str:
        """The live count and guard on what is in the fields."""
        if not isinstance(session, Session):
            return views.empty(self.t("guard_empty"))
        slots = tuple(str(value or "") for value in (kicker, main, subhead))
        session.touched = session.touched or slots != session.filled
        return await self.acts.guard(session, slots, whole(chars), client_of(request))

    async def resummarize(
        self,
        session: Session | None,
        chars: Any,
        count: Any,
        length: Any,
        model: str,
        style: str,
        request: gr.Request,
    ) -> AsyncIterator[Updates]:
        """The summary again, at another length."""
        b, t = self.bench, self.t
        if not isinstance(session, Session) or session.draft is None:
            return
        yield {b.status: views.notice(t("rewriting"), "busy")}
        try:
            options = read_options(chars, count, length, model, style)
            status = await self.acts.resummarize(session, options, client_of(request))
            yield {b.summary: await self.acts.summary(session, client_of(request)), b.status: status}
        except SummarizerError as error:
            yield {b.status: views.notice(self.t.half(str(error)), "error")}

    def accept(
        self,
        session: Session | None,
        kicker: Any,
        main: Any,
        subhead: Any,
        model: Any,
        style: Any,
        log: Any,
        text: Any,
    ) -> Updates:
        """The accepted piece, and the decision in the log where that is switched on."""
        b = self.bench
        if not isinstance(session, Session) or session.draft is None:
            return {b.status: views.notice(self.t("no_session"), "error")}
        slots = tuple(str(value or "")[:400] for value in (kicker, main, subhead))
        return {
            b.final: self.acts.accept(session, slots, str(model), str(style or ""), log is True, text is True)
        }

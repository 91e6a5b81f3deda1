"""The one service layer: the page, the HTTP API and the MCP tools ask the library only through it.

It checks limits, counts requests per client, queues work per model, keeps answers apart, bounds the
time of each request and writes one log line per job, without any text in it.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, TypeVar

from summarizer.errors import SummarizerError
from summarizer.types import Article, Candidate, Draft, Finding, Page, Report, SplitPage

from .config import Config
from .errors import Busy, DeskError, Invalid, TooLarge, as_desk_error
from .lanes import Lane, Rates
from .library import Library, Piece, Upload
from .options import Options

T = TypeVar("T")
log = logging.getLogger("desk")

EXTRACTIVE = "extractive"
WARM_UP = "云溪市水务局11月20日通报，青石县引水工程当天全线通水。沿线3个乡镇的4.2万居民用上了自来水。"


class Desk:
    """All work of one process. ``make(place, style, seed)`` builds a Summarizer (tests give their own)."""

    def __init__(self, config: Config, library: Library | None = None):
        self.config, self.limits = config, config.limits
        self.library = library or Library()
        self.rates = Rates(self.limits.rate)
        self._lanes = {name: Lane(name, self.limits.queue) for name in config.models}
        self._light = Lane("light", self.limits.queue)
        self._guard = Lane("guard", self.limits.queue)
        self._salt = secrets.token_bytes(16)  # a hash in the log can't be looked up outside this process

    # --- what a client may ask for ---------------------------------------------------------------

    def write(self, client: str, source: str | Upload, options: Options) -> Future[Report]:
        """The whole report of a text or file by the model."""
        source = self._source(source)
        return self._model(
            client, "write", source, options, lambda s: s.write_page(self._page(source), **options.lengths)
        )

    def draft(self, client: str, article: Article, options: Options) -> Future[Draft]:
        """The model's draft of one article that ``open`` has returned."""
        self._text(article.body)
        return self._model(
            client, "draft", article.body, options, lambda s: s.draft(article, **options.lengths)
        )

    def open(
        self, client: str, source: str | Upload, options: Options
    ) -> Future[tuple[SplitPage, Draft | None]]:
        """The articles of a text or file, and the first one's draft by extraction (quick: no model)."""
        source = self._source(source)
        return self._quick(client, "open", source, lambda: self._opened(source, options))

    def extract(self, client: str, article: Article, options: Options) -> Future[Draft]:
        """One article's draft by extraction."""
        return self._quick(
            client,
            "extract",
            article.body,
            lambda: self._extractor(options).draft(article, **options.lengths),
        )

    def rewrite(
        self,
        client: str,
        body: str,
        headline: str,
        how: str,
        options: Options,
        keep: tuple[str, ...] = (),
        avoid: tuple[str, ...] = (),
        seen: tuple[str, ...] = (),
    ) -> Future[tuple[Candidate, ...]]:
        """Further headlines, none of those ``seen``: ``how`` is shorter, longer, formal or again."""
        self._text(body), self._text(headline, 400, empty=how == "again")
        for word in (*keep, *avoid):
            self._text(word, 40)
        job = lambda s: s.rewrite(  # noqa: E731
            body,
            headline,
            how,
            keep=keep,
            avoid=avoid,
            candidates=options.candidates,
            headline_chars=options.headline_chars,
            seen=seen,
        )
        return self._model(client, "rewrite", body, options, job)

    def check(self, client: str, text: str, article: Article) -> Future[tuple[Finding, ...]]:
        """The guard's findings on an edited text; a keystroke costs a tenth of a request."""
        self._text(article.body), self._text(text, 2000, empty=True)
        job = lambda: self.library.findings(text, article)  # noqa: E731
        return self._submit(client, self._guard, "check", "guard", article.body, job, cost=0.1)

    def pieces(self, client: str, text: str, article: Article) -> Future[tuple[Piece, ...]]:
        """``text`` clause by clause with the spans of the body that hold it."""
        self._text(article.body), self._text(text, 2000, empty=True)
        job = lambda: self.library.pieces(text, article)  # noqa: E731
        return self._submit(client, self._guard, "pieces", "guard", article.body, job, cost=0.1)

    # --- waiting ---------------------------------------------------------------------------------

    def wait(self, future: Future[T]) -> T:
        """The answer, for a thread. Raises DeskError; after the time limit Busy, and the job is given up."""
        try:
            return future.result(self.limits.seconds)
        except (FutureTimeout, CancelledError):
            future.cancel()
            raise _late() from None
        except SummarizerError as error:
            raise as_desk_error(error) from error

    async def answer(self, future: Future[T]) -> T:
        """The answer, for a coroutine. A caller that goes away takes its waiting job out of the queue."""
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self.limits.seconds)
        except TimeoutError:
            raise _late() from None
        except SummarizerError as error:
            raise as_desk_error(error) from error

    def remarks(self, options: Options) -> tuple[str, ...]:
        """What the model in use has to say about itself, such as that extraction stands in for it."""
        place = self.config.models.get(options.model or self.config.default_model, "")
        return self.library.remarks(place)

    # --- state -----------------------------------------------------------------------------------

    def health(self) -> dict[str, Any]:
        """What ``/healthz`` shows: each model's state and how many jobs are inside."""
        states = {name: self.library.state(place) for name, place in self.config.models.items()}
        return {"models": states, "queued": {name: lane.depth for name, lane in self._lanes.items()}}

    def warm(self) -> None:
        """Load the default model and write once, so that the first click does not wait for dictionaries.

        The extractor follows in its own lane and the guard in its: a click enters all three.
        """
        place = self.config.models[self.config.default_model]
        for lane, made in ((self._lanes[self.config.default_model], place), (self._light, EXTRACTIVE)):
            lane.submit(lambda made=made: self._warmed(made))
        article = Article(WARM_UP)
        self._guard.submit(lambda: self.library.pieces(WARM_UP, article))

    def close(self) -> None:
        """Give up waiting jobs and let go of the models."""
        for lane in (*self._lanes.values(), self._light, self._guard):
            lane.close()
        self.library.close()

    # --- inside ----------------------------------------------------------------------------------

    def _opened(self, source: str | Upload, options: Options) -> tuple[SplitPage, Draft | None]:
        split = self.library.split(self._page(source))
        first = split.articles[0] if split.articles else None
        return split, first and self._extractor(options).draft(first, **options.lengths)

    def _page(self, source: str | Upload) -> Page:
        """The decoded text; a file's has the same limit as a pasted one. Raises TooLarge."""
        page = self.library.page(source)
        self._text(page.text, empty=True)
        return page

    def _extractor(self, options: Options) -> Any:
        return self.library.summarizer(EXTRACTIVE, self._style(options.style), options.seed)

    def _warmed(self, place: str) -> None:
        try:
            self.library.summarizer(place, None, 0).draft(Article(WARM_UP))
        except SummarizerError as error:
            log.warning(
                "model=%s state=unavailable error=%s", self.config.default_model, type(error).__name__
            )

    def _model(
        self, client: str, kind: str, source: str | Upload, options: Options, job: Callable[[Any], T]
    ) -> Future[T]:
        name = self.config.default_model if options.model is None else options.model
        if name not in self.config.models:
            raise Invalid(
                f"没有名为 {name[:40]!r} 的模型，可选：{'、'.join(self.config.models)} / no such model"
            )
        style = self._style(options.style)
        place = self.config.models[name]
        return self._submit(
            client,
            self._lanes[name],
            kind,
            name,
            source,
            lambda: job(self.library.summarizer(place, style, options.seed)),
        )

    def _quick(self, client: str, kind: str, source: str | Upload, job: Callable[[], T]) -> Future[T]:
        return self._submit(client, self._light, kind, EXTRACTIVE, source, job)

    def _submit(
        self,
        client: str,
        lane: Lane,
        kind: str,
        model: str,
        source: str | Upload,
        job: Callable[[], T],
        cost: float = 1.0,
    ) -> Future[T]:
        self.rates.take(client, cost)
        mark = self._mark(source)
        return lane.submit(lambda: _logged(kind, model, mark, job))

    def _mark(self, source: str | Upload) -> str:
        data = source.data if isinstance(source, Upload) else source.encode("utf-8", "surrogatepass")
        size = f"bytes={len(data)}" if isinstance(source, Upload) else f"chars={len(source)}"
        return f"text={hashlib.blake2b(data, key=self._salt, digest_size=6).hexdigest()} {size}"

    def _style(self, style: str | None) -> str | None:
        if style is not None and style not in self.config.styles:
            raise Invalid(f"没有名为 {style[:40]!r} 的版式风格 / no such style")
        return style

    def _source(self, source: str | Upload) -> str | Upload:
        if not isinstance(source, Upload):
            return self._text(source)
        if len(source.data) > self.limits.upload_bytes:
            raise TooLarge(f"文件超过 {self.limits.upload_bytes // 1024} KB，请分开上传 / file too large")
        if not source.data:
            raise Invalid("文件是空的 / the file is empty")
        return source

    def _text(self, text: object, most: int | None = None, empty: bool = False) -> str:
        most = most or self.limits.chars
        if not isinstance(text, str):
            raise Invalid(f"应为文字，得到 {type(text).__name__} / text must be a string")
        if len(text) > most:
            raise TooLarge(f"文字有 {len(text)} 字，上限 {most} 字，请分开处理 / text too long")
        if not empty and not text.strip():
            raise Invalid("没有文字：请粘贴稿件或拖入文件 / no text: paste a report or drop a file")
        return text


def _logged(kind: str, model: str, mark: str, job: Callable[[], T]) -> T:
    """Run ``job`` with one log line: what, which model, a salted hash, size, time; never text."""
    start, status = time.perf_counter(), "ok"
    try:
        return job()
    except Exception as error:
        status = type(error).__name__  # the message may quote the text
        raise
    finally:
        log.info(
            "job=%s model=%s %s ms=%d status=%s",
            kind,
            model,
            mark,
            (time.perf_counter() - start) * 1000,
            status,
        )


def _late() -> DeskError:
    return Busy("等待超时，请稍候再试 / The answer took too long, try again", 5)

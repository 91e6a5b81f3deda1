"""Systems with a model, each seen in one of three ways: the whole product, one article, the bare best beam.

    embedded            what an editor gets: reading the page, generation, guard, ranking; the first headline
    embedded:article    the same without reading the page: the body is one article as it stands
    embedded:beam       the model's likeliest output on the opening it was trained to read, unchecked

``embedded`` may be any model folder or URL. What the product gains over ``:beam`` is the work of the guard
and the ranking; what ``:article`` gains over the product is what reading it as a page costs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import summarizer
from summarizer import Summarizer
from summarizer.errors import SummarizerError
from summarizer.pipeline import source, stages
from summarizer.settings import Settings
from summarizer.types import Article, Decoding, Draft, Request

from .data import Row
from .systems import Options, System, digest

Texts = Callable[[Sequence[Row]], list[str]]


def load(spec: str, options: Options) -> System:
    """The model system ``MODEL`` or ``MODEL:VIEW``; ModelError where the model can't be used."""
    model, view = split(spec)
    writer = Summarizer(model, engine=options.engine, seed=options.seed)
    if writer.warnings:  # a fall-back would be scored under the model's name
        raise SummarizerError(writer.warnings[0])
    info = writer.backend.info
    used = [view, options.task, options.headline_chars, options.summary_chars, options.seed]
    key = digest(info.name, info.sha256, info.engine, used, summarizer.__version__, _code())
    name = _name(model, info.engine) + (f":{view}" if view else "")
    return System(name, "model", key, VIEWS[view](writer, options), writer.close)


def split(spec: str) -> tuple[str, str]:
    """Model and view of ``spec``. A colon that starts no view belongs to the model: http://host:8000/v1."""
    model, _, view = spec.rpartition(":")
    return (model, view) if model and view in VIEWS and view else (spec, "")


def _page(writer: Summarizer, options: Options) -> Texts:
    def write(rows: Sequence[Row]) -> list[str]:
        texts = [row.body for row in rows]
        reports = writer.write_many(
            texts, headline_chars=options.headline_chars, summary_chars=options.summary_chars
        )
        # A body that is read as several articles is scored by the first one, as the page would show it.
        return [_text(report.articles[0], options) if report.articles else "" for report in reports]

    return write


def _article(writer: Summarizer, options: Options) -> Texts:
    settings = Settings(headline_chars=options.headline_chars, summary_chars=options.summary_chars)

    def write(rows: Sequence[Row]) -> list[str]:
        drafts = writer.writer.write([Article(row.body) for row in rows], settings)
        return [_text(draft, options) for draft in drafts]

    return write


def _text(draft: Draft, options: Options) -> str:
    return draft.headline if options.task == "headline" else draft.summary


class Reader:
    """What selection asks of a backend, and no salience: reading an opening needs none, and it costs most.

    Engines compared through it are shown the same sentences.
    """

    def __init__(self, backend) -> None:
        self.count = backend.count
        self.source_budget = backend.source_budget
        self.headline_budget = getattr(backend, "headline_budget", backend.source_budget)
        self.info = backend.info


def _beam(writer: Summarizer, options: Options) -> Texts:
    decoding = Decoding(candidates=1, seed=options.seed)

    def write(rows: Sequence[Row]) -> list[str]:
        requests = [Request(options.task, _shown(row, writer, options), options.budget) for row in rows]
        drawn = writer.writer.asker.ask(requests, decoding)
        return [found[0].text if found else "" for found in drawn]

    return write


def _shown(row: Row, writer: Summarizer, options: Options) -> str:
    """What the model reads for ``row``: the opening for a headline, the selection for a summary.

    Refusals are the product's: here the model is asked all the same.
    """
    backend = Reader(writer.backend) if options.task == "headline" else writer.backend
    item = source.source(Article(row.body), backend)
    if item.refused and item.sentences:
        budget = max(source.SMALLEST_BUDGET, writer.backend.source_budget - source.RESERVED)
        return stages.windows(row.body, item.sentences, budget, writer.backend.count)[0].text
    opening = item.opening.text if options.task == "headline" else ""
    return opening or item.headline.text


VIEWS: dict[str, Callable[[Summarizer, Options], Texts]] = {"": _page, "article": _article, "beam": _beam}


def _code() -> str:
    """Hash of the library's own source: a changed guard or ranking writes other texts from the same model."""
    root = Path(summarizer.__file__).parent
    parts = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".yaml", ".json"))
    kept = (path for path in parts if "weights" not in path.parts)
    return hashlib.sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()


def _name(model: str, engine: str) -> str:
    name = model if model.startswith("http") else Path(model).name
    return name if engine == name else f"{name}-{engine}"

"""What a worker does, whichever runner started it: a shard in, its rows out."""

from __future__ import annotations

import hashlib
import json
import pkgutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ..errors import SummarizerError
from ..read import read_path, read_str
from ..settings import Settings
from ..types import Page, Report
from .records import Done, Record, Row, Shard


@dataclass(frozen=True, slots=True)
class Job:
    """How every record is written. Lengths in full-width units.

    ``timings`` keeps the real ``seconds`` in the rows; without it they are 0, because an interrupted run and
    an uninterrupted one could not be equal otherwise. ``factory`` makes the library object in each worker.
    """

    model: str = "embedded"
    engine: str = "auto"
    style: str | None = None
    seed: int = 0
    candidates: int = 5
    headline_chars: int = 20
    summary_chars: int = 120
    timings: bool = False
    factory: str = "summarizer.pipeline:Summarizer"

    def __post_init__(self):
        Settings(self.candidates, self.headline_chars, self.summary_chars)

    def options(self) -> dict[str, object]:
        """All that decides what is written, for the ledger; a style file counts by its content."""
        options = {name.replace("_", "-"): value for name, value in asdict(self).items() if name != "factory"}
        if self.style and Path(self.style).is_file():
            options["style"] = f"sha256:{hashlib.sha256(Path(self.style).read_bytes()).hexdigest()[:16]}"
        return options


class Writer:
    """Holds one model. Raises what the library raises when the model can't be loaded."""

    def __init__(self, job: Job):
        self.job = job
        self._summarizer = pkgutil.resolve_name(job.factory)(
            model=job.model, engine=job.engine, style=job.style, seed=job.seed
        )
        self.model = self._summarizer.backend.info

    def write(self, shard: Shard) -> Done:
        """One row per record of the shard, failed ones among them; raises nothing a record could cause."""
        rows, ready = [], []
        for record in shard.records:
            try:
                ready.append((record, _page(record)))
            except Exception as error:  # the edge: one record must not end the night's run
                rows.append(failure(record, _said(error)))
        rows += self._write(ready)
        return Done(shard.number, tuple(sorted(rows, key=lambda row: row.seq)), self.model)

    def _write(self, ready: Sequence[tuple[Record, Page]]) -> list[Row]:
        """Together; where that fails, in halves, until what failed stands alone."""
        if not ready:
            return []
        job = self.job
        try:
            reports = self._summarizer.write_pages(
                [page for _, page in ready], job.candidates, job.headline_chars, job.summary_chars
            )
        except Exception as error:  # as above
            if len(ready) == 1:
                return [failure(ready[0][0], _said(error))]
            middle = len(ready) // 2
            return self._write(ready[:middle]) + self._write(ready[middle:])
        return [self._row(record, report) for (record, _), report in zip(ready, reports, strict=True)]

    def _row(self, record: Record, report: Report) -> Row:
        if not report.articles:  # an empty text, a page of adverts: whoever counts headlines must hear of it
            return failure(record, "；".join(report.warnings) or "没有正文 / no text to work on")
        report = replace(report, source=record.source, seconds=report.seconds if self.job.timings else 0.0)
        return Row(
            record.seq, record.id, record.place, _line({"id": record.id, "status": "ok", **asdict(report)})
        )

    def close(self) -> None:
        self._summarizer.close()


class _BadRow(SummarizerError):
    """The row was already found unusable when it was read."""


def _page(record: Record) -> Page:
    if record.error is not None:
        raise _BadRow(record.error)
    return read_path(record.path) if record.path else read_str(record.text, record.source)


def failure(record: Record, error: str) -> Row:
    """The row of a failed record: id, status, error, and where it stands in the input."""
    line = {"id": record.id, "status": "error", "error": error, "source": record.place, "articles": []}
    return Row(record.seq, record.id, record.place, _line(line), error)


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())
    if isinstance(error, SummarizerError):
        return text
    return f"内部错误 {type(error).__name__}：{text} / internal error, please report it"


def _line(row: dict[str, object]) -> bytes:
    """Compact JSON; text with lone surrogates, which UTF-8 can't hold, is escaped as JSON escapes it."""
    try:
        return json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(row).encode("ascii")

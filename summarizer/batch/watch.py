"""Watch mode: a drop folder. Each new file is processed once and its result lands beside it in one rename.

``name.txt`` gives ``name.txt.headlines.json`` (one row), ``rows.jsonl`` gives ``rows.jsonl.headlines.jsonl``.
What was processed, by name, size and modification time, is kept in ``.headlines.ledger`` in the folder: a
restart repeats nothing, even where results were taken away; a file dropped again with other content is new.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ..errors import BatchError, SummarizerError
from .conduct import conduct
from .faults import named
from .plan import Plan, Runner, running
from .progress import Progress
from .records import Record, Row, Shard
from .sources import document, row_reader, walk
from .work import failure

_RESULT = ".headlines."
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", ".download", "~")
_LEDGER = ".headlines.ledger"
_TABLE = "CREATE TABLE IF NOT EXISTS files(name TEXT PRIMARY KEY, stamp TEXT, state TEXT)"


def watch(folder: Path, plan: Plan, progress: Progress, stopping: Callable[[], bool], poll: float) -> int:
    """Process what comes into ``folder`` until ``stopping()``; returns 1 when files failed meanwhile, else 0.

    ``poll`` is in seconds: a file is taken when its size and time are the same at two looks. Raises
    BatchError when another process watches the folder or the disk fails.
    """
    with named(folder / _LEDGER), _Seen(folder / _LEDGER) as seen, plan.start() as runner:
        watcher = Watcher(folder, plan, progress, stopping, seen, runner)
        if plan.retry_failed:
            seen.forget_failed()
        progress.event("watching", f"守候 {folder}（Ctrl-C 结束） / watching", folder=str(folder))
        while not stopping():
            if not watcher.look():
                _rest(poll, stopping)
    return 1 if watcher.failed else 0


def _rest(seconds: float, stopping: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not stopping() and time.monotonic() < until:
        time.sleep(min(0.2, seconds))


class _Seen:
    """The folder's ledger, locked like a batch's: by SQLite, until the process ends."""

    def __init__(self, path: Path):
        self._db = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
                self._db.execute(f"PRAGMA {pragma}").fetchall()
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(_TABLE)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> _Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def state(self, record: Record) -> str:
        """``done``, ``failed`` or ``begun`` for this very content of the file, else empty."""
        query = "SELECT state FROM files WHERE name = ? AND stamp = ?"
        found = self._db.execute(query, (record.id, record.stamp)).fetchone()
        return found[0] if found else ""

    def set(self, record: Record, state: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (record.id, record.stamp, state))

    def forget_failed(self) -> None:
        self._db.execute("DELETE FROM files WHERE state = 'failed'")


class Watcher:
    """One look at a time; ``failed`` counts the files that failed."""

    def __init__(
        self,
        folder: Path,
        plan: Plan,
        progress: Progress,
        stopping: Callable[[], bool],
        seen: _Seen,
        runner: Runner,
    ):
        self.folder, self.progress, self.stopping = folder, progress, stopping
        self.plan = replace(plan, start=running(runner), retry_failed=False)
        self._seen, self._runner = seen, runner
        self._stamps: dict[str, str] = {}
        self.failed = 0

    def look(self) -> int:
        """Process the files that are new and still since the last look; returns how many."""
        new = [record for record in self._files() if self._seen.state(record) not in ("done", "failed")]
        still = [record for record in new if self._stamps.get(record.id) == record.stamp]
        self._stamps = {record.id: record.stamp for record in new}
        self._documents([record for record in still if row_reader(Path(record.path)) is None])
        for record in still:
            if row_reader(Path(record.path)) and not self.stopping():
                self._row_file(record)
        return len(still)

    def _files(self) -> Iterator[Record]:
        for path in walk(self.folder):
            if _RESULT not in path.name and not path.name.endswith(_UNFINISHED):
                record = document(path, path.relative_to(self.folder).as_posix())
                if record.path:
                    yield record

    def _documents(self, records: list[Record]) -> None:
        by_number = dict(enumerate(records))
        shards = (Shard(number, (record,)) for number, record in by_number.items())
        for done in self._runner.run(shards, self.stopping):
            self._land(by_number[done.number], done.rows[0])

    def _land(self, record: Record, row: Row) -> None:
        path = Path(record.path)
        _placed(path.with_name(f"{path.name}{_RESULT}json"), row.line + b"\n")
        self._ended(record, row.error)

    def _ended(self, record: Record, error: str | None) -> None:
        self._seen.set(record, "failed" if error else "done")
        self.failed += error is not None
        said = f"失败 {record.id}：{error}" if error else f"完成 {record.id} / done"
        self.progress.event("file", said, name=record.id, status="error" if error else "ok", error=error)

    def _row_file(self, record: Record) -> None:
        """A batch of its own, that goes on where it was cut off if the file is still the same."""
        path = Path(record.path)
        output = path.with_name(f"{path.name}{_RESULT}jsonl")
        restart = self._seen.state(record) != "begun"
        self._seen.set(record, "begun")
        plan = replace(self.plan, inputs=(str(path),), output=output, restart=restart)
        try:
            outcome = conduct(plan, self.progress, self.stopping)
        except BatchError as error:
            if isinstance(error.__cause__, (OSError, sqlite3.Error)):
                raise  # the disk, not the file
            self._land(record, failure(record, str(error)))
        except SummarizerError as error:
            self._land(record, failure(record, str(error)))
        else:
            if outcome.complete:
                self._ended(record, f"{outcome.failed}/{outcome.total} 条失败" if outcome.failed else None)
                plan.ledger.unlink(missing_ok=True)


def _placed(path: Path, data: bytes) -> None:
    """Write beside and rename: whoever looks sees the old file, or the whole new one."""
    made = path.with_name(f".{path.name}.tmp")
    with made.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(made, path)

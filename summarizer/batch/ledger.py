"""The ledger: an SQLite file beside the output that says what is done. It outlives ``kill -9``.

A finished shard enters in one transaction, rows and all; rows leave for the spool in input order, and the
spool's certain length is recorded in the same transaction that deletes them. So at any moment each row is
in exactly one place, and a spool that is longer than recorded is cut back.

SQLite's own lock, held from opening to the end of the process, is what refuses a second run; the operating
system drops it however the process dies. Write-ahead logging with exclusive locking needs no shared memory,
so the ledger may lie on a network file system that has locks.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..errors import BatchError
from .records import Done, Row, Shard

VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ids(id TEXT PRIMARY KEY, seq INTEGER, place TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards(number INTEGER PRIMARY KEY, digest BLOB);
CREATE TABLE IF NOT EXISTS rows(seq INTEGER PRIMARY KEY, line BLOB);
CREATE TABLE IF NOT EXISTS failures(seq INTEGER PRIMARY KEY, id TEXT, place TEXT, error TEXT);
CREATE TABLE IF NOT EXISTS retried(seq INTEGER PRIMARY KEY, line BLOB, error TEXT);
"""
_NAMES = ("meta", "ids", "shards", "rows", "failures", "retried")


class Ledger:
    """Opened and locked by one process at a time. All methods are for the thread that opened it.

    Raises sqlite3.Error as it comes; ``faults.named`` says it in words.
    """

    def __init__(self, path: Path):
        self.path = path
        self._db = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "cache_size=-16000"):
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        with self._transaction():  # takes the lock that is then held to the end
            for statement in filter(str.strip, _TABLES.split(";")):
                self._db.execute(statement)
        if self._db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("database disk image is malformed")
        if int(self.meta("version", str(VERSION))) != VERSION:
            raise BatchError(
                f"账本 {self.path.name} 由另一版本写成：请用原版本完成，或加 --restart"
                " / the ledger is of another version"
            )
        self.set(version=VERSION)

    def _transaction(self):
        return _Transaction(self._db)

    def close(self) -> None:
        self._db.close()

    def clear(self) -> None:
        """Forget everything: a restart. The lock is kept."""
        with self._transaction():
            for name in _NAMES:
                self._db.execute(f"DELETE FROM {name}")
        self.set(version=VERSION)

    # --- single values ---

    def meta(self, key: str, default: str = "") -> str:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found[0] if found else default

    def number(self, key: str) -> int:
        """A count kept in the ledger; 0 when it was never set."""
        return int(self.meta(key, "0"))

    def set(self, **values: object) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in values.items()]
        )

    def settle(self, what: str, now: Mapping[str, object]) -> None:
        """Keep ``now`` under ``what`` the first time; afterwards refuse any difference by name."""
        old = json.loads(self.meta(what, "null"))
        now = json.loads(json.dumps(dict(now)))
        if old is None:
            self.set(**{what: json.dumps(now, ensure_ascii=False)})
            return
        differ = [k for k in sorted({*old, *now}) if old.get(k) != now.get(k)]
        if differ:
            said = "；".join(f"{k}：账本 {old.get(k)!r}，现在 {now.get(k)!r}" for k in differ)
            raise BatchError(
                f"与账本不同，不能续做——{said}。请改回原来的选项，或换一个 -o，或加 --restart 从头开始"
                f" / the ledger was begun with other options ({', '.join(differ)})"
            )

    # --- the scan ---

    def register(self, ids: Iterable[tuple[str, int, str]], most: int = 5) -> list[tuple[str, str, str]]:
        """Record ``(id, seq, place)``; return up to ``most`` duplicates as ``(id, place, second place)``."""
        again: list[tuple[str, str, str]] = []
        with self._transaction():
            for id_, seq, place in ids:
                if self._db.execute("INSERT OR IGNORE INTO ids VALUES (?, ?, ?)", (id_, seq, place)).rowcount:
                    continue
                first = self._db.execute("SELECT place FROM ids WHERE id = ?", (id_,)).fetchone()[0]
                again.append((id_, first, place))
                if len(again) >= most:
                    break
        return again

    def begin_scan(self) -> None:
        """Forget what a scan that was cut off, or a recovery after it, had entered."""
        with self._transaction():
            for name in ("ids", "shards", "failures"):
                self._db.execute(f"DELETE FROM {name}")
            self.set(next=0, offset=0)

    def seq_of(self, id_: str) -> int | None:
        """The place in the input at which the scan met an id."""
        found = self._db.execute("SELECT seq FROM ids WHERE id = ?", (id_,)).fetchone()
        return found[0] if found else None

    # --- shards and rows ---

    def done(self) -> int:
        """How many records are certain: spooled, or in the ledger."""
        return self.number("next") + self._db.execute("SELECT count(*) FROM rows").fetchone()[0]

    def digest(self, number: int) -> bytes | None:
        """The digest of a finished shard, or None when it is still to do."""
        found = self._db.execute("SELECT digest FROM shards WHERE number = ?", (number,)).fetchone()
        return found[0] if found else None

    def commit(self, done: Done, digest: bytes) -> None:
        """Enter a finished shard: all of it, or nothing."""
        with self._transaction():
            self._db.execute("INSERT INTO shards VALUES (?, ?)", (done.number, digest))
            self._db.executemany("INSERT INTO rows VALUES (?, ?)", [(row.seq, row.line) for row in done.rows])
            self._fail(row for row in done.rows if row.error is not None)

    def adopt(self, shards: Iterable[Shard], failed: Iterable[Row], seq: int, offset: int) -> None:
        """Enter shards whose rows stand in the first ``offset`` bytes of the spool (``--recover``)."""
        with self._transaction():
            values = [(shard.number, shard.digest()) for shard in shards]
            self._db.executemany("INSERT INTO shards VALUES (?, ?)", values)
            self._fail(failed)
            self.set(next=seq, offset=offset)

    def _fail(self, rows: Iterable[Row]) -> None:
        values = [(row.seq, row.id, row.place, row.error) for row in rows]
        self._db.executemany("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", values)

    def ready(self, seq: int) -> Iterator[bytes]:
        """The rows from ``seq`` on that stand without a gap, in order."""
        for found, line in self._db.execute("SELECT seq, line FROM rows WHERE seq >= ? ORDER BY seq", (seq,)):
            if found != seq:
                return
            yield line
            seq += 1

    def spooled(self, seq: int, offset: int) -> None:
        """The rows before ``seq`` are safe in the first ``offset`` bytes of the spool: drop them here."""
        with self._transaction():
            self._db.execute("DELETE FROM rows WHERE seq < ?", (seq,))
            self.set(next=seq, offset=offset)

    # --- failures and their retry ---

    def failed(self) -> int:
        return self._db.execute("SELECT count(*) FROM failures").fetchone()[0]

    def failures(self, most: int = -1) -> list[tuple[int, str, str, str]]:
        """``(seq, id, place, error)`` in input order, at most ``most`` of them (-1: all)."""
        return self._db.execute("SELECT * FROM failures ORDER BY seq LIMIT ?", (most,)).fetchall()

    def to_retry(self, total: int) -> bytearray:
        """One byte per record, 1 where it failed and this retry has not yet written it again."""
        marks = bytearray(total)
        for (seq,) in self._db.execute("SELECT seq FROM failures WHERE seq NOT IN (SELECT seq FROM retried)"):
            marks[seq] = 1
        return marks

    def retry(self, rows: Iterable[Row]) -> None:
        values = [(row.seq, row.line, row.error) for row in rows]
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO retried VALUES (?, ?, ?)", values)

    def retried(self, seq: int) -> bytes | None:
        found = self._db.execute("SELECT line FROM retried WHERE seq = ?", (seq,)).fetchone()
        return found[0] if found else None

    def settle_retry(self) -> None:
        """The retried rows are in the output: keep as failures those that failed again."""
        with self._transaction():
            self._db.execute(
                "DELETE FROM failures WHERE seq IN (SELECT seq FROM retried WHERE error IS NULL)"
            )
            self._db.execute(
                "UPDATE failures SET error = (SELECT error FROM retried WHERE retried.seq = failures.seq)"
                " WHERE seq IN (SELECT seq FROM retried)"
            )
            self._db.execute("DELETE FROM retried")


class _Transaction:
    """BEGIN IMMEDIATE … COMMIT, or ROLLBACK when the block raises."""

    def __init__(self, db: sqlite3.Connection):
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, error, trace) -> None:
        if kind is None:
            self._db.execute("COMMIT")
        elif self._db.in_transaction:  # a full disk makes SQLite roll back by itself
            self._db.execute("ROLLBACK")

"""The choices log: what an editor accepted or changed, kept in a local SQLite file only where asked to.

Nothing is written unless the request says so. ``text`` columns stay NULL unless keeping text was
allowed too; then the rows can be exported as training data in the library's row format.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import InputError

SCHEMA = """
CREATE TABLE IF NOT EXISTS choices (
    id INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,           -- UTC, ISO 8601
    kind TEXT NOT NULL,              -- accepted, changed, compared
    model TEXT NOT NULL,
    style TEXT,
    body_hash TEXT NOT NULL,         -- SHA-256, so that repeated work on one report can be counted
    body_chars INTEGER NOT NULL,
    offered INTEGER NOT NULL,        -- how many candidates there were
    chosen INTEGER,                  -- rank of the candidate that was taken, from 1; NULL for own words
    origin TEXT,
    detail TEXT,                     -- compared: which side won
    body TEXT, headline TEXT, kicker TEXT, subhead TEXT, summary TEXT, candidates TEXT
)
"""
BLIND = " (blind)"  # ends the detail of a comparison made without names
PRIVATE = ("body", "headline", "kicker", "subhead", "summary", "candidates")


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision. ``chosen`` counts from 1; ``candidates`` are all that were offered, best first."""

    kind: str
    model: str
    body: str
    headline: str
    offered: int
    chosen: int | None = None
    origin: str | None = None
    style: str | None = None
    kicker: str = ""
    subhead: str = ""
    summary: str = ""
    candidates: tuple[str, ...] = ()
    detail: str | None = None


class Choices:
    """The log in one SQLite file, made on the first ``keep``; readable by its owner only."""

    def __init__(self, path: Path):
        self.path = path

    def keep(self, choice: Choice, with_text: bool) -> None:
        """Write one decision; its texts only when ``with_text``."""
        row = {
            "made_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "kind": choice.kind,
            "model": choice.model,
            "style": choice.style,
            "body_hash": hashlib.sha256(choice.body.encode("utf-8", "surrogatepass")).hexdigest(),
            "body_chars": len(choice.body),
            "offered": choice.offered,
            "chosen": choice.chosen,
            "origin": choice.origin,
            "detail": choice.detail,
        }
        if with_text:
            row |= {name: _clean(getattr(choice, name)) for name in PRIVATE}
        marks = ", ".join(f":{name}" for name in row)
        with closing(self._open()) as base, base:
            base.execute(f"INSERT INTO choices ({', '.join(row)}) VALUES ({marks})", row)

    def count(self) -> int:
        """How many decisions are kept; 0 where there is no log."""
        if not self.path.exists():
            return 0
        with closing(self._open()) as base:
            return base.execute("SELECT count(*) FROM choices").fetchone()[0]

    def rows(self) -> Iterator[dict]:
        """Decisions with text as training rows: id, body, title, summary, source, date.

        The last decision on a body stands for it. Raises InputError where there is no log.
        """
        if not self.path.exists():
            raise InputError(f"没有选择记录：{self.path} / no choices log there")
        query = (
            "SELECT max(id) AS id, made_at, body_hash, body, headline, summary FROM choices"
            " WHERE body IS NOT NULL AND headline <> '' AND kind <> 'compared' GROUP BY body_hash ORDER BY id"
        )
        with closing(self._open()) as base:
            for row in base.execute(query):
                found = {"id": f"desk-{row['id']}", "body": row["body"], "title": row["headline"]}
                if row["summary"]:
                    found["summary"] = row["summary"]
                yield found | {"source": "desk", "date": row["made_at"][:10]}

    def comparisons(self) -> dict[tuple[str, str], Counter]:
        """Per pair compared (names in alphabetical order) how often each name, tie and none_good was chosen."""
        found: dict[tuple[str, str], Counter] = {}
        if not self.path.exists():
            return found
        with closing(self._open()) as base:
            rows = base.execute(
                "SELECT detail FROM choices WHERE kind = 'compared' AND detail <> ''"
            ).fetchall()
        for (detail,) in rows:
            sides, _, winner = detail.removesuffix(BLIND).partition(" -> ")
            one, _, two = sides.partition(" | ")
            found.setdefault(tuple(sorted((one, two))), Counter())[winner] += 1
        return found

    def export(self, path: Path) -> int:
        """Write the training rows as JSON lines; the number of rows written."""
        with path.open("w", encoding="utf-8") as out:
            lines = [out.write(json.dumps(row, ensure_ascii=False) + "\n") for row in self.rows()]
        return len(lines)

    def erase(self) -> None:
        """Delete the log and its journals."""
        for name in (
            self.path.name,
            f"{self.path.name}-wal",
            f"{self.path.name}-shm",
            f"{self.path.name}-journal",
        ):
            self.path.with_name(name).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600, exist_ok=True)
        base = sqlite3.connect(self.path, timeout=5)
        base.row_factory = sqlite3.Row
        base.execute(SCHEMA)
        return base


def _clean(value: str | tuple[str, ...]) -> str:
    """SQLite holds UTF-8: a tuple becomes a JSON list, a lone surrogate its escape."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
    return text.encode("utf-8", "backslashreplace").decode("utf-8")

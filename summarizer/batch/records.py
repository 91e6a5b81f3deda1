"""What travels through a batch: records in, shards between, rows out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ..types import ModelInfo


@dataclass(frozen=True, slots=True)
class Record:
    """One input of the batch. ``seq`` counts from 0 in input order.

    Exactly one of three kinds: article text in ``text``; a document to be read at ``path`` (``stamp``
    then holds its size and modification time); or a row that can't be used, with the reason in
    ``error``. ``place`` names where it stands, as ``file:line``. ``size`` is its length in code points
    (bytes for a document): only the sorting by length uses it.
    """

    seq: int
    id: str
    place: str
    text: str = ""
    path: str | None = None
    stamp: str = ""
    source: str = ""
    error: str | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Shard:
    """The unit of work: some records of one window, generated and committed together or not at all.

    ``number`` counts from 0. Which records a shard holds depends on the input and the sizes alone,
    never on the runner, the workers or an interruption: a model's output may depend on what shares its batch.
    """

    number: int
    records: tuple[Record, ...]

    def digest(self) -> bytes:
        """16 bytes over what the records hold: tells whether the input changed between two runs."""
        digest = hashlib.sha256()
        for record in self.records:
            for part in (record.id, record.text, record.stamp, record.source, record.error or ""):
                data = part.encode("utf-8", "surrogatepass")
                digest.update(len(data).to_bytes(8, "big"))
                digest.update(data)
        return digest.digest()[:16]


@dataclass(frozen=True, slots=True)
class Row:
    """One finished row: ``line`` is its JSON in UTF-8 without a newline; ``error`` is set when it failed."""

    seq: int
    id: str
    place: str
    line: bytes
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A finished shard: one row per record. ``model`` says which model wrote it."""

    number: int
    rows: tuple[Row, ...]
    model: ModelInfo

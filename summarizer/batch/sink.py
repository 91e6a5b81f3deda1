"""Where the rows go: a spool of JSON lines in input order, published under the output's name when complete.

The output appears in one rename, so it is never seen half-written. CSV and Parquet are made from the spool:
a few columns for reading, and ``json`` with the complete row.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from ..errors import BatchError, MissingDependency, SettingsError

COLUMNS = ("id", "status", "error", "source", "articles", "headline", "summary", "json")


class Spool:
    """A file that only grows; ``offset`` is its certain length in bytes, after which anything is cut off."""

    def __init__(self, path: Path, offset: int):
        self.path, self.offset = path, offset
        self._file = open(path, "ab")  # noqa: SIM115 - closed by close()
        length = self._file.seek(0, os.SEEK_END)
        if length < offset:
            self._file.close()
            raise BatchError(
                f"{path.name} 比账本所记的短（{length} < {offset} 字节），"
                "已写的行丢失：请加 --restart 从头开始 / the part file lost rows: run with --restart"
            )
        self._file.truncate(offset)

    def append(self, lines: Iterable[bytes]) -> int:
        """Write ``lines`` and force them to the disk; returns how many there were."""
        count = 0
        for line in lines:
            self._file.write(line + b"\n")
            count += 1
        self._file.flush()
        os.fsync(self._file.fileno())
        self.offset = self._file.tell()
        return count

    def close(self) -> None:
        """Close without caring whether the tail got out: it is not certain and will be cut."""
        try:
            self._file.close()
        except OSError:
            pass


def writer_for(output: Path) -> Callable[[Iterator[bytes], Path], None]:
    """The format's writer, by suffix. Raises SettingsError for an unknown one."""
    try:
        return _WRITERS[output.suffix.lower()]
    except KeyError:
        known = "、".join(_WRITERS)
        raise SettingsError(
            f"输出文件 {output.name} 的后缀应为 {known} 之一 / the output must end in one of {known}"
        ) from None


def publish(part: Path, output: Path) -> None:
    """Turn the complete spool into ``output`` in one rename; the spool is gone afterwards."""
    write = writer_for(output)
    if write is _jsonl:
        os.replace(part, output)
    else:
        made = output.with_name(output.name + ".new")
        with open(part, "rb") as lines:
            write((line.rstrip(b"\n") for line in lines), made)
        os.replace(made, output)
        os.unlink(part)
    _sync_folder(output.parent)


def _sync_folder(folder: Path) -> None:
    """A rename is certain only when its folder is on the disk (POSIX; elsewhere there is nothing to do)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def published(output: Path) -> Iterator[bytes]:
    """The complete JSON rows of a published output, in order."""
    suffix = output.suffix.lower()
    if suffix == ".csv":
        with open(output, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield row["json"].encode()
    elif suffix == ".parquet":
        with _parquet().ParquetFile(output) as file:
            for batch in file.iter_batches(batch_size=256, columns=["json"], use_threads=False):
                yield from (value.encode() for value in batch.column(0).to_pylist())
    else:
        with open(output, "rb") as file:
            yield from (line.rstrip(b"\n") for line in file)


def _flat(line: bytes) -> dict[str, object]:
    row = json.loads(line)
    articles = row.get("articles") or []
    first = articles[0] if articles else {}
    values = {
        "id": row["id"],
        "status": row["status"],
        "error": row.get("error", ""),
        "source": row.get("source", ""),
        "articles": len(articles),
        "headline": first.get("headline", ""),
        "summary": first.get("summary", ""),
        "json": line.decode(),
    }
    # A lone surrogate can't be written in UTF-8: show it escaped, as the JSON column does.
    return {
        k: v.encode("utf-8", "backslashreplace").decode() if isinstance(v, str) else v
        for k, v in values.items()
    }


def _jsonl(lines: Iterator[bytes], path: Path) -> None:
    with open(path, "wb") as file:
        file.writelines(line + b"\n" for line in lines)
        _settle(file)


def _csv(lines: Iterator[bytes], path: Path) -> None:
    # With a byte-order mark, or Excel reads Chinese CSV as mojibake.
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(map(_flat, lines))
        _settle(file)


def _parquet_file(lines: Iterator[bytes], path: Path) -> None:
    import pyarrow

    types = {"articles": pyarrow.int32()}
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in COLUMNS])
    with _parquet().ParquetWriter(path, schema) as writer:
        while group := [_flat(line) for line in islice(lines, 500)]:
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _settle(file) -> None:
    file.flush()
    os.fsync(file.fileno())


def _parquet():
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingDependency("pyarrow（Parquet）", "parquet") from None
    return parquet


_WRITERS = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet_file}

"""Where the records come from: a folder, a glob, or files, always in the same order, never all in memory."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import InputError
from . import rows
from .records import Record

# Suffix → reader of row files. Every other file is one document, read by summarizer.read.
ROW_FILES: dict[str, Callable[[Path, str, rows.Fields], Iterator[Record]]] = {
    ".jsonl": rows.jsonl,
    ".ndjson": rows.jsonl,
    ".csv": rows.csv,
    ".tsv": rows.csv,
    ".parquet": rows.parquet,
}


def row_reader(path: Path):
    """The reader for a row file (``.gz`` after the suffix is seen through), or None for a document."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return ROW_FILES.get(suffixes[-1]) if suffixes else None


@dataclass(frozen=True)
class Source:
    """The input of a batch: what was named on the command line, less the files the batch itself writes.

    ``exclude`` are resolved paths. Hidden files and folders (a leading dot) inside a folder are not read.
    """

    inputs: tuple[str, ...]
    fields: rows.Fields
    exclude: frozenset[Path] = frozenset()

    def records(self) -> Iterator[Record]:
        """All records, numbered from 0. Raises InputError when nothing is there or a file can't be opened."""
        seq = 0
        for path, name in self.files():
            reader = row_reader(path)
            found = reader(path, name, self.fields) if reader else iter((document(path, name),))
            for record in found:
                yield replace(record, seq=seq)
                seq += 1

    def files(self) -> Iterator[tuple[Path, str]]:
        """Each input file with the name that its records carry.

        What a folder or glob holds of the batch's own files is left out; named by itself it is refused, for
        the output would take the input's place.
        """
        for given in self.inputs:
            found = False
            for path, name in _expand(given):
                if path.resolve() not in self.exclude:
                    found = True
                    yield path, name
                elif path == Path(given):
                    raise InputError(f"{given} 既是输入又是输出：请换一个 -o / input and output are one file")
            if not found:
                raise InputError(f"没有找到输入：{given}。请检查路径或通配符 / no input file matches {given}")


def _expand(given: str) -> Iterator[tuple[Path, str]]:
    path = Path(given)
    if path.is_dir():
        for found in walk(path):
            yield found, _printable(found.relative_to(path).as_posix())
    elif path.exists():
        yield path, _printable(path.name)
    elif glob.has_magic(given):
        root = _plain_part(given)
        for found in sorted(glob.iglob(given, recursive=True)):
            if os.path.isfile(found):
                yield Path(found), _printable(Path(found).relative_to(root).as_posix())


def _plain_part(pattern: str) -> Path:
    """The folders before the first wildcard: names are told from there on."""
    plain = []
    for part in Path(pattern).parts:
        if glob.has_magic(part):
            break
        plain.append(part)
    return Path(*plain)


def walk(folder: Path) -> Iterator[Path]:
    """Files below ``folder``, by name, one folder's listing in memory at a time."""
    for name in sorted(os.listdir(folder)):
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir():
            yield from walk(path)
        elif path.is_file():
            yield path


def _printable(name: str) -> str:
    """A file name that is not UTF-8 is shown, and used as id, with \\x escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def document(path: Path, name: str) -> Record:
    """A file that is one record; a worker reads it. Its id is its name within the input."""
    try:
        stat = path.stat()
    except OSError as error:
        return Record(0, name, name, error=f"读不到文件：{error.strerror} / can't read the file")
    stamp = f"{stat.st_size}:{stat.st_mtime_ns}"
    return Record(0, name, name, path=os.fspath(path.resolve()), stamp=stamp, source=name, size=stat.st_size)


def check_inputs(inputs: Sequence[str]) -> None:
    """Refuse a call without inputs before anything is opened."""
    if not inputs:
        raise InputError("请给出输入：文件夹、通配符、.jsonl、.csv 或 .parquet / name an input")

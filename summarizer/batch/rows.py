"""Row files, streamed: JSON lines, CSV/TSV and Parquet. A row that can't be used becomes a failed record.

Nothing is skipped but empty lines: a line that is not JSON, lacks a field, or is not in the stated encoding
goes on as a record with ``error`` set and ``file:line`` as its id, so that it stands in the output.
Lines are counted from 1 in the file; a CSV row's line is where it begins; a Parquet row's is its number.
"""

from __future__ import annotations

import csv as csv_module
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from ..errors import InputError, MissingDependency, SettingsError
from .records import Record

csv_module.field_size_limit(2**31 - 1)  # the default of 131,072 characters is shorter than a newspaper page


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a row. ``text`` are tried in order; the first that is there is taken.

    ``id`` empty: rows are numbered, ``file:line`` is the id. ``title`` empty: the text goes in alone; else
    the title is put above it as a page has it, and comes back as ``page_headline``. ``source`` empty or not
    in the row: ``file:line``. ``encoding`` is that of JSON lines and CSV (a byte-order mark is dropped).
    """

    id: str = "id"
    text: tuple[str, ...] = ("body", "text")
    title: str = ""
    source: str = "source"
    encoding: str = "utf-8"

    def __post_init__(self):
        try:
            "".encode(self.encoding)
        except LookupError:
            raise SettingsError(
                f"不认识的编码 {self.encoding!r}，例如 utf-8、gb18030、big5 / unknown encoding"
            ) from None

    def options(self) -> dict[str, object]:
        return {
            f"{name}-field" if name != "encoding" else name: value for name, value in asdict(self).items()
        }


class _Unusable(Exception):
    """Why a row can't become a record; stays within this module."""


def record(row: Mapping[str, object], place: str, fields: Fields) -> Record:
    """One record from a row's fields; ``seq`` is set later. A missing or ill-typed field sets ``error``."""
    try:
        text = _text(row, fields)
        id_ = _id(row, place, fields)
    except _Unusable as error:
        return Record(0, place, place, error=str(error))
    source = row.get(fields.source) if fields.source else None
    return Record(0, id_, place, text, source=source if isinstance(source, str) else place, size=len(text))


def _text(row: Mapping[str, object], fields: Fields) -> str:
    name = next((name for name in fields.text if row.get(name) is not None), None)
    if name is None:
        there = "、".join(map(str, row)) or "无"
        raise _Unusable(
            f"缺少正文字段 {'/'.join(fields.text)}（有：{there}），可用 --text-field 指定 / no text field"
        )
    text = row[name]
    if not isinstance(text, str):
        raise _Unusable(f"字段 {name} 应为字符串，实为 {type(text).__name__} / the text is not a string")
    title = row.get(fields.title) if fields.title else None
    return f"{title}\n\n{text}" if isinstance(title, str) and title.strip() else text


def _id(row: Mapping[str, object], place: str, fields: Fields) -> str:
    if not fields.id:
        return place
    value = row.get(fields.id)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise _Unusable(
            f"字段 {fields.id} 应为非空字符串或整数，实为 {value!r} / the id is missing or not usable"
        )
    try:
        str(value).encode("utf-8")
    except UnicodeEncodeError:
        raise _Unusable(f"字段 {fields.id} 含孤立代理符 / the id holds a lone surrogate") from None
    return str(value)


def _open(path: Path) -> IO[bytes]:
    try:
        return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")
    except OSError as error:
        raise InputError(f"打不开 {path}：{error.strerror} / can't open the input") from error


# --- JSON lines ---


def jsonl(path: Path, name: str, fields: Fields) -> Iterator[Record]:
    """One JSON object per line. Empty lines are no rows."""
    with _open(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _json_line(line, f"{name}:{number}", fields)


def _json_line(line: bytes, place: str, fields: Fields) -> Record:
    try:
        row = json.loads(_decode(line, fields.encoding))
    except _Unusable as error:
        return Record(0, place, place, error=str(error))
    except (ValueError, RecursionError) as error:
        return Record(0, place, place, error=f"不是 JSON：{error} / not JSON")
    if not isinstance(row, dict):
        return Record(0, place, place, error=f"应为 JSON 对象，实为 {type(row).__name__} / not a JSON object")
    return record(row, place, fields)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _Unusable(
            f"第 {error.start + 1} 字节不是 {encoding}，可用 --encoding 指定编码 / not in the stated encoding"
        ) from None


# --- CSV ---


def csv(path: Path, name: str, fields: Fields) -> Iterator[Record]:
    """CSV with a header row; ``.tsv`` is split at tabs. Newlines within quotes are kept."""
    separator = "\t" if ".tsv" in path.suffixes else ","
    with _open(path) as file:
        # Undecodable bytes pass as lone surrogates, so that one bad row does not end the file.
        lines = (line.decode(fields.encoding, "surrogateescape") for line in file)
        reader = csv_module.reader(lines, delimiter=separator, strict=True)
        header = _header(reader, name)
        while True:
            place = f"{name}:{reader.line_num + 1}"
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv_module.Error as error:
                until = f"（读到第 {reader.line_num} 行 / up to line {reader.line_num}）"
                yield Record(0, place, place, error=f"不是合法的 CSV：{error}{until} / not CSV")
                continue
            if values:
                yield _csv_row(header, values, place, fields)


def _header(reader, name: str) -> list[str]:
    try:
        header = next(reader, [])
    except csv_module.Error as error:
        raise InputError(f"{name} 的表头不是合法的 CSV：{error} / the header is not CSV") from None
    return [header[0].removeprefix("\ufeff"), *header[1:]] if header else []


def _csv_row(header: list[str], values: list[str], place: str, fields: Fields) -> Record:
    if len(values) != len(header):
        return Record(
            0,
            place,
            place,
            error=f"有 {len(values)} 列，表头有 {len(header)} 列 / columns do not match the header",
        )
    if any("\udc80" <= character <= "\udcff" for value in values for character in value):
        return Record(
            0, place, place, error=f"不是 {fields.encoding}，可用 --encoding 指定编码 / not in the encoding"
        )
    return record(dict(zip(header, values, strict=True)), place, fields)


# --- Parquet ---


def parquet(path: Path, name: str, fields: Fields) -> Iterator[Record]:
    """Rows of a Parquet file, some hundred at a time; only the named columns are read."""
    try:
        import pyarrow
        from pyarrow import parquet as reader
    except ImportError:
        raise MissingDependency("pyarrow（Parquet）", "parquet") from None
    try:
        with reader.ParquetFile(path, memory_map=False) as file:
            named = {fields.id, *fields.text, fields.title, fields.source}
            columns = [column for column in file.schema_arrow.names if column in named]
            number = 0
            for batch in file.iter_batches(batch_size=256, columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield record(row, f"{name}:{number}", fields)
    except (OSError, pyarrow.ArrowException) as error:
        raise InputError(f"{path} 不是可读的 Parquet：{error} / not a readable Parquet file") from error

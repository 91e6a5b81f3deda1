"""Bytes, files and strings become a Page: decoded text, untouched, with its layout blocks."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import InputError
from ..types import Block, Page
from .encodings import decode

MAX_BYTES = 64 * 1024 * 1024
"""Largest input taken, in bytes (about 20 million characters); larger ones belong in a batch job."""

_MAGIC = (
    (b"%PDF", "PDF", "请先导出为文本，如 pdftotext -layout / export it to text first, e.g. with pdftotext"),
    (b"PK\x03\x04", "Word/ZIP", "请先另存为 .txt / save it as .txt first"),
    (b"\xd0\xcf\x11\xe0", "Word", "请先另存为 .txt / save it as .txt first"),
    (b"{\\rtf", "RTF", "请先另存为 .txt / save it as .txt first"),
    (b"\x1f\x8b", "gzip", "请先解压 / decompress it first"),
    (b"\x89PNG", "PNG", "请先识别文字 / recognise its text first"),
    (b"\xff\xd8\xff", "JPEG", "请先识别文字 / recognise its text first"),
)
_BLOCK = re.compile(r"[^\n\f]+(?:\n[^\n\f]+)*")
_STRAY = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")


def read_path(path: str | Path) -> Page:
    """Read a text or Markdown file; its path becomes ``source``.

    Raises InputError for a folder, a missing, unreadable, too large or non-text file.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise InputError(
                f"{path} 是文件夹：请给出文件，或用 summarizer batch / is a folder: give a file or use batch"
            )
        if not path.exists():
            raise InputError(f"找不到文件 {path}：请检查路径 / no such file: check the path")
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise _too_large(path.stat().st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"无法读取 {path}：{reason} / can't read this file: check path and rights"
        ) from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, source: str) -> Page:
    """Decode ``data`` (UTF-8, UTF-16, GB18030 or Big5, found by evidence) into a Page.

    Empty bytes give an empty page with a warning. Raises InputError for binary data, undecodable
    bytes and more than ``MAX_BYTES``.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    for magic, kind, advice in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{source} 是 {kind} 文件，不是文本：{advice}")
    decoded = decode(data)
    if decoded is None or _binary(decoded.text):
        raise InputError(
            f"{source} 不是可识别的文本（UTF-8、UTF-16、GB18030、Big5）：请另存为 UTF-8"
            " / not readable text: save it as UTF-8"
        )
    warnings = []
    if decoded.uncertain:
        rival = f"，也可能是 {decoded.rival}" if decoded.rival else ""
        warnings.append(
            f"编码不确定：按 {decoded.encoding} 读取{rival} / encoding uncertain: read as {decoded.encoding}"
        )
    return _page(decoded.text, source, decoded.encoding, warnings)


def read_str(text: str, source: str = "<text>") -> Page:
    """Make a Page of a string; NUL bytes and lone surrogates are kept here and repaired by ``clean``.

    Raises InputError for anything but a string and for more characters than ``MAX_BYTES``.
    """
    if not isinstance(text, str):
        raise InputError(
            f"需要字符串，得到 {type(text).__name__} / expected a string: use read_bytes for bytes"
        )
    if len(text) > MAX_BYTES:
        raise _too_large(len(text))
    return _page(text, source, "str", [])


def _page(text: str, source: str, encoding: str, warnings: list[str]) -> Page:
    if not text.strip("\ufeff \t\r\n\f\v\u3000\x00"):
        warnings.append("输入为空 / the input is empty")
    if "\x00" in text or _STRAY.search(text):
        warnings.append("含有控制字符，已在清理时去掉 / control characters are removed in cleaning")
    if any("\ud800" <= char <= "\udfff" for char in text):
        warnings.append("含有无效的代理码位，已在清理时去掉 / lone surrogates are removed in cleaning")
    if text.count("\ufffd") > 0:
        warnings.append("含有无法还原的字符 � / the text holds replacement characters: it was damaged before")
    blocks = tuple(Block(*match.span()) for match in _BLOCK.finditer(text) if not match[0].isspace())
    return Page(text, source, encoding, blocks, tuple(warnings))


def _binary(text: str) -> bool:
    # A stray NUL or two is a damaged text; one in twenty is no text at all.
    stray = text.count("\x00") + sum(1 for _ in _STRAY.finditer(text))
    return stray > max(8, len(text) // 20)


def _too_large(size: int) -> InputError:
    return InputError(
        f"输入有 {size:,} 字节，超过上限 {MAX_BYTES:,}：请拆分后用 summarizer batch / input too large: split it"
    )

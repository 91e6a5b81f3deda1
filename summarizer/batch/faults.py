"""Faults of disk and ledger, said in one line with what to do. The run can always be resumed after them."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import BatchError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_RESUME = "再次运行同一命令即从断点继续 / run the same command again to go on"


@contextmanager
def named(output: Path) -> Iterator[None]:
    """Turn OSError and sqlite3.Error of the block into a BatchError about ``output``."""
    try:
        yield
    except OSError as error:
        raise BatchError(_of_disk(error, output)) from error
    except sqlite3.Error as error:
        raise BatchError(_of_ledger(error, output)) from error


def _full(output: Path) -> str:
    return f"磁盘已满，无法写入 {output.parent}（{output.name}）：请腾出空间，{_RESUME} (disk full)"


def _closed(output: Path) -> str:
    return (
        f"无法写入 {output}：目录只读或没有权限，请改用 -o 指定可写的位置"
        " / the output folder is read-only or closed to you"
    )


def _of_disk(error: OSError, output: Path) -> str:
    if error.errno in _FULL:
        return _full(output)
    if error.errno in _CLOSED:
        return _closed(output)
    return f"读写 {error.filename or output} 出错：{error.strerror or error}；{_RESUME}"


def _of_ledger(error: sqlite3.Error, output: Path) -> str:
    text = str(error)
    if "locked" in text:
        return f"另一个批处理正在写 {output}：请等它结束或换一个 -o / another run is writing this output"
    if "full" in text:
        return _full(output)
    ledger = output.with_name(output.name + ".ledger")
    if "readonly" in text or "unable to open" in text or (ledger.exists() and not os.access(ledger, os.W_OK)):
        return _closed(output)
    if "disk I/O" in text:
        return f"写账本时磁盘出错（{output.name}.ledger：{text}），请检查磁盘空间与配额；{_RESUME}"
    return (
        f"账本损坏：{output}.ledger（{text}）。加 --recover 可从 {output.name}.part 取回已写的行，"
        "或加 --restart 从头开始 / the ledger is damaged: --recover keeps the rows, --restart begins anew"
    )

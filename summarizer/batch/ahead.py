"""Reading ahead in a thread, a bounded number of items, so that the workers never wait for the disk."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
_END = object()


def read_ahead(items: Iterable[T], most: int) -> Iterator[T]:
    """``items`` in order, up to ``most`` of them read before they are asked for.

    What ``items`` raises is raised here, at its place. Closing the generator ends the thread.
    """
    box: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue(most)
    closed = threading.Event()
    threading.Thread(target=_fill, args=(items, box, closed), daemon=True, name="read-ahead").start()
    try:
        while True:
            item, error = box.get()
            if error is not None:
                raise error
            if item is _END:
                return
            yield item
    finally:
        closed.set()


def _fill(items: Iterable[Any], box: queue.Queue, closed: threading.Event) -> None:
    try:
        for item in items:
            if not _put(box, (item, None), closed):
                return
        _put(box, (_END, None), closed)
    except BaseException as error:  # noqa: BLE001 - handed over, not swallowed
        _put(box, (_END, error), closed)


def _put(box: queue.Queue, item: tuple[Any, BaseException | None], closed: threading.Event) -> bool:
    while not closed.is_set():
        try:
            box.put(item, timeout=0.2)
            return True
        except queue.Full:
            continue
    return False

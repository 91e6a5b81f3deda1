"""What was asked is not asked again: answers by request, and recent failures with their reason.

A batch that fails on one record is run again in halves; without this every half would be paid for again, and
a request that had used up its sends would be sent once more.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from ...types import Generated


class Memory:
    """At most ``size`` answers; failures are kept ``failure_seconds``. Safe for threads."""

    def __init__(
        self, size: int = 4096, failure_seconds: float = 60.0, now: Callable[[], float] = time.monotonic
    ):
        self._size = size
        self._failure_seconds = failure_seconds
        self._now = now
        self._answers: OrderedDict[Hashable, list[Generated]] = OrderedDict()
        self._failures: dict[Hashable, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def answer(self, key: Hashable) -> list[Generated] | None:
        with self._lock:
            return self._answers.get(key)

    def failure(self, key: Hashable) -> str:
        """Why ``key`` failed lately, "" where it did not."""
        with self._lock:
            when, reason = self._failures.get(key, (0.0, ""))
            if reason and self._now() - when > self._failure_seconds:
                del self._failures[key]
                return ""
            return reason

    def keep(self, key: Hashable, answer: list[Generated]) -> None:
        with self._lock:
            self._answers[key] = answer
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)

    def fail(self, key: Hashable, reason: str) -> None:
        with self._lock:
            self._failures[key] = (self._now(), reason)

"""Sending again: exponential waits with jitter, the server's Retry-After respected, a hard limit of sends.

Backoff with jitter after https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


class Again(Exception):
    """The call may be sent again; ``after`` is the server's wish in seconds, ``reason`` is for display."""

    def __init__(self, reason: str, after: float | None = None, wait: bool = True):
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.wait = wait


class GaveUp(Exception):
    """All sends failed; the text says how often and why at last."""


@dataclass
class Retry:
    """``base`` and ``cap`` are seconds. ``sleep`` and ``chance`` are replaced in tests."""

    attempts: int
    base: float = 1.0
    cap: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    chance: random.Random = field(default_factory=random.Random)

    def call(self, send: Callable[[], T]) -> T:
        """What ``send`` returns, sent at most ``attempts`` times. Raises GaveUp."""
        reason = ""
        for attempt in range(self.attempts):
            try:
                return send()
            except Again as again:
                reason = again.reason
                if again.wait and attempt + 1 < self.attempts:
                    self.sleep(self._wait(attempt, again.after))
        raise GaveUp(f"发送 {self.attempts} 次均失败，最后一次：{reason} / failed {self.attempts} times")

    def _wait(self, attempt: int, after: float | None) -> float:
        own = min(self.cap, self.base * 2**attempt) * self.chance.uniform(0.5, 1.0)
        return own if after is None else max(own, min(after, self.cap))

"""Bounded queues: one lane per model, first come first served, one job at a time.

A backend is not safe to enter twice, so the lane's single thread is the model's lock. A job carries
everything it needs and its answer goes to the future made for it, so answers can't be swapped.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from .errors import Busy, TooMany


class Lane:
    """At most ``size`` jobs wait or run; one more raises Busy with an estimate of when to return."""

    def __init__(self, name: str, size: int, workers: int = 1):
        self.name, self.size = name, size
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=f"lane-{name}")
        self._lock = threading.Lock()
        self._inside = 0
        self._seconds = 0.5  # moving mean of one job, only used for Retry-After

    @property
    def depth(self) -> int:
        """Jobs waiting or running now."""
        return self._inside

    def submit(self, job: Callable[[], Any]) -> Future:
        """Queue ``job``; its future can be cancelled as long as it waits."""
        with self._lock:
            if self._inside >= self.size:
                raise Busy("队列已满，请稍候再试 / The queue is full, try again shortly", self._estimate())
            self._inside += 1
        future = self._pool.submit(self._timed, job)
        future.add_done_callback(self._leave)
        return future

    def _estimate(self) -> float:
        return min(60.0, self._inside * self._seconds)

    def _timed(self, job: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        try:
            return job()
        finally:
            self._seconds += 0.2 * (time.perf_counter() - start - self._seconds)

    def _leave(self, _: Future) -> None:
        with self._lock:
            self._inside -= 1

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


class Rates:
    """A token bucket per client: ``per_minute`` requests a minute, as many at once.

    ``clients`` bounds the memory; the one not seen for longest is forgotten first.
    """

    def __init__(self, per_minute: int, clients: int = 4096, clock: Callable[[], float] = time.monotonic):
        self.per_minute, self.clients, self._clock = per_minute, clients, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str, cost: float = 1.0) -> None:
        """Count one request of ``client``; TooMany says after how many seconds the next is let in."""
        now, per_second = self._clock(), self.per_minute / 60
        with self._lock:
            left, seen = self._buckets.pop(client, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - seen) * per_second)
            allowed = left >= cost
            self._buckets[client] = (left - cost if allowed else left, now)
            if len(self._buckets) > self.clients:
                self._buckets.popitem(last=False)
        if not allowed:
            wait = (cost - left) / per_second
            raise TooMany(f"请求过于频繁，请 {int(wait) + 1} 秒后再试 / Too many requests", wait)

"""What a run says of itself on standard error: a line for a person, JSON lines for cron, or nothing."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TextIO

MODES = ("auto", "lines", "json", "none")
_SPAN = 60.0  # seconds over which the rate is taken


class Progress:
    """Counts records. ``mode``: ``auto`` (one line rewritten on a terminal, else a line now and then),
    ``lines``, ``json`` (an object per line), ``none``. Rates are records per second over the last minute."""

    def __init__(
        self,
        mode: str = "auto",
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
        every: float | None = None,
    ):
        self._stream = stream if stream is not None else sys.stderr
        self._live = mode == "auto" and self._stream.isatty()
        self.mode = mode
        self._clock = clock
        self._every = every if every is not None else (0.2 if self._live else 5.0)
        self._total = self._done = self._failed = 0
        self._shown = float("-inf")
        self._past: deque[tuple[float, int]] = deque()

    def scanned(self, count: int) -> None:
        """``count`` records seen so far in the first pass over the input."""
        self._tell("scan", {"records": count}, f"清点输入：{count} 条 / scanning")

    def begin(self, total: int, done: int, failed: int) -> None:
        """Generating begins; ``done`` of ``total`` were there from an earlier run."""
        self._total, self._done, self._failed = total, done, failed
        self._past.append((self._clock(), done))
        if done:
            self._tell(
                "resume", {"done": done, "total": total}, f"续做：已完成 {done}/{total} / resuming", True
            )

    def advance(self, done: int, failed: int) -> None:
        """``done`` more records are certain, ``failed`` of them as failures."""
        self._done += done
        self._failed += failed
        now = self._clock()
        self._past.append((now, self._done))
        while len(self._past) > 2 and now - self._past[0][0] > _SPAN:
            self._past.popleft()
        values = self.values()
        eta = values["eta_seconds"]
        text = (
            f"{values['done']}/{values['total']} 条  {values['rate']:.1f} 条/秒  "
            f"剩余 {_clock_time(eta) if eta is not None else '--'}  失败 {values['failed']}"
        )
        self._tell("progress", values, text)

    def values(self) -> dict[str, float | int | None]:
        """Done, total, failed, rate (records/s) and remaining seconds (None while unknown)."""
        (then, before), (now, after) = self._past[0], self._past[-1]
        rate = (after - before) / (now - then) if now > then else 0.0
        left = self._total - self._done
        eta = round(left / rate, 1) if rate else (0.0 if not left else None)
        return {
            "done": self._done,
            "total": self._total,
            "failed": self._failed,
            "rate": round(rate, 3),
            "eta_seconds": eta,
        }

    def event(self, name: str, text: str, /, **values: object) -> None:
        """Something to be told at once."""
        self._tell(name, values, text, True)

    def _tell(self, event: str, values: dict, text: str, at_once: bool = False) -> None:
        now = self._clock()
        if self.mode == "none" or (not at_once and now - self._shown < self._every):
            return
        if not at_once:
            self._shown = now
        if self.mode == "json":
            line = json.dumps({"event": event, **values}, ensure_ascii=False) + "\n"
        elif self._live:
            line = f"\r\x1b[K{text}" + ("\n" if at_once else "")
        else:
            line = text + "\n"
        self._stream.write(line)
        self._stream.flush()

    def close(self) -> None:
        """Leave the rewritten line."""
        if self._live and self._shown > float("-inf"):
            self._stream.write("\n")


def _clock_time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

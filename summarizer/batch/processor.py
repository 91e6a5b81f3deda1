"""One processor for each worker. Libraries start as many threads as the process may use processors; N workers
that each do so fight for them. So each worker claims one for itself, whichever runner or run it belongs to.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_held: list[IO[bytes]] = []  # locks live as long as the process: the system drops them however it dies


def claim(folder: Path | None = None) -> int | None:
    """Keep this process to one processor that no other worker has claimed; returns its number.

    Returns None, and changes nothing, where the system can't bind a process (anything but Linux) or where all
    processors are claimed: then the scheduler shares them out. ``folder`` holds the lock files.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    import fcntl

    folder = folder or Path(tempfile.gettempdir())
    for number in sorted(os.sched_getaffinity(0)):
        try:
            lock = (folder / f"summarizer-processor-{os.getuid()}-{number}.lock").open("wb")
        except OSError:
            return None  # no place for locks: run unbound rather than not at all
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        _held.append(lock)
        os.sched_setaffinity(0, {number})
        return number
    return None

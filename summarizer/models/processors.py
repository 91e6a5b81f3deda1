"""How many processors a backend may use."""

import os


def cores() -> int:
    """Processors this process may use, at most 8."""
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)

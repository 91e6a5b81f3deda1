"""numpy held to one thread where its products are small.

BLAS deals even a product of 20 rows to every core and lets the others spin for the next one: decoding an article took
60% more processor time for it and not a millisecond less (two cores, docs/LOG.md). The number belongs to the process:
where several threads are inside, the first to leave frees the others, which is slower and never wrong.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

_here = threading.local()


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold numpy's BLAS to one thread inside; what is nested costs nothing."""
    if getattr(_here, "held", False):
        yield
        return
    _here.held = True
    try:
        with _blas().limit(limits=1):
            yield
    finally:
        _here.held = False


@lru_cache(maxsize=1)
def _blas():
    """numpy's BLAS as threadpoolctl finds it, which takes some milliseconds."""
    import numpy  # noqa: F401  (its library must be there to be found)
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")

"""What a batch is to do, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from .. import __version__
from .records import Done, Shard
from .rows import Fields
from .sources import Source
from .windows import Sizes
from .work import Job


class Runner(Protocol):
    def run(self, shards: Iterator[Shard], stopping: Callable[[], bool]) -> Iterator[Done]:
        """Finished shards in any order; ends early when ``stopping()`` turns true."""
        ...


@dataclass(frozen=True)
class Plan:
    """What is to be done. ``max_failures`` 0: no limit. ``start`` makes the runner when there is work."""

    inputs: tuple[str, ...]
    output: Path
    job: Job
    start: Callable[[], AbstractContextManager[Runner]]
    fields: Fields = field(default_factory=Fields)
    sizes: Sizes = field(default_factory=Sizes)
    restart: bool = False
    recover: bool = False
    retry_failed: bool = False
    max_failures: int = 0

    @property
    def part(self) -> Path:
        return self.output.with_name(self.output.name + ".part")

    @property
    def ledger(self) -> Path:
        return self.output.with_name(self.output.name + ".ledger")

    def source(self) -> Source:
        names = ("", ".part", ".new", ".ledger", ".ledger-wal", ".ledger-shm", ".ledger-journal")
        mine = (self.output.with_name(self.output.name + name).resolve() for name in names)
        return Source(self.inputs, self.fields, frozenset(mine))

    def options(self) -> dict[str, object]:
        """All that decides which rows come out: what the ledger holds a run to."""
        return {
            "version": __version__,
            **self.job.options(),
            **self.fields.options(),
            **asdict(self.sizes),
            "inputs": list(self.inputs),
        }


@dataclass(frozen=True)
class Outcome:
    """``complete`` is false when the run was asked to stop.

    ``failures`` are the first few, each ``(id, place, error)``.
    """

    total: int
    failed: int
    complete: bool
    failures: tuple[tuple[str, str, str], ...] = ()


def running(runner: Runner) -> Callable[[], AbstractContextManager[Runner]]:
    """A ``Plan.start`` for a runner that is already up and stays so."""
    return lambda: nullcontext(runner)

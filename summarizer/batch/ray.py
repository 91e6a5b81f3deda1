"""The Ray runner: Ray Data schedules the shards over the actors of a machine or a cluster.

One model per actor; one block per shard, put into the object store by hand, because small texts would
otherwise be gathered into one block and nothing would be durable before its end. Results stream back to
this process, which alone writes the ledger and the output: what is done is known by id there, and a run
that was cut off hands Ray only what is missing. (Ray's own checkpoint filter takes a processor of its own
and hangs where the actors hold them all.)
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from itertools import islice

from ..errors import BatchError, MissingDependency, SummarizerError
from .local import LocalRunner
from .records import Done, Shard
from .work import Job

ROUND = 2048  # shards per Ray dataset: bounds what lies in the object store; actors start anew for each


class RayRunner:
    """``workers`` actors of one processor each. ``address`` empty: a Ray of our own on this machine."""

    def __init__(self, job: Job, workers: int, address: str = ""):
        self.job, self.count, self.address = job, workers, address

    def __enter__(self) -> RayRunner:
        self._ray = _imported()
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._ray.init(**self._start_options())
        except Exception as error:  # Ray raises bare Exception when its own processes are slow to start
            said = " ".join(str(error).split())
            raise BatchError(
                f"Ray 启动或连接失败 {self.address or '（本机）'}：{said}；再次运行即续做"
                " / can't start or reach Ray; run again to go on"
            ) from error
        for number, handler in handlers.items():  # Ray puts its own in their place
            signal.signal(number, handler)
        return self

    def _start_options(self) -> dict[str, object]:
        options: dict[str, object] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if self.address:
            return {**options, "address": self.address}
        return {**options, "num_cpus": self.count, "include_dashboard": False}

    def __exit__(self, *_: object) -> None:
        self._ray.shutdown()

    def run(self, shards: Iterator[Shard], stopping: Callable[[], bool]) -> Iterator[Done]:
        """Finished shards as they come. When ``stopping()`` turns true, what is still with Ray is left to a
        later run. Raises what the library raises when an actor can't load the model."""
        while not stopping():
            blocks = [self._block(shard) for shard in islice(shards, ROUND)]
            if not blocks:
                return
            for done in self._round(blocks):
                yield done
                if stopping():
                    return

    def _block(self, shard: Shard):
        import pyarrow

        return self._ray.put(pyarrow.table({"shard": [pickle.dumps(shard)]}))

    def _round(self, blocks: list) -> Iterator[Done]:
        data = self._ray.data.from_arrow_refs(blocks).map_batches(
            Actor,
            batch_size=None,
            batch_format="pyarrow",
            fn_constructor_args=(self.job,),
            compute=self._ray.data.ActorPoolStrategy(size=min(self.count, len(blocks))),
            num_cpus=1,
        )
        try:
            for table in data.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                for item in map(pickle.loads, table.column("done").to_pylist()):
                    if isinstance(item, SummarizerError):
                        raise item
                    yield item
        except self._ray.exceptions.RayError as error:
            raise _said(error) from error


class Actor:
    """Lives in a Ray process with its own model, and turns blocks of shards into blocks of results.

    The model sits in a child, under the local runner: a record that kills it is found and marked there, with
    the rows around it the same, where Ray would start the actor again and try the block for ever.
    """

    def __init__(self, job: Job):
        self.runner = LocalRunner(job, 1).__enter__()

    def __call__(self, table):
        import pyarrow

        shards = (pickle.loads(value) for value in table.column("shard").to_pylist())
        try:
            found: list[object] = list(self.runner.run(shards, _never))
        except SummarizerError as error:
            found = [error]  # as a value: raised here, it would come back as text in Ray's own error
        return pyarrow.table({"done": [pickle.dumps(item) for item in found]})


def _never() -> bool:
    """An actor is not asked to stop: it is ended."""
    return False


def _imported():
    try:
        os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
        import ray
        import ray.data
    except ImportError:
        raise MissingDependency("Ray", "ray") from None
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray


def _said(error: BaseException) -> SummarizerError:
    """The last line of what Ray says."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    said = lines[-1] if lines else type(error).__name__
    return BatchError(f"Ray 出错：{said} / Ray failed; run again to go on")

"""The local runner: worker processes, each with its own model and one thread, fed by this process.

Reading happens in a thread, generating in the workers, writing in the thread that iterates ``run``: the
three overlap. A worker that dies (out of memory, a crash in native code) is replaced and its shard tried
again; a shard that kills again is halved until the record that does it stands alone and is marked as failed.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection

from ..errors import BatchError, ModelError, SummarizerError
from ..types import ModelInfo
from .processor import THREADS, claim
from .records import Done, Row, Shard
from .work import Job, Writer, failure

_AHEAD = 2  # shards handed to each worker: one in work, one waiting, so that it never idles


@dataclass
class _Task:
    """A shard, or the piece of one that is tried again after a worker's death."""

    shard: Shard
    deaths: int = 0


@dataclass
class _Whole:
    """A shard that was cut in pieces, until all of its rows are back."""

    size: int
    rows: list[Row] = field(default_factory=list)


class _Worker:
    """One process and its pipe, with the tasks it was given, oldest first."""

    def __init__(self, job: Job):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, job), daemon=True, name="summarizer-batch")
        self.process.start()
        theirs.close()
        self.tasks: deque[_Task] = deque()
        self.ready = False

    def give(self, task: _Task) -> None:
        self.tasks.append(task)
        try:
            self.pipe.send(task.shard)
        except OSError:
            pass  # it died; its sentinel tells, and the task is among those given to its successor

    def stop(self) -> None:
        self.pipe.close()  # it ends by itself when its pipe closes
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class LocalRunner:
    """``workers`` processes. Use as a context manager: entering starts them, leaving ends them."""

    def __init__(self, job: Job, workers: int):
        self.job, self.count = job, workers
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()
        self._cut: dict[int, _Whole] = {}
        self._model: ModelInfo | None = None

    def __enter__(self) -> LocalRunner:
        with _one_thread_each():
            self._workers = [_Worker(self.job) for _ in range(self.count)]
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            if error[0] is not None:  # whatever they still write will be written again
                worker.process.kill()
            worker.stop()

    def run(self, shards: Iterator[Shard], stopping: Callable[[], bool]) -> Iterator[Done]:
        """Finished shards as they come. When ``stopping()`` turns true, only those handed out are finished.

        Raises ModelError when a worker can't load the model.
        """
        tasks = (_Task(shard) for shard in shards)
        more = True
        while True:
            while more and not stopping() and (worker := self._free()):
                task = next(tasks, None)
                more = task is not None
                if task:
                    worker.give(task)
            while self._again and (worker := self._free()):
                worker.give(self._again.popleft())
            if not self._again and not any(worker.tasks for worker in self._workers):
                if stopping() or not more:
                    return
            yield from self._received()

    def _free(self) -> _Worker | None:
        least = min(self._workers, key=lambda worker: len(worker.tasks))
        return least if len(least.tasks) < _AHEAD else None

    def _received(self, patience: float = 0.2) -> Iterator[Done]:
        """What the workers sent within ``patience`` seconds; deaths are seen to here."""
        watched = {worker.pipe: worker for worker in self._workers}
        watched |= {worker.process.sentinel: worker for worker in self._workers}
        for worker in {id(watched[w]): watched[w] for w in connection.wait(list(watched), patience)}.values():
            try:
                while worker.pipe.poll():
                    done = self._taken(worker, *worker.pipe.recv())
                    if done:
                        yield done
            except (EOFError, OSError):
                worker.process.join(5)
            if not worker.process.is_alive():
                yield from self._bury(worker)

    def _taken(self, worker: _Worker, kind: str, value) -> Done | None:
        if kind == "refused":
            raise ModelError(value)
        if kind == "ready":
            worker.ready, self._model = True, value
            return None
        worker.tasks.popleft()
        return self._joined(value.number, value.rows)

    def _joined(self, number: int, rows: tuple[Row, ...]) -> Done | None:
        """The shard's result, once all pieces of it are there."""
        whole = self._cut.get(number)
        if whole is None:
            return Done(number, rows, self._model)
        whole.rows += rows
        if len(whole.rows) < whole.size:
            return None
        del self._cut[number]
        return Done(number, tuple(sorted(whole.rows, key=lambda row: row.seq)), self._model)

    def _bury(self, dead: _Worker) -> Iterator[Done]:
        """Replace a dead worker; its oldest task is under suspicion, the others are simply done again."""
        dead.pipe.close()
        if not dead.ready:
            raise BatchError(
                f"工作进程在载入模型时退出（代码 {dead.process.exitcode}）：可能内存不足，请减小 --workers"
                " / a worker died while loading the model"
            )
        with _one_thread_each():
            self._workers[self._workers.index(dead)] = _Worker(self.job)
        if dead.tasks:
            suspect = dead.tasks.popleft()
            suspect.deaths += 1
            self._again.extend(dead.tasks)
            yield from self._retry(suspect, dead.process.exitcode)

    def _retry(self, task: _Task, code: int | None) -> Iterator[Done]:
        shard = task.shard
        if task.deaths < 2:
            self._again.append(task)
        elif len(shard.records) == 1:
            said = f"处理该条时工作进程两次退出（代码 {code}） / the worker died twice on this record"
            done = self._joined(shard.number, (failure(shard.records[0], said),))
            if done:
                yield done
        else:
            self._cut.setdefault(shard.number, _Whole(len(shard.records)))
            middle = len(shard.records) // 2
            for part in (shard.records[:middle], shard.records[middle:]):
                self._again.append(_Task(Shard(shard.number, part), deaths=1))


class _one_thread_each:
    """Processes started within get one computing thread each: N workers on N cores, no more."""

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in THREADS}
        os.environ.update(dict.fromkeys(THREADS, "1"))

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def serve(pipe: connection.Connection, job: Job) -> None:
    """A worker's whole life. It ends when its pipe closes, so it never outlives the process that feeds it."""
    for name in ("SIGINT", "SIGTERM"):  # the feeder decides; a terminal signals the whole group
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    inbox: queue.SimpleQueue[Shard] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    claim()
    try:
        writer = Writer(job)
    except SummarizerError as error:
        pipe.send(("refused", str(error)))
        return
    except Exception as error:  # the edge: said in one line by the process that started us
        pipe.send(("refused", f"载入模型出错：{type(error).__name__}: {error} / the model can't be loaded"))
        return
    pipe.send(("ready", writer.model))
    while True:
        pipe.send(("done", writer.write(inbox.get())))


def _receive(pipe: connection.Connection, inbox: queue.SimpleQueue[Shard]) -> None:
    """Take shards off the pipe at once: a full pipe on both sides would be a deadlock."""
    while True:
        try:
            inbox.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(0)

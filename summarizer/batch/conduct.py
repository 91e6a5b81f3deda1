"""One batch from beginning to end: scan, write, publish, retry. Each step can be cut off and gone on with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict

from ..errors import BatchError
from ..types import ModelInfo
from . import sink
from .ahead import read_ahead
from .faults import named
from .ledger import Ledger
from .plan import Outcome, Plan
from .progress import Progress
from .records import Record, Shard
from .recover import recover
from .windows import shards


def conduct(plan: Plan, progress: Progress, stopping: Callable[[], bool]) -> Outcome:
    """Do, or go on with, the whole batch. Raises SummarizerError; run it again and it goes on."""
    sink.writer_for(plan.output)
    if not plan.output.parent.is_dir():
        raise BatchError(f"输出目录不存在：{plan.output.parent}，请先建立 / the output folder does not exist")
    if plan.output.is_dir():
        raise BatchError(f"{plan.output} 是文件夹：请给出文件名 / the output is a folder")
    # Input that is missing, or is the output, is said before anything changes.
    next(plan.source().files(), None)
    with named(plan.output):
        ledger = _opened(plan)
        try:
            return _Run(plan, ledger, progress, stopping).go()
        finally:
            ledger.close()


def _opened(plan: Plan) -> Ledger:
    """The plan's ledger, locked; cleared for a restart, made anew when it is damaged and we were told so."""
    try:
        ledger = Ledger(plan.ledger)
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError or not (plan.restart or plan.recover):
            raise  # OperationalError: locked, full, closed to us; not damage
        for name in ("", "-wal", "-shm", "-journal"):
            plan.ledger.with_name(plan.ledger.name + name).unlink(missing_ok=True)
        ledger = Ledger(plan.ledger)
    try:
        _fit_to_begin(plan, ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _fit_to_begin(plan: Plan, ledger: Ledger) -> None:
    if plan.restart:
        ledger.clear()
        plan.part.unlink(missing_ok=True)
        ledger.set(overwrite=1)
    elif not ledger.number("scanned") and not plan.recover:
        found = [path for path in (plan.part, plan.output) if path.exists()]
        if found and not ledger.number("overwrite"):
            plan.ledger.unlink()  # there is nothing in it yet
            raise BatchError(
                f"{found[0]} 已存在而没有账本：请换一个 -o；加 --restart 从头写并覆盖，"
                "或加 --recover 从 .part 续做 / the output is there but its ledger is not"
            )


class _Run:
    """The state of one ``conduct``; its methods are the steps, in order."""

    def __init__(self, plan: Plan, ledger: Ledger, progress: Progress, stopping: Callable[[], bool]):
        self.plan, self.ledger, self.progress, self.stopping = plan, ledger, progress, stopping
        self.source = plan.source()
        self._model: ModelInfo | None = None
        self._digests: dict[int, bytes] = {}

    def go(self) -> Outcome:
        self.ledger.settle("options", self.plan.options())
        if self.ledger.number("finished"):
            self._still_there()
        elif not (self._scan() and self._write()):
            return self._outcome(complete=False)
        if self.plan.retry_failed and self.ledger.failed() and not self._retry():
            return self._outcome(complete=False)
        return self._outcome(complete=True)

    def _outcome(self, complete: bool) -> Outcome:
        failures = tuple((id_, place, error) for _, id_, place, error in self.ledger.failures(20))
        return Outcome(self.ledger.number("total"), self.ledger.failed(), complete, failures)

    # --- scan: count the records, find ids that stand twice ---

    def _scan(self) -> bool:
        """One pass over the input before the first costly one. False when asked to stop."""
        if self.ledger.number("scanned"):
            return True
        self.ledger.begin_scan()
        total = 0
        again: list[tuple[str, str, str]] = []
        for group in _grouped(self.source.records(), 10_000):
            again += self.ledger.register((record.id, record.seq, record.place) for record in group)
            total += len(group)
            self.progress.scanned(total)
            if len(again) >= 5:
                break
            if self.stopping():
                return False
        if again:
            said = "；".join(f"{id_!r}（{first} 与 {second}）" for id_, first, second in again[:5])
            raise BatchError(
                f"id 重复：{said}。请改正输入，或用 --id-field '' 以行号为 id / the same id stands twice"
            )
        if self.plan.recover:
            kept = recover(self.plan.part, self.source, self.plan.sizes, self.ledger)
            said = f"从 {self.plan.part.name} 取回 {kept} 条 / recovered"
            self.progress.event("recover", said, records=kept)
        self.ledger.set(total=total, scanned=1)
        return True

    # --- write: shards through the runner, rows through the ledger into the spool ---

    def _write(self) -> bool:
        total = self.ledger.number("total")
        if self.ledger.number("next") < total:
            spool = sink.Spool(self.plan.part, self.ledger.number("offset"))
            try:
                self._spooled(spool)  # rows that were ready when the last run was cut off
                self._generate(spool, total)
            finally:
                spool.close()
            if self.ledger.number("next") < total:
                return False
        self._publish(total)
        return True

    def _generate(self, spool: sink.Spool, total: int) -> None:
        done = self.ledger.done()
        self.progress.begin(total, done, self.ledger.failed())
        if done == total:
            return
        with self.plan.start() as runner:
            for result in runner.run(self._pending(total), self.stopping):
                self._same_model(result.model)
                self.ledger.commit(result, self._digests.pop(result.number))
                self._spooled(spool)
                self.progress.advance(len(result.rows), sum(row.error is not None for row in result.rows))
                self._not_too_many()

    def _pending(self, total: int) -> Iterator[Shard]:
        """Shards still to do; those done are held against the input as it is now."""
        seen = 0
        for shard in read_ahead(shards(self.source.records(), self.plan.sizes), 8):
            seen += len(shard.records)
            digest, known = shard.digest(), self.ledger.digest(shard.number)
            if known is None:
                self._same_ids(shard)
                self._digests[shard.number] = digest
                yield shard
            elif known != digest:
                raise _changed(min(shard.records, key=lambda record: record.seq).place)
            if self.stopping():
                return
        if seen != total:
            raise _changed(f"{total} → {seen}")

    def _same_ids(self, shard: Shard) -> None:
        for record in shard.records:
            if self.ledger.seq_of(record.id) != record.seq:
                raise _changed(record.place)

    def _same_model(self, model: ModelInfo) -> None:
        if model != self._model:
            self.ledger.settle("model", {f"model {name}": value for name, value in asdict(model).items()})
            self._model = model

    def _spooled(self, spool: sink.Spool) -> None:
        """Move the rows that are next in order from the ledger to the spool."""
        seq = self.ledger.number("next")
        count = spool.append(self.ledger.ready(seq))
        if count:
            self.ledger.spooled(seq + count, spool.offset)

    def _not_too_many(self) -> None:
        if self.plan.max_failures and self.ledger.failed() > self.plan.max_failures:
            _, id_, place, error = self.ledger.failures()[-1]
            raise BatchError(
                f"失败已超过 --max-failures {self.plan.max_failures} 条，已停下；"
                f"最后一条 {id_}（{place}）：{error} / too many failures: stopped; run again to go on"
            )

    def _publish(self, total: int) -> None:
        if not total:
            self.plan.part.touch()
        if self.plan.part.exists():
            sink.publish(self.plan.part, self.plan.output)
        elif not self.plan.output.exists():  # else we were cut off between the rename and the next line
            raise BatchError(f"{self.plan.part} 不见了：请加 --restart 从头开始 / the part file is gone")
        self.ledger.set(finished=1)

    def _still_there(self) -> None:
        """A finished run called again: neither output nor input may have changed."""
        if not self.plan.output.exists():
            raise BatchError(
                f"{self.plan.output} 已被移走：请加 --restart 重做 / the finished output is gone"
            )
        for _ in self._pending(self.ledger.number("total")):
            raise _changed("?")
        self.progress.event("complete", "此前已全部完成 / already complete")

    # --- retry: the failed records once more, put in their places ---

    def _retry(self) -> bool:
        marks = self.ledger.to_retry(self.ledger.number("total"))
        if any(marks):
            self.progress.begin(sum(marks), 0, 0)
            failed = (record for record in self.source.records() if self._marked(record, marks))
            with self.plan.start() as runner:
                for result in runner.run(read_ahead(shards(failed, self.plan.sizes), 8), self.stopping):
                    self._same_model(result.model)
                    self.ledger.retry(result.rows)
                    self.progress.advance(len(result.rows), sum(row.error is not None for row in result.rows))
            if any(self.ledger.to_retry(len(marks))):
                return False
        self._merge(len(marks))
        return True

    @staticmethod
    def _marked(record: Record, marks: bytearray) -> bool:
        return record.seq < len(marks) and bool(marks[record.seq])

    def _merge(self, total: int) -> None:
        """Write the output anew with the retried rows; doing it twice gives the same."""
        spool = sink.Spool(self.plan.part, 0)
        try:
            lines = enumerate(sink.published(self.plan.output))
            count = spool.append(self.ledger.retried(seq) or line for seq, line in lines)
        finally:
            spool.close()
        if count != total:
            raise BatchError(
                f"{self.plan.output} 有 {count} 行，账本记 {total} 行：输出被改动过，"
                "请加 --restart / the output was altered"
            )
        sink.publish(self.plan.part, self.plan.output)
        self.ledger.settle_retry()


def _changed(where: str) -> BatchError:
    return BatchError(
        f"输入在两次运行之间变了（{where}）：请换一个 -o，或加 --restart 从头开始"
        " / the input changed since the run began"
    )


def _grouped(records: Iterator[Record], most: int) -> Iterator[list[Record]]:
    group: list[Record] = []
    for record in records:
        group.append(record)
        if len(group) == most:
            yield group
            group = []
    if group:
        yield group

"""``summarizer batch``: options, signals and exit codes. The work is in ``conduct`` and ``watch``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from ..errors import SettingsError
from ..settings import ENGINES
from .conduct import conduct
from .plan import Outcome, Plan, Runner
from .progress import MODES, Progress
from .rows import Fields
from .sources import check_inputs
from .windows import Sizes
from .work import Job

RUNNERS = ("local", "ray")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``batch``."""
    add = parser.add_argument
    add(
        "inputs",
        nargs="*",
        metavar="IN",
        help="文件夹、通配符、.jsonl、.csv、.tsv、.parquet 或文稿 / what to read",
    )
    add("-o", "--output", metavar="OUT", help=".jsonl、.csv 或 .parquet / where the rows go")
    _add_writing(parser.add_argument_group("写作 / writing"))
    _add_reading(parser.add_argument_group("读取 / reading"))
    _add_running(parser.add_argument_group("运行 / running"))
    _add_going_on(parser.add_argument_group("续做 / going on"))
    _add_watching(parser.add_argument_group("守候 / watching"))


def _add_writing(group) -> None:
    add = group.add_argument
    add("--candidates", type=int, default=5, metavar="N", help="候选标题个数 / headlines to offer (5)")
    add("--headline-chars", type=int, default=20, metavar="N", help="标题字数上限 / full-width units (20)")
    add("--summary-chars", type=int, default=120, metavar="N", help="摘要字数上限 / full-width units (120)")
    add("--model", default="embedded", metavar="NAME|DIR|URL", help="模型 / the model (embedded)")
    add("--engine", choices=ENGINES, default="auto", help="推理引擎 / what runs it (auto)")
    add("--style", metavar="FILE", help="版面风格名或 YAML 文件 / house style, name or YAML file")
    add("--seed", type=int, default=0, metavar="N", help="随机种子 / seed (0)")
    add(
        "--timings", action="store_true", help="行内写入真实用时（结果将逐次不同） / real seconds in the rows"
    )


def _add_reading(group) -> None:
    add = group.add_argument
    add(
        "--id-field",
        default="id",
        metavar="NAME",
        help="id 字段，'' 表示以“文件:行”为 id / field of the id (id)",
    )
    add(
        "--text-field",
        default="body,text",
        metavar="NAMES",
        help="正文字段，依次试 / text fields (body,text)",
    )
    add(
        "--title-field",
        default="",
        metavar="NAME",
        help="原题字段，置于正文之上 / field of the page's headline",
    )
    add("--source-field", default="source", metavar="NAME", help="来源字段 / field of the source (source)")
    add("--encoding", default="utf-8", help="JSONL 与 CSV 的编码 / encoding of JSONL and CSV (utf-8)")


def _add_running(group) -> None:
    add = group.add_argument
    add(
        "--workers", type=int, metavar="N", help="工作进程数，各占一核 / processes, one core each (all cores)"
    )
    add("--runner", choices=RUNNERS, default="local", help="本机进程或 Ray / local processes or Ray (local)")
    add("--ray-address", default="", metavar="ADDR", help="Ray 集群地址，如 auto / address of a Ray cluster")
    add("--batch-size", type=int, default=32, metavar="N", help="每批条数 / records per batch (32)")
    add(
        "--window",
        type=int,
        default=1024,
        metavar="N",
        help="按长度排序的窗口 / records sorted by length (1024)",
    )
    add("--progress", choices=MODES, default="auto", help="进度的样式 / how progress is shown (auto)")
    add("--progress-every", type=float, metavar="S", help="进度行的间隔，秒 / seconds between lines (5)")
    add("--quiet", action="store_true", help="只报错误 / errors only")


def _add_going_on(group) -> None:
    add = group.add_argument
    add("--retry-failed", action="store_true", help="重做失败的记录 / write failed records again")
    add("--restart", action="store_true", help="丢弃账本，从头开始 / forget the ledger and begin anew")
    add(
        "--recover", action="store_true", help="账本损坏时从 .part 取回 / rebuild a damaged ledger from .part"
    )
    add(
        "--max-failures",
        type=int,
        default=0,
        metavar="N",
        help="失败超过 N 条即停，0 不限 / stop after N (0: never)",
    )


def _add_watching(group) -> None:
    add = group.add_argument
    add("--watch", action="store_true", help="守候 IN 文件夹，结果写在原文件旁 / watch the folder IN")
    add("--poll", type=float, default=2.0, metavar="S", help="查看的间隔，秒 / seconds between looks (2)")


class Stop:
    """Turns true at the first SIGTERM or SIGINT; a second one interrupts at once."""

    def __init__(self):
        self.signal = 0

    def __call__(self) -> bool:
        return bool(self.signal)

    def __enter__(self) -> Stop:
        numbers = (signal.SIGTERM, signal.SIGINT)
        self._before = {number: signal.signal(number, self._asked) for number in numbers}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _asked(self, number: int, frame: object) -> None:
        if self.signal:
            raise KeyboardInterrupt
        self.signal = number


def run(args: argparse.Namespace) -> int:
    """Exit code: 0 done, 1 some records failed, 128 + N when signal N asked to stop (go on by running again).

    Raises SummarizerError for a wrong call or a fault of disk, ledger or model.
    """
    check_inputs(args.inputs)
    progress = Progress("none" if args.quiet else args.progress, every=args.progress_every)
    with Stop() as stop:
        if args.watch:
            from .watch import watch

            return watch(_folder(args), _plan(args, Path("-")), progress, stop, args.poll)
        if not args.output:
            raise SettingsError("请用 -o 指定输出文件（.jsonl、.csv 或 .parquet） / name the output with -o")
        outcome = conduct(_plan(args, Path(args.output).resolve()), progress, stop)
    progress.close()
    return _ended(outcome, progress, stop, args.output)


def _folder(args: argparse.Namespace) -> Path:
    if len(args.inputs) != 1 or not Path(args.inputs[0]).is_dir():
        raise SettingsError("--watch 要一个已存在的文件夹 / --watch takes one folder")
    if args.output or args.runner != "local" or args.restart or args.recover:
        raise SettingsError(
            "--watch 把结果写在原文件旁，不能与 -o、--runner ray、--restart、--recover 同用"
            " / --watch does not go with these options"
        )
    if not args.poll > 0:
        raise SettingsError("--poll 应大于 0 / --poll must be above 0")
    return Path(args.inputs[0]).resolve()


def _plan(args: argparse.Namespace, output: Path) -> Plan:
    job = Job(
        args.model,
        args.engine,
        args.style,
        args.seed,
        args.candidates,
        args.headline_chars,
        args.summary_chars,
        args.timings,
        **({"factory": args.factory} if "factory" in args else {}),
    )
    text = tuple(name for name in args.text_field.split(",") if name)
    return Plan(
        inputs=tuple(args.inputs),
        output=output,
        job=job,
        start=_starter(args, job),
        fields=Fields(args.id_field, text, args.title_field, args.source_field, args.encoding),
        sizes=Sizes(window_records=args.window, shard_records=args.batch_size),
        restart=args.restart,
        recover=args.recover,
        retry_failed=args.retry_failed,
        max_failures=args.max_failures,
    )


def _starter(args: argparse.Namespace, job: Job) -> Callable[[], AbstractContextManager[Runner]]:
    workers = args.workers if args.workers is not None else _cores()
    if workers < 1:
        raise SettingsError(f"--workers 至少为 1，收到 {workers} / --workers must be at least 1")
    if args.runner == "ray":
        from .ray import RayRunner

        return lambda: RayRunner(job, workers, args.ray_address)
    from .local import LocalRunner

    return lambda: LocalRunner(job, workers)


def _cores() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _ended(outcome: Outcome, progress: Progress, stop: Stop, output: str) -> int:
    """Tell how it went, failures by name, and return the exit code."""
    values = {"total": outcome.total, "failed": outcome.failed}
    if not outcome.complete:
        progress.event(
            "stopped", "已按要求停下，再次运行同一命令即续做 / stopped; run again to go on", **values
        )
        return 128 + stop.signal
    for id_, place, error in outcome.failures:
        print(f"失败 {id_}（{place}）：{error}", file=sys.stderr)
    if outcome.failed > len(outcome.failures):
        more = outcome.failed - len(outcome.failures)
        print(f"……另有 {more} 条失败，见 {output} 中 status 为 error 的行 / {more} more", file=sys.stderr)
    done = f"完成：{outcome.total} 条，失败 {outcome.failed} 条 → {output} / done"
    progress.event("done", done, output=output, **values)
    return 1 if outcome.failed else 0

"""The ``summarizer`` command.

Errors are one line on standard error; exit codes: 0 done, 1 some records failed, 2 the call was wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from . import __version__
from .errors import InputError, SummarizerError
from .settings import ENGINES

FORMATS = {"text": "to_text", "json": "to_json", "markdown": "to_markdown"}
# Subcommand → (module that adds its arguments and runs it, one line of help).
COMMANDS = {
    "write": ("summarizer.cli", "为一份稿件或一个版面写标题和摘要 / headlines and summaries for one file"),
    "batch": ("summarizer.batch", "成批处理文件夹或数据行 / a whole folder or data file"),
    "models": ("summarizer.models.command", "列出、查看、添加、校验模型 / list, show, add, verify models"),
    "prompts": ("summarizer.prompting", "查看与校验提示词模板 / show and check prompt templates"),
}


class Parser(argparse.ArgumentParser):
    """Errors in one line, like every other error of the command."""

    def error(self, message: str) -> None:
        self.exit(2, f"{self.prog}: {message}（见 {self.prog} --help / see --help）\n")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``write``."""
    parser.add_argument(
        "file", metavar="FILE", help="文本文件，- 表示标准输入 / a text file, - for standard input"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 / output format (text)")
    parser.add_argument(
        "--candidates", type=int, default=5, metavar="N", help="候选标题个数 / headlines to offer (5)"
    )
    parser.add_argument(
        "--headline-chars", type=int, default=20, metavar="N", help="标题字数上限 / full-width units (20)"
    )
    parser.add_argument(
        "--summary-chars", type=int, default=120, metavar="N", help="摘要字数上限 / full-width units (120)"
    )
    parser.add_argument(
        "--model", default="embedded", metavar="NAME|DIR|URL", help="模型 / the model (embedded)"
    )
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="推理引擎 / what runs it (auto)")
    parser.add_argument(
        "--style", metavar="FILE", help="版面风格名或 YAML 文件 / house style, name or YAML file"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="随机种子 / seed (0)")


def run(args: argparse.Namespace) -> int:
    """``summarizer write``."""
    from . import render
    from .pipeline import Summarizer
    from .settings import Settings

    options = {
        "candidates": args.candidates,
        "headline_chars": args.headline_chars,
        "summary_chars": args.summary_chars,
    }
    Settings(**options)  # a wrong option is told before a model is loaded
    page = _page(args.file)
    with Summarizer(args.model, args.engine, style=args.style, seed=args.seed) as summarizer:
        report = summarizer.write_page(page, **options)
    _print(getattr(render, FORMATS[args.format])(report))
    return 0


def _page(name: str):
    from .pipeline.stages import read_bytes, read_path

    if name != "-":
        return read_path(name)
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError("标准输入不可读 / standard input can't be read")
    return read_bytes(stream.read(), "<stdin>")


def _print(text: str) -> None:
    """UTF-8 whatever the terminal's locale; lone surrogates show as escapes."""
    data = text.encode("utf-8", "backslashreplace")
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data.decode("utf-8"))
    else:
        sys.stdout.flush()
        stream.write(data if text.endswith("\n") else data + b"\n")
        stream.flush()


def parser(command: str | None = None) -> Parser:
    """The parser; only ``command``'s module is imported (all where it is None)."""
    top = Parser(prog="summarizer", description="中文新闻标题与摘要 / Chinese headlines and summaries")
    top.add_argument("--version", action="version", version=f"summarizer {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    for name, (module, text) in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text)
        if command in (None, name):
            import_module(module).add_arguments(sub)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line ``argv`` and returns its exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    named = next((word for word in argv if word in COMMANDS), "")
    try:
        args = parser(named).parse_args(argv)
        return import_module(COMMANDS[args.command][0]).run(args)
    except SummarizerError as error:
        print(f"summarizer: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except SystemExit as leave:  # argparse: --help is 0, a wrong call 2
        return int(leave.code or 0)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130

"""``python -m desk export ROWS.jsonl``: the choices log as training rows; ``compared``: who won."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from summarizer.errors import InputError, SummarizerError

from .config import from_environment
from .log import Choices


def main(argv: list[str] | None = None) -> int:
    """Exit code 0, or 2 with one line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m desk", description="选择记录 / the choices log")
    parser.add_argument(
        "what",
        choices=("export", "compared"),
        help="export: 带文字的选择写成训练行 / choices with text as rows; compared: 对比的结果 / comparisons",
    )
    parser.add_argument("out", type=Path, nargs="?", help="export: 输出的 .jsonl / the file to write")
    args = parser.parse_args(argv)
    try:
        path = from_environment().choices
        if path is None:
            raise InputError("DESK_CHOICES=off：没有选择记录 / the choices log is off")
        if args.what == "compared":
            _compared(Choices(path))
        elif args.out is None:
            raise InputError("请写明输出文件：python -m desk export 行.jsonl / name the file to write")
        else:
            print(f"{Choices(path).export(args.out)} 行 / rows → {args.out}")
    except (SummarizerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _compared(log: Choices) -> None:
    """One JSON line per pair: how often each side won, and neither."""
    for pair, counts in sorted(log.comparisons().items()):
        print(json.dumps({"pair": pair, **{name: counts[name] for name in (*pair, "tie", "none_good")}}))


if __name__ == "__main__":
    sys.exit(main())

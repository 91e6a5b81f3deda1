"""``python -m eval COMMAND``: scores, comparisons, the gate, the bench and rating sheets."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from summarizer.errors import SummarizerError

# command: module of this package with add_arguments(parser) and run(args), and what it does
COMMANDS = {
    "run": ("run", "score systems on data sets"),
    "compare": ("compare", "where two systems differ, side by side"),
    "gate": ("gate", "fail where the embedded model falls below its pinned floors"),
    "bench": ("bench", "quality and speed side by side"),
    "sheet": ("sheet", "a blind rating sheet of two systems"),
    "agree": ("agree", "win rate and Cohen's kappa of filled sheets"),
}


def main(argv: list[str] | None = None) -> int:
    """Runs one command. Exit code 0 done, 1 rows left out or a floor missed, 2 the call was wrong."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    argv = sys.argv[1:] if argv is None else argv
    for name, (module, about) in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name in argv[:1]:
            import_module(f"eval.{module}").add_arguments(command)
    args = parser.parse_args(argv)
    try:
        return import_module(f"eval.{COMMANDS[args.command][0]}").run(args)
    except SummarizerError as error:
        print(f"错误 / error: {error}", file=sys.stderr)
    except OSError as error:  # a closed folder, a full disk: what was written so far is gone on with
        told = f"{error.filename or ''}：{error.strerror or error}"
        print(f"错误 / error: 读写不了 {told} / can't read or write", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())

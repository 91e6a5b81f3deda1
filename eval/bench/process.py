"""Whole processes side by side: ``python -m eval.bench.process`` prints what one run of the command costs.

The same article goes through ``summarizer write`` with ``--engine ct2``, through the same command with ``--engine
torch`` (transformers' ``generate()`` with the same weights, beams, checks and ranking), and, as ``generate``, through
a process that does nothing but load the weights with transformers and call ``generate()`` for a headline and a
summary, with the beams that ``write`` asks for. They run in turn, A B C A B C, so that load on the machine falls on
all alike; a first round warms the disk cache and isn't counted. CPU seconds are user and system time of the whole
process, memory is its peak resident set. POSIX only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from . import documents

LAUNCH = Path(__file__).with_name("launch.py")
KINDS = ("ct2", "torch", "generate")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: processor seconds, wall-clock seconds, peak memory in MB."""

    cpu_s: float
    wall_s: float
    memory_mb: float


def cost(command: Sequence[str]) -> Cost:
    """Runs ``command`` (its first word a path) to its end. Raises SystemExit with its last error where it fails."""
    done = subprocess.run(
        [sys.executable, str(LAUNCH), *command], capture_output=True, text=True, env=_environment()
    )
    found = json.loads(done.stdout) if done.returncode == 0 else {"code": done.returncode}
    if found.pop("code"):
        raise SystemExit(f"{' '.join(command)}: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    return Cost(**found)


def _environment() -> dict[str, str]:
    """Compiled modules may be written and read, as in any installation."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def in_turn(
    commands: dict[str, Sequence[str]], rounds: int, told: Callable[[str], object] = print
) -> dict[str, list[Cost]]:
    """``rounds`` costs of each command, run in turn after one uncounted round."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            one = cost(command)
            if number:
                found[name].append(one)
                told(f"{name:9} {one.cpu_s:7.2f} CPU s {one.wall_s:7.2f} s {one.memory_mb:6.0f} MB")
    return found


def compared(costs: Sequence[Cost], others: Sequence[Cost]) -> dict[str, dict[str, float]]:
    """How many times as much ``others`` took, round by round: median, lowest and highest ratio of each figure."""
    found = {}
    for name in ("cpu_s", "wall_s", "memory_mb"):
        ratios = [getattr(b, name) / getattr(a, name) for a, b in zip(costs, others, strict=True)]
        found[name] = {
            "median": round(statistics.median(ratios), 2),
            "low": round(min(ratios), 2),
            "high": round(max(ratios), 2),
        }
    return found


def commands(page: Path, model: str, kinds: Sequence[str]) -> dict[str, list[str]]:
    """The command line of each kind."""
    write = [sys.executable, "-m", "summarizer", "write", str(page), "--model", model, "--engine"]
    alone = [sys.executable, "-m", "eval.bench.process", "--alone", str(page), "--model", model]
    return {kind: alone if kind == "generate" else [*write, kind] for kind in kinds}


def alone(page: Path, model: str) -> int:
    """The work of the kind ``generate``, in this process."""
    from summarizer.models import load
    from summarizer.types import Decoding, Request

    backend, text = load(model, "torch"), page.read_text("utf-8")
    while backend.count(text) > backend.source_budget - 12:
        text = text[: len(text) * 9 // 10]
    for task, chars, decoding in (("headline", 20, Decoding(5, 5)), ("summary", 120, Decoding(2, 4))):
        for found in backend.generate([Request(task, text, chars)], decoding)[0][:1]:
            print(found.text)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.process", description=__doc__.split("\n")[0])
    parser.add_argument("--chars", type=int, default=1500, help="length of the article (1500)")
    parser.add_argument("--page", type=Path, help="a file instead of the made-up article")
    parser.add_argument("--model", default="embedded", help="model folder (embedded)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds (5)")
    parser.add_argument("--out", type=Path, help="JSON file")
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.alone:
        return alone(args.alone, args.model)
    with tempfile.TemporaryDirectory() as folder:
        page = args.page or Path(folder) / "article.txt"
        if not args.page:
            page.write_text(documents.document(args.chars, 7), "utf-8")
        chars = len(page.read_text("utf-8"))
        found = in_turn(commands(page, args.model, args.kinds), args.rounds)
    first, *others = found
    ratios = {f"{other} / {first}": compared(found[first], found[other]) for other in others}
    print(f"\n{chars} characters, {args.rounds} rounds in turn; median (lowest–highest ratio)")
    for name, figures in ratios.items():
        shown = (f"{key} ×{r['median']} ({r['low']}–{r['high']})" for key, r in figures.items())
        print(f"{name}: {'; '.join(shown)}")
    if args.out:
        costs = {name: [asdict(one) for one in all_] for name, all_ in found.items()}
        args.out.write_text(json.dumps({"chars": chars, "costs": costs, "ratios": ratios}, indent=2), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Figures of the batch job: ``python -m eval.bench.batch figures|kills|speed|memory|ray --data ROWS.jsonl``.

Each figure runs the real command in processes of its own and is printed as one JSON line, with what it was
measured on. ``ROWS.jsonl`` are data rows (``id``, ``body``); ``--records`` of them are drawn.
``figures`` gives speed and memory together, within the time of two runs of ``--seconds`` and the baselines.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from .batch_kills import kills
from .batch_runs import Seen, observed, processor_seconds, rows_of, start, steady

if TYPE_CHECKING:
    from summarizer.types import Decoding, Request

Calls = list[tuple[list["Request"], "Decoding"]]  # of a backend's ``generate``


# --- speed ---


def speed(args, folder: Path) -> dict:
    """Documents per second of the batch, of a loop over the library, and of batched ``generate()`` (``_against``).

    Loading is left out of the rates. Beside each rate stand the processor seconds per record, which other
    work on the machine hardly changes; those of the batch include starting its workers.
    """
    rows = rows_of(args.data, args.records, folder)
    before = processor_seconds()
    seen = observed(start(rows, folder / "out.jsonl", args))
    batch = (steady(seen.told), (processor_seconds() - before) / args.records)
    return {"records": args.records, "workers": args.workers, **_against(batch, rows, args)}


def _against(batch: tuple[float, float], rows: Path, args) -> dict:
    """The batch's rate and processor seconds beside those of its rivals.

    ``naive`` loops over the library; ``generate`` answers with transformers' ``generate()`` what the batch asks of
    its model, ``bare`` with it two requests of each article. They take ``--naive`` and ``--generate`` of the same
    rows, evenly over the lengths.
    """
    bodies = [json.loads(line)["body"] for line in rows.open(encoding="utf-8")]
    rivals = {"naive": naive_rate(spread(bodies, args.naive), args)}
    if args.generate:
        fewer = sorted(spread(bodies, args.generate), key=len)
        rivals["generate"] = generate_rate(asked(fewer, args), len(fewer), args)
        rivals["bare"] = generate_rate(bare(fewer, args), len(fewer), args)
    return {
        "batch": told(*batch),
        "rival_records": {"naive": args.naive, "generate": args.generate, "bare": args.generate},
        **{name: told(*rate) for name, rate in rivals.items()},
        **{f"over_{name}": round(batch[0] / rate, 2) for name, (rate, _) in rivals.items()},
    }


def told(rate: float, seconds: float) -> dict[str, float]:
    return {"per_second": round(rate, 3), "processor_seconds_each": round(seconds, 4)}


def spread(bodies: list[str], count: int) -> list[str]:
    """``count`` of the texts, evenly over the order of their lengths, in input order."""
    order = sorted(range(len(bodies)), key=lambda i: len(bodies[i]))
    step = max(1, len(order) // max(1, count))
    return [bodies[i] for i in sorted(order[step // 2 :: step][:count])]


def rated(count: int, began: float, used: float) -> tuple[float, float]:
    """Records per second, and processor seconds per record, since ``began`` and ``used`` were read."""
    return count / (time.perf_counter() - began), (time.process_time() - used) / count


def naive_rate(bodies: list[str], args) -> tuple[float, float]:
    from summarizer import Summarizer

    with Summarizer(args.model, args.engine) as summarizer:
        summarizer.write(bodies[0])
        began, used = time.perf_counter(), time.process_time()
        for body in bodies:
            summarizer.write(body)
        return rated(len(bodies), began, used)


def generate_rate(calls: Calls, records: int, args) -> tuple[float, float]:
    """transformers' ``generate()``, same weights, answering ``calls``, and nothing else: no reading, no ranking.

    In length-sorted batches of ``--batch-size`` requests, as a careful user would.
    """
    from summarizer.models import load
    from summarizer.types import Decoding, Request

    backend = load(args.model, "torch")
    backend.generate([Request("headline", calls[0][0][0].text, 20)], Decoding(1, 1))  # the library warms up
    began, used = time.perf_counter(), time.process_time()
    for requests, decoding in calls:
        ordered = sorted(requests, key=lambda request: len(request.text))
        for first in range(0, len(ordered), args.batch_size):
            backend.generate(ordered[first : first + args.batch_size], decoding)
    return rated(records, began, used)


def asked(bodies: list[str], args) -> Calls:
    """What the batch asks of its model for ``bodies``, recorded while the library writes about them."""
    from summarizer import Summarizer

    calls: Calls = []
    with Summarizer(args.model, args.engine) as summarizer:
        generate = summarizer.backend.generate

        def recorded(requests, decoding):
            calls.append((list(requests), decoding))
            return generate(requests, decoding)

        summarizer.backend.generate = recorded
        for first in range(0, len(bodies), args.batch_size):
            summarizer.write_many(bodies[first : first + args.batch_size])
    return calls


def bare(bodies: list[str], args) -> Calls:
    """A headline with 5 beams and a summary with 4 of each beginning: a pipeline without this product."""
    from summarizer.models import load
    from summarizer.types import Decoding, Request

    codec = load(args.model, "torch")
    texts = [cut(body, codec) for body in bodies]
    jobs = [("headline", 20, Decoding(5, 5)), ("summary", 120, Decoding(2, 4))]
    return [([Request(task, text, chars) for text in texts], decoding) for task, chars, decoding in jobs]


def cut(text: str, backend) -> str:
    """The beginning of ``text`` that the model's input holds."""
    while backend.count(text) > backend.source_budget - 12:
        text = text[: len(text) * 9 // 10]
    return text


# --- memory ---


def memory(args, folder: Path) -> dict:
    """Peak memory of all processes of the run together, for a tenth of the records and for all."""
    counts = (max(1, args.records // 10), args.records)
    seen = [
        observed(start(rows_of(args.data, count, folder), folder / f"out-{count}.jsonl", args))
        for count in counts
    ]
    return _peaks(dict(zip(counts, seen, strict=True)))


def _peaks(runs: dict[int, Seen]) -> dict:
    small, large = (seen.peak for seen in runs.values())
    return {
        "peak_mib": {count: round(seen.peak / 2**20, 1) for count, seen in runs.items()},
        "ratio": round(large / small, 3),
    }


# --- all of them ---


def figures(args, folder: Path) -> dict:
    """Speed and memory from one pair of runs: a tenth of the records, then all or what ``--seconds`` allow."""
    runs: dict[int, Seen] = {}
    for count in (max(1, args.records // 10), args.records):
        rows, before = rows_of(args.data, count, folder), processor_seconds()
        seen = observed(start(rows, folder / f"out-{count}.jsonl", args), args.seconds)
        runs[seen.done] = seen
    used = (processor_seconds() - before) / max(1, seen.done)
    return {
        "records": seen.done,
        "failed": seen.failed,
        "workers": args.workers,
        **_against((steady(seen.told), used), rows, args),
        "memory": _peaks(runs),
    }


# --- ray ---


def ray(args, folder: Path) -> dict:
    """The steady rate of the Ray runner against the local one's, with the same number of workers."""
    rows = rows_of(args.data, args.records, folder)
    rates = {}
    for runner in ("local", "ray"):
        rates[runner] = steady(
            observed(start(rows, folder / f"{runner}.jsonl", args, "--runner", runner)).told
        )
    same = (folder / "local.jsonl").read_bytes() == (folder / "ray.jsonl").read_bytes()
    return {
        "records": args.records,
        "workers": args.workers,
        **{f"{runner}_per_second": round(rate, 2) for runner, rate in rates.items()},
        "ratio": round(rates["ray"] / rates["local"], 3),
        "same_output": same,
    }


FIGURES = {"kills": kills, "speed": speed, "memory": memory, "ray": ray, "figures": figures}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.batch", description=__doc__)
    add = parser.add_argument
    add("figure", choices=FIGURES)
    add("--data", type=Path, required=True, help="data rows")
    add("--records", type=int, default=1000)
    add("--workers", type=int, default=len(os.sched_getaffinity(0)))
    add("--batch-size", type=int, default=32)
    add("--model", default="embedded")
    add("--engine", default="auto")
    add("--runner", choices=("local", "ray"), default="local", help="kills: which runner")
    add("--kills", type=int, default=20)
    add("--script", type=Path, help="run this in place of the summarizer command, with the same options")
    add(
        "--spread",
        type=float,
        default=0.25,
        help="kills: a run lives up to this share of an uninterrupted one",
    )
    add("--seed", type=int, default=0)
    add("--seconds", type=float, default=360, help="figures: a run is stopped after so long")
    add("--naive", type=int, default=200, help="speed: records of the loop over the library")
    add("--generate", type=int, default=128, help="speed: records of generate(), 0 to leave it out")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batch-bench-") as folder:
        print(
            json.dumps(
                {
                    "figure": args.figure,
                    "model": args.model,
                    "engine": args.engine,
                    **FIGURES[args.figure](args, Path(folder)),
                }
            )
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

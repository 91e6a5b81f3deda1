"""``python -m eval.bench.desk``: the desk under load, and how long an editor waits for the first draft.

It starts ``app.py`` on a free loopback port, or takes one that listens on loopback already. Every client
sends a canary of its own and looks for it, and for anyone else's, in the answer.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from summarizer.errors import SettingsError

from .desk_page import waits

ROOT = Path(__file__).parents[2]
CANARY = re.compile(r"第\d{5}号")
REPORT = (
    "本报讯（记者 沈知夏）云溪市水务局11月20日通报，青石县第{n:05d}号引水工程当天全线通水，"
    "沿线3个乡镇、27个行政村的4.2万居民用上了稳定的自来水。\n"
    "工程总投资1.8亿元，铺设输水管道126公里，新建泵站5座，日供水能力1.5万立方米。"
    "云溪市水务局局长周砚表示，明年6月底前将完成剩余1900户的入户管网改造，水价两年内保持每吨2.4元不变。\n"
)


def main(argv: list[str] | None = None) -> int:
    """Print one JSON object of figures; exit code 1 where an answer was lost, wrong or a server error."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.desk", description=__doc__)
    parser.add_argument("--url", help="a desk that listens on loopback already (default: start one)")
    parser.add_argument("--model", default=None, help="model name (default: the desk's first)")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--requests", type=int, default=5, help="per client")
    parser.add_argument("--burst", type=int, default=200, help="requests at once")
    parser.add_argument("--clicks", type=int, default=20, help="clicks in the browser, 0 for none")
    args = parser.parse_args(argv)
    with desk(args.url) as url:
        found = {
            "load": os.getloadavg()[0],
            "cpus": len(os.sched_getaffinity(0)),
            "sustained": sustained(url, args.model, args.clients, args.requests),
            "burst": burst(url, args.model, args.burst),
            "page": waits(url, args.clicks, article(1500)) if args.clicks else None,
        }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    bad = found["sustained"]["errors"] + found["sustained"]["wrong"] + found["burst"]["other"]
    return int(bool(bad) or found["burst"]["recovered_s"] > 10)


@contextmanager
def desk(url: str | None) -> Iterator[str]:
    """The address of a desk; one started here ends with the block. Raises SettingsError off loopback."""
    if url:
        if urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
            raise SettingsError("只在本机加压 / load is only put on loopback addresses")
        yield url.rstrip("/")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "DESK_RATE": "1000000"}
    env |= {
        "DESK_CHOICES": "off",
        "DESK_SECONDS": "600",
    }  # so that a busy machine shows as seconds, not as 503
    started = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    try:
        yield _ready(f"http://127.0.0.1:{port}")
    finally:
        started.terminate()
        started.wait(20)


def _ready(url: str, patience: float = 300) -> str:
    """``url`` as soon as its default model is loaded."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
                health = json.load(answer)
            if "ready" in health["models"].values() and not any(health["queued"].values()):
                return url
        except (OSError, ValueError):
            pass
        time.sleep(0.5)
    raise SettingsError(f"{url} 没有就绪 / the desk did not start")


def article(chars: int) -> str:
    """A report of about ``chars`` characters, every paragraph different."""
    parts, number = [], 1
    while sum(map(len, parts)) < chars:
        parts.append(REPORT.format(n=number).split("）", 1)[1] if parts else REPORT.format(n=number))
        number += 1
    return "".join(parts)[:chars]


def ask(url: str, model: str | None, number: int) -> tuple[int, float, bool]:
    """Status (0: no answer), seconds, and whether the answer is this client's own and nobody else's."""
    body = {"text": REPORT.format(n=number), "candidates": 5} | ({"model": model} if model else {})
    call = urllib.request.Request(
        f"{url}/v1/headline", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(call, timeout=600) as answer:
            status, text = answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        status, text = error.code, ""
    except OSError:
        status, text = 0, ""
    own = status != 200 or set(CANARY.findall(text)) == {f"第{number:05d}号"}
    return status, time.perf_counter() - start, own


def sustained(url: str, model: str | None, clients: int, requests: int) -> dict:
    """``clients`` at once, each asking ``requests`` times one after the other."""

    def client(number: int) -> list[tuple[int, float, bool]]:
        return [ask(url, model, number * 100 + turn) for turn in range(requests)]

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        found = [one for many in pool.map(client, range(1, clients + 1)) for one in many]
    seconds = sorted(second for _, second, _ in found)
    return {
        "clients": clients,
        "requests": len(found),
        "errors": sum(status != 200 for status, _, _ in found),
        "wrong": sum(not own for _, _, own in found),
        "p50_s": round(statistics.median(seconds), 2),
        "p95_s": round(seconds[int(0.95 * (len(seconds) - 1))], 2),
        "per_second": round(len(found) / (time.perf_counter() - start), 2),
    }


def burst(url: str, model: str | None, size: int) -> dict:
    """``size`` requests at once; then how long until one more is answered."""
    with ThreadPoolExecutor(size) as pool:
        found = list(pool.map(lambda number: ask(url, model, 50_000 + number), range(size)))
    start, status = time.perf_counter(), 0
    while status != 200 and time.perf_counter() - start < 60:
        status = ask(url, model, 60_000)[0]
    counts = Counter(status for status, _, _ in found)
    return {
        "requests": size,
        "statuses": {str(key): value for key, value in sorted(counts.items())},
        "other": sum(n for key, n in counts.items() if key not in (200, 429, 503)),
        "wrong": sum(not own for _, _, own in found),
        "recovered_s": round(time.perf_counter() - start, 2),
    }


if __name__ == "__main__":
    sys.exit(main())

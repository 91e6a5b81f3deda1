"""A desk that really listens, on a loopback port, in a thread of the test process."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from desk.config import Config
from desk.library import Library
from desk.server import build, listener
from desk.service import Desk


@dataclass
class Running:
    url: str
    port: int
    desk: Desk


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running(library: Library | None = None, **settings) -> Iterator[Running]:
    """A desk on ``library`` (the real one by default) until the block ends."""
    port = free_port()
    desk = Desk(Config(port=port, **settings), library)
    server = listener(build(desk), desk.config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ready = threading.Event()
    for _ in range(1200):
        if server.started or not thread.is_alive():
            break
        ready.wait(0.05)
    assert server.started
    try:
        yield Running(f"http://127.0.0.1:{port}", port, desk)
    finally:
        server.should_exit = True
        thread.join(20)

"""A chat server that answers as a script says: dropped connections, 429s, half JSON, stalls, refusals."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Act:
    """What the server does with one request. ``stall`` is seconds before the answer."""

    content: str = ""
    status: int = 200
    headers: dict = field(default_factory=dict)
    raw: bytes | None = None
    drop: bool = False
    stall: float = 0.0
    finish: str = "stop"
    error: str = ""


Script = Callable[[dict, int], Act]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, script: Script):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.bodies: list[dict] = []
        self.headers: list[dict] = []
        self.lock = threading.Lock()

    def handle_error(self, request, client_address):
        """Clients that go away are part of the script."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        self._send(200, json.dumps({"object": "list", "data": [{"id": "tiny", "object": "model"}]}).encode())

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.bodies.append(body)
            self.server.headers.append({k.lower(): v for k, v in self.headers.items()})
            number = len(self.server.bodies)
        act = self.server.script(body, number)
        if act.stall:
            time.sleep(act.stall)
        if act.drop:
            self.close_connection = True
            self.connection.close()
            return
        if act.status != 200:
            answer = {"error": {"message": act.error or f"status {act.status}", "type": "x"}}
            self._send(act.status, json.dumps(answer).encode(), act.headers)
        elif body.get("stream"):
            self._stream(act)
        else:
            self._send(200, act.raw if act.raw is not None else completion(act), act.headers)

    def _send(self, status: int, data: bytes, headers: dict | None = None):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, act: Act):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for at in range(0, len(act.content), 3):
            delta = {"index": 0, "delta": {"content": act.content[at : at + 3]}, "finish_reason": None}
            part = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "tiny"}
            self.wfile.write(b"data: " + json.dumps({**part, "choices": [delta]}).encode() + b"\n\n")
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True


def completion(act: Act) -> bytes:
    message = {"role": "assistant", "content": act.content}
    whole = {"id": "c", "object": "chat.completion", "created": 0, "model": "tiny"}
    whole["choices"] = [{"index": 0, "message": message, "finish_reason": act.finish}]
    whole["usage"] = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return json.dumps(whole, ensure_ascii=False).encode()


def items(*texts: str) -> str:
    return json.dumps({"items": list(texts)}, ensure_ascii=False)


def article_of(body: dict) -> str:
    """The article inside the last message's fence."""
    lines = body["messages"][-1]["content"].split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("<稿件 "))
    end = next(i for i, line in enumerate(lines) if line == lines[start].replace("<", "</", 1))
    return "\n".join(lines[start + 1 : end])


@contextmanager
def serving(script: Script):
    """A running server; it stops at the end, whatever its handlers still do."""
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

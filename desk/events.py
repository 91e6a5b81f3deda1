"""Checks what a browser sends to Gradio before Gradio sees it.

Gradio answers an event that it can't place with a 500, and prints the values it came with. Here an
event must name a handler of the page and bring exactly that handler's number of values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from .security import Receive, Refusal, Scope, Send

SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
BOUNDARY = re.compile(r'multipart/form-data;\s*boundary="?[\w\'()+,./:=?-]{1,200}"?', re.ASCII)
ROUTE = re.compile(r"(/en)?/gradio_api/(queue/join|queue/data|cancel|reset|upload)/?")
_STREAMS = ("queue/data",)


class Events:
    """Wraps the app. ``handlers`` maps a page's prefix ("" or "/en") to {handler id: number of values}."""

    def __init__(self, app: Any, handlers: Mapping[str, Mapping[int, int]]):
        self.app, self.handlers = app, handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = ROUTE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if match is None:
            return await self.app(scope, receive, send)
        kind = match[2]
        if kind == "upload":
            self._upload(scope)
        elif kind in _STREAMS:
            self._session(parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [None])[0])
        else:
            body = await _read(receive)
            self._event(kind, self.handlers[match[1] or ""], _parse(body))
            receive = _replay(body, receive)
        await self.app(scope, receive, send)

    def _upload(self, scope: Scope) -> None:
        kind = next((v.decode("latin-1") for n, v in scope["headers"] if n.lower() == b"content-type"), "")
        if not BOUNDARY.fullmatch(kind.strip()):
            raise _bad("multipart/form-data")

    def _event(self, kind: str, handlers: Mapping[int, int], event: Any) -> None:
        if not isinstance(event, dict):
            raise _bad("event")
        if kind == "reset":
            return self._session(event.get("event_id"))
        self._session(event.get("session_hash"))
        number = event.get("fn_index")
        if isinstance(number, bool) or not isinstance(number, int) or number not in handlers:
            raise _bad("fn_index")
        if kind == "cancel":
            return self._session(event.get("event_id"))
        data = event.get("data")
        if not isinstance(data, list) or len(data) != handlers[number]:
            raise _bad("data")
        if event.get("batched"):
            raise _bad("batched")

    def _session(self, value: Any) -> None:
        if not isinstance(value, str) or not SESSION.fullmatch(value):
            raise _bad("session_hash")


def _bad(field: str) -> Refusal:
    return Refusal(
        400, "bad_event", f"页面请求不对：{field}，请刷新页面 / Not a request of this page: {field}"
    )


def _parse(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise _bad("JSON") from None


async def _read(receive: Receive) -> bytes:
    """The whole body; its size is bounded by the gate in front."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _bad("disconnected")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """``receive`` that gives ``body`` once, then whatever comes after it."""
    waiting = [body]

    async def again() -> Any:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again

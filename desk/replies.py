"""How answers leave: JSON that survives odd characters, and one form for every error."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from starlette.responses import Response

from .errors import DeskError

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def dumps(value: Any) -> bytes:
    """``value`` as UTF-8 JSON; a lone surrogate (valid in a JSON escape, not in UTF-8) stays an escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


class JSON(Response):
    """A JSON answer."""

    media_type = "application/json; charset=utf-8"

    def render(self, content: Any) -> bytes:
        return dumps(content)


def error_body(code: str, message: str, details: Sequence[dict] = ()) -> dict:
    """``{"error": {"code", "message", "details"?}}``: the one form of an error."""
    return {"error": {"code": code, "message": message} | ({"details": list(details)} if details else {})}


def error_reply(error: DeskError) -> JSON:
    """The answer for an error of the service layer."""
    headers = {} if error.retry_after is None else {"retry-after": str(error.retry_after)}
    return JSON(error_body(error.code, str(error)), error.status, headers)


async def send_error(
    send: Send, status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> None:
    """The same, where there is no app yet: straight over ASGI. Status 204 has no body."""
    body = b"" if status == 204 else dumps(error_body(code, message))
    found = {"content-type": JSON.media_type, "content-length": str(len(body))} | (headers or {})
    start = {"type": "http.response.start", "status": status}
    await send({**start, "headers": [(n.encode(), v.encode()) for n, v in found.items()]})
    await send({"type": "http.response.body", "body": body})

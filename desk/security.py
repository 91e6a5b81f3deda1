"""The gate in front of everything: who may ask, which addresses exist, how large a body may be.

One ASGI middleware. Gradio brings some forty routes (direct calls, a proxy, file and code tools) of
which the page needs a dozen; only those are let through, so what is not listed here does not exist.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from .config import LOOPBACK, Config
from .errors import TooMany
from .lanes import Rates
from .replies import send_error

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger("desk")
BODY_SECONDS = 30  # a client that sends its body more slowly than this is let go
UPLOAD_PATHS = re.compile(r"(/en)?/gradio_api/upload|/v1/page/file")

_READ = (
    r"/|/en/?|/healthz|/v1/docs|/v1/openapi\.json|/desk/[a-z0-9-]+\.(css|js|svg)|"
    r"(/en)?/(config/?|theme\.css|favicon\.ico|manifest\.json|robots\.txt|assets/[\w./-]+|static/[\w./-]+)|"
    r"(/en)?/gradio_api/(info/?|startup-events|heartbeat/\w+|queue/data|upload_progress|file=.+|app_id/?|user/?)"
)
_WRITE = r"/v1/(headline|summary|page|page/file)|/mcp|(/en)?/gradio_api/(queue/join|upload|cancel|reset/?)"
ROUTES = {"GET": re.compile(_READ), "HEAD": re.compile(_READ), "POST": re.compile(_WRITE)}
KNOWN = re.compile(f"{_READ}|{_WRITE}")


def policy(nonce: str) -> str:
    """The content-security header. Gradio compiles its event code: ``unsafe-eval``. Markup can't run."""
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class Refusal(Exception):
    """A request that does not pass; ``headers`` go with the answer."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None):
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers or {}


class Gate:
    """Wraps the whole ASGI app. Adds ``scope["state"]["nonce"]`` for the page's inline scripts."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], config: Config):
        self.app, self.config = app, config
        self._failures = Rates(20)  # wrong credentials per address and minute

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":  # no websocket is offered
            return await send({"type": "websocket.close", "code": 1008})
        await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        reply = Reply(send, self._headers(headers, scope["path"], nonce))
        try:
            self._admit(scope, headers)
            if scope["method"] == "OPTIONS":
                return await send_error(reply, 204, "", "")
            await self.app(scope, Bounded(receive, self._room(scope["path"], headers), reply), reply)
            if reply.veto and not reply.started:
                raise reply.veto
        except Refusal as refusal:
            await self._refuse(reply, refusal)
        except Exception as error:
            # The message may hold text of a report, so only its kind is written down.
            log.error("path=%s error=%s", scope["path"][:80], type(error).__name__)
            await self._refuse(reply, Refusal(500, "internal", "内部错误，已记录 / Internal error, logged"))

    async def _refuse(self, reply: Reply, refusal: Refusal) -> None:
        if reply.started:
            return await reply.end()
        reply.veto = None
        await send_error(reply, refusal.status, refusal.code, str(refusal), refusal.headers)

    # --- who and what ------------------------------------------------------------------------------

    def _admit(self, scope: Scope, headers: dict[str, str]) -> None:
        path, method = scope["path"], scope["method"]
        self._host(headers.get("host", ""))
        self._origin(method, headers)
        if method != "OPTIONS":
            if not KNOWN.fullmatch(path) or "/../" in path or "\0" in path:
                raise Refusal(404, "not_found", "没有这个地址 / No such address")
            if method not in ROUTES or not ROUTES[method].fullmatch(path):
                raise Refusal(405, "method_not_allowed", "此地址不接受这种请求 / Method not allowed")
            if path != "/healthz":
                self._credentials(path, headers, (scope.get("client") or ("?",))[0])

    def _host(self, host: str) -> None:
        """On loopback only loopback names are answered: a web page can't rebind its own name to us."""
        name = urlsplit(f"//{host}").hostname if host.isprintable() and " " not in host else None
        allowed = (*self.config.hosts, *LOOPBACK) if self.config.loopback or self.config.hosts else ()
        if allowed and name not in allowed:
            raise Refusal(421, "wrong_host", "主机名不在许可之列（DESK_HOSTS）/ Host not allowed")

    def _origin(self, method: str, headers: dict[str, str]) -> None:
        """Another site's page may neither write nor, unless listed, read."""
        origin = headers.get("origin")
        if origin is None or origin in self.config.origins:
            return
        own = urlsplit(origin).netloc == headers.get("host")
        if not own and method not in ("GET", "HEAD"):
            raise Refusal(
                403, "cross_origin", "不接受其他网站的请求（DESK_ORIGINS）/ Cross-origin request refused"
            )

    def _credentials(self, path: str, headers: dict[str, str], client: str) -> None:
        if not self.config.guarded:
            return
        kind, _, value = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(value.strip()):
            return
        if kind.lower() == "basic" and self._is_login(value.strip()):
            return
        if kind:
            try:
                self._failures.take(client)
            except TooMany as error:
                raise Refusal(429, error.code, str(error), {"retry-after": str(error.retry_after)}) from None
        machine = path.startswith(("/v1/", "/mcp")) and path != "/v1/docs"
        scheme = "Bearer" if machine and self.config.token else 'Basic realm="desk", charset="UTF-8"'
        raise Refusal(401, "unauthorized", "请登录 / Credentials required", {"www-authenticate": scheme})

    def _is_token(self, value: str) -> bool:
        return bool(self.config.token) and _same(value, self.config.token)

    def _is_login(self, value: str) -> bool:
        """User and password; where only a token is set, the page takes user ``desk`` with the token."""
        try:
            user, _, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return False
        wanted = (
            (self.config.user, self.config.password) if self.config.password else ("desk", self.config.token)
        )
        return _same(user, wanted[0]) & _same(password, wanted[1])

    # --- sizes and headers ---------------------------------------------------------------------------

    def _room(self, path: str, headers: dict[str, str]) -> int:
        """How many bytes the body may have; refuses at once what says it is larger."""
        upload = UPLOAD_PATHS.fullmatch(path)
        limits = self.config.limits
        # One request of the page carries all its dropped files.
        room = (
            limits.json_bytes
            if not upload
            else limits.upload_bytes * (1 if path.startswith("/v1") else 4) + 65_536
        )
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise Refusal(400, "bad_length", "Content-Length 不是数字 / bad Content-Length")
        if len(length) > 15 or int(length) > room:
            raise Refusal(413, "too_large", f"请求超过 {room // 1024} KB / Request too large")
        return room

    def _headers(self, headers: dict[str, str], path: str, nonce: str) -> dict[str, str]:
        found = {
            "content-security-policy": policy(nonce),
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "no-referrer",
            "permissions-policy": "camera=(), microphone=(), geolocation=()",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
        }
        if not re.match(r"(/en)?/(assets|static|desk)/", path):
            found["cache-control"] = "no-store"
        if headers.get("origin") in self.config.origins:
            found |= {
                "access-control-allow-origin": headers["origin"],
                "access-control-allow-headers": "authorization, content-type",
                "access-control-allow-methods": "GET, POST",
                "cross-origin-resource-policy": "cross-origin",
                "vary": "Origin",
            }
        return found


class Reply:
    """``send`` that puts our headers over the app's, and knows whether an answer has begun."""

    def __init__(self, send: Send, headers: dict[str, str]):
        self._send, self._headers, self.started, self.ended = send, headers, False, False
        self.veto: Refusal | None = None  # set by the body's reader; the app's own answer is then dropped

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if self.veto and not self.started:
            return
        if message["type"] == "http.response.start":
            self.started = True
            ours = {name.encode(): value.encode() for name, value in self._headers.items()}
            drop = {*ours, b"server", b"access-control-allow-origin", b"access-control-allow-credentials"}
            kept = [(n, v) for n, v in message.get("headers", []) if n.lower() not in drop]
            message = {**message, "headers": [*kept, *ours.items()]}
        if message["type"] == "http.response.body":
            self.ended = not message.get("more_body", False)
        await self._send(message)

    async def end(self) -> None:
        """Close an answer that broke off."""
        if not self.ended:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})


class Bounded:
    """``receive`` that counts bytes and keeps a clock until the body is complete."""

    def __init__(self, receive: Receive, room: int, reply: Reply):
        self._receive, self._room, self._reply, self._done = receive, room, reply, False

    async def __call__(self) -> MutableMapping[str, Any]:
        if self._done:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), BODY_SECONDS)
        except TimeoutError:
            self._stop(Refusal(408, "slow", "请求未发完 / The request body did not arrive"))
        self._room -= len(message.get("body", b""))
        self._done = not message.get("more_body", False)
        if self._room < 0:
            self._stop(Refusal(413, "too_large", "请求过大 / Request too large"))
        return message

    def _stop(self, refusal: Refusal) -> None:
        """End reading. The app may make an answer of its own out of this error, so it is noted as well."""
        self._reply.veto = refusal
        raise refusal


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))

"""Puts the desk together: service, API, MCP, page, gate; and runs it."""

from __future__ import annotations

import atexit
import hashlib
import logging
import mimetypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summarizer.errors import MissingDependency, SummarizerError

from . import i18n
from .config import Config, from_environment
from .events import Events
from .security import Gate
from .service import Desk

ASSETS = Path(__file__).with_name("assets")
log = logging.getLogger("desk")


HELP = """\
用法：python app.py（没有参数，设置来自环境变量） / no arguments: settings come from the environment
  HOST、PORT          127.0.0.1、7860
  DESK_MODELS         embedded,extractive    名称或 名称=文件夹或网址 / name, or name=folder or URL
  DESK_STYLES         daily,metro,web        体例名或文件，off 为不提供 / shipped styles or files, off for none
  DESK_USER、DESK_PASSWORD、DESK_TOKEN        网页与接口的口令 / who may use page and API
其余见 docs/desk.md / the others are in docs/desk.md"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the desk with settings from the environment; 2 and one line where they are wrong."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments:
        known = all(argument in ("-h", "--help") for argument in arguments)
        told = f"app.py 不接受参数 {arguments[0]!r}，见 python app.py --help / takes no arguments"
        print(HELP if known else told, file=sys.stdout if known else sys.stderr)
        return 0 if known else 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s", stream=sys.stderr)
    for chatty in ("httpx", "jieba"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        config = from_environment()
        serve(config)
    except SummarizerError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def serve(config: Config) -> None:
    """Listen until interrupted."""
    desk = Desk(config)
    app = build(desk)
    if not config.loopback and not config.guarded:
        log.warning(
            "host=%s 任何人都能访问：请设 DESK_USER/DESK_PASSWORD 或 DESK_TOKEN / open to anyone", config.host
        )
    desk.warm()
    print(f"标题台 / Headline desk: http://{config.host}:{config.port}  (API: /v1/docs)", flush=True)
    listener(app, config).run()


def listener(app: Gate, config: Config) -> Any:
    """The HTTP server of ``app``. It writes no access log: the service logs its jobs."""
    import uvicorn

    settings = uvicorn.Config(
        app, host=config.host, port=config.port, log_level="warning", access_log=False, server_header=False,
        timeout_keep_alive=30, h11_max_incomplete_event_size=32_768, timeout_graceful_shutdown=5,
    )  # fmt: skip
    return uvicorn.Server(settings)


def build(desk: Desk) -> Gate:
    """The whole ASGI app. Raises MissingDependency where Gradio is not installed."""
    private_folder()
    try:
        import fastapi  # noqa: F401
        import gradio as gr
    except ImportError:
        raise MissingDependency("gradio", "desk") from None
    from . import api, mcp
    from .page import build as build_page
    from .page.shell import theme

    app = api.application(desk)
    app.include_router(mcp.routes(desk))
    _own_routes(app)
    _lifespan(app, desk)
    handlers = {}
    for language, path in (("en", "/en"), ("zh", "/")):
        page = build_page(desk, language)
        handlers[path.rstrip("/")] = {number: len(fn.inputs) for number, fn in page.fns.items()}
        gr.mount_gradio_app(
            app, page, path, server_name=desk.config.host, server_port=desk.config.port, theme=theme(),
            show_error=False, max_file_size=desk.limits.upload_bytes, allowed_paths=[], run_history=False,
            footer_links=[], ssr_mode=False, enable_monitoring=False, mcp_server=False, pwa=False,
            app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        )  # fmt: skip
    return Gate(Events(Paper(app), handlers), desk.config)


def private_folder() -> None:
    """Gradio's upload cache goes into a folder of our own, readable by no one else, gone at exit."""
    if "DESK_TEMP" not in os.environ:
        folder = tempfile.mkdtemp(prefix="headline-desk-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["DESK_TEMP"] = folder
    os.environ["GRADIO_TEMP_DIR"] = os.environ["DESK_TEMP"]
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"


def _lifespan(app: Any, desk: Desk) -> None:
    @asynccontextmanager
    async def lifespan(_: Any):
        yield
        desk.close()

    app.router.lifespan_context = lifespan


def _own_routes(app: Any) -> None:
    """The page's style sheet and script, and the way to the visitor's language."""

    @app.get("/desk/{name}", include_in_schema=False)
    async def asset(name: str) -> Response:
        data = assets().get(name)
        if data is None:
            return Response(status_code=404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(data, media_type=kind, headers={"cache-control": "public, max-age=3600"})

    @app.get("/en", include_in_schema=False)
    async def english() -> Response:
        return RedirectResponse("/en/")


@lru_cache(maxsize=1)
def assets() -> dict[str, bytes]:
    """The files that the page may load, by name: nothing else in the folder can be asked for."""
    return {path.name: path.read_bytes() for path in ASSETS.iterdir() if path.is_file()}


@lru_cache(maxsize=1)
def _version() -> str:
    return hashlib.sha256(b"".join(data for _, data in sorted(assets().items()))).hexdigest()[:10]


class Paper:
    """Finishes Gradio's HTML: our style sheet and script, the page's language, a nonce on each script.

    It also takes a first-time visitor whose browser prefers English to the English page.
    """

    PAGES = {"/": "zh", "/en/": "en"}

    def __init__(self, app: Any):
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        language = self.PAGES.get(scope.get("path", "")) if scope["type"] == "http" else None
        if language is None or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        request = Request(scope)
        wanted = self._wanted(request, language)
        if wanted != language:
            return await RedirectResponse("/en/")(scope, receive, send)
        await self._page(scope, receive, send, language, "lang" in request.query_params)

    def _wanted(self, request: Request, language: str) -> str:
        if language == "en" or "lang" in request.query_params or "desk_lang" in request.cookies:
            return language
        return i18n.preferred(request.headers.get("accept-language", ""))

    async def _page(self, scope: Any, receive: Any, send: Any, language: str, chosen: bool) -> None:
        start: dict = {}
        parts: list[bytes] = []
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]

        async def keep(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = finish(b"".join(parts), language, scope["state"]["nonce"])
            headers = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
            headers.append((b"content-length", str(len(body)).encode()))
            if chosen:
                headers.append(
                    (
                        b"set-cookie",
                        f"desk_lang={language}; Path=/; SameSite=Strict; Max-Age=31536000".encode(),
                    )
                )
            await send({**start, "headers": headers})
            await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, keep)


def finish(html: bytes, language: str, nonce: str) -> bytes:
    """Gradio's page with our head, language and nonces; other HTML is only given nonces."""
    head = (
        f'<link rel="stylesheet" href="/desk/desk.css?{_version()}">'
        f'<script type="module" src="/desk/desk.js?{_version()}"></script></head>'
    )
    html = html.replace(b"</head>", head.encode(), 1)
    html = html.replace(b'lang="en"', b'lang="zh-CN"' if language == "zh" else b'lang="en"', 1)
    html = re.sub(rb"<meta[^>]*(?:og:|twitter:)[^>]*>", b"", html)
    return re.sub(rb"<script(?=[\s>])", f'<script nonce="{nonce}"'.encode(), html)

"""MCP over streamable HTTP, without sessions: two tools, ``headline`` and ``summary``, and nothing else.

One POST holds one JSON-RPC message and gets one JSON answer, which is what the protocol (revision
2025-06-18, "Streamable HTTP") allows a server that never sends on its own. Requests run through the
same service layer, so limits, queue and errors are those of the HTTP API.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from summarizer import __version__
from summarizer.errors import SummarizerError

from . import schemas
from .api import client_of, while_connected
from .errors import as_desk_error
from .replies import JSON, dumps
from .service import Desk

REVISIONS = ("2025-06-18", "2025-03-26", "2024-11-05")
PARSE, INVALID, UNKNOWN, PARAMS = -32700, -32600, -32601, -32602

TOOLS = {
    "headline": (
        schemas.HeadlineIn,
        schemas.headline,
        "为一篇中文报道拟标题，逐处核对原文 / Headlines for a Chinese news report, checked against it",
    ),
    "summary": (
        schemas.SummaryIn,
        schemas.summary,
        "为一篇中文报道写摘要，附原文依据 / A summary of a Chinese news report with its evidence",
    ),
}


class Fault(Exception):
    """A JSON-RPC error with its number."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code


def routes(desk: Desk) -> APIRouter:
    """``POST /mcp``."""
    router = APIRouter()

    @router.post("/mcp", include_in_schema=False)
    async def mcp(request: Request) -> Response:
        try:
            message = await request.json()
        except (ValueError, RecursionError):
            return JSON(_fault(None, Fault(PARSE, "not JSON")), 400)
        if not isinstance(message, dict) or not isinstance(message.get("method"), str):
            return JSON(_fault(None, Fault(INVALID, "one JSON-RPC request is expected")), 400)
        number = message.get("id")
        if not isinstance(number, str | int | None):
            return JSON(_fault(None, Fault(INVALID, "id must be a string or a number")), 400)
        if "id" not in message:  # a notification wants no answer
            return Response(status_code=202)
        try:
            result = await _call(desk, request, message["method"], message.get("params", {}))
            return JSON({"jsonrpc": "2.0", "id": number, "result": result})
        except Fault as fault:
            return JSON(_fault(number, fault))

    return router


async def _call(desk: Desk, request: Request, method: str, params: Any) -> dict:
    if not isinstance(params, dict):
        raise Fault(PARAMS, "params must be an object")
    if method == "initialize":
        asked = params.get("protocolVersion")
        return {
            "protocolVersion": asked if asked in REVISIONS else REVISIONS[0],
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "headline-desk", "version": __version__},
        }
    if method == "ping":
        return {}
    if method == "tools/list":
        return {"tools": [_tool(name) for name in TOOLS]}
    if method == "tools/call":
        return await _tools_call(desk, request, params)
    raise Fault(UNKNOWN, f"no method {method[:60]!r}")


def _tool(name: str) -> dict:
    model, _, description = TOOLS[name]
    schema = model.model_json_schema()
    schema.pop("description", None)
    return {
        "name": name,
        "description": description,
        "inputSchema": schema,
        "annotations": {"readOnlyHint": True, "openWorldHint": False},
    }


async def _tools_call(desk: Desk, request: Request, params: dict) -> dict:
    """The tool's answer; a failure of the work itself is a result with ``isError``, as the protocol asks."""
    name = params.get("name")
    if not isinstance(name, str) or name not in TOOLS:
        raise Fault(PARAMS, f"no such tool; there are {', '.join(TOOLS)}")
    model, shape, _ = TOOLS[name]
    try:
        asked = model.model_validate(params.get("arguments") or {})
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, e['loc']))[:60]}: {e['msg'][:120]}" for e in error.errors()[:10])
        raise Fault(PARAMS, "; ".join(faults)) from None
    try:
        future = desk.write(client_of(request), asked.text, schemas.options(asked))
        answer = shape(await while_connected(request, desk, future)).model_dump(mode="json")
    except SummarizerError as error:
        return {"content": [{"type": "text", "text": str(as_desk_error(error))}], "isError": True}
    return {
        "content": [{"type": "text", "text": dumps(answer).decode("utf-8")}],
        "structuredContent": answer,
        "isError": False,
    }


def _fault(number: str | int | None, fault: Fault) -> dict:
    return {"jsonrpc": "2.0", "id": number, "error": {"code": fault.code, "message": str(fault)}}

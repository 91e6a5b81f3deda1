"""The HTTP API for machines: ``/v1/headline``, ``/v1/summary``, ``/v1/page`` and ``/healthz``."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Annotated, TypeVar

from fastapi import APIRouter, FastAPI, File, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from summarizer import __version__
from summarizer.errors import SummarizerError
from summarizer.types import Report

from . import apidocs, schemas
from .errors import TooLarge, as_desk_error
from .replies import JSON, error_body, error_reply
from .service import Desk, Options, Upload

T = TypeVar("T")
_ERRORS = {
    status: {"model": schemas.ErrorOut, "description": text}
    for status, text in {
        401: "没有登录 / no credentials",
        413: "文字或文件过大 / too large",
        422: "内容不对，details 指出是哪个字段 / invalid; details name the field",
        429: "请求过于频繁，见 Retry-After / too many requests",
        503: "队列已满或模型不可用，见 Retry-After / queue full or model unavailable",
    }.items()
}


def application(desk: Desk) -> FastAPI:
    """A FastAPI app with the API on it; the page is mounted onto it afterwards."""
    app = FastAPI(
        title="标题台 / Headline desk",
        version=__version__,
        summary="中文标题与摘要，每条都有原文依据 / Chinese headlines and summaries with evidence",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        default_response_class=JSON,
    )
    app.include_router(_routes(desk))
    app.add_exception_handler(SummarizerError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)

    @app.get("/v1/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(apidocs.page(app.openapi()))

    return app


def _routes(desk: Desk) -> APIRouter:
    router = APIRouter(responses=_ERRORS)

    @router.post("/v1/headline", summary="拟标题 / Headlines for one report")
    async def headline(asked: schemas.HeadlineIn, request: Request) -> schemas.HeadlineOut:
        report = await _write(desk, request, asked.text, schemas.options(asked))
        return schemas.headline(report)

    @router.post("/v1/summary", summary="写摘要 / A summary of one report")
    async def summary(asked: schemas.SummaryIn, request: Request) -> schemas.SummaryOut:
        report = await _write(desk, request, asked.text, schemas.options(asked))
        return schemas.summary(report)

    @router.post("/v1/page", summary="整版 / Everything for every article of a page")
    async def page(asked: schemas.PageIn, request: Request) -> Report:
        return await _write(desk, request, asked.text, schemas.options(asked))

    @router.post("/v1/page/file", summary="整版文件 / The same for one uploaded file")
    async def page_file(file: Annotated[UploadFile, File()], request: Request) -> Report:
        data = await file.read(desk.limits.upload_bytes + 1)
        if len(data) > desk.limits.upload_bytes:
            raise TooLarge(f"文件超过 {desk.limits.upload_bytes // 1024} KB / file too large")
        return await _write(desk, request, Upload(data, file.filename or "file"), Options())

    @router.get("/healthz", summary="是否可用 / Is the desk up")
    async def healthz() -> dict:
        return {"status": "ok", "version": __version__} | desk.health()

    return router


async def _write(desk: Desk, request: Request, source: str | Upload, options: Options) -> Report:
    return await while_connected(request, desk, desk.write(client_of(request), source, options))


async def while_connected(request: Request, desk: Desk, future: Future[T]) -> T:
    """The answer; when the client has gone, its waiting job leaves the queue."""
    answer = asyncio.ensure_future(desk.answer(future))
    try:
        while not answer.done():
            await asyncio.wait({answer}, timeout=0.5)
            if not answer.done() and await request.is_disconnected():
                raise HTTPException(499)
        return answer.result()
    finally:
        answer.cancel()


def client_of(request: Request) -> str:
    """Whom the rate limit counts: the address. Proxy headers are not trusted."""
    return request.client.host if request.client else "?"


def _on_error(_: Request, error: SummarizerError) -> JSON:
    return error_reply(as_desk_error(error))


def _on_invalid(_: Request, error: RequestValidationError) -> JSON:
    """Names field and fault; never repeats the input, which may be large or hostile."""
    details = [
        {
            "field": ".".join(str(part) for part in fault["loc"][1:])[:80] or "body",
            "message": str(fault["msg"])[:200],
        }
        for fault in error.errors()[:20]
    ]
    return JSON(
        error_body("invalid", "请求内容不对，见 details / Invalid request, see details", details), 422
    )


def _on_http(_: Request, error: HTTPException) -> JSON:
    codes = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    return JSON(
        error_body(codes.get(error.status_code, "error"), str(error.detail)[:200]),
        error.status_code,
        error.headers,
    )

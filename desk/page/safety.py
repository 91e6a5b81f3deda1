"""Unexpected errors in a handler: their kind goes to the log, never their message or the text."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr

log = logging.getLogger("desk")
SAID = "内部错误，已记录；请重试 / Internal error, logged; try again"


def guarded(fn: Callable[..., Any]) -> Callable[..., Any]:
    """``fn`` (plain, async or async generator) whose stray errors become a notice without details."""
    if inspect.isasyncgenfunction(fn):
        return _stream(fn)
    return _coroutine(fn) if inspect.iscoroutinefunction(fn) else _plain(fn)


def _stream(fn: Callable[..., AsyncIterator]) -> Callable[..., AsyncIterator]:
    @functools.wraps(fn)
    async def run(*args: Any) -> AsyncIterator:
        try:
            async for value in fn(*args):
                yield value
        except Exception as error:
            raise _said(fn, error) from None

    return run


def _coroutine(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    async def run(*args: Any) -> Any:
        try:
            return await fn(*args)
        except Exception as error:
            raise _said(fn, error) from None

    return run


def _plain(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    def run(*args: Any) -> Any:
        try:
            return fn(*args)
        except Exception as error:
            raise _said(fn, error) from None

    return run


def _said(fn: Callable[..., Any], error: Exception) -> gr.Error:
    log.error("handler=%s error=%s", getattr(fn, "__qualname__", "?"), type(error).__name__)
    return gr.Error(SAID, print_exception=False)

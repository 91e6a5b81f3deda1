"""What can go wrong at the desk, each with the HTTP status, a stable code and a bilingual message."""

from __future__ import annotations

import math

from summarizer.errors import (
    MissingDependency,
    ModelError,
    SummarizerError,
)


class DeskError(SummarizerError):
    """An error of the service layer. ``retry_after`` is in seconds, None where waiting can't help."""

    status = 422
    code = "invalid"

    def __init__(self, message: str, retry_after: float | None = None):
        super().__init__(message)
        self.retry_after = None if retry_after is None else max(1, math.ceil(retry_after))


class Invalid(DeskError):
    """A value is of the wrong type, empty or out of its range."""


class TooLarge(DeskError):
    """A text, a file or a request is over the limit."""

    status, code = 413, "too_large"


class TooMany(DeskError):
    """One client asks more often than it may."""

    status, code = 429, "too_many_requests"


class Busy(DeskError):
    """The model's queue is full, or the answer did not come in time."""

    status, code = 503, "busy"


class Unavailable(DeskError):
    """The model can't be loaded or has failed."""

    status, code = 503, "model_unavailable"


def as_desk_error(error: SummarizerError) -> DeskError:
    """The same error with an HTTP status: models that fail are 503, everything else is the caller's 422."""
    if isinstance(error, DeskError):
        return error
    kind = Unavailable if isinstance(error, ModelError | MissingDependency) else Invalid
    return kind(one_line(str(error)))


def one_line(message: str) -> str:
    """``message`` without line breaks, so that it stays one line in a log, a header or a notice."""
    return " ".join(message.split())

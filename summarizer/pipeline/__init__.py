"""From a text to its report. Only this package knows the order of the stages."""

from __future__ import annotations

from .summarizer import Summarizer

__all__ = ["Summarizer"]

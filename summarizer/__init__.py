"""Headlines and summaries for Chinese reports and newspaper pages, with evidence for every claim.

from summarizer import Summarizer
report = Summarizer().write(text)
print(report.articles[0].headline)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_EXPORTS = {
    "Summarizer": "pipeline",
    "Report": "types",
    "Draft": "types",
    "Candidate": "types",
    "Finding": "types",
    "SummarizerError": "errors",
}
__all__ = ["Candidate", "Draft", "Finding", "Report", "Summarizer", "SummarizerError"]

if TYPE_CHECKING:
    from .errors import SummarizerError
    from .pipeline import Summarizer
    from .types import Candidate, Draft, Finding, Report


def __getattr__(name: str) -> object:
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_EXPORTS[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_EXPORTS])

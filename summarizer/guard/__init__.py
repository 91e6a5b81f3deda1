"""The guard: every claim of a headline or summary against its article, and where each clause comes from."""

from .check import check, flagged
from .evidence import Link, evidence
from .facts import Facts, facts
from .tagging import read_ahead

__all__ = ["Facts", "Link", "check", "evidence", "facts", "flagged", "read_ahead"]

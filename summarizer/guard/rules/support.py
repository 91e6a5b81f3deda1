"""What a rule gives: spans of the body that support a claim and the rule in words, or nothing."""

from __future__ import annotations

from ...types import Span

Support = tuple[tuple[Span, ...], str]
NOTHING: Support = ((), "")

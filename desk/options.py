"""What one request asks for, checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import Invalid


@dataclass(frozen=True, slots=True)
class Options:
    """What one request asks for; lengths in full-width characters. Out of range raises Invalid."""

    candidates: int = 5
    headline_chars: int = 20
    summary_chars: int = 120
    model: str | None = None
    style: str | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        _whole("candidates", self.candidates, 1, 10)
        _whole("headline_chars", self.headline_chars, 6, 60)
        _whole("summary_chars", self.summary_chars, 30, 600)
        _whole("seed", self.seed, 0, 2**31 - 1)

    @property
    def lengths(self) -> dict[str, int]:
        """The keyword arguments that the library's writing methods share."""
        return {
            "candidates": self.candidates,
            "headline_chars": self.headline_chars,
            "summary_chars": self.summary_chars,
        }


def _whole(name: str, value: object, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Invalid(f"{name} 应为 {low}–{high} 的整数 / {name} must be a whole number {low}..{high}")

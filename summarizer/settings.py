"""The options of one call, checked when they are made."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import SettingsError

ENGINES = ("auto", "ct2", "torch", "openai", "extractive")
HOWS = ("shorter", "longer", "formal", "again")


@dataclass(frozen=True, slots=True)
class Settings:
    """What to write. Lengths are in full-width units; raises SettingsError out of range."""

    candidates: int = 5
    headline_chars: int = 20
    summary_chars: int = 120

    def __post_init__(self) -> None:
        whole("candidates", self.candidates, 1, 50)
        whole("headline_chars", self.headline_chars, 4, 100)
        whole("summary_chars", self.summary_chars, 10, 10_000)


def whole(name: str, value: object, low: int, high: int) -> int:
    """``value`` if it is a whole number within ``low``..``high``; raises SettingsError otherwise."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise SettingsError(
            f"{name} 应为 {low} 到 {high} 的整数，得到 {value!r} / {name} must be a whole number {low}..{high}"
        )
    return value


def engine_name(value: str) -> str:
    """``value`` if an engine of that name exists; raises SettingsError otherwise."""
    if value not in (*ENGINES, "fake"):
        raise SettingsError(f"没有引擎 {value!r}，可选：{'、'.join(ENGINES)} / no such engine")
    return value

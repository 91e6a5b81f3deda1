"""Examples to try. All written for this project; the town, its people and its companies do not exist."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..i18n import Words
from .views import safe

FOLDER = Path(__file__).parents[1] / "examples"
SINGLE = (
    ("引水工程通水", "Water project", "water"),
    ("公交延时", "Night buses", "buses"),
    ("老茧站", "Old silk station", "silk"),
)
WHOLE = (("要闻版一整版", "A news page", "page"),)


def chips(t: Words, mode: str) -> str:
    """The examples of a mode as small buttons."""
    buttons = "".join(
        f'<button type="button" data-do="sample" data-n="{index}">'
        f"{safe(chinese if t.language == 'zh' else english)}</button>"
        for index, (chinese, english, _) in enumerate(_of(mode))
    )
    return f'<div class="chips"><span>{safe(t("examples"))}</span>{buttons}</div>'


def text(mode: str, index: int) -> str:
    """The text of one example; "" for a number that none has."""
    found = _of(mode)
    return _read(found[index][2]) if 0 <= index < len(found) else ""


@lru_cache
def _read(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def _of(mode: str) -> tuple[tuple[str, str, str], ...]:
    return WHOLE if mode == "page" else SINGLE

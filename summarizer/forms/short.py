"""Short titles chosen or compressed from candidates: for the phone (≤ 14 units) and the web (≤ 30)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..chars import width
from ..compress import compressions
from ..errors import SettingsError
from ..types import Candidate
from .breaks import NO_END, NO_START
from .polish import faults, polish
from .words import tag, units

PHONE, WEB = 14, 30
_NEGATIVE = re.compile(r"[不未没无非]|否认|拒绝|取消|停止|禁止|反对")


@dataclass(frozen=True, slots=True)
class Variant:
    """A shorter title and where it is from: ``whole`` candidate, a ``clause`` of it, or ``compressed``."""

    text: str
    chars: float
    how: str
    source: str


def variants(
    candidates: Sequence[Candidate], budget: float, names: Iterable[str] = (), count: int = 3
) -> tuple[Variant, ...]:
    """Titles within ``budget`` full-width units from ranked ``candidates``, best first; () if there are none.

    Whole candidates come before clauses of them, and these before compressions; within each kind the
    candidates' order holds. Candidates with unsupported findings are not used. A variant never loses a
    negation that its source has.
    """
    names = tuple(names)
    sound = [c for c in candidates if all(f.verdict in ("supported", "inferred") for f in c.findings)]
    texts = [c.text for c in sound]
    made = [Variant(t, width(t), "whole", t) for t in texts]
    made += [Variant(c, width(c), "clause", t) for t in texts for c in _clauses(t)]
    made += [v for t in texts if width(t) > budget for v in _compressed(t, budget, names)]
    kept: dict[str, Variant] = {}
    for variant in made:
        if not faults(variant.text, budget) and _same_polarity(variant):
            kept.setdefault(variant.text, variant)
    return tuple(kept.values())[:count]


def _clauses(text: str) -> list[str]:
    """Clauses of a headline that can stand alone: five units or more, with a verb, tied to nothing."""
    parts = [part for part in re.split(r"[ ，；]", text) if part != text]
    return [p for p in parts if width(p) >= 5 and _has_verb(p) and not p.startswith(NO_START)]


def _has_verb(text: str) -> bool:
    return any(tag(text[a:b]).startswith("v") for a, b in units(text))


def _compressed(text: str, budget: float, names: tuple[str, ...]) -> list[Variant]:
    try:
        found = compressions(text, (budget,), names=names)[0]
    except SettingsError:
        return []  # a headline of brackets only has nothing to compress
    short = polish(found.text)
    good = width(short) >= 5 and _has_verb(short) and not short.endswith(NO_END)
    return [Variant(short, width(short), "compressed", text)] if good else []


def _same_polarity(variant: Variant) -> bool:
    return len(_NEGATIVE.findall(variant.text)) == len(_NEGATIVE.findall(variant.source))

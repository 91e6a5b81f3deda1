"""What a request may write and which of it is made likelier or less likely: grounded decoding with a lean.

The common pieces that a source lacks are right in a quarter of their uses (docs/LOG.md), yet likelihood finds them
easy: they pay ``common`` nats each. The pieces of the source may be raised by what the salience head says of their
places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...errors import ModelError


@dataclass(frozen=True)
class Lean:
    """Nats taken from each common piece that the source lacks, and given to a piece of the source at salience 1."""

    common: float = 0.0
    salience: float = 0.0

    @classmethod
    def of(cls, card: Mapping) -> Lean:
        """As the card's ``lean`` says; raises ModelError for other fields or values than numbers from 0 to 20."""
        told = card.get("lean", {})
        wrong = [k for k in told if k not in cls.__dataclass_fields__] or [
            k
            for k, v in told.items()
            if isinstance(v, bool) or not isinstance(v, int | float) or not 0 <= v <= 20
        ]
        if wrong:
            raise ModelError(
                f"summarizer.json 的 lean.{wrong[0]} 无效：应为 common、salience，值 0 到 20"
                " / lean: a field is not valid"
            )
        return cls(**{k: float(v) for k, v in told.items()})


def shifts(
    source: Sequence[int],
    allowed: np.ndarray,
    end: int,
    within: Callable[[int], Sequence[int]],
    salience: np.ndarray | None,
    lean: Lean,
) -> np.ndarray:
    """Nats for each of ``allowed`` (ids, ascending): 0 for the end mark, -common for what the source lacks, else the
    pull of the most salient place (``salience`` 0..1, one value per id of ``source``) whose piece holds it.

    ``salience`` may be None where the lean has no use for it.
    """
    best: dict[int, float] = dict.fromkeys(source, 0.0)
    if lean.salience:
        for piece, value in zip(source, salience.tolist(), strict=True):
            best[piece] = max(value, best[piece])
    pull: dict[int, float] = {}
    for piece, value in sorted(best.items(), key=lambda kv: kv[1]):
        pull.update(dict.fromkeys(within(piece), value * lean.salience))
    pull[end] = 0.0
    found = np.full(len(allowed), -np.float32(lean.common), np.float32)
    found[np.searchsorted(allowed, list(pull))] = list(pull.values())
    return found

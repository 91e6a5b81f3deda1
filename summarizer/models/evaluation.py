"""What ``python -m eval run`` found, written into a model's card so that ``list`` and ``show`` can say it."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import ModelError
from . import store


def record(folder: Path, scores: Path) -> list[dict]:
    """Puts the figures of ``folder``'s model in ``scores`` (a scores.json or the folder of a run) into its card.

    Every figure keeps its interval and signature. Raises ModelError where the file holds none of this model.
    """
    card = store.card(folder)
    name = str(card.get("name", folder.name))
    found = [_entry(part, name) for part in _parts(scores)]
    kept = [entry for entry in found if entry]
    if not kept:
        raise ModelError(
            f"{scores} 里没有 {name} 的结果；请先 python -m eval run --system {name} / no scores of {name}"
        )
    card["evaluation"] = kept
    text = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
    (folder / store.CARD).write_text(text, encoding="utf-8")
    return kept


def _parts(scores: Path) -> list[dict]:
    path = scores / "scores.json" if scores.is_dir() else scores
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} 不是评测结果 scores.json / not a scores.json") from error
    if not isinstance(found, list) or not all(isinstance(p, dict) and "systems" in p for p in found):
        raise ModelError(f"{path} 不是评测结果 scores.json / not a scores.json")
    return found


def _entry(part: dict, name: str) -> dict | None:
    """One data set's figures of the system called ``name`` or ``name-ENGINE``."""
    for system, result in part["systems"].items():
        if system == name or system.rsplit("-", 1)[0] == name:
            keys = ("label", "value", "low", "high", "signature")
            measures = [{k: m.get(k) for k in keys} for m in result.get("measures", {}).values()]
            data = {k: part["data"].get(k) for k in ("name", "task", "rows", "sha256")}
            return {"system": system, "data": data, "measures": measures}
    return None


def brief(evaluation: object) -> str:
    """The first figure of a recorded evaluation for a list's line; "" where the card holds none of this form."""
    try:
        entry = evaluation[0]
        first, data = entry["measures"][0], entry["data"]
        return (
            f"{first['label']} {first['value']:.1f} [{first['low']:.1f}, {first['high']:.1f}] "
            f"{data['name']} n={data['rows']}"
        )
    except (TypeError, KeyError, IndexError, ValueError):
        return ""

"""Families of sequence-to-sequence checkpoints: one file each, looked up in a literal table."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ModelError

if TYPE_CHECKING:
    from ..codec import Codec
    from .base import Family

# In the order of recognition: the special cases stand before the architectures they share.
FAMILIES = {
    "desk_t5": "desk_t5",
    "t5_pegasus": "t5_pegasus",
    "mengzi": "mengzi",
    "t5": "t5",
    "mt5": "mt5",
    "bart": "bart",
    "mbart": "mbart",
    "randeng": "randeng",
    "pegasus": "pegasus",
}


def family(name: str) -> Family:
    """The family called ``name``. Raises ModelError for an unknown name."""
    if name not in FAMILIES:
        known = "、".join(FAMILIES)
        raise ModelError(
            f"不认识的模型家族 {name!r}，可用：{known} / unknown family, known: {', '.join(FAMILIES)}"
        )
    return import_module(f".{FAMILIES[name]}", __name__).FAMILY


def recognise(path: Path) -> Family:
    """The family of the checkpoint in ``path``, from config.json and the tokenizer files, never from weights.

    Raises ModelError when no family takes it.
    """
    from .base import Checkpoint

    checkpoint = Checkpoint(path)
    for name in FAMILIES:
        found = family(name)
        if found.recognise(checkpoint):
            return found
    kind = checkpoint.model_type or "（config.json 无 model_type）"
    raise ModelError(
        f"不支持 model_type {kind}；可用 T5、mT5、BART、mBART、Pegasus；因果模型请用 causal:文件夹"
        " / unsupported architecture; give a causal model as causal:DIR"
    )


def codec(folder) -> Codec:
    """The codec of a model folder: anything with ``path`` and ``card`` (its parsed ``summarizer.json``)."""
    return family(str(folder.card["family"])).codec(Path(folder.path), folder.card)

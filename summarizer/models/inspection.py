"""What a folder of someone else's checkpoint holds, and whether it is safe. Nothing is unpickled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from ..errors import ModelError
from ..types import Request
from . import families
from .families.base import Checkpoint, Family, SeqCodec

PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".h5", ".msgpack", ".ot", ".npz")
KEPT = (".safetensors", ".json", ".txt", ".model")
# Enough everyday Chinese that a tokenizer which can't write it shows.
PROBE = "昨日上午，全市召开会议，部署今年的重点工作。记者从市统计局获悉，一季度居民收入同比增长百分之五。"


@dataclass(frozen=True)
class Inspection:
    """``kept`` are the files to take over, ``left`` those to leave behind, with the reason."""

    checkpoint: Checkpoint
    family: Family
    kept: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    licence: str
    languages: tuple[str, ...]


def inspect(folder: Path) -> Inspection:
    """Looks at ``folder``. Raises ModelError for pickles only, remote code or an unknown architecture."""
    checkpoint = Checkpoint(folder)
    if "config.json" not in checkpoint.files:
        raise ModelError(
            f"{folder} 没有 config.json，不是模型文件夹 / no config.json: not a checkpoint folder"
        )
    refuse_unsafe(checkpoint)
    family = families.recognise(folder)
    kept = tuple(sorted(name for name in checkpoint.files if _is_kept(name)))
    left = tuple((name, _why_left(name)) for name in sorted(checkpoint.files - set(kept)))
    licence, languages = _front_matter(folder / "README.md")
    return Inspection(checkpoint, family, kept, left, licence, languages)


def _is_kept(name: str) -> bool:
    top = "/" not in name and not name.startswith(".")
    return top and name.endswith(KEPT) and name != "summarizer.json"


def _why_left(name: str) -> str:
    if name.endswith(PICKLES):
        return "pickle 或其他框架的权重，不读取 / pickled or foreign weights"
    if name.endswith(".py"):
        return "代码，不执行 / code, not run"
    return "推理不需要 / not needed"


def refuse_unsafe(checkpoint: Checkpoint) -> None:
    """Raises ModelError for remote code, and for weights that are not safetensors."""
    _refuse_code(checkpoint)
    _refuse_pickles(checkpoint)


def _refuse_code(checkpoint: Checkpoint) -> None:
    for name, config in (
        ("config.json", checkpoint.config),
        ("tokenizer_config.json", checkpoint.tokenizer_config),
    ):
        if config.get("auto_map"):
            raise ModelError(
                f"{name} 含 auto_map，需要执行模型自带代码，已拒绝 / {name} asks for remote code: refused"
            )


def _refuse_pickles(checkpoint: Checkpoint) -> None:
    weights = [name for name in checkpoint.files if name.endswith(".safetensors") and "/" not in name]
    if weights:
        for name in weights:
            _check_safetensors(checkpoint.path / name)
        return
    pickled = sorted(name for name in checkpoint.files if name.endswith(PICKLES))
    if pickled:
        raise ModelError(
            f"只有 pickle 权重 {pickled[0]}，加载它等于执行其中的代码，已拒绝；请取 safetensors 版本"
            "或自行转换（见 docs/models.md）/ only pickled weights: refused, use safetensors"
        )
    raise ModelError(f"{checkpoint.path} 没有 .safetensors 权重 / holds no safetensors weights")


def _check_safetensors(path: Path) -> None:
    """The header must parse: a pickle under another name does not."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as tensors:
            names = list(tensors.keys())
    except (SafetensorError, OSError) as error:
        raise ModelError(
            f"{path.name} 不是有效的 safetensors 文件：{error} / not a safetensors file"
        ) from error
    if not names:
        raise ModelError(f"{path.name} 没有张量 / holds no tensors")


def _front_matter(readme: Path) -> tuple[str, tuple[str, ...]]:
    """(licence, languages) from the YAML head of a model card; ("unknown", ("zh",)) where it has none."""
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    head = text.split("\n---", 1)[0].removeprefix("---") if text.startswith("---") else ""
    try:
        found = yaml.safe_load(head) or {}
    except yaml.YAMLError:
        found = {}
    found = found if isinstance(found, dict) else {}
    languages = found.get("language") or ["zh"]
    languages = [languages] if isinstance(languages, str) else [str(name) for name in languages]
    return str(found.get("license", "unknown")), tuple(languages)


def check_chinese(codec: SeqCodec) -> None:
    """Raises ModelError when the tokenizer knows less than four fifths of everyday Chinese."""
    ids = codec.encode(Request(next(iter(codec.tasks)), PROBE, 20))
    unknown = ids.count(codec.unknown_id)
    if unknown > len(ids) / 5 or len(ids) < len(PROBE) / 4:
        raise ModelError(
            f"此分词器不认识常用汉字（{len(ids)} 个词元中 {unknown} 个未知），写不了中文"
            " / this tokenizer does not know Chinese"
        )

"""A model folder, opened with suspicion: safetensors only, every file the card names present and unchanged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ..errors import ModelError
from ..types import ModelInfo

CARD = "summarizer.json"
PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".bin", ".joblib", ".npy", ".msgpack", ".h5")
# CTranslate2's own flat binary, which is read without any unpickling.
ENCODER = "ct2-encoder-int8"
CT2_FOLDERS = ("ct2-int8", "ct2-float32", ENCODER, "ct2-encoder-float32")
SALIENCE = "salience.safetensors"


@dataclass(frozen=True)
class ModelFolder:
    """A verified folder: ``card`` is its parsed ``summarizer.json``, ``sha256`` a hash over all its files' hashes."""

    path: Path
    card: dict
    sha256: str

    def info(self, engine: str) -> ModelInfo:
        return ModelInfo(str(self.card.get("name", self.path.name)), self.sha256, engine)

    def part(self, name: str) -> Path:
        """A file or folder inside; raises ModelError where it is missing."""
        path = self.path / name
        if not path.exists():
            raise ModelError(
                f"模型文件夹缺少 {name}：{self.path}；请重新 summarizer models add / {name} is missing"
            )
        return path


def file_sha256(path: Path) -> str:
    """Hash of a file in hexadecimal."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def open_folder(path: str | Path, verify: bool = True) -> ModelFolder:
    """Open ``path``; ``verify=False`` skips the checksums (not the other checks). Raises ModelError."""
    path = Path(path)
    if not path.is_dir():
        raise ModelError(f"没有模型文件夹 {path} / no such model folder")
    refuse_pickles(path)
    card = _card(path / CARD)
    sums = card.get("sha256")
    if not isinstance(sums, dict) or not sums:
        raise ModelError(
            f"{path / CARD} 没有校验和 sha256；请重新 summarizer models add / no checksums in the card"
        )
    for name, expected in sums.items():
        _check(path, name, expected, verify)
    whole = hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()
    return ModelFolder(path, card, whole)


def refuse_pickles(path: Path) -> None:
    """Raise ModelError where the folder holds a file that could run code when loaded."""
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path).parts
        if file.suffix in PICKLES and not (inside[0] in CT2_FOLDERS and file.name == "model.bin"):
            raise ModelError(
                f"模型文件夹含可执行代码的文件 {file.name}：只接受 safetensors，请删除或转换后再用 / "
                f"{file.name} may run code when loaded: only safetensors is accepted"
            )


def _card(path: Path) -> dict:
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"缺少 {path}：先运行 summarizer models add / the folder has no card") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{path} 不是有效的 JSON / not valid JSON: {error}") from error
    if not isinstance(card, dict) or "family" not in card:
        raise ModelError(f"{path} 缺少 family 字段 / the card names no family")
    return card


def _check(path: Path, name: str, expected: str, verify: bool) -> None:
    file = path / name
    if not file.resolve().is_relative_to(path.resolve()) or not file.is_file():
        raise ModelError(f"模型文件夹缺少 {name}：{path}；请重新安装或 models add / {name} is missing")
    if verify and file_sha256(file) != expected:
        raise ModelError(f"模型文件 {name} 与校验和不符，已拒绝加载 / {name} does not match its checksum")


def runs_in_ct2(folder: Path) -> bool:
    """True for a folder that CTranslate2 runs, whole or the encoder of it."""
    return (folder / "ct2-int8").is_dir() or decoded_here(folder)


def decoded_here(folder: Path) -> bool:
    """True for a folder of ``train export``: CTranslate2 runs its encoder, the decoder is our own."""
    return all((folder / part).exists() for part in (ENCODER, SALIENCE))

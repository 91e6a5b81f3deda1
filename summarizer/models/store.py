"""Where added models live: one folder per model under the user's data directory.

``SUMMARIZER_MODELS`` names another place. A model is a folder with ``summarizer.json`` (its card).
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from ..errors import ModelError
from .families.vocabulary import read_json
from .folder import CARD, file_sha256

# Beside a model these files are nobody's weights: a package's marker, its documentation.
_BYSTANDERS = ("__init__.py", "README.md", "CARD.md", "LICENSE", ".gitattributes")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_RESERVED = frozenset({"embedded", "extractive", "fake", "auto"})


def home() -> Path:
    """The folder of added models; it may not exist yet."""
    named = os.environ.get("SUMMARIZER_MODELS")
    if named:
        return Path(named).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "headline-desk" / "models"


def check_name(name: str) -> str:
    """``name`` if it can name a model: letters, digits, . _ - and not a built-in name."""
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise ModelError(
            f"模型名 {name!r} 不可用：请用字母、数字、点、横线（--name）/ not a usable model name, use --name"
        )
    return name


def find(name: str) -> Path | None:
    """The folder of the added model ``name``, None where there is none."""
    if not _NAME.fullmatch(name):
        return None
    folder = home() / name
    return folder if (folder / CARD).is_file() else None


def installed() -> list[Path]:
    """Folders of all added models, by name; empty where nothing was added."""
    if not home().is_dir():
        return []
    return sorted(p.parent for p in home().glob(f"*/{CARD}") if not p.parent.name.startswith("."))


def card(folder: Path) -> dict:
    """The parsed ``summarizer.json`` of a model folder. Raises ModelError where it lacks one."""
    if not (folder / CARD).is_file():
        raise ModelError(f"{folder} 没有 {CARD}，请先运行 summarizer models add / is not a model folder")
    return read_json(folder / CARD)


def checksums(folder: Path) -> dict[str, str]:
    """sha256 of every file under ``folder`` but the card, keyed by its path with forward slashes."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / CARD)
    files = [p for p in files if p.suffix != ".pyc"]
    return {p.relative_to(folder).as_posix(): file_sha256(p) for p in files}


def verify(folder: Path) -> list[str]:
    """What is wrong with a model folder, one line each; empty when every file is as its card says."""
    expected = card(folder).get("sha256")
    if not isinstance(expected, dict) or not expected:
        return [f"{CARD} 没有校验和 / holds no checksums"]
    found = checksums(folder)
    unlisted = sorted(n for n in found.keys() - expected.keys() if Path(n).name not in _BYSTANDERS)
    wrong = [f"缺少文件 {name} / missing" for name in sorted(expected.keys() - found.keys())]
    wrong += [f"多出文件 {name} / not listed" for name in unlisted]
    both = sorted(expected.keys() & found.keys())
    wrong += [f"文件已改动 {name} / changed" for name in both if found[name] != expected[name]]
    return wrong


def size(folder: Path) -> int:
    """Bytes of all files under ``folder``."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())

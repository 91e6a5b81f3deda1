"""The only place that reaches a model hub, and only when the user runs ``models add`` with a hub name."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import MissingDependency, ModelError

# Weights as safetensors, configuration, tokenizers and the card: no pickles, no code.
WANTED = ("*.safetensors", "*.json", "*.txt", "*.model", "README.md")
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def is_hub_name(text: str) -> bool:
    """Whether ``text`` reads like ``owner/model`` of a hub."""
    return bool(_HUB_NAME.fullmatch(text))


def _want_safetensors(name: str, files: list[str]) -> None:
    """Nothing is downloaded of a repository that holds no weights that may be taken."""
    if not any(file.endswith(".safetensors") for file in files):
        raise ModelError(
            f"{name} 没有 safetensors 权重，pickle 不接受；可试 --revision refs/pr/1（自动转换的版本）"
            " / no safetensors there, and pickles are refused"
        )


def fetch(name: str, revision: str | None, into: Path) -> str:
    """Downloads ``name`` into ``into`` with a progress bar and returns the commit that was taken.

    Raises ModelError when the hub can't be reached or has no such model.
    """
    try:
        from huggingface_hub import HfApi, snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError
    except ImportError as error:
        raise MissingDependency("模型下载 / model download", "torch") from error
    try:
        info = HfApi().model_info(name, revision=revision)
        _want_safetensors(name, [sibling.rfilename for sibling in info.siblings or ()])
        commit = info.sha or ""
        snapshot_download(name, revision=commit or revision, local_dir=into, allow_patterns=list(WANTED))
    except RepositoryNotFoundError as error:
        raise ModelError(f"模型库没有 {name}，请检查名称 / the hub has no model {name}") from error
    except (HfHubHTTPError, OSError, ValueError) as error:
        raise ModelError(
            f"下载 {name} 失败：{type(error).__name__}；请检查网络，或先下载到文件夹再 add"
            " / download failed: check the network, or add a downloaded folder"
        ) from error
    return commit

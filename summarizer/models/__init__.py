"""Backends, looked up in one literal dict and imported only when asked for."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ..errors import ModelError
from ..settings import engine_name
from .base import Backend, Salient
from .folder import CARD, decoded_here, refuse_pickles
from .store import find

__all__ = ["BACKENDS", "Backend", "Salient", "load", "resolve"]

BACKENDS = {
    "ct2": "ct2:Ct2Backend",
    "desk": "desk.backend:DeskBackend",  # the engine ct2 of the project's own models
    "torch": "torch:TorchBackend",
    "openai": "openai:OpenAIBackend",
    "causal": "causal:CausalBackend",
    "extractive": "extractive:Extractive",
    "fake": "fake:Fake",
}
WEIGHTS = Path(__file__).resolve().parent.parent / "weights"


def load(model: str = "embedded", engine: str = "auto") -> Backend:
    """The backend for ``model``: ``embedded``, ``extractive``, a folder, a registered name or a URL.

    Raises ModelError where the model is not there or not safe to load, SettingsError for an unknown
    engine, MissingDependency where an optional part is not installed.
    """
    engine = engine_name(engine)
    if engine == "auto":
        engine, model = _choose(model)
    elif engine not in ("extractive", "fake", "openai"):
        model = str(resolve(model))
    if engine == "ct2" and decoded_here(Path(model)):
        engine = "desk"
    module, name = BACKENDS[engine].split(":")
    return getattr(import_module(f"{__name__}.{module}"), name)(model)


def resolve(model: str) -> Path:
    """The folder of ``model``; raises ModelError where there is none, or where it may run code."""
    if model == "embedded":
        folder = WEIGHTS
    else:
        folder = Path(model) if Path(model).is_dir() else find(model)
    if folder is None:
        raise ModelError(
            f"没有模型 {model!r}：请给出模型文件夹、网址或已添加的模型名（summarizer models list）"
            " / no such model"
        )
    refuse_pickles(folder)
    if not (folder / CARD).is_file():
        raise ModelError(
            f"{folder} 没有 {CARD}：请先运行 summarizer models add {folder} / the folder has no card"
        )
    return folder


def _choose(model: str) -> tuple[str, str]:
    """Engine and argument for ``auto``."""
    if model in ("extractive", "fake"):
        return model, model
    if model.startswith(("http://", "https://")):
        return "openai", model
    if model.startswith("causal:"):
        return "causal", model.removeprefix("causal:")
    folder = resolve(model)
    if ((folder / "ct2-int8").is_dir() or decoded_here(folder)) and find_spec("ctranslate2"):
        return "ct2", str(folder)
    return "torch", str(folder)

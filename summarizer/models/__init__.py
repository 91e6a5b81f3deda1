"""Backends, looked up in one literal dict and imported only when asked for."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ..errors import ModelError
from ..settings import engine_name
from .base import Backend, Salient
from .folder import CARD, decoded_here, refuse_pickles, runs_in_ct2
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
    return backend_of(engine, model)(model)


def backend_of(engine: str, model: str | Path) -> type:
    """The class that runs ``model`` (a folder, for local engines) by ``engine``, a key of BACKENDS."""
    if engine == "ct2" and decoded_here(Path(model)):
        engine = "desk"
    module, name = BACKENDS[engine].split(":")
    return getattr(import_module(f"{__name__}.{module}"), name)


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
    if runs_in_ct2(folder) and find_spec("ctranslate2"):
        return "ct2", str(folder)
    return "torch", str(folder)

"""The engines that are timed, each as ``write(texts) -> headlines``, with the same weights and beams.

A model engine does what stands between a report and its first headline: sentences, selection, beam
search. ``desk`` does all of it: candidates, summary, guard, evidence; ``desk-torch`` the same with
``generate()`` reading every window. A peer extracts one sentence.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import ModelError, SettingsError, SummarizerError

BEAMS = 4
PEERS = ("sumy-textrank", "sumy-lexrank", "sumy-lsa", "snownlp", "jionlp")
MODELS = ("ct2-int8", "ct2-float32", "torch")
DESKS = {"desk": "auto", "desk-torch": "torch"}  # engine of the model inside
OURS = ("textrank", "lexrank")
ENGINES = (*MODELS, *DESKS, "extractive", *OURS, *PEERS)
# Shares of a bench's time: generate() needs more of it for as many documents.
WEIGHTS = {"torch": 4, "desk": 3, "desk-torch": 5}


@dataclass(frozen=True, slots=True)
class Engine:
    """``tokens`` counts the model's tokens in a written text; None for engines that have none."""

    write: Callable[[Sequence[str]], list[str]]
    tokens: Callable[[str], int] | None = None


def load(name: str, model: str, threads: int, scratch: Path) -> Engine:
    """The engine called ``name`` over the model folder ``model`` (or ``embedded``)."""
    if name in MODELS:
        return _backend(_opened(name, model, threads, scratch))
    if name == "extractive":
        return Engine(_backend(_opened(name, model, threads, scratch)).write)
    if name in DESKS:
        return _desk(model, DESKS[name])
    if name in OURS or name in PEERS:
        return _extractor(name)
    raise SettingsError(f"没有引擎 {name!r}，可用：{'、'.join(ENGINES)} / unknown engine")


def _opened(name: str, model: str, threads: int, scratch: Path):
    from summarizer import models

    if name == "extractive":
        return models.load("extractive")
    folder = models.resolve(model)
    if name == "torch":
        import torch

        from summarizer.models.torch import TorchBackend

        torch.set_num_threads(threads)
        return TorchBackend(folder, device="cpu")
    backend = models.backend_of("ct2", folder)
    if name == "ct2-int8":
        return backend(folder, threads=threads)
    made, part = _float32(folder, scratch)
    return backend(made, part=part, threads=threads)


def _backend(backend) -> Engine:
    from summarizer.pipeline.source import source
    from summarizer.types import Article, Decoding, Request

    from ..product import Reader

    decoding, reader = Decoding(candidates=1, beams=BEAMS), Reader(backend)

    def write(texts: Sequence[str]) -> list[str]:
        shown = [source(Article(text), reader).headline.text for text in texts]
        drawn = backend.generate([Request("headline", text, 20) for text in shown], decoding)
        return [found[0].text if found else "" for found in drawn]

    return Engine(write, backend.count)


def _desk(model: str, engine: str) -> Engine:
    from summarizer import Summarizer

    desk = Summarizer(model, engine=engine)
    if desk.warnings:
        raise ModelError(desk.warnings[0])

    def write(texts: Sequence[str]) -> list[str]:
        from summarizer.types import Article

        return [draft.headline for draft in desk.writer.write([Article(text) for text in texts], _settings())]

    return Engine(write, desk.backend.count)


def _settings():
    from summarizer.settings import Settings

    return Settings()


def _extractor(name: str) -> Engine:
    from ..data import Row
    from ..systems import Options, load

    system = load(name, Options("headline"))
    return Engine(lambda texts: system.write([Row(str(i), text, "") for i, text in enumerate(texts)]))


def prepare_float32(model: str, scratch: Path) -> None:
    """Converts ahead of the workers, which find the part in ``scratch`` and report a model that has none."""
    from summarizer import models

    with contextlib.suppress(SummarizerError):
        _float32(models.resolve(model), scratch)


def _float32(folder: Path, scratch: Path) -> tuple[Path, str]:
    """The float32 copy of ``folder`` in ``scratch`` and its part; made once."""
    from summarizer.models.convert import as_float32

    found = [path.name for path in scratch.glob("ct2-*float32")]
    return (scratch, found[0]) if found else as_float32(folder, scratch)

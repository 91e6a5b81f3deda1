"""What a family declares, and the one codec that all families share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ...errors import ModelError
from ...types import Request
from .vocabulary import Vocabulary, read_json

_SPACE_RUN = re.compile(r"\s+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True)
class Checkpoint:
    """What ``save_pretrained`` (or a hub snapshot) left in a folder; read once, weights untouched."""

    path: Path

    @cached_property
    def config(self) -> dict:
        return read_json(self.path / "config.json")

    @cached_property
    def tokenizer_config(self) -> dict:
        return read_json(self.path / "tokenizer_config.json")

    @cached_property
    def generation_config(self) -> dict:
        return read_json(self.path / "generation_config.json")

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if p.is_file())

    @property
    def model_type(self) -> str:
        return str(self.config.get("model_type", ""))

    @property
    def tokenizer_class(self) -> str:
        name = self.tokenizer_config.get("tokenizer_class") or self.config.get("tokenizer_class") or ""
        return str(name).removesuffix("Fast")

    def setting(self, name: str, default=None):
        """A generation setting: generation_config.json first, then config.json (older checkpoints)."""
        for source in (self.generation_config, self.config):
            if source.get(name) is not None:
                return source[name]
        return default

    @property
    def sentencepiece(self) -> Path | None:
        names = ("spiece.model", "sentencepiece.bpe.model", "sentencepiece.model", "spm.model")
        return next((self.path / n for n in names if (self.path / n).is_file()), None)

    @property
    def is_bert_layout(self) -> bool:
        if (self.path / "vocab.txt").is_file():
            return True
        return self.sentencepiece is None and self.tokenizer_class == "BertTokenizer"


@dataclass(frozen=True)
class Layout:
    """Which special ids stand where: ``before`` and ``after`` frame the source."""

    decoder_start: tuple[int, ...]
    end_id: int
    pad_id: int
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    suppress: tuple[int, ...] = ()


@dataclass(frozen=True)
class Family:
    """One family of checkpoints. ``ct2_fields`` are config values that CTranslate2's converter asks for."""

    name: str
    recognise: Callable[[Checkpoint], bool]
    vocabulary: Callable[[Checkpoint], Vocabulary]
    layout: Callable[[Checkpoint, Vocabulary], Layout]
    prefix: Callable[[Checkpoint], str] = lambda checkpoint: ""
    ct2_fields: Mapping[str, object] = field(default_factory=dict)
    normal_form: str = "one-line"
    default_budget: int = 512

    def budget(self, checkpoint: Checkpoint) -> int:
        """Source budget in ids: the position table where the model has one, else the family's default."""
        positions = checkpoint.config.get("max_position_embeddings") or checkpoint.config.get("n_positions")
        limit = int(positions or self.default_budget)
        return min(limit, 1024)

    def codec(self, path: Path, card: Mapping) -> SeqCodec:
        """The codec of the model folder ``path`` whose ``summarizer.json`` is ``card``."""
        checkpoint = Checkpoint(path)
        vocabulary = self.vocabulary(checkpoint)
        return SeqCodec(vocabulary, self.layout(checkpoint, vocabulary), card)


def need(vocabulary: Vocabulary, token: str) -> int:
    """The id of a special token; raises ModelError when the vocabulary lacks it."""
    found = vocabulary.id(token)
    if found is None:
        raise ModelError(f"词表缺少特殊词元 {token}，模型文件不完整 / the vocabulary lacks {token}")
    return found


class SeqCodec:
    """A ``Codec`` for any model whose source is ``before + prefix text + after``."""

    def __init__(self, vocabulary: Vocabulary, layout: Layout, card: Mapping):
        self._vocabulary = vocabulary
        self._layout = layout
        self.tasks: Mapping[str, Mapping] = card.get("tasks", {})
        self._form = str(card.get("normal_form", "one-line"))
        if self._form not in ("none", "one-line"):
            raise ModelError(f"summarizer.json：normal_form 不认识 {self._form!r}，可用 none 或 one-line")
        self._limit = int(card.get("source_budget", 512))
        self.source_budget = self._limit - self._overhead(vocabulary, layout)
        self.decoder_start = layout.decoder_start
        self.end_id = layout.end_id
        self.pad_id = layout.pad_id
        self.suppress = layout.suppress
        self.unknown_id = next(i for i in map(vocabulary.id, ("<unk>", "[UNK]")) if i is not None)
        framing = {*layout.decoder_start, layout.end_id, layout.pad_id}
        self._skip = framing | set(layout.before) | set(layout.after) | set(layout.suppress)

    def _overhead(self, vocabulary: Vocabulary, layout: Layout) -> int:
        """Ids that the longest prefix, suffix and frame of a task take."""
        around = [task.get("prefix", "") + task.get("suffix", "") for task in self.tasks.values()]
        texts = max((len(vocabulary.encode(text)) for text in around), default=0)
        return len(layout.before) + texts + len(layout.after)

    def _normal(self, text: str) -> str:
        return _SPACE_RUN.sub(" ", text).strip() if self._form == "one-line" else text

    def count(self, text: str) -> int:
        return len(self._vocabulary.encode(self._normal(text)))

    def encode(self, request: Request) -> list[int]:
        task = self.tasks.get(request.task)
        if task is None:
            known = "、".join(self.tasks) or "无"
            raise ModelError(
                f"此模型不做 {request.task}，只做：{known} / this model has no task {request.task}"
            )
        text = task.get("prefix", "") + self._normal(request.text) + task.get("suffix", "")
        ids = [*self._layout.before, *self._vocabulary.encode(text), *self._layout.after]
        if len(ids) > self._limit:
            raise ModelError(
                f"输入 {len(ids)} 个词元，超过模型上限 {self._limit}；请先用 select 选句"
                " / the input is over the model's token budget"
            )
        return ids

    def lead(self, request: Request) -> tuple[int, ...]:
        return ()

    def tokens(self, ids: Sequence[int]) -> list[str]:
        return [self._vocabulary.token(index) for index in ids]

    def vocabulary_tokens(self, size: int) -> list[str]:
        """All ``size`` rows of the embedding table in order; spare rows get names of their own."""
        return [self._vocabulary.token(index) for index in range(size)]

    def decode(self, ids: Sequence[int]) -> str:
        start = list(self.decoder_start)
        ids = list(ids)
        ids = ids[len(start) :] if ids[: len(start)] == start else ids
        end = ids.index(self.end_id) if self.end_id in ids else len(ids)
        return self._vocabulary.decode([index for index in ids[:end] if index not in self._skip])

    def finish(self, text: str, request: Request) -> str:
        """``text`` with Latin words in the source's own case, which lower-casing tokenizers lose."""
        forms: dict[str, str] = {}
        for match in _LATIN.finditer(request.text):
            forms.setdefault(match.group().lower(), match.group())
        return _LATIN.sub(lambda m: forms.get(m.group(), m.group()), text)

    def max_target(self, request: Request) -> int:
        """Two ids a character and some (rare ones cost several), within the task's ``max_tokens``."""
        limit = int(self.tasks.get(request.task, {}).get("max_tokens", 256))
        return min(limit, math.ceil(2 * request.max_chars) + 8)

    def allowed(self, source: Sequence[int]) -> Sequence[int] | None:
        return None

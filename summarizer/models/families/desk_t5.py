"""The project's own model: T5 over Unigram pieces, control tokens for task, length and style, grounded decoding."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from tokenizers import Tokenizer

from ...errors import ModelError
from ...types import Request
from .. import control, grounding
from ..normal import normalise, normalise_with_offsets

# Pieces a target of each length bucket may take; measured at 0.66 pieces a character, with room.
_HEADLINE_PIECES = (14, 17, 20, 23, 26, 30, 36, 48)
_SUMMARY_PIECES = (34, 46, 58, 74, 90, 112, 140, 180)


class DeskCodec:
    """The ``Codec`` of the embedded model and of its fine-tuned descendants. Ids as in ``tokenizer.json``."""

    decoder_start = (0,)
    end_id = 1
    pad_id = 0

    def __init__(self, path: Path, card: Mapping):
        self._tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._control = [self._tokenizer.token_to_id(token) for token in control.TOKENS]
        if None in self._control:
            raise ModelError(f"{path / 'tokenizer.json'} 缺少控制词元 / control tokens are missing")
        self._tasks = tuple(card.get("tasks", control.TASKS))
        self._common = tuple(card.get("common", ()))
        self._grounded = bool(card.get("grounded", True))
        self._length = control.length_place(card)
        if self._length not in control.LENGTH_PLACES:
            raise ModelError(
                f"summarizer.json：length 不认识 {self._length!r}，可用 {' 或 '.join(control.LENGTH_PLACES)}"
                " / unknown place of the length token"
            )
        self._within: dict[int, tuple[int, ...]] = {}  # at most one entry per piece
        self.source_budget = int(card.get("source_budget", 512))
        self.suppress = (self.pad_id, 2, *self._control)
        self._separator = self._tokenizer.token_to_id(control.SEPARATOR)

    def _ids(self, text: str) -> list[int]:
        lines = normalise(text).split("\n")
        newline = self._tokenizer.token_to_id(control.NEWLINE)
        ids: list[int] = []
        for number, line in enumerate(lines):
            ids += [newline] if number else []
            ids += self.pieces(line)
        return ids

    def pieces(self, text: str) -> list[int]:
        """Ids of ``text`` as it stands; text that spells a control token becomes ordinary pieces."""
        return [
            i for _, part in _parts(text) for i in self._tokenizer.encode(part, add_special_tokens=False).ids
        ]

    def count(self, text: str) -> int:
        return len(self._ids(text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """For each piece of ``text`` (control tokens aside) the code points of ``text`` that it stands for."""
        normal, offsets = normalise_with_offsets(text)
        ends = [*offsets, len(text)]
        found: list[tuple[int, int]] = []
        at = 0
        for number, line in enumerate(normal.split("\n")):
            found += [(ends[at - 1], ends[at])] if number else []
            for part_start, part in _parts(line):
                for start, end in self._tokenizer.encode(part, add_special_tokens=False).offsets:
                    a, b = at + part_start + start, at + part_start + end
                    found.append((ends[a], ends[b - 1] + 1 if b > a else ends[a]))
            at += len(line) + 1
        return found

    def encode(self, request: Request) -> list[int]:
        if request.task not in self._tasks:
            raise ModelError(f"此模型不做 {request.task} / this model has no task {request.task}")
        lead = self._leads(request)[0]
        context = (
            [*self.pieces(normalise(request.context, keep_spaces=True)), self._separator]
            if request.context
            else []
        )
        text = self._ids(request.text)
        ids = [*lead, *context, *text]
        # The headline given with a kicker is no article text: as positions are relative, it may go over.
        if len(lead) + len(text) > self.source_budget:
            raise ModelError(
                f"输入 {len(text)} 个词元，超过模型上限 {self.source_budget}；请先用 select 选句"
                " / input over the budget"
            )
        return ids

    def lead(self, request: Request) -> tuple[int, ...]:
        return tuple(self._leads(request)[1])

    def _leads(self, request: Request) -> list[list[int]]:
        """Ids of the control tokens before the source, and before the target."""
        length = control.bucket_within(request.task, request.max_chars)
        leads = control.leads(request.task, length, request.style, self._length)
        return [[self._tokenizer.token_to_id(token) for token in tokens] for tokens in leads]

    def tokens(self, ids: Sequence[int]) -> list[str]:
        return [self._tokenizer.id_to_token(index) for index in ids]

    def decode(self, ids: Sequence[int]) -> str:
        ids = list(ids)
        end = ids.index(self.end_id) if self.end_id in ids else len(ids)
        kept = [i for i in ids[:end] if i not in self.suppress]
        text = self._tokenizer.decode(kept, skip_special_tokens=False)
        return (text if "\ufffd" not in text else self._mended(kept)).strip()

    def _mended(self, ids: Sequence[int]) -> str:
        """``ids`` as text where a stray byte piece would spoil the whole run of bytes that it stands in."""
        out = b""
        for piece in self.tokens(ids):
            out += bytes([int(piece[3:5], 16)]) if grounding.is_byte(piece) else piece.encode()
        return out.decode("utf-8", "replace").replace("▁", " ")

    def finish(self, text: str, request: Request) -> str:
        return text

    def max_target(self, request: Request) -> int:
        pieces = _SUMMARY_PIECES if request.task == "summary" else _HEADLINE_PIECES
        return pieces[control.bucket_within(request.task, request.max_chars)]

    @cached_property
    def vocabulary(self) -> list[str]:
        return [self._tokenizer.id_to_token(i) for i in range(self._tokenizer.get_vocab_size())]

    @cached_property
    def _writable(self) -> dict[str, int]:
        return grounding.writable(self.vocabulary, control.RESERVED)

    def allowed(self, source: Sequence[int]) -> Sequence[int] | None:
        if not self._grounded:
            return None
        found = {self.end_id, *self._common}
        for index in set(source):
            found.update(self.within(index))
        return sorted(found)

    def within(self, index: int) -> tuple[int, ...]:
        """Ids of the pieces inside piece ``index``, itself included; none for a control token."""
        held = self._within.get(index)
        if held is None:
            held = tuple(grounding.within(index, self.vocabulary, self._writable))
            self._within[index] = held
        return held


def _parts(text: str) -> list[tuple[int, str]]:
    """``text`` cut after each ``<``, with the start of each part: no part can spell a control token."""
    starts = [0, *(m.end() for m in re.finditer("<", text))]
    ends = [*starts[1:], len(text)]
    return [(a, text[a:b]) for a, b in zip(starts, ends, strict=True) if a < b]


class DeskFamily:
    """Registered like the other families; ``models add`` never makes one: ``train export`` does."""

    name = "desk_t5"

    @staticmethod
    def recognise(checkpoint) -> bool:
        card = checkpoint.path / "summarizer.json"
        if not card.is_file():
            return False
        return json.loads(card.read_text(encoding="utf-8")).get("family") == "desk_t5"

    @staticmethod
    def codec(path: Path, card: Mapping) -> DeskCodec:
        return DeskCodec(path, card)


FAMILY = DeskFamily()

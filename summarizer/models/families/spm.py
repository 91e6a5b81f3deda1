"""SentencePiece model files read without the sentencepiece package, as a ``tokenizers`` Unigram tokenizer.

The file is one protocol-buffers message (sentencepiece_model.proto): field 1 repeats the pieces (1 text, 2
score, 3 type), field 2 is the trainer spec (3 model type, 35 byte fallback), field 3 the normalizer spec
(2 precompiled character map, 3 add_dummy_prefix, 4 remove_extra_whitespaces). Control pieces such as ``</s>``
are renamed with a leading private-use character, so that an article that holds the string ``</s>`` can't
write an end mark.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from ...errors import ModelError

CONTROL_MARK = "\ue000"
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
_UNIGRAM = 1


@dataclass(frozen=True, slots=True)
class SentencePieceModel:
    """``pieces`` are (text, score, type) in id order; ``charsmap`` is empty for an identity normal form."""

    pieces: tuple[tuple[str, float, int], ...]
    charsmap: bytes
    byte_fallback: bool
    dummy_prefix: bool
    squeeze_spaces: bool


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """(field number, value) of one message: a length-delimited or fixed value is bytes, a varint an int."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        size = {1: 8, 5: 4}.get(wire)
        if wire == 2:
            size, at = _varint(data, at)
        if size is None or at + size > len(data):
            raise ValueError(f"wire type {wire} at byte {at}")
        yield number, data[at : at + size]
        at += size


def _piece(data: bytes) -> tuple[str, float, int]:
    text, score, kind = "", 0.0, NORMAL
    for number, value in _fields(data):
        if number == 1:
            text = bytes(value).decode("utf-8")
        elif number == 2:
            score = struct.unpack("<f", value)[0]
        elif number == 3:
            kind = int(value)
    return text, score, kind


def read(path: Path) -> SentencePieceModel:
    """The model in ``path``. Raises ModelError for another format and for BPE models."""
    try:
        return _read(path.read_bytes())
    except (ValueError, IndexError, struct.error) as error:
        raise ModelError(
            f"{path.name} 不是可用的 SentencePiece 模型({error}) / not a usable SentencePiece model"
        ) from error


def _read(data: bytes) -> SentencePieceModel:
    pieces = []
    trainer: dict[int, int | bytes] = {}
    normalizer: dict[int, int | bytes] = {}
    for number, value in _fields(data):
        if number == 1:
            pieces.append(_piece(value))
        elif number == 2:
            trainer = dict(_fields(value))
        elif number == 3:
            normalizer = dict(_fields(value))
    if not pieces:
        raise ValueError("no pieces")
    if trainer.get(3, _UNIGRAM) != _UNIGRAM:
        raise ValueError("BPE; only Unigram is read, give the folder a tokenizer.json")
    return SentencePieceModel(
        tuple(pieces),
        bytes(normalizer.get(2, b"")),
        bool(trainer.get(35, 0)),
        bool(normalizer.get(3, 1)),
        bool(normalizer.get(4, 1)),
    )


def hidden(token: str) -> str:
    """The name under which a control token stands in the vocabulary, where no text can spell it."""
    return CONTROL_MARK + token


def _normalizer(model: SentencePieceModel) -> normalizers.Normalizer:
    steps = [normalizers.Precompiled(model.charsmap)] if model.charsmap else []
    if model.squeeze_spaces:
        # Only the space itself: Strip() would take the tabs that an identity normal form keeps.
        steps += [normalizers.Replace(Regex("^ +| +$"), ""), normalizers.Replace(Regex(" {2,}"), " ")]
    return normalizers.Sequence([*steps, normalizers.Replace(CONTROL_MARK, "")])


def build(model: SentencePieceModel, vocabulary: Sequence[tuple[str, float, int]]) -> Tokenizer:
    """A tokenizer of ``vocabulary``: (text, score, type) in the checkpoint's own id order.

    Pieces of type UNKNOWN, CONTROL and UNUSED are hidden from text.
    """
    unknown = next(i for i, (_, _, kind) in enumerate(vocabulary) if kind == UNKNOWN)
    shown = [
        (hidden(text) if kind in (UNKNOWN, CONTROL, UNUSED) else text, score)
        for text, score, kind in vocabulary
    ]
    tokenizer = Tokenizer(models.Unigram(shown, unknown, byte_fallback=model.byte_fallback))
    tokenizer.normalizer = _normalizer(model)
    scheme = "always" if model.dummy_prefix else "never"
    crossing = any("▁" in text[1:] for text, _, kind in vocabulary if kind == NORMAL)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme, split=not crossing)
    tokenizer.decoder = decoders.Sequence(
        [decoders.ByteFallback(), decoders.Metaspace(prepend_scheme=scheme)]
    )
    return tokenizer

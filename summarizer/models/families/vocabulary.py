"""How Chinese checkpoints cut text: Unigram pieces, BERT word pieces, or jieba words first."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from ...errors import ModelError
from ..normal import normalise
from . import spm


class Vocabulary(Protocol):
    """Text to ids and back, special tokens aside: text can never spell a special token."""

    size: int

    def encode(self, text: str) -> list[int]: ...
    def decode(self, ids: Sequence[int]) -> str: ...
    def id(self, token: str) -> int | None: ...
    def token(self, index: int) -> str: ...


class UnigramVocabulary:
    """SentencePiece Unigram pieces. Where its normal form flattens ， ``decode`` widens it again."""

    def __init__(self, tokenizer: Tokenizer):
        self._tokenizer = tokenizer
        self.size = tokenizer.get_vocab_size(with_added_tokens=True)
        form = tokenizer.normalizer
        self._flattens = form is not None and form.normalize_str("，") == ","

    def encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def decode(self, ids: Sequence[int]) -> str:
        ids = [index for index in ids if not self.token(index).startswith(spm.CONTROL_MARK)]
        text = self._tokenizer.decode(ids, skip_special_tokens=False).strip()
        return normalise(text, keep_spaces=True) if self._flattens else text

    def id(self, token: str) -> int | None:
        found = self._tokenizer.token_to_id(spm.hidden(token))
        return self._tokenizer.token_to_id(token) if found is None else found

    def token(self, index: int) -> str:
        return self._tokenizer.id_to_token(index) or spm.hidden(f"<unused_{index}>")


class WordPieceVocabulary:
    """BERT's word pieces. Decoding puts a space only between two Latin or digit words."""

    def __init__(self, vocab: dict[str, int], lowercase: bool):
        self._vocab = vocab
        self._names = {index: token for token, index in vocab.items()}
        self.size = max(self._names) + 1
        self._unknown = vocab["[UNK]"]
        pieces = {token: index for token, index in vocab.items() if token not in _SPECIAL or token == "[UNK]"}
        self._tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=100))
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    def encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def decode(self, ids: Sequence[int]) -> str:
        text = ""
        for token in map(self.token, ids):
            if token in _SPECIAL or token.startswith("[hole"):
                continue
            if token.startswith("##"):
                text += token[2:]
            else:
                text += " " + token if text and _is_word(text[-1]) and _is_word(token[0]) else token
        return text

    def id(self, token: str) -> int | None:
        return self._vocab.get(token)

    def token(self, index: int) -> str:
        return self._names.get(index, f"[hole{index}]")


class JiebaVocabulary(WordPieceVocabulary):
    """jieba words (no HMM) that stand in the vocabulary whole; the others go through BERT's word pieces.

    As T5-PEGASUS and Randeng-Pegasus were trained: https://github.com/ZhuiyiTechnology/t5-pegasus.
    """

    def __init__(self, vocab: dict[str, int], lowercase: bool):
        super().__init__(vocab, lowercase)
        self._word_ids = lru_cache(maxsize=50_000)(self._cut_word)

    def _cut_word(self, word: str) -> tuple[int, ...]:
        found = self._vocab.get(word) if word not in _SPECIAL else None
        return tuple(super().encode(word)) if found is None else (found,)

    def encode(self, text: str) -> list[int]:
        return [index for word in _jieba().cut(text, HMM=False) for index in self._word_ids(word)]


_SPECIAL = frozenset(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "<pad>", "</s>", "<unk>", "<mask_1>", "<mask_2>"]
    + [f"[unused{i}]" for i in range(1000)]
)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


@lru_cache(maxsize=1)
def _jieba():
    """A jieba of our own: words that a program adds to the shared one would change the ids."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba warns of pkg_resources on import
        import jieba

    logging.getLogger("jieba").setLevel(logging.WARNING)
    jieba.default_logger.setLevel(logging.WARNING)
    return jieba.Tokenizer()


def read_json(path: Path) -> dict:
    """The object in a JSON file, {} where there is no file. Raises ModelError when it isn't one."""
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path} 不是有效的 JSON：{error} / is not valid JSON") from error
    if not isinstance(found, dict):
        raise ModelError(f"{path} 应是一个 JSON 对象 / should hold a JSON object")
    return found


def unigram_from_json(path: Path) -> UnigramVocabulary:
    """The Unigram tokenizer of a ``tokenizer.json``, its special tokens hidden from text."""
    state = read_json(path)
    model = state.get("model", {})
    if model.get("type") != "Unigram":
        raise ModelError(
            f"{path} 应含 Unigram 分词模型，实为 {model.get('type')} / expected a Unigram tokenizer"
        )
    special = {
        entry["id"]: entry["content"] for entry in state.get("added_tokens", []) if entry.get("special")
    }
    beyond = sorted(index for index in special if index >= len(model["vocab"]))
    model["vocab"] += [[special[index], -100.0] for index in beyond]
    for index, content in special.items():
        if index >= len(model["vocab"]):
            raise ModelError(f"{path}：特殊词元编号不连续 / special token ids leave a gap")
        model["vocab"][index][0] = spm.hidden(content.removeprefix(spm.CONTROL_MARK))
    state["added_tokens"] = [entry for entry in state.get("added_tokens", []) if not entry.get("special")]
    state["post_processor"] = None
    return UnigramVocabulary(Tokenizer.from_str(json.dumps(state, ensure_ascii=False)))


def bert_vocab(folder: Path) -> tuple[dict[str, int], bool]:
    """(token → id, whether text is lower-cased) of a BERT tokenizer, from vocab.txt or tokenizer.json."""
    config = read_json(folder / "tokenizer_config.json")
    plain = folder / "vocab.txt"
    if plain.is_file():
        lines = plain.read_text(encoding="utf-8").split("\n")
        lines = lines[:-1] if lines and not lines[-1] else lines
        return {line.rstrip("\r"): i for i, line in enumerate(lines)}, bool(config.get("do_lower_case", True))
    state = read_json(folder / "tokenizer.json")
    lowercase = (state.get("normalizer") or {}).get("lowercase", config.get("do_lower_case", True))
    vocab = state.get("model", {}).get("vocab")
    if not isinstance(vocab, dict):
        raise ModelError(f"{folder} 缺少 BERT 词表 vocab.txt / lacks a BERT vocabulary")
    added = {entry["content"]: entry["id"] for entry in state.get("added_tokens", [])}
    return {**vocab, **added}, bool(lowercase)


def has_words(vocab: dict[str, int]) -> bool:
    """Whether the vocabulary holds whole Chinese words, which tells a jieba vocabulary from plain BERT."""
    words = sum(len(t) > 1 and all("\u4e00" <= c <= "\u9fff" for c in t) for t in vocab)
    return words > len(vocab) * 0.02

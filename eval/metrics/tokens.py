"""How a text becomes tokens for scoring. The choice moves Chinese ROUGE by ten points, so it has a name.

``char``  one token per Chinese character; Latin runs, and numbers with their point, are one token each.
``word``  jieba's words (exact mode, HMM on), after the same folding; punctuation dropped.

Both fold full-width letters and digits to half-width, lower the case, take the thousands comma out of
numbers (12,000 = 12000) and drop every punctuation mark and symbol.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from summarizer.errors import SettingsError

Tokens = tuple[str, ...]

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# A number with its decimal point; a run of letters and digits of an alphabetic script; else one letter.
# \u02af ends Latin with its extensions; \u0370-\u052f is Greek and Cyrillic.
_TOKEN = re.compile(r"\d+(?:\.\d+)+|[0-9a-z\u00c0-\u02af\u0370-\u052f]+|[^\W_]")
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])[”’」』）)]*")


def fold(text: str) -> str:
    """``text`` with full-width ASCII made half-width, lower case, and 12,000 written 12000."""
    return _THOUSANDS.sub("", text.translate(_FOLD).lower())


@lru_cache(maxsize=16384)
def characters(text: str) -> Tokens:
    """Character tokens of ``text``; empty for a text of punctuation alone."""
    return tuple(_TOKEN.findall(fold(text)))


def spans(text: str) -> list[tuple[str, int, int]]:
    """The tokens of ``characters`` with their places: ``(token, start, end)`` into ``text``."""
    folded = "".join(char.lower() if len(char.lower()) == 1 else char for char in text.translate(_FOLD))
    commas = {match.start() for match in _THOUSANDS.finditer(folded)}
    places = [i for i in range(len(folded)) if i not in commas]
    plain = "".join(folded[i] for i in places)
    return [(m.group(), places[m.start()], places[m.end() - 1] + 1) for m in _TOKEN.finditer(plain)]


@cache
def _jieba():
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba


def jieba_cut(text: str) -> list[str]:
    """jieba's words of ``text`` as it stands: exact mode, HMM on, nothing folded or dropped."""
    return _jieba().lcut(text)


@lru_cache(maxsize=16384)
def words(text: str) -> Tokens:
    """jieba word tokens of ``text`` without punctuation and spaces; 5.3% is the token 5.3, as in ``char``."""
    return tuple(word.rstrip("%") for word in jieba_cut(fold(text)) if _TOKEN.search(word))


TOKENIZERS: dict[str, Callable[[str], Tokens]] = {"char": characters, "word": words}


def tokenizer(name: str) -> Callable[[str], Tokens]:
    """The tokenizer called ``name``; raises SettingsError for a name that is not in TOKENIZERS."""
    try:
        return TOKENIZERS[name]
    except KeyError:
        known = " / ".join(TOKENIZERS)
        raise SettingsError(f"没有 {name!r} 这种切分，可用：{known} / unknown tokens {name!r}") from None


def sentences(text: str) -> list[str]:
    """``text`` cut after 。！？；, their half-width forms and line breaks; closing quotes stay inside.

    Used by ROUGE-Lsum alone, on predictions and golds; blank pieces are dropped.
    """
    cuts = [match.end() for match in _SENTENCE_END.finditer(text)]
    pieces = (text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True))
    return [piece for piece in pieces if piece.strip()]

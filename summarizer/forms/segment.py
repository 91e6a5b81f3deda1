"""Cuts text into words as jieba 0.42 does, over the memory-mapped dictionary (``lexicon``).

The same words as ``jieba.Tokenizer``'s exact mode, to the last one (tests/forms hold it to that), but nothing of
jieba is imported except its table of a character's place in unknown words, and long unknown runs take linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from math import log
from pathlib import Path
from types import ModuleType

from .lexicon import Lexicon

_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_OUTSIDE = re.compile(r"\r\n|.", re.DOTALL)
_LETTER = re.compile(r"[a-zA-Z0-9]")
_HAN = re.compile(r"([\u4E00-\u9FD5]+)")
_NOT_HAN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
# Begin, middle, end of a word, or a word by itself: what may stand before each.
_BEFORE = {"B": "ES", "M": "MB", "S": "SE", "E": "BM"}
_NEVER = -3.14e100


class Counts:
    """The dictionary's counts as jieba's ``FREQ``: ``get`` gives 0 for a beginning, the default for nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def get(self, word: str, default: int | None = None) -> int | None:
        node = self._lexicon.node(word)
        return self._lexicon.count(node) if node else default

    def __contains__(self, word: str) -> bool:
        return bool(self._lexicon.node(word))


class Segmenter:
    """Exact mode of jieba, with the names that ``jieba.posseg.POSTokenizer`` asks of a tokenizer."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.FREQ = Counts(lexicon)
        self.total = lexicon.total
        self._log_total = log(lexicon.total)
        # A word's logarithm; the bound keeps a long-running desk from holding the whole dictionary.
        self._log = lru_cache(maxsize=1 << 15)(self._log_of)

    def _log_of(self, word: str) -> float:
        return log(self.FREQ.get(word) or 1)

    def get_DAG(self, text: str) -> dict[int, list[int]]:  # noqa: N802 (jieba's name)
        """For each index the last indices of the words that begin there, or itself."""
        ends = self.lexicon.ends
        return {start: ends(text, start) or [start] for start in range(len(text))}

    def calc(self, text: str, dag: dict[int, list[int]], route: dict[int, tuple[float, int]]) -> None:
        """Fills ``route``: for each index the best logarithm from there on, and its word's last index."""
        word_log, log_total = self._log, self._log_total
        route[len(text)] = (0, 0)
        for start in range(len(text) - 1, -1, -1):
            ends = dag[start]
            if len(ends) == 1:
                end = ends[0]
                route[start] = (word_log(text[start : end + 1]) - log_total + route[end + 1][0], end)
            else:
                route[start] = max(
                    (word_log(text[start : end + 1]) - log_total + route[end + 1][0], end) for end in ends
                )

    def cut(self, text: str, HMM: bool = True) -> Iterator[str]:  # noqa: N803 (jieba's name)
        """Words that make up ``text``; ``HMM`` looks for unknown words in runs of single characters."""
        cut_block = self._with_unknown if HMM else self._known
        for place, block in enumerate(_BLOCK.split(text)):
            yield from cut_block(block) if place % 2 else _OUTSIDE.findall(block)

    def tokenize(self, text: str, HMM: bool = True) -> Iterator[tuple[str, int, int]]:  # noqa: N803
        """``cut`` with each word's span."""
        start = 0
        for word in self.cut(text, HMM):
            yield word, start, start + len(word)
            start += len(word)

    def _best(self, text: str) -> Iterator[str]:
        route: dict[int, tuple[float, int]] = {}
        self.calc(text, self.get_DAG(text), route)
        start = 0
        while start < len(text):
            end = route[start][1] + 1
            yield text[start:end]
            start = end

    def _known(self, text: str) -> Iterator[str]:
        letters = ""
        for word in self._best(text):
            if len(word) == 1 and _LETTER.match(word):
                letters += word
                continue
            if letters:
                yield letters
                letters = ""
            yield word
        if letters:
            yield letters

    def _with_unknown(self, text: str) -> Iterator[str]:
        single: list[str] = []
        for word in self._best(text):
            if len(word) == 1:
                single.append(word)
                continue
            if single:
                yield from self._run("".join(single))
                single = []
            yield word
        if single:
            yield from self._run("".join(single))

    def _run(self, run: str) -> Iterator[str]:
        """A run of single characters: one character, or a word the route took apart, or perhaps unknown words."""
        if len(run) == 1 or self.FREQ.get(run):
            yield from run
            return
        for place, block in enumerate(_HAN.split(run)):
            if place % 2:
                yield from self._unknown(block)
            else:
                yield from filter(None, _NOT_HAN.split(block))

    def _unknown(self, text: str) -> Iterator[str]:
        begin = after = 0
        for at, place in enumerate(self._places(text)):
            if place == "B":
                begin = at
            elif place == "E":
                yield text[begin : at + 1]
                after = at + 1
            elif place == "S":
                yield text[at]
                after = at + 1
        if after < len(text):
            yield text[after:]

    def _places(self, text: str) -> list[str]:
        """The likeliest of B M E S for each character: Viterbi's search."""
        start, trans, emit = self._chances
        value = {y: start[y] + emit[y].get(text[0], _NEVER) for y in _BEFORE}
        back: list[dict[str, str]] = []
        for char in text[1:]:
            best = {
                y: max((value[b] + trans[b].get(y, _NEVER) + emit[y].get(char, _NEVER), b) for b in before)
                for y, before in _BEFORE.items()
            }
            value = {y: found[0] for y, found in best.items()}
            back.append({y: found[1] for y, found in best.items()})
        places = [max((value[y], y) for y in "ES")[1]]
        for step in reversed(back):
            places.append(step[places[-1]])
        return places[::-1]

    @cached_property
    def _chances(self) -> tuple[dict, dict, dict]:
        """jieba's logarithms of a first place, of a place after another, of a character in a place."""
        start, trans, emit = (_table(name).P for name in ("prob_start", "prob_trans", "prob_emit"))
        return start, trans, emit


def _table(name: str) -> ModuleType:
    """A module of tables in jieba's package, without the package: that would load far more."""
    package = find_spec("jieba")
    if package is None:
        raise ModuleNotFoundError("jieba")
    path = Path(package.origin).parent / "finalseg" / f"{name}.py"
    spec = spec_from_file_location(f"jieba_{name}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

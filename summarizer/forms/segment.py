"""Cuts text into words as jieba 0.42 does, over the memory-mapped dictionary (``lexicon``).

The same words as ``jieba.Tokenizer``'s exact mode, to the last one (tests/forms hold it to that), but nothing of
jieba is imported except its table of a character's place in unknown words, and long unknown runs take linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import accumulate
from math import log
from pathlib import Path
from types import ModuleType

from ..types import Span
from .lexicon import Lexicon

_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_OUTSIDE = re.compile(r"\r\n|.", re.DOTALL)
_LETTER = re.compile(r"[a-zA-Z0-9]")
_HAN = re.compile(r"([\u4E00-\u9FD5]+)")
_NOT_HAN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_NEVER = -3.14e100
# Blocks between marks come again with every sentence, line and clause that holds them; long ones seldom do.
_BLOCKS, _LONGEST_BLOCK = 1 << 12, 80


class Counts:
    """The dictionary's counts as jieba's ``FREQ``: ``get`` gives 0 for a beginning, the default for nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def get(self, word: str, default: int | None = None) -> int | None:
        node = self._lexicon.node(word)
        return self._lexicon.count(node) if node else default

    def __contains__(self, word: str) -> bool:
        return bool(self._lexicon.node(word))


class Weights(dict[int, float]):
    """The logarithm of the chance of a word by its count, worked out when first asked for: few counts differ."""

    def __init__(self, total: int) -> None:
        self._log_total = log(total)

    def __missing__(self, count: int) -> float:
        weight = self[count] = log(count or 1) - self._log_total
        return weight


class Segmenter:
    """Exact mode of jieba, with the names that ``jieba.posseg.POSTokenizer`` asks of a tokenizer."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.FREQ = Counts(lexicon)
        self.total = lexicon.total
        self._weights = Weights(lexicon.total)
        self._kept = lru_cache(maxsize=_BLOCKS)(self._words)

    def get_DAG(self, text: str) -> dict[int, list[int]]:  # noqa: N802 (jieba's name)
        """For each index the last indices of the words that begin there, or itself."""
        ends = self.lexicon.ends
        return {start: ends(text, start) or [start] for start in range(len(text))}

    def calc(self, text: str, dag: dict[int, list[int]], route: dict[int, tuple[float, int]]) -> None:
        """Fills ``route``: for each index the best logarithm from there on, and its word's last index."""
        worth, last = self.lexicon.route(text, self._weights)
        route.update(enumerate(zip(worth, [*last, 0], strict=True)))

    def cut(self, text: str, HMM: bool = True) -> Iterator[str]:  # noqa: N803 (jieba's name)
        """Words that make up ``text``; ``HMM`` looks for unknown words in runs of single characters."""
        for place, block in enumerate(_BLOCK.split(text)):
            if not place % 2:
                yield from _OUTSIDE.findall(block)
            elif len(block) > _LONGEST_BLOCK:
                yield from self._words(block, HMM)
            else:
                yield from self._kept(block, HMM)

    def spans(self, text: str, HMM: bool = True) -> list[Span]:  # noqa: N803
        """Where the words of ``cut`` stand."""
        ends = list(accumulate(map(len, self.cut(text, HMM))))
        return list(zip([0, *ends], ends, strict=False))

    def _words(self, block: str, unknown: bool) -> tuple[str, ...]:
        return tuple(self._with_unknown(block) if unknown else self._known(block))

    def _best(self, text: str) -> list[str]:
        last = self.lexicon.route(text, self._weights)[1]
        found, start = [], 0
        while start < len(text):
            end = last[start] + 1
            found.append(text[start:end])
            start = end
        return found

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

    def _places(self, text: str) -> str:
        """The likeliest of B M E S (begin, middle, end, a word by itself) for each character: Viterbi's search.

        Written out, for it runs over every unknown name. Of two as likely the later letter is taken, as by jieba.
        """
        start, (eb, sb, bm, mm, be, me, es, ss), emits = self._chances
        chances = [tuple(emit.get(char, _NEVER) for emit in emits) for char in text]
        b, m, e, s = (first + own for first, own in zip(start, chances[0], strict=True))
        back: list[dict[str, str]] = []
        for to_b, to_m, to_e, to_s in chances[1:]:
            eb_, sb_, bm_, mm_ = e + eb + to_b, s + sb + to_b, b + bm + to_m, m + mm + to_m
            be_, me_, es_, ss_ = b + be + to_e, m + me + to_e, e + es + to_s, s + ss + to_s
            b, before_b = (eb_, "E") if eb_ > sb_ else (sb_, "S")
            m, before_m = (bm_, "B") if bm_ > mm_ else (mm_, "M")
            e, before_e = (be_, "B") if be_ > me_ else (me_, "M")
            s, before_s = (es_, "E") if es_ > ss_ else (ss_, "S")
            back.append({"B": before_b, "M": before_m, "E": before_e, "S": before_s})
        places = ["E" if e > s else "S"]
        for step in reversed(back):
            places.append(step[places[-1]])
        return "".join(reversed(places))

    @cached_property
    def _chances(self) -> tuple[list[float], list[float], list[dict[str, float]]]:
        """jieba's logarithms of a first place (B M E S), of a place after another, of a character in a place."""
        start, trans, emit = (_table(name).P for name in ("prob_start", "prob_trans", "prob_emit"))
        steps = [trans[a][b] for a, b in ("EB", "SB", "BM", "MM", "BE", "ME", "ES", "SS")]
        return [start[y] for y in "BMES"], steps, [emit[y] for y in "BMES"]


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

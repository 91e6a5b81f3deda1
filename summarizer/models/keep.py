"""How likely a word of an article stands in its headline: a table of weights over plain features.

A logistic model without any network: each unit (word, number, name) has some twenty features, and the sum of
their weights is the log-odds that an editor kept it. ``python -m train extractive`` fits the table in
``keep.json``; features that it does not hold count nothing.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from ..chars import is_han, width
from ..forms.words import frequency, total, units
from ..types import Span
from .clauses import clause_kind

TABLE = Path(__file__).with_name("keep.json")
_MARK = re.compile(r"[，；：。！？,;:!?…]+$")
_DATE = re.compile(
    r"\d+[年月日号时点分]|[今昨前明]天|[今昨]日|日前|近日|近期|[上下]午|今年|去年|星期|周[一二三四五六日]"
)


class Unit(NamedTuple):
    """``sentence[start:end]`` with its features."""

    start: int
    end: int
    features: tuple[str, ...]


def sentence_units(sentence: str, place: int, body: str) -> list[Unit]:
    """The units of the sentence at ``place`` (0 for the first) of ``body``; marks are left out."""
    spans = units(sentence)
    words = [sentence[a:b] for a, b in spans]
    numbers, texts = _clauses(sentence, spans)
    clauses = [_of_clause(text, number, place) for number, text in enumerate(texts)]
    offsets = accumulate(map(width, words), initial=0.0)
    at, size = f"s{min(place, 4)}", f"b{min(int(math.log2(len(body) + 1)), 13)}"
    around = zip(["^", *words], [*words[1:], "$"], strict=False)
    found = []
    for (start, end), word, number, offset, (before, after) in zip(
        spans, words, numbers, offsets, around, strict=False
    ):
        if _MARK.match(word) or not word.strip():
            continue
        where, kind = clauses[number]
        far = f"{at}o{min(int(offset // 5), 15)}"
        own = _of_word(word, body, at, size)
        sides = f"p{before}", f"f{after}"
        last = (f"e{word[-1]}",) if len(word) > 2 else ()
        features = (
            "1",
            at,
            where,
            far,
            *kind,
            *own,
            f"w{word}",
            *sides,
            *last,
            f"t{min(body.find(word) // 12, 12)}",
        )
        found.append(Unit(start, end, features))
    return found


def _clauses(sentence: str, spans: Sequence[Span]) -> tuple[list[int], list[str]]:
    """For each unit its clause's number; each clause's text."""
    numbers, texts = [], [""]
    for start, end in spans:
        numbers.append(len(texts) - 1)
        if _MARK.match(sentence[start:end]):
            texts.append("")
        else:
            texts[-1] += sentence[start:end]
    return numbers, texts


def _of_clause(text: str, number: int, place: int) -> tuple[str, tuple[str, str, str]]:
    """Features that all words of a clause share: of its place; of its kind and length."""
    kind = clause_kind(text)
    return f"s{min(place, 4)}c{min(number, 5)}", (
        f"k{kind}",
        f"k{kind}c{min(number, 3)}{'s0' if place == 0 else ''}",
        f"l{min(int(width(text) // 4), 8)}",
    )


def _of_word(word: str, body: str, at: str, size: str) -> tuple[str, ...]:
    """Features of a word's shape, how often it stands in the body and how rare it is at large."""
    count = body.count(word)
    often = f"n{min(int(2 * math.log2(count)), 9) if count else 0}"
    rare, shape = f"r{_rarity(word)}", _shape(word)
    return shape, shape + at, often, often + rare, rare, often + size


@lru_cache(maxsize=1 << 12)
def _rarity(word: str) -> int:
    """0 (的) to 7 (a word that jieba's dictionary of 60 million does not hold)."""
    everything = total()
    return min(7, int(8 * math.log(everything / (frequency(word) or 2)) / math.log(everything)))


@lru_cache(maxsize=1 << 12)
def _shape(word: str) -> str:
    if any(map(str.isdigit, word)):
        return "date" if _DATE.search(word) else "number"
    if word[0] in "“《「（(":
        return "q" + word[0]
    if _DATE.search(word):
        return "time"
    return f"h{min(len(word), 5)}" if is_han(word[0]) else "latin" if word[0].isalpha() else "other"


@cache
def table() -> dict[str, float]:
    """The fitted weights; ``{}`` where none are shipped."""
    return json.loads(TABLE.read_text("utf-8"))["weights"] if TABLE.is_file() else {}


@lru_cache(maxsize=1 << 10)  # the sentences of a batch
def chances(sentence: str, place: int, body: str) -> tuple[float, ...]:
    """Per code point of ``sentence`` the chance (0..1) that the headline holds its word; 0 for marks.

    Kept for a while: short titles are cut from the same sentences as headlines.
    """
    weigh = table().get
    values = [0.0] * len(sentence)
    for unit in sentence_units(sentence, place, body):
        odds = sum([weigh(feature, 0.0) for feature in unit.features])
        chance = 1.0 / (1.0 + math.exp(-odds))
        values[unit.start : unit.end] = [chance] * (unit.end - unit.start)
    return tuple(values)

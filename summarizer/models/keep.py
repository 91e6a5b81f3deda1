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
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from ..chars import is_han, width
from ..forms.words import frequency, total, units
from ..types import Span
from .clauses import clause_kind

TABLE = Path(__file__).with_name("keep.json")
_MARK = re.compile(r"[，；：。！？,;:!?…]+$")
_DATE = re.compile(
    r"\d+[年月日号时点分]|[今昨前明]天|[今昨]日|日前|近日|近期|[上下]午|今年|去年|星期|周[一二三四五六日]"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """``sentence[start:end]`` with its features."""

    start: int
    end: int
    features: tuple[str, ...]


def sentence_units(sentence: str, place: int, body: str) -> list[Unit]:
    """The units of the sentence at ``place`` (0 for the first) of ``body``; marks are left out."""
    spans = units(sentence)
    words = [sentence[a:b] for a, b in spans]
    clause, clause_text, kinds = _clauses(sentence, spans)
    offsets = [0.0, *accumulate(map(width, words))]
    found = []
    for i, (start, end) in enumerate(spans):
        if _MARK.match(words[i]) or not words[i].strip():
            continue
        around = (words[i - 1] if i else "^", words[i + 1] if i + 1 < len(words) else "$")
        number = clause[i]
        where = (place, number, offsets[i], kinds[number], width(clause_text[number]))
        found.append(Unit(start, end, tuple(_features(words[i], around, where, body))))
    return found


def _clauses(sentence: str, spans: Sequence[Span]) -> tuple[list[int], list[str], list[str]]:
    """For each unit its clause's number; each clause's text and kind."""
    numbers, texts = [], [""]
    for start, end in spans:
        numbers.append(len(texts) - 1)
        if _MARK.match(sentence[start:end]):
            texts.append("")
        else:
            texts[-1] += sentence[start:end]
    return numbers, texts, [clause_kind(text) for text in texts]


def _features(word: str, around: tuple[str, str], where: tuple, body: str):
    place, number, offset, kind, long = where
    at = f"s{min(place, 4)}"
    count = body.count(word)
    often = f"n{min(int(2 * math.log2(count)), 9) if count else 0}"
    rare = f"r{_rarity(word)}"
    shape = _shape(word)
    yield "1"
    yield at
    yield f"{at}c{min(number, 5)}"
    yield f"{at}o{min(int(offset // 5), 15)}"
    yield f"k{kind}"
    yield f"k{kind}c{min(number, 3)}{'s0' if place == 0 else ''}"
    yield f"l{min(int(long // 4), 8)}"
    yield shape
    yield shape + at
    yield often
    yield often + rare
    yield rare
    yield f"{often}b{min(int(math.log2(len(body) + 1)), 13)}"
    yield f"w{word}"
    yield f"p{around[0]}"
    yield f"f{around[1]}"
    if len(word) > 2:
        yield f"e{word[-1]}"
    yield f"t{min(body.find(word) // 12, 12)}"


def _rarity(word: str) -> int:
    """0 (的) to 7 (a word that jieba's dictionary of 60 million does not hold)."""
    everything = total()
    return min(7, int(8 * math.log(everything / (frequency(word) or 2)) / math.log(everything)))


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


def chances(sentence: str, place: int, body: str) -> list[float]:
    """Per code point of ``sentence`` the chance (0..1) that the headline holds its word; 0 for marks."""
    weights = table()
    values = [0.0] * len(sentence)
    for unit in sentence_units(sentence, place, body):
        odds = sum(weights.get(feature, 0.0) for feature in unit.features)
        chance = 1.0 / (1.0 + math.exp(-odds))
        values[unit.start : unit.end] = [chance] * (unit.end - unit.start)
    return values

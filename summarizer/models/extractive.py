"""The backend without a model: the article's own best sentences, and headlines compressed from them.

It is the baseline every model is measured against, and what is used where no model can run. Time grows
linearly with the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from ..centrality import centrality, pairs, position
from ..chars import LINE_BREAKS, unbalanced, width
from ..forms.words import tag, units
from ..sentences import sentences
from ..types import Decoding, Generated, ModelInfo, Request, Span
from . import keep
from .clauses import Form, compress
from .trim import opens_with_verb

_POOL = 5  # sentences that headlines are cut from
_CLAUSE_END = re.compile(r"[，；。！？,;]|$")
_REACH = 300  # a headline is cut from the first characters of a sentence, however long it is
# Characters of a usual headline: 2 · kept / (length + usual length) is the F1 that a candidate can expect.
_USUAL = 19
# Fitted beside the table of ``keep`` (ridge regression of ROUGE-L within an article), but for BY_CUT,
# which is twice what the figures ask: a clause cut short reads badly whatever it holds.
BY_WORTH, BY_WEAKEST, BY_NAME, BY_CUT = 0.12, 0.35, 0.03, 0.06
BY_LENT, BY_BARE = 0.01, 0.06  # a subject lent may be wrong; a clause without one says who only by chance


class Extractive:
    """Backend ``extractive``; one token is one character, and any length fits."""

    source_budget = 10**9
    languages: tuple[str, ...] = ("zh",)
    tasks: tuple[str, ...] = ("headline", "summary")
    prefer = "model"

    def __init__(self, model: str = "extractive") -> None:
        del model  # there is nothing to load

    @cached_property
    def info(self) -> ModelInfo:
        """The rules are the model: their source text is what the hash is of."""
        here = Path(__file__)
        rules = b"".join(
            p.read_bytes()
            for p in (here, *map(here.with_name, ("clauses.py", "trim.py", "keep.py", "keep.json")))
        )
        return ModelInfo("extractive", hashlib.sha256(rules).hexdigest(), "extractive")

    def count(self, text: str) -> int:
        return len(text)

    def generate(
        self,
        requests: Sequence[Request],
        decoding: Decoding,
        salience: Sequence[Sequence[float] | None] | None = None,
    ) -> list[list[Generated]]:
        """Per request at most ``decoding.candidates`` texts, best first; scores about 0..1.

        ``salience`` gives a model's opinion for each request, one value in 0..1 per code point of its text;
        it is weighed half against the table's.
        """
        opinions = salience or [None] * len(requests)
        drawn = [self._one(request, values) for request, values in zip(requests, opinions, strict=True)]
        return [found[: decoding.candidates] for found in drawn]

    def close(self) -> None:
        """Nothing is held."""

    def _one(self, request: Request, salience: Sequence[float] | None = None) -> list[Generated]:
        spans, texts, worth = _read(request.text)
        if not texts or request.task not in self.tasks:
            return []
        if request.task == "summary":
            summary = _summary(texts, worth, request)
            return [Generated(summary, 1.0)] if summary else []
        opinions = [salience[start:end] if salience else None for start, end in spans]
        return _headlines(texts, worth, request, opinions)


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[Span, ...], tuple[str, ...], tuple[float, ...]]:
    """Where the sentences of ``text`` stand, the sentences, their worth: an article is asked for short titles too."""
    spans = tuple((s.start, s.end) for s in sentences(text) if not s.heading)
    texts = tuple(text[start:end] for start, end in spans)
    return spans, texts, tuple(rate(texts))


def rate(texts: Sequence[str]) -> list[float]:
    """Worth of each sentence in 0..1 by its place and its centrality."""
    places = position(len(texts))
    return [0.55 * p + 0.45 * c for p, c in zip(places, centrality(texts), strict=True)]


def _allowed(text: str, request: Request) -> bool:
    return all(word in text for word in request.keep) and not any(word in text for word in request.avoid)


def _headlines(
    texts: Sequence[str],
    worth: Sequence[float],
    request: Request,
    opinions: Sequence[Sequence[float] | None],
) -> list[Generated]:
    """Compressed sentences by the share of a headline's words that they can expect to hold."""
    pool = sorted(range(len(texts)), key=lambda i: (-worth[i], i))
    if request.keep:
        pool = [i for i in pool if all(word in texts[i] for word in request.keep)]
    found: dict[str, float] = {}
    for index in pool[:_POOL]:
        sentence = texts[index][:_REACH]
        chance = _chances(sentence, index, request.text, opinions[index])
        for form in compress(sentence, request.max_chars):
            if _allowed(form.text, request):
                value = _value(form, chance) + BY_WORTH * worth[index]
                found[form.text] = max(found.get(form.text, 0.0), value)
    ordered = sorted(found, key=lambda text: (-found[text], text))
    return [Generated(text, round(found[text], 4)) for text in _apart(ordered)]


def _apart(ordered: Sequence[str]) -> Iterator[str]:
    """The best of each family first: what shares most of its characters with a better one waits."""
    waiting = []
    shown: list[set[str]] = []
    for text in ordered:
        own = set(pairs(text))
        if any(len(own & other) > 0.6 * min(len(own), len(other)) for other in shown):
            waiting.append(text)
        else:
            shown.append(own)
            yield text
    yield from waiting


def _chances(sentence: str, place: int, body: str, opinion: Sequence[float] | None) -> dict[str, float]:
    """For each word the chance that a headline holds it: the table's, or its mean with a model's opinion."""
    chances = keep.chances(sentence, place, body)
    best: dict[str, float] = {}
    for start, end in units(sentence):
        word, value = sentence[start:end], chances[start]
        if opinion is not None:
            value = (value + sum(opinion[start:end]) / (end - start)) / 2
        best[word] = max(best.get(word, 0.0), value)
    return best


def _value(form: Form, chance: dict[str, float]) -> float:
    """Expected F1 with the headline an editor would write, and what makes a form read well."""
    words = [form.text[a:b] for a, b in units(form.text)]
    kept = sum(chance.get(word, 0.0) * len(word) for word in words)
    weakest = min((chance.get(word, 0.0) for word in words if word.isalnum()), default=0.0)
    named = tag(words[0]).startswith(("nr", "ns", "nt"))
    expected = 2 * kept / (len(form.text) + _USUAL)
    dressed = BY_WEAKEST * weakest + BY_NAME * named - BY_CUT * form.cut - BY_LENT * form.lent
    return expected + dressed - BY_BARE * (form.clause > 0 and opens_with_verb(form.text))


def _summary(texts: Sequence[str], worth: Sequence[float], request: Request) -> str:
    """The best sentences that fit together, in reading order; where not one fits, the best one's first clauses."""
    room = float(request.max_chars)
    chosen: list[int] = []
    order = sorted(range(len(texts)), key=lambda i: (-worth[i], i))
    for index in order:
        if width(texts[index]) <= room and not unbalanced(texts[index]):
            chosen.append(index)
            room -= width(texts[index])
        if room < 8:
            break
    if not chosen:
        return next((start for start in (_start(texts[i], room) for i in order[:_POOL]) if start), "")
    return "".join(texts[i].translate(dict.fromkeys(map(ord, LINE_BREAKS))) for i in sorted(chosen))


def _start(sentence: str, room: float) -> str:
    """The longest run of a sentence's first clauses that fits and can stand; "" where there is none."""
    best = ""
    for mark in _CLAUSE_END.finditer(sentence[: 2 * int(room) + 2]):
        text = sentence[: mark.start()]
        if width(text) > room:
            break
        if text.strip() and not unbalanced(text):
            best = text
    return best.strip()

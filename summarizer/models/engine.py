"""What every local seq2seq engine does alike: beams, samples, words to keep and to avoid, over any codec."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ..types import Decoding, Generated, ModelInfo, Request
from .codec import Codec
from .folder import ModelFolder
from .forced import missing, prefixes

MAX_SEGMENTATIONS = 64
_TREBLED = re.compile(r"([\u4e00-\u9fff])\1\1")
_DOUBLED = frozenset("—…－-.·人天年家事时处多好大小常刚看想层代点步")


def stammers(text: str, source: str = "") -> bool:
    """True where a mark or character stands twice in a row (““, 让让) and not so in ``source``.

    Latin letters, digits, dashes and dots may, and what Chinese doubles at will (人人, 天天), but does not treble.
    """
    if any(run[0] not in source for run in _TREBLED.finditer(text)):
        return True
    pairs = (a for a, b in zip(text, text[1:], strict=False) if a == b)
    return any(not (a.isascii() and a.isalnum() or a in _DOUBLED) and a + a not in source for a in pairs)


def draw(request: Request, found: Sequence[Generated], decoding: Decoding) -> list[Generated]:
    """``decoding.samples`` of ``found``, drawn without replacement by probability, temperature and seed."""
    rng = random.Random(f"{decoding.seed}\n{request.task}\n{request.text}")
    warmth = max(decoding.temperature, 1e-3)
    # Gumbel's trick: the largest of score/T + noise are a draw without replacement.
    keys = [g.score / warmth - math.log(-math.log(rng.random() or 1e-12)) for g in found]
    order = sorted(range(len(found)), key=lambda i: -keys[i])
    return [found[i] for i in order[: decoding.samples]]


class Engine:
    """Base of ``Ct2Backend`` and ``TorchBackend``; they add ``_search``, ``_sample`` and ``_complete``."""

    def __init__(self, codec: Codec, folder: ModelFolder, engine: str):
        self.codec, self.folder = codec, folder
        self.info: ModelInfo = folder.info(engine)
        self.source_budget = codec.source_budget - 8  # control tokens, prefix and end mark take the rest
        self.headline_budget = int(folder.card.get("headline_budget", self.source_budget))
        self.languages = tuple(folder.card.get("languages", ("zh",)))
        self.tasks = tuple(folder.card.get("tasks", ("headline", "summary")))
        self.crowd = 0  # wordings worth asking of a headline, beyond those that will be shown
        self.prefer: str | dict[str, str] = folder.card.get(
            "prefer", "model"
        )  # of all tasks, or task by task

    def count(self, text: str) -> int:
        return self.codec.count(text)

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """See ``base.Backend.generate``."""
        if not requests:
            return []
        found = self._drawn(requests, decoding)
        return [self._chosen(r, f, decoding) for r, f in zip(requests, found, strict=True)]

    def _drawn(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """Beams of each request, and behind them its samples."""
        found = self._search(requests, decoding)
        if decoding.samples:
            places = self.places_to_sample(requests)
            drawn = self._sample([requests[i] for i in places], decoding)
            for place, samples in zip(places, drawn, strict=True):
                found[place] = found[place] + samples
        return found

    def _generated(self, ids: Sequence[int], score: float, request: Request) -> Generated:
        """What was written, end mark included where it came so far."""
        ended = bool(ids) and ids[-1] == self.codec.end_id
        return Generated(self.codec.finish(self.codec.decode(ids), request), float(score), not ended)

    @staticmethod
    def places_to_sample(requests: Sequence[Request]) -> list[int]:
        """One place per text: of its other beginnings a second length would only draw the same again."""
        return list({replace(r, max_chars=0): i for i, r in reversed([*enumerate(requests)])}.values())

    def _chosen(self, request: Request, found: list[Generated], decoding: Decoding) -> list[Generated]:
        kept = self._allowed(request, found)
        if request.keep and len(kept) < decoding.candidates:
            kept += self._allowed(request, self._forced(request, found, decoding))
        unique = {g.text: g for g in reversed(kept) if g.text}
        limit = decoding.candidates + decoding.samples
        return sorted(unique.values(), key=lambda g: (g.truncated, -g.score, g.text))[:limit]

    @staticmethod
    def _allowed(request: Request, found: Sequence[Generated]) -> list[Generated]:
        # Engines bar sequences of pieces; a word may be spelled otherwise, and stammers they do not know.
        def keeps_to(text: str) -> bool:
            return not missing(text, request.keep) and not any(word in text for word in request.avoid)

        return [g for g in found if keeps_to(g.text) and not stammers(g.text, request.text + request.context)]

    def _forced(self, request: Request, found: Sequence[Generated], decoding: Decoding) -> list[Generated]:
        """Candidates that the decoder was made to write ``request.keep`` into, a word at a time."""
        best = max(found, key=lambda g: g.score, default=Generated("")).text
        written: list[Generated] = []
        for word in missing(best, request.keep) or request.keep:
            starts = prefixes(self.ids_of(best), self.ids_of(word))
            written = self._complete(request, starts, decoding)
            best = max(
                written, key=lambda g: (not missing(g.text, request.keep), g.score), default=Generated(best)
            ).text
        return written

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every id's token, in order."""
        size = getattr(self.codec, "vocabulary", None)
        if size is not None:
            return list(size)
        return list(self.codec.vocabulary_tokens(self.vocabulary_size()))

    def vocabulary_size(self) -> int:
        import json

        return int(json.loads((self.folder.path / "config.json").read_text("utf-8"))["vocab_size"])

    def ids_of(self, text: str) -> list[int]:
        """Ids of bare text, as the decoder would write it."""
        bare = getattr(self.codec, "pieces", None)
        if bare is not None:
            return bare(text)
        request = Request("headline", text, 20)
        ids, empty = self.codec.encode(request), self.codec.encode(Request("headline", "", 20))
        head = next(
            (i for i, (a, b) in enumerate(zip(ids, empty, strict=False)) if a != b), min(len(ids), len(empty))
        )
        return ids[head : len(ids) - (len(empty) - head)] if len(ids) > len(empty) else []

    def segmentations(self, word: str) -> list[list[int]]:
        """All ways of writing ``word`` in pieces, at most MAX_SEGMENTATIONS, for barring it."""
        known = self._known
        ways: list[list[list[int]]] = [[[]]]
        for end in range(1, len(word) + 1):
            here = [
                [*way, known[word[start:end]]]
                for start in range(max(0, end - 8), end)
                if word[start:end] in known
                for way in ways[start]
            ]
            ways.append(here[:MAX_SEGMENTATIONS])
        whole = self.ids_of(word)
        return ways[-1] if whole in ways[-1] or not whole else [*ways[-1], whole]

    @cached_property
    def _known(self) -> dict[str, int]:
        return {token: index for index, token in enumerate(self.vocabulary)}

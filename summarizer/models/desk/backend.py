"""The backend of the project's own models: CTranslate2's encoder, our decoder. Needs no torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from ...blas import one_thread
from ...errors import ModelError
from ...types import Decoding, Generated, Request
from .. import families
from ..engine import Engine, draw
from ..folder import ENCODER, ModelFolder, open_folder
from ..processors import cores
from ..salience import SalienceHead, dealt
from .beams import Order, Rules, search
from .decoder import Decoder
from .lean import Lean, shifts

# Requests decoded in one run, and pieces of their sources, padding included: these bound a run's memory.
TOGETHER, PIECES = 32, 4096
# Ranking chooses by agreement, and a larger crowd agrees better (docs/LOG.md).
CROWD = 10


@dataclass(frozen=True)
class Asked:
    """A request and how it is searched for: see ``Order``."""

    request: Request
    rows: int
    prefix: tuple[int, ...] = ()
    apart: bool = False


class DeskBackend(Engine):
    """A ``desk_t5`` folder: ``ct2-encoder-int8``, ``salience.safetensors`` and the decoder's tensors of the weights."""

    def __init__(self, model: str | Path | ModelFolder, part: str = ENCODER, threads: int | None = None):
        folder = model if isinstance(model, ModelFolder) else open_folder(model)
        super().__init__(families.codec(folder), folder, "ct2")
        self._part, self._threads = part, threads or cores()
        self.lean = Lean.of(folder.card)
        self.crowd = CROWD

    @cached_property
    def _head(self) -> SalienceHead:
        head = SalienceHead.open(self.folder, self.codec, self._threads, self._part)
        if head is None:
            raise ModelError(
                f"{self.folder.path} 缺少编码器或显著性头，请改用 --engine torch / no encoder or salience head"
            )
        return head

    @cached_property
    def _decoder(self) -> Decoder:
        from safetensors import safe_open

        config = json.loads((self.folder.path / "config.json").read_text("utf-8"))
        with safe_open(str(self.folder.path / "model.safetensors"), "numpy") as file:
            names = [n for n in file.keys() if n.startswith(("decoder.", "shared."))]
            return Decoder.of({n: file.get_tensor(n) for n in names}, config)

    def salience(self, texts: Sequence[str], openings: Sequence[Request | None] = ()) -> list[list[float]]:
        """Per text one value in 0..1 per code point."""
        return self._head.scores(texts, openings)

    def close(self) -> None:
        self.__dict__.pop("_head", None)
        self.__dict__.pop("_decoder", None)

    def _drawn(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """As in ``Engine``, but every source is encoded once, and beams and samples run side by side."""
        beams = max(decoding.beams, decoding.candidates)
        places = self.places_to_sample(requests) if decoding.samples else []
        asked = [Asked(request, beams) for request in requests]
        asked += [Asked(requests[i], 3 * decoding.samples, apart=True) for i in places]
        found = self._run(asked, decoding)
        drawn = [texts[: decoding.candidates] for texts in found[: len(requests)]]
        for place, texts in zip(places, found[len(requests) :], strict=True):
            drawn[place] += draw(requests[place], texts, decoding)
        return drawn

    def _complete(
        self, request: Request, prefixes: Sequence[Sequence[int]], decoding: Decoding
    ) -> list[Generated]:
        longest = self.codec.max_target(request)
        asked = [Asked(request, 2, tuple(p)) for p in prefixes if len(p) < longest]
        found = self._run(asked, decoding)
        return [best for texts in found for best in texts[:1]]

    def _run(self, asked: Sequence[Asked], decoding: Decoding) -> list[list[Generated]]:
        """All texts of each, found in groups that are alike in length: only one group's sources are in memory."""
        answers: list[list[Generated]] = [[] for _ in asked]
        encoded = cache(lambda request: tuple(self.codec.encode(request)))  # some are asked for in two ways
        sources = [encoded(one.request) for one in asked]
        for group in _groups(sources):
            orders = self._orders([asked[i] for i in group], [sources[i] for i in group])
            with one_thread():
                found = search(self._decoder, orders, self._rules(decoding))
            for place, texts in zip(group, found, strict=True):
                answers[place] = [self._generated(t.ids, t.score, asked[place].request) for t in texts]
        return answers

    def _rules(self, decoding: Decoding) -> Rules:
        return Rules(self.codec.end_id, decoding.no_repeat_ngram, decoding.length_penalty)

    def _orders(self, asked: Sequence[Asked], sources: Sequence[tuple[int, ...]]) -> list[Order]:
        fresh = list(dict.fromkeys(sources))
        states = dict(zip(fresh, dealt(self._threads, self._head.states, fresh), strict=True))
        pieces = {source: self._pieces(source, states[source]) for source in fresh}
        return [
            self._order(one, states[source], *pieces[source])
            for one, source in zip(asked, sources, strict=True)
        ]

    def _pieces(self, source: Sequence[int], states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The pieces that may be written of an encoded source, and what the lean gives to each."""
        codec = self.codec
        found = codec.allowed(source)
        allowed = np.array(
            sorted(set(range(len(self.vocabulary))) - set(codec.suppress)) if found is None else found
        )
        values = self._head.values(states) if self.lean.salience else None
        return allowed, shifts(source, allowed, codec.end_id, codec.within, values, self.lean)

    def _order(self, asked: Asked, states: np.ndarray, allowed: np.ndarray, shift: np.ndarray) -> Order:
        codec, request = self.codec, asked.request
        barred = tuple(tuple(ids) for word in request.avoid for ids in self.segmentations(word))
        start = (*codec.decoder_start, *codec.lead(request))
        longest = codec.max_target(request)
        return Order(
            states, allowed, shift, longest, start, barred, asked.prefix, asked.rows, apart=asked.apart
        )


def _groups(sources: Sequence[tuple[int, ...]]) -> list[list[int]]:
    """Places of ``sources``, the shortest first and equal ones side by side, in groups to be decoded together."""
    groups: list[list[int]] = []
    held: set[tuple[int, ...]] = set()
    for place in sorted(range(len(sources)), key=lambda i: (len(sources[i]), sources[i])):
        held.add(sources[place])
        # The others are padded to this one, the longest so far.
        if not groups or len(groups[-1]) == TOGETHER or len(held) * len(sources[place]) > PIECES:
            groups.append([])
            held = {sources[place]}
        groups[-1].append(place)
    return groups

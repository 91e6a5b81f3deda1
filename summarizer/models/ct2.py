"""CTranslate2 backend: int8 on a CPU, no torch. The default for any model folder that holds ``ct2-int8``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import ctranslate2

from ..errors import ModelError
from ..types import Decoding, Generated, Request
from . import families
from .engine import Engine, draw
from .folder import ModelFolder, open_folder
from .processors import cores

TOGETHER = 16  # sources decoded in one run


class Ct2Backend(Engine):
    """Any codec's model through CTranslate2. ``part`` is the converted folder inside the model folder."""

    def __init__(self, model: str | Path | ModelFolder, part: str = "ct2-int8", threads: int | None = None):
        folder = model if isinstance(model, ModelFolder) else open_folder(model)
        super().__init__(families.codec(folder), folder, "ct2")
        self._path = folder.part(part)
        self._threads = threads or cores()

    @cached_property
    def _translator(self) -> ctranslate2.Translator:
        try:
            return ctranslate2.Translator(
                str(self._path), device="cpu", inter_threads=self._threads, intra_threads=1
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"CTranslate2 无法加载 {self._path.name}：{error} / can't load the model"
            ) from error

    def close(self) -> None:
        self.__dict__.pop("_translator", None)

    def _search(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        return self._run(
            requests, decoding, beam_size=max(decoding.beams, decoding.candidates), count=decoding.candidates
        )

    def _sample(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """Texts with other beginnings: the likeliest first pieces, each gone on with, drawn from by ``seed``.

        CTranslate2's own sampling is seeded once per worker thread, so that its draws depend on which requests ran
        before; these depend on the request and the seed alone.
        """
        drawn = self._run(
            requests, decoding, beam_size=1, count=3 * decoding.samples, return_alternatives=True
        )
        return [draw(request, found, decoding) for request, found in zip(requests, drawn, strict=True)]

    def _complete(
        self, request: Request, prefixes: Sequence[Sequence[int]], decoding: Decoding
    ) -> list[Generated]:
        options = {"beam_size": 2, "count": 1, "prefixes": prefixes}
        found = self._run([request] * len(prefixes), decoding, **options) if prefixes else []
        return [best for generated in found for best in generated[:1]]

    def _run(
        self, requests, decoding: Decoding, beam_size: int, count: int, prefixes=None, **options
    ) -> list[list[Generated]]:
        results: list[list[Generated]] = [[] for _ in requests]
        for (longest, avoid), places in self._alike(requests).items():
            sources = [self.codec.tokens(self.codec.encode(requests[i])) for i in places]
            answers = self._translator.translate_batch(
                sources,
                target_prefix=[self._start(requests[i], prefixes[i] if prefixes else ()) for i in places],
                beam_size=beam_size,
                num_hypotheses=count,
                max_batch_size=TOGETHER,
                max_input_length=0,
                max_decoding_length=longest + len(self._start(requests[places[0]]) or ()),
                length_penalty=decoding.length_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                suppress_sequences=[*self._suppressed, *self._barred(avoid)],
                disable_unk=True,
                return_scores=True,
                return_end_token=True,
                **options,
            )
            for place, answer in zip(places, answers, strict=True):
                pairs = zip(answer.hypotheses, answer.scores, strict=True)
                # Scores are means over the pieces, except those of alternatives, which are sums.
                sizes = [
                    len(tokens) if "return_alternatives" in options else 1 for tokens in answer.hypotheses
                ]
                results[place] = [
                    self._written(tokens, score / max(1, size), requests[place])
                    for (tokens, score), size in zip(pairs, sizes, strict=True)
                ]
        return results

    def _alike(self, requests: Sequence[Request]) -> dict[tuple[int, tuple[str, ...]], list[int]]:
        """Places of requests that one call can take together: same longest target, same words to avoid."""
        groups = defaultdict(list)
        for place, request in enumerate(requests):
            groups[self.codec.max_target(request), request.avoid].append(place)
        return groups

    def _start(self, request: Request, prefix: Sequence[int] = ()) -> list[str] | None:
        given = [*self.codec.decoder_start[1:], *self.codec.lead(request)]
        tokens = self.codec.tokens([*given, *prefix])
        return tokens or None

    @cached_property
    def _suppressed(self) -> list[list[str]]:
        return [[token] for token in self.codec.tokens(self.codec.suppress)]

    def _barred(self, avoid: Sequence[str]) -> list[list[str]]:
        return [self.codec.tokens(ids) for word in avoid for ids in self.segmentations(word)]

    def _written(self, tokens: list[str], score: float, request: Request) -> Generated:
        return self._generated([self._known[token] for token in tokens], score, request)

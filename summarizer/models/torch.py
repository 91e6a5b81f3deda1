"""The reference backend: transformers' ``generate`` with the same codec, masks and search; also the GPU's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from ..errors import MissingDependency, ModelError
from ..types import Decoding, Generated, Request
from . import families
from .desk.lean import Lean, shifts
from .engine import Engine
from .folder import SALIENCE, ModelFolder, open_folder

try:
    import torch
    from safetensors.torch import load_file
    from transformers import AutoModelForSeq2SeqLM, GenerationConfig, LogitsProcessor, LogitsProcessorList
    from transformers.utils import logging
except ImportError as error:
    raise MissingDependency("torch 引擎 / the torch engine", "torch") from error

logging.disable_progress_bar()  # a batch with --quiet says errors only; a bar's lock leaks where a worker exits

BATCH = 16


class Allow(LogitsProcessor):
    """Grounded decoding: row r of the batch may write ``allowed[r // beams]`` only; None allows all.

    ``shifts`` are nats for each allowed piece, given before the softmax over the allowed pieces (see ``desk.lean``);
    None leaves the softmax over the whole vocabulary as it was.
    """

    def __init__(
        self,
        allowed: Sequence[Sequence[int] | None],
        vocabulary: int,
        beams: int,
        device,
        shifts: Sequence[np.ndarray] | None = None,
    ):
        shift = torch.zeros(len(allowed), vocabulary)
        for row, ids in enumerate(allowed):
            if ids is not None:
                shift[row] = float("-inf")
                shift[row, list(ids)] = torch.from_numpy(shifts[row]) if shifts else 0.0
        self._shift = shift.repeat_interleave(beams, 0).to(device)
        self._renewed = shifts is not None

    def __call__(self, input_ids, scores):
        scores = scores + self._shift
        return scores.log_softmax(-1) if self._renewed else scores


class TorchBackend(Engine):
    """Any codec's model through transformers, in float32 on a CPU and bf16 on a GPU."""

    def __init__(self, model: str | Path | ModelFolder, device: str | None = None):
        folder = model if isinstance(model, ModelFolder) else open_folder(model)
        super().__init__(families.codec(folder), folder, "torch")
        self.lean = Lean.of(folder.card)
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")

    @cached_property
    def _model(self):
        kind = torch.bfloat16 if self.device == "cuda" else torch.float32
        try:
            model = AutoModelForSeq2SeqLM.from_pretrained(
                self.folder.path,
                dtype=kind,
                use_safetensors=True,
                local_files_only=True,
                trust_remote_code=False,
            )
        except (OSError, ValueError) as error:
            raise ModelError(
                f"transformers 无法加载 {self.folder.path}：{error} / can't load the model"
            ) from error
        model.generation_config = GenerationConfig()
        return model.eval().to(self.device)

    def close(self) -> None:
        self.__dict__.pop("_model", None)

    def _search(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        return self._run(
            requests, decoding, beams=max(decoding.beams, decoding.candidates), count=decoding.candidates
        )

    def _sample(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """Drawn request by request, so that a request's samples do not depend on its neighbours."""
        drawn = {"do_sample": True, "top_k": decoding.top_k, "temperature": decoding.temperature}
        found = []
        for request in requests:
            torch.manual_seed(decoding.seed + 1)
            found += self._run([request], decoding, beams=1, count=decoding.samples, **drawn)
        return found

    def _complete(
        self, request: Request, prefixes: Sequence[Sequence[int]], decoding: Decoding
    ) -> list[Generated]:
        return [g for p in prefixes for g in self._run([request], decoding, 2, 1, prefix=p)[0]]

    def _run(self, requests, decoding, beams: int, count: int, prefix=(), **options) -> list[list[Generated]]:
        order = sorted(range(len(requests)), key=lambda i: (requests[i].avoid, len(requests[i].text)))
        results: list[list[Generated]] = [[] for _ in requests]
        for start in range(0, len(order), BATCH):
            group = order[start : start + BATCH]
            for avoid in dict.fromkeys(requests[i].avoid for i in group):
                places = [i for i in group if requests[i].avoid == avoid]
                found = self._batch(
                    [requests[i] for i in places], avoid, decoding, beams, count, prefix, options
                )
                for place, texts in zip(places, found, strict=True):
                    results[place] = texts
        return results

    @torch.inference_mode()
    def _batch(self, requests, avoid, decoding, beams, count, prefix, options) -> list[list[Generated]]:
        codec, model = self.codec, self._model
        sources = [codec.encode(request) for request in requests]
        ids = torch.full((len(sources), max(map(len, sources))), codec.pad_id)
        for row, source in enumerate(sources):
            ids[row, : len(source)] = torch.tensor(source)
        starts = [[*codec.decoder_start, *codec.lead(request)] for request in requests]
        start = torch.tensor([[*given, *prefix] for given in starts]).to(self.device)
        rows_each = beams if beams > 1 else count
        mask = (torch.arange(ids.shape[1])[None] < torch.tensor([[len(s)] for s in sources])).long()
        ids, mask = ids.to(self.device), mask.to(self.device)
        allowed = [codec.allowed(source) for source in sources]
        grounded = all(a is not None for a in allowed)
        shifts = self._shifts(sources, allowed, ids, mask) if grounded else None
        allow = Allow(allowed, model.config.vocab_size, rows_each, self.device, shifts)
        # Each row's own limit is checked after: one batch may hold several.
        limits = [codec.max_target(request) for request in requests]
        out = model.generate(
            input_ids=ids,
            attention_mask=mask,
            decoder_input_ids=start,
            logits_processor=LogitsProcessorList([allow]),
            num_beams=beams,
            num_return_sequences=count,
            max_new_tokens=max(limits) - len(prefix) if max(limits) > len(prefix) else 1,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            bad_words_ids=[way for word in avoid for way in self.segmentations(word)] or None,
            suppress_tokens=list(codec.suppress) or None,
            decoder_start_token_id=codec.decoder_start[0],
            min_new_tokens=1,  # as CTranslate2: an empty text is no headline
            eos_token_id=codec.end_id,
            pad_token_id=codec.pad_id,
            return_dict_in_generate=True,
            output_scores=True,
            early_stopping=True if beams > 1 else False,
            **{"do_sample": False, **options},
        )
        scores = self._scores(out, beams)
        skip = len(starts[0])
        texts = [
            self._written(row.tolist()[skip:], score, requests[n // count], limits[n // count])
            for n, (row, score) in enumerate(zip(out.sequences, scores, strict=True))
        ]
        return [texts[n : n + count] for n in range(0, len(texts), count)]

    def _shifts(self, sources, allowed, ids, mask) -> list[np.ndarray]:
        """Each source's shifts; the encoder is asked only where the head's opinion of its states counts."""
        values: list[np.ndarray | None] = [None] * len(sources)
        if self.lean.salience:
            states = self._model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            weight, bias = self._head
            found = torch.sigmoid(states.cpu() @ weight + bias).numpy()
            values = [row[: len(source)] for row, source in zip(found, sources, strict=True)]
        rows = zip(sources, allowed, values, strict=True)
        end, within = self.codec.end_id, self.codec.within
        return [shifts(s, np.array(a), end, within, v, self.lean) for s, a, v in rows]

    @cached_property
    def _head(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Weight and bias of the salience head."""
        head = load_file(self.folder.part(SALIENCE))
        return head["weight"].float(), head["bias"].float()

    def _scores(self, out, beams: int) -> list[float]:
        """Mean log-probability per piece: what beam search sorts by, or summed over the steps taken."""
        if beams > 1:
            return out.sequences_scores.tolist()
        steps = self._model.compute_transition_scores(out.sequences, out.scores, normalize_logits=True)
        steps = steps.masked_fill(~torch.isfinite(steps), 0.0)
        written = (out.sequences[:, -steps.shape[1] :] != self.codec.pad_id).sum(1).clamp(min=1)
        return (steps.sum(1) / written).tolist()

    def _written(self, ids: list[int], score: float, request: Request, limit: int) -> Generated:
        ended = self.codec.end_id in ids[: limit + 1]
        text = self.codec.finish(self.codec.decode(ids), request)
        return Generated(text, float(score), not ended)

"""BERTScore F1 (Zhang and others 2020) with a model folder of the user's own.

Greedy cosine matching of the contextual vectors of one hidden layer, special tokens left out; no idf
and no baseline rescaling, so figures of different models or layers don't compare: both are in the
signature. Needs torch and transformers; only safetensors weights are loaded, no remote code is run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import MissingDependency, ModelError

from .measure import Measure, of_values

BATCH = 32


def measures(
    preds: Sequence[str], golds: Sequence[str], folder: Path, layer: int | None = None
) -> list[Measure]:
    """BERTScore F1 x 100; ``layer`` counts hidden layers from 1, None takes the middle one."""
    scorer = _Scorer(folder, layer)
    values = scorer.scores(preds, golds)
    signature = {
        "model": f"{folder.name}@{scorer.digest[:8]}",
        "layer": str(scorer.layer),
        "idf": "no",
        "agg": "macro",
    }
    return [of_values("bertscore", "BERTScore", "BERTScore", "higher", values, signature)]


class _Scorer:
    def __init__(self, folder: Path, layer: int | None) -> None:
        try:
            import torch
            from transformers import AutoModel, AutoTokenizer
        except ImportError:
            raise MissingDependency("BERTScore", "torch") from None
        weights = sorted(folder.glob("*.safetensors"))
        if not weights:
            raise ModelError(f"{folder} 里没有 safetensors 权重 / no safetensors weights there")
        self.digest = hashlib.sha256(b"".join(path.read_bytes() for path in weights)).hexdigest()
        self.torch = torch
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.model = AutoModel.from_pretrained(folder, local_files_only=True, use_safetensors=True).eval()
        layers = self.model.config.num_hidden_layers
        self.layer = layer or max(1, layers // 2)
        if self.layer > layers:
            raise ModelError(f"BERTScore 的层数应为 1 到 {layers}，得到 {self.layer} / no such layer")

    def scores(self, preds: Sequence[str], golds: Sequence[str]) -> list[float]:
        """F1 x 100 of each pair; 0 where a side has no tokens."""
        found: list[float] = []
        for start in range(0, len(preds), BATCH):
            ours = self._vectors(preds[start : start + BATCH])
            theirs = self._vectors(golds[start : start + BATCH])
            found += [self._f1(a, b) for a, b in zip(ours, theirs, strict=True)]
        return found

    def _vectors(self, texts: Sequence[str]) -> list:
        """Per text a (tokens, hidden) tensor of unit vectors; over-long texts raise ModelError."""
        inputs = self.tokenizer(
            list(texts), return_tensors="pt", padding=True, return_special_tokens_mask=True
        )
        special = inputs.pop("special_tokens_mask").bool()
        limit = getattr(self.model.config, "max_position_embeddings", None)
        if limit and inputs["input_ids"].shape[1] > limit:
            raise ModelError(f"有文本超过 BERTScore 模型的 {limit} 个词元 / text too long for the model")
        with self.torch.inference_mode():
            hidden = self.model(**inputs, output_hidden_states=True).hidden_states[self.layer]
        hidden = self.torch.nn.functional.normalize(hidden, dim=-1)
        kept = inputs["attention_mask"].bool() & ~special
        return [vectors[mask] for vectors, mask in zip(hidden, kept, strict=True)]

    def _f1(self, pred, gold) -> float:
        if not len(pred) or not len(gold):
            return 0.0
        similar = pred @ gold.T
        precision, recall = similar.max(dim=1).values.mean(), similar.max(dim=0).values.mean()
        return float(200 * precision * recall / (precision + recall))

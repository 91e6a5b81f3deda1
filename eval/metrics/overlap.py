"""ROUGE in every mode, BLEU and chrF of a list of predictions, as measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from summarizer.errors import MissingDependency, SettingsError

from . import compat_rouge, compat_xlsum, rouge
from .measure import Measure, of_values
from .rouge import Score
from .signature import package

Scorer = Callable[[str, str], dict[str, Score]]

# Another dictionary cuts other words: its version belongs to the figure.
JIEBA = package("jieba")
_OURS = {"punct": "drop", "case": "lower", "agg": "macro"}
_KEPT = {"punct": "keep", "case": "keep", "counts": "sets", "agg": "macro"}


def _pltrdy(pred: str, gold: str) -> dict[str, Score]:
    return compat_rouge.pltrdy(compat_rouge.spaced_characters(pred), compat_rouge.spaced_characters(gold))


def _chinese(pred: str, gold: str) -> dict[str, Score]:
    return compat_rouge.chinese(compat_rouge.spaced_words(pred), compat_rouge.spaced_words(gold))


# mode: scorer of one pair, its measures, and what its signature must say
MODES: dict[str, tuple[Scorer, tuple[str, ...], dict[str, str]]] = {
    "char": (lambda p, g: rouge.details(p, g, "char"), rouge.NAMES, {"tok": "char", **_OURS}),
    "word": (lambda p, g: rouge.details(p, g, "word"), rouge.NAMES, {"tok": JIEBA, **_OURS}),
    "rouge": (_pltrdy, compat_rouge.NAMES, {"as": "rouge-1.0.1", "tok": "char", **_KEPT}),
    "rouge-chinese": (_chinese, compat_rouge.NAMES, {"as": "rouge-chinese-1.0.3", "tok": JIEBA, **_KEPT}),
    "xlsum": (
        compat_xlsum.scores,
        compat_xlsum.NAMES,
        {"as": "xlsum", "tok": f"{JIEBA}+space", "punct": "space", "case": "lower", "agg": "macro"},
    ),
}


def rouge_measures(preds: Sequence[str], golds: Sequence[str], mode: str) -> list[Measure]:
    """ROUGE F1 measures of one mode; raises SettingsError for a mode that is not in MODES."""
    if mode not in MODES:
        raise SettingsError(f"没有 {mode!r} 这种 ROUGE，可用：{'、'.join(MODES)} / unknown mode")
    scorer, names, signature = MODES[mode]
    found = [scorer(pred, gold) for pred, gold in zip(preds, golds, strict=True)]
    return [
        of_values(
            f"{mode}/{name}",
            rouge.LABELS[name],
            f"ROUGE ({mode})",
            "higher",
            [row[name].f1 for row in found],
            signature,
        )
        for name in names
    ]


def sacrebleu_measures(preds: Sequence[str], golds: Sequence[str]) -> list[Measure]:
    """Corpus BLEU (tokens: sacrebleu's zh) and chrF2; MissingDependency where sacrebleu is not installed."""
    try:
        from sacrebleu.metrics import BLEU, CHRF
    except ImportError:
        raise MissingDependency("sacrebleu", "eval") from None
    used = package("sacrebleu")
    made = (
        (
            "bleu",
            "BLEU",
            BLEU(tokenize="zh"),
            bleu,
            {"tok": "zh", "smooth": "exp", "agg": "corpus", "by": used},
        ),
        ("chrf", "chrF2", CHRF(), chrf, {"nc": "6", "nw": "0", "space": "no", "agg": "corpus", "by": used}),
    )
    measures = []
    for key, label, metric, fold, signature in made:
        # Per-sentence statistics are not in sacrebleu's public face; a test holds the folded figure
        # to the public corpus_score.
        stats = np.asarray(metric._extract_corpus_statistics(list(preds), [list(golds)]), float)
        measures.append(Measure(key, label, "BLEU, chrF", "higher", stats, fold, tuple(signature.items())))
    return measures


def bleu(sums: np.ndarray) -> np.ndarray:
    """Corpus BLEU-4, exponential smoothing, from [hyp, ref, correct x 4, total x 4] (Papineni 2002)."""
    hyp, ref, correct, total = sums[..., 0], sums[..., 1], sums[..., 2:6], sums[..., 6:10]
    zeros = np.cumsum(correct == 0, axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.where(correct > 0, 100 * correct / total, 100 / (2.0**zeros * total))
        logs = np.log(precision).mean(axis=-1)
        penalty = np.where(hyp < ref, np.exp(1 - ref / np.maximum(hyp, 1e-9)), 1.0)
        found = penalty * np.exp(logs)
    defined = (correct.sum(axis=-1) > 0) & (total > 0).all(axis=-1)
    return np.where(defined, found, 0.0)


def chrf(sums: np.ndarray) -> np.ndarray:
    """Corpus chrF2 over character 1- to 6-grams from [hyp, ref, match] x 6 (Popović 2015)."""
    hyp, ref, match = sums[..., 0::3], sums[..., 1::3], sums[..., 2::3]
    used = (hyp > 0) & (ref > 0)
    orders = np.maximum(used.sum(axis=-1), 1)
    precision = np.where(used, match / np.maximum(hyp, 1), 0).sum(axis=-1) / orders
    recall = np.where(used, match / np.maximum(ref, 1), 0).sum(axis=-1) / orders
    denominator = np.maximum(4 * precision + recall, 1e-16)
    return 100 * 5 * precision * recall / denominator

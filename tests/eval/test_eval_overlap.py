"""BLEU and chrF against sacrebleu's public face, and modes of ROUGE as measures."""

import random

import pytest

from eval.metrics import overlap
from summarizer.errors import SettingsError

PHRASES = "云溪市 青石县 引水 工程 正式 通水 惠及 12.6万人 ， 。 GDP 增长 5.3% 的 了".split()


def texts(seed, count):
    rng = random.Random(seed)
    return ["".join(rng.choices(PHRASES, k=rng.randint(1, 25))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(5))
def test_folded_bleu_and_chrf_equal_sacrebleu(seed):
    metrics = pytest.importorskip("sacrebleu.metrics", reason="pip install 'headline-desk[eval]'")
    preds, golds = texts(seed, 40), texts(seed + 50, 40)
    if seed == 4:  # one-character texts: no 4-gram at all, then smoothing
        preds, golds = ["云", "溪"], ["云", "市"]
    ours = {m.key: m.value for m in overlap.sacrebleu_measures(preds, golds)}
    theirs = metrics.BLEU(tokenize="zh").corpus_score(preds, [golds]).score
    assert ours["bleu"] == pytest.approx(theirs)
    assert ours["chrf"] == pytest.approx(metrics.CHRF().corpus_score(preds, [golds]).score)


def test_identical_texts_reach_100_in_every_mode():
    golds = [text for text in texts(9, 60) if len(text) > 12]
    for mode in overlap.MODES:
        for measure in overlap.rouge_measures(golds, golds, mode):
            assert measure.value == pytest.approx(100, abs=1e-5), measure.key


def test_modes_differ_on_the_same_texts():
    """The reason why every score carries its mode: the same output, five figures."""
    preds, golds = texts(1, 60), texts(2, 60)
    figures = {mode: overlap.rouge_measures(preds, golds, mode)[0].value for mode in overlap.MODES}
    assert len({round(value, 1) for value in figures.values()}) == len(overlap.MODES)
    with pytest.raises(SettingsError, match="rouge-x"):
        overlap.rouge_measures(preds, golds, "rouge-x")

"""Parity with the packages whose numbers are published, on 200 generated pairs each."""

import random

import pytest

from eval.metrics import compat_rouge, compat_xlsum

WORDS = (
    "云溪市 青石县 临河区 枫桥镇 章明远 调研 防汛 工作 新增 12.5亿元 GDP 增长 5.3% 下降 ， 。 “ ” 、 "
    "企业 群众 满意度 提升 的 了 2025年 3月 通车 《 规划 》 发布 ！ ？ …… : - H1N1"
).split()


def pairs(seed: int, count: int = 200):
    """Random texts that share words, of 3 to 60 words, with punctuation, Latin and numbers."""
    rng = random.Random(seed)
    for _ in range(count):
        pool = rng.sample(WORDS, rng.randint(5, len(WORDS)))
        yield tuple("".join(rng.choices(pool, k=rng.randint(3, 60))) for _ in range(2))


@pytest.mark.parametrize("spaced", [compat_rouge.spaced_characters, compat_rouge.spaced_words])
def test_parity_with_pltrdy_rouge(spaced):
    module = pytest.importorskip("rouge", reason="pip install 'headline-desk[peers]'")
    _check(module.Rouge(), compat_rouge.pltrdy, spaced, seed=1)


@pytest.mark.parametrize("spaced", [compat_rouge.spaced_characters, compat_rouge.spaced_words])
def test_parity_with_rouge_chinese(spaced):
    module = pytest.importorskip("rouge_chinese", reason="pip install 'headline-desk[peers]'")
    _check(module.Rouge(), compat_rouge.chinese, spaced, seed=2)


def _check(theirs, ours, spaced, seed):
    for pred, gold in pairs(seed):
        pred, gold = spaced(pred), spaced(gold)
        if not pred.strip(" .") or not gold.strip(" ."):
            continue
        expected = theirs.get_scores(pred, gold)[0]
        found = ours(pred, gold)
        for name in compat_rouge.NAMES:
            wanted = [100 * expected[name][part] for part in "prf"]
            assert list(found[name]) == pytest.approx(wanted, abs=1e-9), (name, pred, gold)


def test_parity_with_xlsum():
    module = pytest.importorskip("multilingual_rouge.rouge_scorer", reason="pip install multilingual-rouge")
    names = ["rouge1", "rouge2", "rougeL"]
    theirs = module.RougeScorer(names, use_stemmer=False, lang="chinese_simplified")
    for pred, gold in pairs(3):
        expected = theirs.score(gold, pred)
        for name, other in zip(compat_xlsum.NAMES, names, strict=True):
            wanted = [100 * part for part in expected[other]]
            assert list(compat_xlsum.scores(pred, gold)[name]) == pytest.approx(wanted), (name, pred, gold)


def test_set_based_modes_reward_repetition_and_ours_does_not():
    """Why ROUGE of these packages is kept for meeting published numbers only."""
    from eval.metrics import rouge

    pred, gold = "云溪通水" * 3, "云溪市今日正式通水"
    spaced = compat_rouge.spaced_characters
    once, thrice = (compat_rouge.pltrdy(spaced(p), spaced(gold))["rouge-1"].f1 for p in (pred[:4], pred))
    assert thrice == once
    assert rouge.scores(pred, gold)["rouge-1"] < rouge.scores(pred[:4], gold)["rouge-1"]


def test_a_half_width_stop_splits_sentences_in_pltrdy_only():
    text = compat_rouge.spaced_characters("增长5.3%")
    assert compat_rouge.pltrdy(text, text)["rouge-1"].f1 == pytest.approx(100, abs=1e-4)
    assert compat_rouge.pltrdy(text, "增 长")["rouge-1"].precision == pytest.approx(40)
    assert compat_rouge.chinese(text, "增 长")["rouge-1"].precision == pytest.approx(100 / 3)


@pytest.mark.parametrize("mode", [compat_rouge.pltrdy, compat_rouge.chinese, compat_xlsum.scores])
def test_an_empty_prediction_scores_zero(mode):
    assert [score.f1 for score in mode("", "云 溪 通 水").values()] == [0, 0, 0]

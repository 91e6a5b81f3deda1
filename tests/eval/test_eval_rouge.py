"""ROUGE: hand-counted values, properties, and parity with Google's ``rouge_score`` 0.1.2."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.metrics import rouge, tokens
from summarizer.errors import InputError

TOKENS = ["char", "word"]
HAN = "云溪市青石县临河区枫桥镇修路通水增长下降新老人口万亿元学校医院电5.3%GDP，。！"
text = st.text(alphabet=HAN, min_size=1, max_size=40).filter(lambda t: tokens.characters(t))


def test_hand_counted_values():
    # gold 6 characters, prediction 4: common 云溪通水 (4), bigrams 云溪, 通水 (2 of 3 and 5), LCS 4
    found = rouge.details("云溪通水", "云溪市今通水")
    assert found["rouge-1"] == pytest.approx((100, 100 * 4 / 6, 80))
    assert found["rouge-2"] == pytest.approx((100 * 2 / 3, 40, 50))
    assert found["rouge-l"] == pytest.approx((100, 100 * 4 / 6, 80))


def test_matches_are_clipped():
    assert rouge.details("水水水水", "水库")["rouge-1"] == pytest.approx((25, 50, 100 / 3))


def test_lsum_takes_the_union_over_sentences():
    # Sentences in another order: L sees one of them, Lsum both.
    found = rouge.scores("先通电。后通水。", "后通水。先通电。")
    assert found["rouge-lsum"] == 100 and found["rouge-l"] < 70


def test_one_character_golds_have_no_bigrams():
    assert rouge.scores("好", "好")["rouge-2"] == 100
    assert rouge.scores("好好", "好")["rouge-2"] == 0


@pytest.mark.parametrize("tok", TOKENS)
def test_empty_or_punctuation_predictions_score_zero(tok):
    for pred in ("", "。", "  "):
        assert set(rouge.scores(pred, "云溪市通水", tok).values()) == {0.0}


def test_corpus_is_the_mean_and_refuses_unequal_lists():
    golds = ["云溪市通水", "青石县修路"]
    assert rouge.corpus([golds[0], "天气晴好"], golds)["rouge-1"] == pytest.approx(50)
    with pytest.raises(InputError, match="1"):
        rouge.corpus(["一"], golds)
    with pytest.raises(InputError):
        rouge.corpus([], [])


@pytest.mark.parametrize("tok", TOKENS)
@settings(max_examples=100, deadline=None)
@given(gold=text)
def test_identical_texts_score_100(tok, gold):
    assert rouge.scores(gold, gold, tok) == pytest.approx(dict.fromkeys(rouge.NAMES, 100.0))


@pytest.mark.parametrize("tok", TOKENS)
@settings(max_examples=100, deadline=None)
@given(gold=st.text(alphabet="云溪市青石县", min_size=1), pred=st.text(alphabet="天地玄黄宇宙", min_size=1))
def test_disjoint_texts_score_zero(tok, gold, pred):
    assert set(rouge.scores(pred, gold, tok).values()) == {0.0}


@settings(max_examples=200, deadline=None)
@given(pred=text, gold=text)
def test_scores_are_symmetric_in_f1_and_bounded(pred, gold):
    there, back = rouge.details(pred, gold), rouge.details(gold, pred)
    for name in ("rouge-1", "rouge-l"):
        assert 0 <= there[name].f1 <= 100
        assert there[name] == pytest.approx((back[name].recall, back[name].precision, back[name].f1))


@settings(max_examples=300, deadline=None)
@given(pred=text, gold=text, data=st.data())
def test_saying_a_covered_token_again_never_raises_rouge_1(pred, gold, data):
    """A token the prediction already holds as often as the gold does, said once more."""
    have, want = tokens.characters(pred), tokens.characters(gold)
    spent = [t for t in have if have.count(t) >= want.count(t)]
    if not spent:
        return
    again = data.draw(st.lists(st.sampled_from(spent), min_size=1, max_size=9))
    before, after = rouge.rouge_n(have, want, 1).f1, rouge.rouge_n([*have, *again], want, 1).f1
    assert after <= before + 1e-9


@settings(max_examples=300, deadline=None)
@given(st.permutations("云溪市青石县临河区"), st.permutations("云溪市青石县临河区"), st.integers(2, 4))
def test_stuttering_never_raises_a_score(gold, pred, times):
    """Each character said several times, against a gold that repeats none: 老鼠老鼠老鼠 does not pay."""
    gold, once = "".join(gold), "".join(pred[:6])
    stuttered = "".join(c * times for c in once)
    before, after = rouge.scores(once, gold), rouge.scores(stuttered, gold)
    assert all(after[name] <= before[name] + 1e-9 for name in rouge.NAMES)


@settings(max_examples=300, deadline=None)
@given(st.permutations("云溪市青石县临河区枫桥镇"), st.integers(0, 6), st.integers(1, 6), st.integers(2, 5))
def test_saying_a_copied_phrase_again_never_raises_a_score(gold, start, length, times):
    gold = "".join(gold)
    phrase = gold[start : start + length]
    before, after = rouge.scores(phrase, gold), rouge.scores(phrase * times, gold)
    assert all(after[name] <= before[name] + 1e-9 for name in rouge.NAMES)


def test_lcs_equals_brute_force():
    rng = random.Random(4)
    for _ in range(200):
        a = [rng.choice("云溪市通") for _ in range(rng.randint(0, 7))]
        b = [rng.choice("云溪市通") for _ in range(rng.randint(0, 9))]
        shared = {c for n in range(len(a) + 1) for c in itertools.combinations(a, n)}
        best = max((len(c) for c in shared if _is_subsequence(c, b)), default=0)
        assert rouge.lcs_length(a, b) == rouge.lcs_length(b, a) == best
        assert len(rouge.lcs_positions(a, b)) == best


def _is_subsequence(short, long):
    rest = iter(long)
    return all(token in rest for token in short)


def test_parity_with_rouge_score():
    """All four F1 equal rouge_score's, given our tokens and our sentence cuts, on 200 pairs."""
    scorer_module = pytest.importorskip("rouge_score.rouge_scorer", reason="pip install rouge-score")

    class Ours:
        def tokenize(self, line):
            return list(tokens.characters(line))

    theirs = scorer_module.RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], tokenizer=Ours())
    rng = random.Random(20)
    for _ in range(200):
        pred, gold = ("".join(rng.choices(HAN, k=rng.randint(6, 80))) for _ in range(2))
        lines = ["\n".join(tokens.sentences(side)) for side in (gold, pred)]
        expected = [100 * value.fmeasure for value in theirs.score(*lines).values()]
        assert list(rouge.scores(pred, gold).values()) == pytest.approx(expected)

"""The order of candidates: clean before flagged, reproducible, varied, explained."""

import itertools
from dataclasses import FrozenInstanceError, replace

import pytest

from summarizer.chars import width
from summarizer.forms import one_line
from summarizer.rank import Context, Weights, measure_all, rank
from summarizer.types import Candidate, Finding

BODY = (
    "云溪市统计局20日发布数据，2024年全市地区生产总值1200亿元，按可比价格计算，比上年增长5.3%。"
    "其中，第一产业增加值90亿元，增长3.1%。市长陆文清表示，云溪经济稳中向好，新的一年将继续扩大内需。"
)
CONTEXT = Context(BODY, one_line(22), 22)


def make(text, score=-0.5, origin="model", findings=()):
    return Candidate(text, width(text), score, origin, findings)


def bad(verdict, text="6.3%"):
    return (Finding("number", text, 0, len(text), verdict),)


CANDIDATES = [
    make("云溪市2024年GDP增长5.3%", -0.4),
    make("云溪地区生产总值1200亿元 比上年增长5.3%", -0.6),
    make("陆文清：云溪经济稳中向好", -0.8),
    make("云溪市2024年GDP增长6.3%", -0.01, findings=bad("unsupported")),
    make("云溪市2024年GDP下降5.3%", -0.01, findings=bad("contradicted", "下降")),
    make("云溪市统计局发布数据（", -0.01),
]


def test_clean_stand_above_flagged_whatever_the_model_says():
    texts = [c.text for c in rank(CANDIDATES, CONTEXT)]
    assert set(texts[:3]) == {c.text for c in CANDIDATES[:3]}
    ranked = rank(CANDIDATES, CONTEXT)
    assert all(c.score > 0 for c in ranked[:3]) and all(c.score < 0 for c in ranked[3:])


def test_contradicted_stands_below_unsupported():
    texts = [c.text for c in rank(CANDIDATES, CONTEXT)]
    assert texts.index("云溪市2024年GDP增长6.3%") < texts.index("云溪市2024年GDP下降5.3%")


def test_scores_fall_and_order_does_not_depend_on_input_order():
    ranked = rank(CANDIDATES, CONTEXT)
    scores = [c.score for c in ranked]
    assert scores == sorted(scores, reverse=True)
    for permuted in itertools.islice(itertools.permutations(CANDIDATES), 0, 720, 97):
        assert [c.text for c in rank(permuted, CONTEXT)] == [c.text for c in ranked]


def test_why_is_said_for_each():
    ranked = rank(CANDIDATES, CONTEXT)
    assert ranked[0].why.startswith("首选") and "要点覆盖" in ranked[0].why
    assert "原文无据：6.3%" in next(c.why for c in ranked if "6.3%" in c.text)
    assert "缺另一半" in next(c.why for c in ranked if "（" in c.text)


def test_over_budget_is_flagged():
    ranked = rank(
        [make("云溪市统计局发布2024年全市地区生产总值等主要经济数据情况"), *CANDIDATES[:1]], CONTEXT
    )
    assert ranked[-1].score < 0 and "超过 22 字" in ranked[-1].why


def test_diversity_moves_a_near_repeat_down():
    twins = [
        make("云溪市2024年地区生产总值增长5.3%", -0.4),
        make("云溪市2024年地区生产总值比上年增长5.3%", -0.41),
        make("陆文清：云溪经济稳中向好 将扩大内需", -0.45),
    ]
    plain = [c.text for c in rank(twins, CONTEXT, Weights(diversity=0.0))]
    varied = [c.text for c in rank(twins, CONTEXT, Weights(diversity=0.9))]
    assert plain[0] == varied[0] and varied[1].startswith("陆文清") and not plain[1].startswith("陆文清")


def test_given_salience_decides():
    start = BODY.index("市长陆文清")
    scores = [1.0 if start <= i < start + 30 else 0.0 for i in range(len(BODY))]
    weights = Weights(model=0.0, consensus=0.0, salience=1.0, diversity=0.0)
    assert rank(CANDIDATES, replace(CONTEXT, salience=scores), weights)[0].text.startswith("陆文清")


def test_style_finding_lowers_but_does_not_flag():
    style = (Finding("style", "震惊", 0, 2, "inferred", reason="煽情词“震惊”"),)
    ranked = rank([make("云溪经济稳中向好", findings=style), make("云溪经济稳中向好势头")], CONTEXT)
    assert ranked[1].text == "云溪经济稳中向好" and ranked[1].score > 0 and "煽情词" in ranked[1].why


def test_a_text_that_hangs_together_wrongly_stands_lower():
    good = make("云溪市2024年地区生产总值增长5.3%", -0.6)
    wrong = make("云溪市稳中增长总值将市长内需数据", -0.5)
    hanging = make("云溪市2024年地区生产总值增长将", -0.5)
    ranked = rank([wrong, hanging, good], CONTEXT)
    assert ranked[0].text == good.text
    signals = {
        m.candidate.text: m.signals.fluency for m in measure_all([wrong, hanging, good], CONTEXT, Weights())
    }
    assert signals[good.text] > signals[hanging.text] and signals[good.text] > signals[wrong.text]


def test_empty_and_single():
    assert rank([], CONTEXT) == ()
    only = rank(CANDIDATES[:1], CONTEXT)
    assert only[0].why.startswith("唯一合格")


def test_empty_body_gives_no_salience():
    signals = measure_all(CANDIDATES[:1], Context("", one_line(22), 22), Weights())[0].signals
    assert signals.salience == 0.0


def test_weights_are_frozen():
    with pytest.raises(FrozenInstanceError):
        Weights().model = 1.0

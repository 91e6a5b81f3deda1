"""Selection within a budget, and windows that hold everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.select import coverage, select, windows
from summarizer.sentences import sentences

BODY = "云溪市召开会议，部署工作。市长陆文清出席并讲话。会议强调安全生产。天气晴好。青石县作了汇报，临河区作了汇报。"
TEXTS = st.text(alphabet="云溪市会议，。；“”\n a1", max_size=300)


def bare(text):
    return "".join(text.split())


def test_everything_where_it_fits():
    found = select(BODY, sentences(BODY), 1000, len)
    assert found.text == BODY
    assert found.coverage == 1.0
    assert found.tokens == len(BODY)


def test_the_lead_stays_and_the_order_is_kept():
    found = select(BODY, sentences(BODY), 30, len)
    assert found.text.startswith("云溪市召开会议")
    assert list(found.spans) == sorted(found.spans)
    assert found.tokens <= 30
    assert found.coverage == pytest.approx(len(bare(found.text)) / len(bare(BODY)))


def test_scores_decide_what_stays_beside_the_lead():
    at = BODY.index("天气晴好")
    scores = [1.0 if at <= i < at + 5 else 0.0 for i in range(len(BODY))]
    assert "天气晴好" in select(BODY, sentences(BODY), 22, len, scores).text


def test_nothing_to_select():
    found = select(" \n", (), 10, len)
    assert (found.text, found.spans, found.coverage) == ("", (), 1.0)
    assert windows("", (), 10, len) == ()


def test_a_long_sentence_is_split_at_clause_marks_without_loss():
    body = "，".join(["修路建桥种树"] * 40) + "。"
    parts = windows(body, sentences(body), 50, len)
    assert "".join(part.text for part in parts) == body
    assert all(part.text[-1] in "，。" for part in parts)


def test_a_clause_without_any_mark_is_cut_to_length():
    body = "修" * 5000
    parts = windows(body, sentences(body), 64, len)
    assert "".join(part.text for part in parts) == body
    assert all(part.tokens <= 64 for part in parts)


def test_windows_break_at_sections_once_half_full():
    body = "一、修路\n" + "路要修好。" * 7 + "\n二、建桥\n" + "桥要建好。" * 7
    parts = windows(body, sentences(body), 60, len)
    assert parts[1].text.startswith("二、建桥")


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(4, 80))
def test_windows_hold_the_whole_document_within_the_budget(text, budget):
    parts = windows(text, sentences(text), budget, len)
    assert bare("".join(part.text for part in parts)) == bare(text)
    assert all(part.tokens <= budget for part in parts)
    assert coverage(text, [span for part in parts for span in part.spans]) == 1.0


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(4, 80))
def test_a_selection_keeps_to_the_budget_and_to_the_body(text, budget):
    found = select(text, sentences(text), budget, lambda t: (len(t) + 1) // 2)
    assert found.tokens <= budget
    assert 0.0 <= found.coverage <= 1.0
    assert all(0 <= a < b <= len(text) for a, b in found.spans)

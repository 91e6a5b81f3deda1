"""What must hold for any input, through the whole pipeline."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from core_texts import ARTICLE, SECOND
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import Summarizer, SummarizerError, render
from summarizer.chars import unbalanced, width
from summarizer.models.extractive import Extractive
from summarizer.models.fake import Fake

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [*ARTICLE.split("\n"), SECOND, "□本报记者 沈知夏", "", "第1版", "一、总体要求", "何小满 摄"]
        ),
        st.text(alphabet="云溪市会议，。！“”《》（）—■□ 　1a\t\x00\ud800", max_size=40),
        st.text(max_size=30),
    ),
    max_size=12,
)
PAGES = st.builds("\n".join, LINES)
MODELS = {
    "extract": Extractive(),
    "echo": Fake(),
    "noise": Fake(script=lambda r: (r.text[::-1][:18], "“半", r.text[:9])),
}


def sound(report, chars, limit):
    for draft in report.articles:
        size = len(draft.body)
        spans = [*draft.summary_evidence]
        for candidate in draft.candidates:
            assert candidate.chars == width(candidate.text) <= chars
            assert not unbalanced(candidate.text)
            spans += candidate.evidence
            for finding in candidate.findings:
                spans += finding.evidence
                assert candidate.text[finding.start : finding.end] == finding.text
        assert all(0 <= a < b <= size for a, b in spans)
        assert draft.headline == (draft.candidates[0].text if draft.candidates else "")
        assert width(draft.summary) <= limit and 0.0 <= draft.coverage <= 1.0
        assert draft.headline or draft.warnings


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(page=PAGES, chars=st.integers(4, 40), limit=st.integers(10, 200))
def test_any_page(model, page, chars, limit):
    made = Summarizer(backend=model)
    try:
        first = made.write(page, headline_chars=chars, summary_chars=limit)
    except SummarizerError:
        return
    sound(first, chars, limit)
    again = made.write(page, headline_chars=chars, summary_chars=limit)
    assert replace(first, seconds=0) == replace(again, seconds=0)
    assert json.loads(render.to_json(first))["articles"] is not None
    render.to_text(first).encode(
        "utf-8", "strict" if first.source == "<text>" and "\ud800" not in page else "ignore"
    )


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes(data):
    from summarizer.read import read_bytes

    try:
        page = read_bytes(data, "<bytes>")
        report = Summarizer(backend=MODELS["extract"]).write_page(page)
    except SummarizerError as error:
        assert str(error) and "\n" not in str(error)
        return
    sound(report, 20, 120)

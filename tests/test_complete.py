"""Headlines that stop in mid-air are carried on in the article's own words, or left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.chars import width
from summarizer.pipeline.complete import RUN, complete

BODY = (
    "市长顾长河昨日视察临河区沃尔特·李纪念医院时，要求加快住院楼建设。"
    "全市银行业风险抵御能力较强，服务持续改善。枫桥镇的老粮仓改成了农耕博物馆，今年新增游客9万人次。"
)


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("顾长河视察临河区沃尔特", "顾长河视察临河区沃尔特·李纪念医院时"),
        ("银行业风险抵御能力", "银行业风险抵御能力较强"),
        ("老粮仓改成了农耕", "老粮仓改成了农耕博物馆"),
    ],
)
def test_a_run_left_early_is_finished(text, longer):
    assert complete(text, BODY, 20) == longer


@pytest.mark.parametrize(
    ("text", "limit", "why"),
    [
        ("银行业风险抵御能力较强", 20, "it ends as a clause of the article does"),
        ("老粮仓开门了", 20, "the ending is the model's own"),
        ("市长顾长河", 12, "the rest of the clause has no room"),
        ("3座老粮仓改成了农耕博物馆 今年新增游", 40, "figures of two places would meet"),
        ("", 20, "there is nothing to carry on"),
    ],
)
def test_what_is_whole_or_unsure_is_left_alone(text, limit, why):
    assert complete(text, BODY, limit) is None, why


def test_a_run_that_ends_a_clause_somewhere_is_whole():
    assert complete("要求加快住院楼建设", "他要求加快住院楼建设进度。他们要求加快住院楼建设。", 20) is None


@given(st.integers(0, len(BODY)), st.integers(0, len(BODY)), st.integers(1, 40))
def test_what_is_added_stands_behind_the_run_in_the_article(start, end, limit):
    text = BODY[start:end]
    longer = complete(text, BODY, limit)
    if longer is not None:
        added = longer[len(text) :]
        assert added and width(longer) <= limit
        assert longer[-(len(added) + RUN) :] in BODY

"""Clauses that end, and clauses that were cut off."""

import pytest

from summarizer.forms.words import words
from summarizer.rank.endings import INSIDE_A_WORD, NO_HEAD, NO_NOUN, NO_OBJECT, SAID_WHAT, UNKNOWN, Endings

BODY = (
    "12月20日晚，气温降至零下六摄氏度，市委书记章明远来到青石县，检查冬季供热保障和安全生产工作。"
    "环卫工人郑春娥和工友们已经扫出了第一条人行道。云岭轴承将提供海上风机主轴轴承320套，合同金额4.8亿元。"
)


def endings(body):
    return Endings(body, words(body))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("气温降至零下六摄氏度", 1.0),
        ("章明远来到青石县 检查冬季供热保障和安全生产工作", 1.0),
        ("云岭轴承将提供海上风机主轴轴承320套", 1.0),
        ("气温降至零下六摄氏度，市委书记章明远来", INSIDE_A_WORD),
        ("郑春娥和工友们已经扫出了第一条", NO_NOUN),
        ("章明远检查", NO_OBJECT),
        ("章明远检查冬季", NO_HEAD),
        ("市委书记章明远说", SAID_WHAT),
        ("", 1.0),
    ],
)
def test_endings_in_the_article(text, value):
    assert endings(BODY).whole(text) == value


def test_a_verb_keeps_what_it_takes_along():
    assert endings("趁车少，先把过街天桥清出来。").whole("先把过街天桥清") == INSIDE_A_WORD


def test_an_opening_mark_is_no_end():
    assert endings("不能让锅炉“断粮”。").whole("让锅炉") == NO_HEAD


def test_the_worst_clause_counts():
    assert endings(BODY).whole("章明远检查冬季 气温降至零下六摄氏度") == NO_HEAD


def test_the_models_own_wording_is_not_judged():
    assert endings(BODY).whole("供热企业备煤过冬") == UNKNOWN


def test_the_best_place_counts_where_an_ending_stands_in_several():
    assert endings("来到青石县调研。章明远来到青石县。").whole("章明远来到青石县") == 1.0


def test_an_empty_article_judges_nothing():
    assert endings("").whole("章明远来到青石县") == UNKNOWN

"""Clauses that the body turns with a word the headline left out."""

import pytest

from summarizer.guard import check, facts

BODY = (
    "章明远叮嘱企业，宁可多备一些，也不能让锅炉“断粮”。市供电公司表示，不会对居民停电。有企业未按规定公示价格。"
    "市长陆文清强调，严禁在林区用火，防止火灾发生。两家企业分别开工建设新厂房。"
    "热力公司不断提高供热质量，云溪大桥停止通行货车。工程今年不开工建设，明年开工建设二期。"
)


def turned(text):
    return [f.text for f in check(text, facts(BODY)) if f.verdict == "contradicted"]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("章明远：让锅炉“断粮”", "让锅炉“断粮”"),
        ("市供电公司：对居民停电", "对居民停电"),
        ("有企业按规定公示价格", "按规定公示价格"),
        ("陆文清：在林区用火", "在林区用火"),
        ("陆文清强调火灾发生", "火灾发生"),
        ("云溪大桥通行货车", "通行货车"),
    ],
)
def test_a_dropped_turning_word_is_a_contradiction(text, run):
    assert run in turned(text)


@pytest.mark.parametrize(
    "text",
    [
        "章明远：不能让锅炉“断粮”",
        "章明远：绝不让锅炉“断粮”",
        "陆文清：严禁在林区用火",
        "陆文清要求严防火灾发生",
        "两家企业开工建设新厂房",  # 分别 is no 别
        "热力公司提高供热质量",  # 不断 is no 不
        "云溪大桥通行货车被叫停",
        "工程明年开工建设二期",  # the body has it both ways
    ],
)
def test_what_is_said_rightly_is_left_alone(text):
    assert turned(text) == []

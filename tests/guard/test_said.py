"""Words put into a person's mouth that the body has, but not as anybody's words."""

import pytest

from summarizer.guard import check, facts

BODY = (
    "市委书记章明远来到青石县，检查冬季供热保障和安全生产工作。章明远说，供热不能掉链子。\n"
    "市长陆文清一行走访困难群众，查看了新建的便民服务大厅。\n"
    "“我们把老粮仓改成博物馆，”馆长沈知夏笑着回忆，“是想留住一代人的记忆。孩子们每周都来听一堂农耕课。”\n"
    "县长秦岳要求抓紧抢修农村公路。各乡镇要连夜清除路面积雪，确保校车通行。"
)


def put(text):
    return [f for f in check(text, facts(BODY)) if f.kind == "quote" and f.verdict == "unsupported"]


@pytest.mark.parametrize(
    "text",
    [
        "章明远：检查冬季供热保障和安全生产工作",
        "章明远：冬季供热保障和安全生产工作",
        "陆文清：查看了新建的便民服务大厅",
        "云溪暖冬行动 陆文清：走访困难群众",
    ],
)
def test_what_a_person_did_is_not_what_he_said(text):
    found = put(text)
    assert len(found) == 1 and found[0].evidence
    start, end = found[0].evidence[0]
    assert BODY[start:end] in found[0].text


@pytest.mark.parametrize(
    "text",
    [
        "章明远：供热不能掉链子",
        "沈知夏：孩子们每周都来听一堂农耕课",  # the second sentence of a quotation
        "秦岳：连夜清除路面积雪",  # the sentence before names who asks for it
        "青石县：检查冬季供热保障和安全生产工作",  # no person
        "章明远：温暖过冬是头等大事",  # the model's own wording is not judged here
        "章明远检查冬季供热保障和安全生产工作",
    ],
)
def test_what_is_said_or_unsure_is_left_alone(text):
    assert put(text) == []

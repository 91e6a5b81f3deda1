"""A piece of a name is no name: what a model drops inside a word is found, what editors shorten is left alone."""

from __future__ import annotations

import pytest

from summarizer.forms.short import stands
from summarizer.forms.tears import tear
from summarizer.pipeline import candidates
from summarizer.pipeline.source import Source
from summarizer.types import Article, Generated, Selection


@pytest.mark.parametrize(
    ("text", "body", "piece", "word"),
    [
        ("茶业论坛在山举行", "首届茶业论坛20日在武夷山举行，120家企业参加。", "山", "武夷山"),
        ("张志到青石县调研", "市委书记张志强昨日到青石县调研，张志强说，防汛要抓早。", "张志", "张志强"),
        ("云溪代表团踏上旅", "云溪市文化代表团昨日正式踏上旅程。", "", ""),
        ("云溪代表团正式踏上旅", "云溪市文化代表团昨日正式踏上旅程。", "旅", "旅程"),
        ("棉纱期货在郑州商品上市", "棉纱期货昨日在郑州商品交易所上市。", "郑州商品", "郑州商品交易所"),
        ("云岭轴承与风电企签约", "云岭轴承与一家风电企业签约，风电企业在沿海。", "企", "企业"),
        ("老院里过重阳", "青石县敬老院里热闹，敬老院的老人过重阳。", "老院", "敬老院"),
    ],
)
def test_a_piece_of_a_word_is_found(text, body, piece, word):
    found = tear(text, body)
    assert found.startswith(f"“{piece}”是“{word}”的一截") if piece else found == ""


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("茶业论坛在武夷山举行", "首届茶业论坛20日在武夷山举行。"),
        ("茶业论坛在武夷山举行", "首届茶业论坛20日在武夷山市举行。"),
        ("论坛在港举行", "首届论坛20日在香港举行。"),
        ("章明远到青石调研", "市委书记章明远昨日到青石县调研。"),
        ("最高法发布典型案例", "最高法院昨日发布五起典型案例。"),
        ("明远书记的一天", "市委书记章明远的一天从六点开始。"),
        ("云溪警方破获诈骗案", "云溪市公安局警察破获一起诈骗案。"),
        ("云溪车企复工", "云溪汽车企业昨日复工，零部件厂也开了工。"),
        ("", "云溪市"),
        ("云溪", ""),
    ],
)
def test_what_editors_shorten_is_no_tear(text, body):
    assert tear(text, body) == ""


def test_a_title_with_a_torn_name_does_not_stand():
    body = "首届茶业论坛20日在武夷山举行，120家企业参加。"
    assert stands("茶业论坛在武夷山举行", 14, body)
    assert not stands("茶业论坛在山举行", 14, body)


def gathered(body: str, *texts: str, origin: str = "model"):
    item = Source(Article(body), (), Selection("", (), 0, 0.0), ())
    kept, told = candidates.gather(item, [(Generated(text), origin) for text in texts], 30)
    return [c.text for c in kept], told


def test_a_torn_name_is_refused_with_its_reason_and_shown_on_a_page():
    body = "首届茶业论坛20日在武夷山举行，120家企业参加。"
    kept, told = gathered(body, "茶业论坛在武夷山举行", "茶业论坛在山举行")
    assert kept == ["茶业论坛在武夷山举行"] and "“山”是“武夷山”的一截" in told[0]
    assert gathered(body, "茶业论坛在山举行", origin="page")[0] == ["茶业论坛在山举行"]


def test_lines_of_a_foreign_lesson_head_no_chinese_report():
    body = (
        "云溪中学的英语角昨日开课，老师章明远教大家点餐。" * 3 + "May I have the menu please? Here you are."
    )
    kept, told = gathered(body, "May I have the menu", "云溪中学英语角开课", "英语角May I教大家点餐")
    assert kept == ["云溪中学英语角开课", "英语角May I教大家点餐"] and "外文" in told[0]
    assert gathered("May I have the menu please? Here you are. 点餐", "May I have the menu")[0]

"""Texts that are no single report, made from our own words: used by the tests and by ``eval.craft``."""

from __future__ import annotations

import random
from collections.abc import Iterator

BODY = (
    "云溪市防汛指挥部20日召开会议，部署入汛以来最强降雨的应对工作。市长陆文清要求，各县区要把群众安全放在首位，"
    "提前转移低洼地带居民。\n据气象部门预报，未来三天青石县、临河区将有暴雨，局部大暴雨，累计雨量可达150毫米。"
    "目前，全市已备足编织袋、冲锋舟等防汛物资，抢险队伍24小时待命。\n水利部门加密巡查水库和堤坝，对病险水库降低水位运行。"
    "青石县已转移群众320人，学校暂停户外活动。"
)
SECOND = (
    "枫桥镇非遗工坊近日推出竹编新品，受到年轻游客喜爱。传承人周予安带着二十多名学徒，把传统竹篮改成背包和灯罩，"
    "网上订单从去年的每月几十件增加到上千件。\n工坊负责人吴青禾介绍，竹子全部来自镇上的山林，农户采竹每天能挣一百多元。"
    "今年春节，工坊还把课堂开进小学，让孩子们学编小动物。"
)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "明远文清知夏小满予安青禾子墨若溪思源嘉言"
_PLACES = ("青石县", "临河区", "枫桥镇", "云溪市区", "柳湾乡")


def negatives(rng: random.Random, each: int) -> Iterator[tuple[str, str]]:
    """``each`` texts of every kind, as (kind, text)."""
    makers = {
        "short": _short,
        "symbols": _symbols,
        "language": _language,
        "table": _table,
        "names": _names,
        "stories": _stories,
    }
    for kind, make in makers.items():
        for _ in range(each):
            yield kind, make(rng)


def _name(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2))))


def _short(rng: random.Random) -> str:
    return BODY[: rng.randint(1, 24)]


def _symbols(rng: random.Random) -> str:
    return " ".join(f"{rng.random() * 10**4:.2f}{rng.choice('，；|/-')}" for _ in range(rng.randint(12, 60)))


def _language(rng: random.Random) -> str:
    words = "council budget river school road people mayor winter festival market harvest bridge".split()
    kana = "市長は新しい道路の開通を発表しました 住民は雨に備えて避難を始めています".split()
    if rng.random() < 0.5:
        return " ".join(rng.choice(words) for _ in range(rng.randint(40, 120))) + "."
    return "。".join(rng.choice(kana) for _ in range(rng.randint(4, 12)))


def _table(rng: random.Random) -> str:
    cell = rng.choice(("\t", "  ", " | ", "　"))
    head = cell.join(("地区", "总值", "增速", "排名"))
    rows = [
        cell.join((rng.choice(_PLACES), f"{rng.random() * 900:.1f}", f"{rng.random() * 9:.1f}%", str(i + 1)))
        for i in range(rng.randint(6, 30))
    ]
    return "\n".join([head, *rows])


def _names(rng: random.Random) -> str:
    separator = rng.choice(("、", "\n", "　", " ", "，"))
    head = rng.choice(("", "获奖名单\n", "云溪市先进个人名单：\n"))
    return head + separator.join(_name(rng) for _ in range(rng.randint(20, 80)))


def _stories(rng: random.Random) -> str:
    first, second = rng.sample((BODY, SECOND), 2)
    line = f"本报{rng.choice(_PLACES)}{rng.randint(1, 12)}月{rng.randint(1, 28)}日讯（记者{_name(rng)}）"
    return first + "\n" + line + second

# ruff: noqa: E501
"""Names that share no character with what they name: 羊城 for 广州, 欧洲 for its countries, 北青 for 北京青年报."""

from __future__ import annotations

import re

from ..facts import Facts
from ..gazetteer import REGIONS
from ..places import BYNAMES, PRESS
from .support import NOTHING, Support

#: What may follow the short name of a country without naming anything new: 俄方, 韩媒, 美军, 乌称.
TAILS = frozenset(
    "方 军 媒 刊 称 企 股 国 商 企业 媒体 方称 媒称 军称 总统 外长 防长 财长 总理 外交部 国防部 官员 两国 三国 多地 等 间 边境 关系 战 外交 双边 上 籍 元首 首脑 领导人 足 篮 女排 女足 男足 女篮 男篮".split()
)
#: 欧洲|三国, 拉美|多国|峰会
_SEVERAL = re.compile(r"^(?:[多各两三四五六七八九十]国|国家|地区|市场|股市|多地)")
_PAPERS = {"体": "体育报", "青": "青年报", "日": "日报", "晚": "晚报", "都": "都市报", "晨": "晨报"}


def byname(name: str, kind: str, facts: Facts) -> Support:
    """羊城 for 广州, 印尼 for 印度尼西亚, also before a word of the body; 韩媒 for 韩联社."""
    head = next((b for b in sorted(BYNAMES, key=len, reverse=True) if name.startswith(b)), "")
    rest = name[len(head) :].lstrip("一某")
    if head and (not rest or rest in TAILS or facts.where(rest, 1)):
        for full in BYNAMES[head]:
            if spans := facts.where(full, 1):
                return (*spans, *facts.where(rest, 1)), f"{head}即{full} / another name of the place"
    if len(name) == 2 and name[1] == "媒":
        for paper in PRESS.get(name[0], ()):
            if spans := facts.where(paper, 1):
                return spans, f"{paper}属{name} / of that country's press"
    return NOTHING


def region(name: str, kind: str, facts: Facts) -> Support:
    """欧洲 and 欧洲三国 for countries of Europe that the body names."""
    part = next((p for p in sorted(REGIONS, key=len, reverse=True) if name.startswith(p)), "")
    rest = _SEVERAL.sub("", name[len(part) :])
    if rest and not facts.where(rest, 1):
        return NOTHING
    for country in REGIONS.get(part, ()):
        if spans := facts.where(country, 1):
            return (*spans, *facts.where(rest, 1)), f"{country}属{part} / lies in that part of the world"
    return NOTHING


def outlet(name: str, kind: str, facts: Facts) -> Support:
    """北青 for 北京青年报, 罗体 for 罗马体育报: a place's first character and a paper's."""
    if len(name) == 2 and name[1] in _PAPERS:
        found = re.search(rf"{name[0]}[\u4e00-\u9fff]{{1,4}}{_PAPERS[name[1]]}", facts.body)
        if found:
            return (found.span(),), f"{name}即{found.group()} / short name of a paper"
    return NOTHING

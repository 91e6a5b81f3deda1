# ruff: noqa: E501
"""Latin words and codes: GDP for 生产总值, Q2 for 二季度; vs and vol.15 claim nothing."""

from __future__ import annotations

import re

from ...types import Span
from ..facts import Facts

_LATIN = {
    "gdp": ("生产总值",), "cpi": ("居民消费价格", "消费者价格", "消费者物价"), "ppi": ("工业生产者", "出厂价格", "生产者价格"),
    "pmi": ("采购经理",), "ipo": ("首次公开", "首发", "上市"), "ai": ("人工智能",), "wto": ("世贸", "世界贸易组织"),
    "who": ("世卫", "世界卫生组织"), "imf": ("国际货币基金",), "app": ("应用", "客户端", "软件"), "nba": ("篮球",),
    "eu": ("欧盟",), "un": ("联合国",), "ceo": ("首席执行官", "总裁"), "cfo": ("首席财务", "财务总监"), "cto": ("首席技术",), "coo": ("首席运营",), "suv": ("越野",), "lpr": ("贷款市场报价",),
    "mlf": ("中期借贷",), "apec": ("亚太经合",), "rcep": ("区域全面经济",), "esg": ("环境、社会",), "vr": ("虚拟现实",),
    "q1": ("一季度", "第1季度"), "q2": ("二季度", "第2季度"), "q3": ("三季度", "第3季度"), "q4": ("四季度", "第4季度"), "h1": ("上半年",),
    "eps": ("每股收益", "每股盈利"), "roe": ("净资产收益率",), "abs": ("资产支持",), "mvp": ("最有价值",), "reits": ("不动产投资信托",),
    "etf": ("交易型开放式",), "kpi": ("考核指标",), "pe": ("市盈率",),
}  # fmt: skip
#: vol.15: the number of an episode.
_NUMBERED = re.compile(r"(?:vol|ep)\.?\d+$")
_IGNORED = frozenset(
    "vs pk ing or and the of in to a by no st gif it sos der vol live vlog diy top max plus get ok".split()
)


def latin(name: str, facts: Facts) -> tuple[tuple[Span, ...], str, bool]:
    """For a Latin word: spans and rule where the body has its Chinese form; true where it is no claim (vs)."""
    for full in _LATIN.get(name, ()):
        spans = facts.where(full, 1)
        if spans:
            return spans, f"{name.upper()}即{full} / its Chinese form", False
    return (), "", name in _IGNORED or bool(_NUMBERED.match(name))

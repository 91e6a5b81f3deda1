# ruff: noqa: E501
"""Verbs whose subject and object can't change places (战胜, 访问, 起诉), and scores that stand for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A line per kind of deed: verbs whose subject does it | verbs whose subject suffers it.
_DEEDS = """
战胜 击败 大胜 险胜 完胜 力克 横扫 轻取 淘汰 逆转 绝杀 力擒 擒 复仇 胜 挫 大败|不敌 负于 惜败 惨败 输给 败给 完败 告负 负 输
访问 到访 出访 造访 参访|接待
起诉 状告 控告 指控 上诉|
收购 入股 注资 控股 并购 买下|
谴责 批评 指责 抨击 抗议 炮轰|
袭击 打击 空袭 轰炸 炮击|
击落 击沉|
警告 威胁 敦促 施压|
援助 支援 捐赠|
制裁|
祝贺|
感谢 致谢|
租借|
逮捕 拘捕 击毙 抓获|
驱逐 遣返|
邀请|
任命 提名|
接替 取代 接任|
领先 反超 超越 赶超|落后
加盟 投奔|签下 引进
赞助|
处罚 罚款 约谈 通报|
举报 投诉 曝光|
救助 救起 营救|
考察 调研|
"""
Deed = tuple[int, int, int, int, int]
_REACH = 24
_SCORE = re.compile(r"(?<![\d-])(\d{1,3})[-:比](\d{1,3})(?![\d-])")
_SINGLE = {"胜": r"(?<![取获])胜(?![利任出负算似过地率场者券选])", "负": r"(?<![肩担抱辜自胜])负(?![责担面债荷伤重增载有])",
           "输": r"(?<![运传灌])输(?![入出送液血欧华港澳台往])", "擒": "擒", "租借": r"租借(?!加盟|签下|引进|效力|[到至给去离期费])", "挫": r"(?<!受)挫(?!折)"}  # fmt: skip
_KIND_OF: dict[str, tuple[int, int]] = {}
for _i, _line in enumerate(_DEEDS.strip().splitlines()):
    for _sign, _side in zip((1, -1), _line.split("|"), strict=True):
        _KIND_OF |= dict.fromkeys(_side.split(), (_i, _sign))
_THING = re.compile("方案|计划|资金|物资|协议|行动|措施|政策|申请|工作|专项|基金|项目|体系|机制|报告|团队")
_VERB = re.compile("|".join(_SINGLE.get(w, w) for w in sorted(_KIND_OF, key=len, reverse=True)))


def deeds(folded: str) -> Iterator[Deed]:
    """``(start, end, kind, sign, reach)`` of every verb with a direction, and of scores that stand for one (云溪2-0临河).

    ``reach`` is how far behind it the object may stand, in characters; to both sides of a score nothing may.
    """
    verbs = list(_VERB.finditer(folded))
    for match in verbs:
        if folded[match.end() : match.end() + 1] == "的" or _THING.match(folded, match.end()):
            continue  # 到访的大臣: who did it stands behind; 救助方案 is a thing
        yield *match.span(), *_KIND_OF[match.group()], _REACH
    for match in _SCORE.finditer(folded):
        ours, theirs = map(int, match.groups())
        if ours != theirs and not any(0 <= v.start() - match.end() <= 2 for v in verbs):
            yield *match.span(), 0, 1 if ours > theirs else -1, 0


def index(folded: str) -> dict[int, list[Deed]]:
    """The deeds of a text, by kind."""
    found: dict[int, list[Deed]] = {}
    for deed in deeds(folded):
        found.setdefault(deed[2], []).append(deed)
    return found

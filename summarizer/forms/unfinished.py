"""What the end of a line begins and does not finish: 出席第130届, 举行胜利七周年, 加大对供水权利."""

from __future__ import annotations

import re

# 第130届 without what is counted, and with no more of it than a country.
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十百]+[届次个批项](?:中国|全国|国际|世界)?$")
# Who held something, and not what: 云溪龙舟队举行.
_HOLDER = re.compile(r"^[^在于]*[队团委部局厅校院人们](?:举行|召开|举办)$")
_HELD = re.compile(r"(?:举行|召开|举办(?![地方权]))(?!了?$)([^，；：。\s]+)$")
_EVENT = re.compile(
    "会|式|赛|展|节|礼|演|讲|谈|活动|论坛|选举|罢工|阅兵|游行|集会|巡|操|训|投票|公投|磋商|谈判|峰|听证|拍卖|招聘|联欢|首映|班|课|营|"
    "仪|祭|婚|葬|采访|抗议|派对|对话|通话|考试|招生|选|跑|行$|周$|月$|日$|季”?$"
)
# An event that opens, and before it the words of another statement: 出席博览会开幕, 向会议召开.
_CROSSED = re.compile(
    r"(?:出席|列席|(?<![对面倾导走转])向(?![^，；]*[致发表])|赴)[^，；：。\s“”《》宣为]+(?:开幕|闭幕|启动|揭牌|召开|举行)$"
)
# Whom something was sent or said to, and not what: 章明远向云溪论坛.
_TO_WHOM = re.compile(
    r"^[^，；：。\s]{2,12}(?<![对面倾导走转迈驶投])向[^，；：。\s致发表通报提介绍汇开推敬]*(?:会议|大会|论坛|峰会|总理|总统|首相|主席|国王|委员长)$"
)
_CIRCUMSTANCE = re.compile(
    r"(?:^|[^针面相应核校绝反敌作派])(?:对(?!手|话|阵|决|方|外|内)|将(?!军|领|士)|把(?!握|关|脉))([^，；：。\s]+)$"
    r"|[已正仍]在([^，；：。\s]+)$"
)


def unfinished(text: str) -> bool:
    """True where the last clause counts what it does not name, or holds an event that is none."""
    held = _HELD.search(text)
    empty = held is not None and not _EVENT.search(held.group(1))
    return empty or any(pattern.search(text) for pattern in (_ORDINAL, _HOLDER, _CROSSED, _TO_WHOM))


def circumstance(text: str) -> str:
    """What follows 对, 将, 把 or 已在 to the end of ``text``: without a verb it leaves one to be said. "" for none."""
    found = _CIRCUMSTANCE.search(text)
    return (found.group(1) or found.group(2)) if found else ""

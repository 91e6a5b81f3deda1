"""Lines that read well and tell nothing: a scene, a speaker without a word, half a sentence of 让, a note of the desk.

They are cut out of a report at true ends of its phrases, so nothing is torn; what is missing is the news.
"""

from __future__ import annotations

import re

from .whole import verbless
from .words import tag, units

# A whole line of circumstance: 列车脱轨事故发生后, 随着天气转暖, 二期项目的生产车间里.
_SCENE = re.compile(
    r"^[^，；： ？！｜|·]+(?:(?<![前落先幕背最此今然身之太零\d])后|之后|之际|期间|前夕|以来)$"
    r"|[^小及准暂此何同按随那平战实当工课临学限定超零顿一旧家用历天利计行瓦其有]时$"
    r"|^(?:随着|针对|由于|鉴于)[^，；： ？！]+$"
    r"|^(?![【在从让])[^，；： \d]+的[^，；： 以]{1,7}(?<![哪这那公])[里上]$"
)
# Who spoke, and nothing of what.
_UNSAID = re.compile(
    r"(?<!未)(?:宣布|显示|告诉记者|获悉|了解到)$|(?<!头)接受[^，；： ]{0,6}采访$|而已$|[对为因]此$"
)
# A date that lost its day: 云溪市民政局日称 for 25日称.
_DAYLESS = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![今昨明每本当近前次同生节假整末抗反对中韩英美俄连周旦元一二三四五六七八九十])日(?:称|说|表示|宣布)"
)
# Where, and no place: 官员在的发布会上.
_NOWHERE = re.compile(r"(?<![存所现潜内外实好还正自不在])在的(?![确士话])|自\d+年(?:\d+月)?(?:\d+日)?起$")
# Labels of a desk, and openings that lean on the sentence before.
_NOTE = re.compile(
    r"(?:导读|导语|原标题|来源|编者按|虎扑讯|[\u4e00-\u9fff]{2,3}(?<![通腾资电简快音喜])讯(?= ))[ ：]"
)
_LEANING = re.compile(r"是(?![否谁真该什个])|不仅|的|这是")
# 让 without what it lets happen, and a name for something: 让“课间一刻钟”, 守护者的“青石精神”.
_LETS = re.compile(r"让([^，；：？ ]+)$")
_NAMED = re.compile(
    r"^[^，；：]*的“[^”]{1,8}”$|^[^，；： （【]*(?<!目)的(?!确)[^，；： 比更越很]*(?<!目)的(?!确)[^，；： 比更越很]*$"
)
_TO_ITSELF = re.compile(r"([\u4e00-\u9fff]{2,6})[向对同与]\1")
# Who came where, with what he did there left out: 章明远来青石县供热保障工作.
_CAME = re.compile(
    r"(?:来到?|(?<![达收受得感看见听谈接回报送想说做找遇])到|赴|前往|深入|走进)[^，： 、]{1,8}?[省市区县镇乡村州盟旗]"
    r"(?P<what>[^，： ]{4,}(?:工作|建设|情况|生产|保障|发展))$"
)
_DEED = re.compile(
    "检查|调研|考察|视察|督|指|看|慰|出席|参加|主持|调度|走访|暗访|巡|推进|部署|了解|开展|研究|座谈|[访察查检问抓谈讲接送援帮救调宣招投签做开]|"
    "支持|服务|对接|协|参与|交流|学习|取经|助|见证|推动|体验|从事|进行|处理|应对"
)
_LAST = re.compile(r" ([\u4e00-\u9fff]{2,4})$")


# What a pattern alone sees, in the order of looking.
_SEEN = (
    (_SCENE.search, "只交代时间、地点或背景 / only sets the scene"),
    (_UNSAID.search, "没说说了什么 / does not tell what was said"),
    (_DAYLESS.search, "“日”前缺了日期 / a date without its day"),
    (_NOWHERE.search, "时间、地点后缺了话 / a place or a time is lost"),
    (_NOTE.match, "带着编辑的提示语 / opens with a note of the desk"),
    (_LEANING.match, "靠着上文 / leans on what was said before"),
)


def fragment(text: str) -> str:
    """Why ``text`` is no headline of anything, ``""`` where it may be one."""
    for sees, why in _SEEN:
        if sees(text):
            return why
    lets = _LETS.match(text)
    if lets and verbless(lets.group(1)) and not _describes(lets.group(1)):
        return "“让”后没有动作 / nothing is let happen"
    if _NAMED.search(text) and verbless(text):
        return "只是一个名称 / a name of something, not a statement"
    came = _CAME.search(text)
    if came and not _DEED.search(came.group("what")):
        return "到了地方没说做什么 / came, and nothing is done"
    if itself := _TO_ITSELF.search(text):
        return f"“{itself.group(1)}”对着自己 / does it to itself"
    last = _LAST.search(text)
    again = last and last.group(1) in text[: last.start()]
    return f"“{last.group(1)}”是多出来的 / said again" if again else ""


def _describes(text: str) -> bool:
    """True where ``text`` ends in an adjective or a set phrase: 让云溪的老桥更加牢固."""
    return tag(text[slice(*units(text)[-1])])[:1] in "ailz"

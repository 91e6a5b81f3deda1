"""Lines and line ends that name who wrote: bylines, credits in brackets, datelines."""

from __future__ import annotations

import re

from ..chars import Lazy

HAN = "\u4e00-\u9fff"
MARKS = "□■▲●○◇◆☐"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜"
    "叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶"
    "贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿"
    "关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游靳辛管柴蒙鲍华"
    "喻祁房蒲滕萧牟穆农桂瞿简车隋仇褚娄"
)
PAPER = (
    rf"(?:本报|本刊|本网|本台|[{HAN}]{{2,6}}?"
    r"(?:日报|晚报|晨报|时报|商报|早报|通讯社|新华社|新闻网|电视台|客户端))"
)
ROLE = (
    rf"(?:(?:全媒体|融媒体|见习|实习|特约|首席|特派|随军|驻[{HAN}]{{2,4}})*"
    r"(?:记者|通讯员|评论员|撰稿人|摄影)|作者|撰文|采写|整理|文字?[/／]图片?|图片?[/／]文)"
)
_PERSON = rf"[{HAN}·]{{1,5}}(?: [{HAN}])?"
NAMES = rf"{_PERSON}(?:[ 　、，,和与]+{_PERSON}){{0,7}}"
_SURE_NAME = rf"[{SURNAMES}][{HAN}]{{1,2}}"
SURE_NAMES = rf"{_SURE_NAME}(?:[ 　、]{_SURE_NAME}){{0,3}}"
"""Names known by their surnames, for places where any two characters could stand."""

_CREDIT = rf"(?:{PAPER}[ 　]?)?{ROLE}(?:组|站)?[:： 　]*(?:{NAMES})?"
_TAIL = r"(?:[ 　]*(?:文[/／]图|文[/／]摄|图[/／]文|摄影报道|综合报道|报道|文|整理|采写))?"
_BYLINE = Lazy(rf"(?:[文图][/／][ 　]?)?{_CREDIT}(?:[ 　/／]*{_CREDIT}){{0,4}}{_TAIL}$")
_MARKED = Lazy(rf"[{MARKS}][ 　]*(?:{PAPER})?[ 　]*{NAMES}{_TAIL}$")
_SURE_START = Lazy(rf"(?:{PAPER})?{ROLE}(?:[:： 　]|$)|{PAPER}[ 　]?{ROLE}|[文图][/／]")
_ABOUT_AUTHOR = re.compile(r"[（(](?:(?:本文)?作者|文[/／]|图[/／])[^（）()。]{2,40}[）)]$")
_SPEAKER = Lazy(
    rf"[{HAN}]{{0,18}}(?:长|书记|主任|主席|教授|研究员|经理|院士|总裁)[ 　]+"
    rf"[{SURNAMES}][ 　]?[{HAN}]{{1,2}}$"
)
_NAME = Lazy(rf"[{SURNAMES}](?:[{HAN}]{{1,2}}|[ 　][{HAN}])$")
_NAMES_END = Lazy(rf"[ 　]*[（(]{SURE_NAMES}[）)]$")
_CREDIT_END = Lazy(
    rf"[ 　]*[（(](?:{_CREDIT}(?:[ 　、/／]*{_CREDIT}){{0,3}}{_TAIL}"
    r"|完|本报综合|据新华社.{0,8}|新华社.{0,14}电)[）)]$"
)
# Words that no credit holds: 记者从市统计局获悉 is the start of a report, not of its byline.
_VERBS = re.compile(
    r"从|在|获悉|了解|看到|来到|走进|采访|发现|近日|昨日|今日|日前|随|跟|问|说|表示|介绍|注意到|见到"
    r"|手记|调查|观察|对|们|向|再次|也|就|，"
)
_PHOTO = re.compile(r"(?:摄|摄影|供图|资料图片?|资料照片)[）)。 　]*$")

_AGENCY = (
    r"(?:新华社|中新社|中新网|人民网|央视网|中国网络电视台|新华网|中国青年网|本报|本台"
    rf"|[{HAN}]{{2,6}}?(?:日报|晚报|社|网))"
)
_SIGN = (
    r"(?:本报综合讯|本报综合消息|本报专讯|本报快讯|本报讯|本刊讯|本网讯|本台讯|本台消息"
    rf"|[{HAN}]{{2,5}}(?:日报|晚报|晨报|网)讯"
    rf"|{_AGENCY}[{HAN}· 　]{{0,14}}?(?:\d{{1,2}}月)?\d{{1,2}}日(?:专?电|讯)"
    rf"|{_AGENCY}[{HAN}]{{0,5}}消息(?:[（(]新闻联播[）)])?[:：])"
)
_REPORTERS = (
    rf"[ 　]*[（(](?:(?=[^（）()]{{0,60}}(?:记者|通讯员|实习生|特约|作者|摄影|[{HAN}][ 　][{HAN}]))"
    rf"[^（）()]{{1,60}}|[{HAN}·、 　]{{2,24}})[）)]"
)
_DATELINE = Lazy(rf"(?:据)?{_SIGN}(?:{_REPORTERS})?[ 　:：]*")
_LEAD_CREDIT = Lazy(rf"[（(](?:{PAPER}[ 　]?)?{ROLE}[^（）()]{{1,40}}[）)][ 　]*")


def is_name(line: str) -> bool:
    """True for a line that is a Chinese name of two or three characters and nothing else."""
    return bool(_NAME.match(line))


def is_byline(line: str, marked_only: bool = False) -> bool:
    """True for a line that only names writers; ``marked_only`` asks for a □ mark or 本报/：/space."""
    if not 2 <= len(line) <= 60:
        return False
    if any(pattern.match(line) for pattern in (_ABOUT_AUTHOR, _NAMES_END, _SPEAKER)):
        return True
    if line[0] in "□☐" and len(line) <= 16 and not any(mark in line for mark in "。，；！？"):
        return True
    if line[0] in MARKS and _MARKED.match(line) and not _VERBS.search(line):
        return True
    bare = line.strip("（）() 　")
    body = bare.lstrip(MARKS + " 　")
    if not _BYLINE.match(body) or _VERBS.search(body) or _PHOTO.search(body):
        return False
    return not marked_only or body != bare or line[0] in "（(" or bool(_SURE_START.match(body))


def credit_start(text: str) -> int:
    """Where a bracketed credit at the end of ``text`` starts, （记者 沈知夏）; -1 if there is none."""
    if text[-1:] not in "）)":
        return -1
    match = _CREDIT_END.search(text) or _NAMES_END.search(text)
    return match.start() if match else -1


def dateline_end(line: str) -> int:
    """Length of the dateline that ``line`` starts with (本报讯 …, 新华社…电（记者…）), or 0."""
    if not any(mark in line[:60] for mark in "讯电息"):
        return 0
    match = _DATELINE.match(line[:160])
    return match.end() if match else 0


def lead_credit_end(line: str) -> int:
    """Length of a bracketed credit at the start, （本报记者 沈知夏）, or 0."""
    if line[:1] not in "（(":
        return 0
    match = _LEAD_CREDIT.match(line[:80])
    return match.end() if match else 0

"""What a page carries beside its articles: page numbers, editors, telephones, turns, adverts."""

from __future__ import annotations

import re

from ..chars import Lazy
from .names import HAN

LONGEST = 90
"""Characters: a longer line is running text, whatever it starts or ends with."""

_SECTION_NAMES = (
    "要闻|综合|时政|经济|社会|文化|副刊|体育|国内|国际|本地|专版|民生|教育|法治|理论|评论|特刊|广告"
)
_EDITORS = (
    "责任编辑|执行编辑|责编|美编|编辑|校对|版式|组版|检校|值班|总值班|一读|二读|审读|终审|视觉|制图"
    "|策划|统筹|监制|主编|编审|版面设计"
)
_DESKS = "新闻|广告|发行|投稿|报料|服务|订报|订阅|编辑部|值班|总编室|监督|爆料|24小时"
_LABELS = "e-?mail|邮政编码|社址|地址|本报地址|本社地址|承印|印刷|印刷厂|发行|零售价?|定价|全年定价"
_WEEKDAY = "(?:星期|周)[一二三四五六日天]"
_LINES = (
    r"第?[ 　]*[A-Z]?\d{1,2}[ 　]*版(?:[ 　：:·|/—-].{0,12})?",
    rf"[A-Z]?\d{{1,2}}[ 　]*(?:{_SECTION_NAMES})(?:新闻)?",
    rf"(?:{_SECTION_NAMES}|导读|今日导读)(?:新闻|版)?",
    r"[-—·– 　]*\d{1,3}[-—·– 　]*",
    r".{0,12}?\d{4}[ 　]*年[ 　]*\d{1,2}[ 　]*月[ 　]*\d{1,2}[ 　]*日[ 　]*"
    rf"(?:[（(]?{_WEEKDAY}[）)]?(?:[ 　].{{0,24}})?|[ 　]?农历.{{2,14}}|[ 　]第.{{1,10}}[期版]|今日.{{0,8}})?",
    rf"{_WEEKDAY}(?:[ 　].{{0,16}})?",
    r"农历.{2,16}",
    rf"(?:本版|本期)?(?:{_EDITORS})[ 　]*[:：/／ 　].{{1,60}}",
    rf"(?:{_DESKS})*(?:电话|热线|邮箱|信箱|传真|网址|邮编|QQ|微信)[ 　]*[:：].{{3,70}}",
    rf"(?:{_LABELS})[ 　]*[:：].{{1,70}}",
    r"(?:https?://|www\.)\S{3,80}",
    r"(?:国内统一(?:连续出版物号|刊号)|CN[ 　]?\d\d[-—]\d{4}|邮发代号).{0,40}",
    rf"[{HAN}]{{0,8}}广告经营许可证.{{0,40}}",
    r"总?第[ 　]?\d+[ 　]?期(?:[ 　].{0,20})?",
    r"(?:今日|本期).{1,6}版",
    rf"(?:中共)?[{HAN}]{{2,6}}市?委(?:机关报|主管主办|主办).{{0,30}}",
    r"[A-Za-z ]{4,24}(?:DAILY|TIMES|NEWS|RIBAO)",
    rf"[{HAN}]{{2,4}}(?:日报|晚报|晨报|时报|商报|早报)(?:[ 　].{{0,20}})?",
    r"(?:今日)?天气(?:预报)?[:：].{3,60}",
)
# The trail of a web page, which stands before its headline and is no line of type.
_CRUMB = re.compile(
    r"(?:您(?:现在|当前)?的?(?:当前)?(?:所在)?|当前(?:所在)?)位置(?:是|在)?[ 　]*[:：].{0,50}$"
)
_FURNITURE = Lazy(rf"(?:{'|'.join(_LINES)})$", re.I)
_NOTE = re.compile(
    r"[（(](?:欢迎投稿|来稿|投稿|本版|图片|据|新华社|本报|中新社|原载|原标题|转载|执笔|责任编辑|责编|编辑"
    r"|[^（）()]{0,16}\d日(?:电|讯))[^（）()]{0,60}[）)]$"
)

_PAGE = r"第?[ 　]*[A-Z]?[一二三四五六七八九十\d]{1,3}[ 　]*版"
_TURN = rf"[（(【]?[ 　]*(?:下转|上接|紧接|转接|转|接)[ 　]*{_PAGE}[^\n（）()]{{0,8}}[）)】]?"
TURN_END = re.compile(rf"[ 　]*{_TURN}[ 　。]*$")
TURN_START = re.compile(rf"[ 　]*[▲▶►]?{_TURN}[ 　]*")
_TURN_TAIL = re.compile(rf"(?:转|接)?[ 　]*{_PAGE}$")

_PHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-— ]?\d{7,8}|1[3-9]\d{9}|400[-— ]?\d{3}[-— ]?\d{4}|[2-8]\d{6,7}"
    r"|[0X×]{2,4}[-—]?[X×\d]{5,8})(?!\d)"
)
_SELLING = re.compile(
    r"广告|招租|出租|转让|特价|钜惠|巨惠|优惠|抢购|盛大开业|隆重开业|开业大吉|折起|满减|特惠|诚聘"
    r"|招聘启事|售楼|现房|热销|火爆|欢迎(?:选购|光临|咨询|垂询)|免费试|买\d?[一二]?送|包邮|咨询热线"
    r"|销售热线|全场|到店"
)


def is_furniture(line: str) -> bool:
    """True for page numbers, date lines, editors, telephones, section names and the paper's name."""
    found = _FURNITURE.match(line) or is_turn(line) or _NOTE.match(line) or is_crumb(line)
    return len(line) <= LONGEST and bool(found)


def is_crumb(line: str) -> bool:
    """True for the trail of a web page: 您当前的位置：首页 > 要闻."""
    return bool(_CRUMB.match(line))


def is_turn(line: str) -> bool:
    """True for a line that only says where the text goes on: （下转第3版）."""
    match = TURN_START.match(line[:40])
    return bool(match) and match.end() == len(line)


def ends_turn(line: str) -> bool:
    """True where a line ends by saying where the text goes on, even if the line starts inside it."""
    return bool(_TURN_TAIL.search(line[-12:]))


def is_advert(line: str) -> bool:
    """True for a short line that sells: two selling words, or a telephone number outside a sentence."""
    if len(line) > LONGEST:
        return False
    selling = len(set(_SELLING.findall(line)))
    prose = any(mark in line for mark in "。，、；")
    if selling >= 2 + prose or (not prose and _PHONE.search(line)):
        return True
    lost = line.startswith(("遗失", "挂失")) or line.rstrip("。").endswith("声明作废")
    return lost or line in ("广告", "公益广告") or line.startswith("广告热线")


def sells(line: str) -> bool:
    """True for a weaker sign of an advert: a selling word or a telephone number in a short line."""
    return len(line) <= 60 and bool(_SELLING.search(line) or _PHONE.search(line))

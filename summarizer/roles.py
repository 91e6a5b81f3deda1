"""What a line of a newspaper page is by its wording alone: byline, dateline, caption, furniture, advert.

The tables are shared by ``clean`` (which never joins such a line to body text) and ``split`` (which
takes it out of the body). All patterns are bounded, so a line of any length costs linear time.
"""

from __future__ import annotations

import re

LONGEST = 90
"""Characters: a longer line is running text, whatever it starts or ends with."""

_PAPER = r"(?:本报|本刊|本网|本台|[\u4e00-\u9fff]{2,6}?(?:日报|晚报|晨报|时报|商报|早报|通讯社|新华社|新闻网|电视台|客户端))"
_PERSON = r"[\u4e00-\u9fff·]{1,5}(?: [\u4e00-\u9fff])?"
_NAMES = rf"{_PERSON}(?:[ 　、，,和与]+{_PERSON}){{0,7}}"
_ROLE = r"(?:(?:全媒体|融媒体|见习|实习|特约|首席|特派|随军|驻[\u4e00-\u9fff]{2,4})*(?:记者|通讯员|评论员|撰稿人|摄影)|作者|撰文|采写|整理|文字?[/／]图片?|图片?[/／]文)"
_CREDIT = rf"{_ROLE}(?:组|站)?[:： 　]*(?:{_NAMES})?"
_TAIL = r"(?:[ 　]*(?:文[/／]图|文[/／]摄|图[/／]文|摄影报道|综合报道|报道|文|整理|采写))?"
_MARKS = r"[□■▲●○◇◆☐]"

_BYLINE = re.compile(
    rf"(?:[文图][/／][ 　]?)?(?:{_PAPER}[ 　]?)?{_CREDIT}(?:[ 　/／]*(?:{_PAPER}[ 　]?)?{_CREDIT}){{0,4}}{_TAIL}$"
)
_MARKED_BYLINE = re.compile(rf"{_MARKS}[ 　]*(?:(?:{_PAPER})?[ 　]*{_NAMES}{_TAIL})$")
_STRICT_START = re.compile(rf"(?:{_PAPER})?{_ROLE}(?:[:： 　]|$)|{_PAPER}[ 　]?{_ROLE}")
_ABOUT_AUTHOR = re.compile(r"[（(](?:(?:本文)?作者|文[/／]|图[/／])[^（）()。]{2,40}[）)]$")
_VERBS = re.compile(
    r"从|在|获悉|了解|看到|来到|走进|采访|发现|近日|昨日|今日|日前|随|跟|问|说|表示|介绍|注意到|见到|手记|调查|观察|对|们|向|了解|再次|也|就|，"
)

_PLACE_DATE = r"[\u4e00-\u9fff· 　]{0,14}?(?:\d{1,2}月)?\d{1,2}日"
_AGENCY = r"(?:新华社|中新社|中新网|人民网|央视网|中国网络电视台|新华网|中国青年网|本报|本台|[\u4e00-\u9fff]{2,6}?(?:日报|晚报|社|网))"
_SIGN = (
    rf"(?:本报综合讯|本报综合消息|本报专讯|本报快讯|本报讯|本刊讯|本网讯|本台讯|本台消息|[\u4e00-\u9fff]{{2,5}}(?:日报|晚报|晨报|网)讯"
    rf"|{_AGENCY}{_PLACE_DATE}(?:专?电|讯)|{_AGENCY}[\u4e00-\u9fff]{{0,5}}消息(?:[（(]新闻联播[）)])?[:：])"
)
_PAREN = r"[ 　]*[（(](?=[^（）()]{0,60}(?:记者|通讯员|实习生|特约|作者|摄影|[\u4e00-\u9fff][ 　][\u4e00-\u9fff]|^.{2,4}[)）]))[^（）()]{1,60}[）)]"
_DATELINE = re.compile(rf"(?:据)?{_SIGN}(?:{_PAREN}|[ 　]*[（(][\u4e00-\u9fff·、 　]{{2,24}}[）)])?[ 　:：]*")
_LEAD_CREDIT = re.compile(rf"[（(](?:{_PAPER}[ 　]?)?{_ROLE}[^（）()]{{1,40}}[）)][ 　]*")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申"
    "欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛曲冉翁蓝路游靳辛管柴蒙鲍华喻祁房蒲滕萧牟穆农桂瞿简车隋仇褚娄"
)
_PHOTOGRAPHER = rf"(?:{_ROLE}[:： 　]*{_NAMES}|(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:[ 　、][{_SURNAMES}][\u4e00-\u9fff]{{1,2}}){{0,3}})"
_PHOTO_END = re.compile(
    rf"(?:{_PHOTOGRAPHER}[ 　]*[/／]?(?:摄影|摄|供图|制图|绘)|(?:图片|照片|本文图片?).{{0,4}}由.{{2,20}}提供"
    r"|资料图片?|资料照片|网络图片|视频截图|新华社发)[）)。 　]*$"
)
_PHOTO_ONLY = re.compile(r"(?:摄|摄影|供图|资料图片?|资料照片)[）)。 　]*$")
_CREDIT_LINE = re.compile(
    rf"[（(]?(?:(?:{_PAPER}[ 　]?)?(?:{_ROLE})?[:： 　/／]*{_NAMES}[ 　]*[/／]?(?:摄影|摄|供图)|资料图片?|资料照片|新华社发.{{0,14}}|(?:图片|照片).{{0,4}}由.{{2,20}}提供)[）)。]*$"
)
_PHOTO_START = re.compile(
    r"(?:[▲▼◀▶◄►△▽]|(?:图为|上图|下图|左图|右图|图[①-⑨]|图[一二三四五六1-6][：:]|本组图|组图|本版图|题图|压题照片))"
)

_FURNITURE = re.compile(
    r"(?:第?[ 　]*[A-Z]?\d{1,2}[ 　]*版(?:[ 　：:·|/—-].{0,12})?|[A-Z]?\d{1,2}[ 　]*(?:要闻|综合|时政|经济|社会|文化|副刊|体育|专版|广告|特刊|民生)(?:新闻)?"
    r"|[-—·– 　]*\d{1,3}[-—·– 　]*"
    r"|.{0,12}?\d{4}[ 　]*年[ 　]*\d{1,2}[ 　]*月[ 　]*\d{1,2}[ 　]*日[ 　]*(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?(?:[ 　].{0,24})?|[ 　]?农历.{2,14}|[ 　]第.{1,10}[期版]|今日.{0,8})?"
    r"|(?:星期|周)[一二三四五六日天](?:[ 　].{0,16})?|农历.{2,16}"
    r"|(?:本版|本期)?(?:责任编辑|执行编辑|责编|美编|编辑|校对|版式|组版|检校|值班|总值班|一读|二读|审读|终审|视觉|制图|策划|统筹|监制|主编|编审|版面设计)[ 　]*[:：/／ 　].{1,60}"
    r"|(?:新闻|广告|发行|投稿|报料|服务|订报|订阅|编辑部|值班|总编室|监督|爆料|24小时)*(?:电话|热线|邮箱|信箱|传真|网址|邮编|QQ|微信)[ 　]*[:：].{3,70}"
    r"|(?:e-?mail|邮政编码|社址|地址|本报地址|本社地址|承印|印刷|印刷厂|发行|零售价?|定价|全年定价)[ 　]*[:：].{1,70}|https?://\S{3,80}|www\.\S{3,80}"
    r"|国内统一(?:连续出版物号|刊号).{0,40}|CN[ 　]?\d\d[-—]\d{4}.{0,40}|邮发代号.{0,40}|(?:总第|第)[ 　]?\d+[ 　]?期(?:[ 　].{0,20})?|今日.{1,6}版|本期.{1,6}版|[\u4e00-\u9fff]{0,8}广告经营许可证.{0,40}"
    r"|(?:要闻|综合|时政|经济|社会|文化|副刊|体育|国内|国际|本地|专版|民生|教育|法治|理论|评论|特刊|综合新闻|要闻版|导读|今日导读)(?:新闻|版)?"
    r"|(?:中共)?[\u4e00-\u9fff]{2,6}市?(?:委机关报|委主管主办|委主办).{0,30}|[A-Za-z ]{4,24}(?:DAILY|Daily|TIMES|Times|NEWS|News|RIBAO)"
    r"|[\u4e00-\u9fff]{2,4}(?:日报|晚报|晨报|时报|商报|早报)(?:[ 　].{0,20})?|(?:今日)?天气(?:预报)?[:：].{3,60})$",
    re.I,
)
_TURN = r"(?:[（(【]?[ 　]*(?:下转|上接|紧接|转接|转|接)[ 　]*第?[ 　]*[A-Z]?[一二三四五六七八九十\d]{1,3}[ 　]*版[^\n（）()]{0,8}[）)】]?)"
TURN_END = re.compile(rf"[ 　]*{_TURN}[ 　。]*$")
TURN_START = re.compile(rf"^[ 　]*[▲▶►]?{_TURN}[ 　]*")
_NAME_END = re.compile(
    rf"[ 　]*[（(][{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:[ 　、][{_SURNAMES}][\u4e00-\u9fff]{{1,2}}){{0,3}}[）)]$"
)
_CREDIT_END = re.compile(
    rf"[ 　]*[（(](?:(?:{_PAPER}[ 　]?)?{_CREDIT}(?:[ 　、/／]*(?:{_PAPER}[ 　]?)?{_CREDIT}){{0,3}}{_TAIL}|完|本报综合|据新华社.{{0,8}}|新华社.{{0,14}}电)[）)]$"
)

_NOTE = re.compile(
    r"[（(](?:欢迎投稿|来稿|投稿|本版|图片|据|新华社|本报|中新社|原载|原标题|转载|执笔|责任编辑|责编|编辑|[^（）()]{0,16}\d日(?:电|讯))[^（）()]{0,60}[）)]$"
)
_PHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-— ]?\d{7,8}|1[3-9]\d{9}|400[-— ]?\d{3}[-— ]?\d{4}|[2-8]\d{6,7}|[0X×]{2,4}[-—]?[X×\d]{5,8})(?!\d)"
)
_SELLING = re.compile(
    r"广告|招租|出租|转让|特价|钜惠|巨惠|优惠|抢购|盛大开业|隆重开业|开业大吉|折起|满减|特惠|诚聘|招聘启事|遗失|声明作废|售楼|现房|热销|火爆|欢迎(?:选购|光临|咨询|垂询)|免费试|买\d?[一二]?送|包邮|咨询热线|销售热线|全场|到店"
)

_SECTION = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节条部分篇]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:[．、]|\.(?!\d))|[①-⑳]|#{1,6} )"
)
_LIST = re.compile(r"(?:[-*+•·]\s|\d{1,3}[.)、]\s?(?!\d))")
_BOX = re.compile(r"[■●▲◆★▶►☆◎※]")
_DASH = re.compile(r"(?:—{1,3}|―{1,3}|–{1,3}|──?|--+|－{1,2})[ 　]*(?=\S)")
KICKER_END = re.compile(
    r"(?:强调|指出|要求|提出|表示|宣布|会上|会议|时说?|致辞|批示|出席|主持|主持召开|召开|调研|考察|检查|审议|听取|透露|为例|见闻|纪实|系列报道.{0,3}|之[一二三四五六七八九十]|[：:]|——)$"
)

STOPS = "。！？!?…"
_CLOSING = "”’』」》）)】"
_PAUSES = "；;：:"


def ends_sentence(line: str) -> bool:
    """True where a paragraph could end: a full stop, maybe inside closing quotes or before a bracket.

    A closing quotation mark alone is no end: headlines end in one as often as paragraphs do.
    """
    bare = line.rstrip(_CLOSING + " \u3000")
    if not bare:
        return False
    if bare[-1] in STOPS:
        return True
    if line[-1] in "）)":
        opened = max(line.rfind("（"), line.rfind("("))
        return opened < 0 or (opened > 0 and line[:opened].rstrip(_CLOSING + " \u3000")[-1:] in tuple(STOPS))
    return line[-1] in _PAUSES


def open_bracket(line: str) -> bool:
    """True where a round bracket or title mark opened in ``line`` is not closed in it."""
    tail = line[-40:]
    return any(tail.rfind(left) > tail.rfind(right) for left, right in ("（）", "()", "《》"))


_SPEAKER = re.compile(
    rf"[\u4e00-\u9fff]{{0,18}}(?:长|书记|主任|主席|教授|研究员|经理|院士|总裁)[ 　]+[{_SURNAMES}][ 　]?[\u4e00-\u9fff]{{1,2}}$"
)


_NAME = re.compile(rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|[ 　][\u4e00-\u9fff])$")


def is_name(line: str) -> bool:
    """True for a line that is a Chinese name of two or three characters and nothing else."""
    return bool(_NAME.match(line))


def credit_start(text: str) -> int:
    """Where a bracketed credit at the end of ``text`` starts, （记者 沈知夏）; -1 if there is none."""
    match = _CREDIT_END.search(text) or _NAME_END.search(text)
    return match.start() if match else -1


def is_byline(line: str, marked_only: bool = False) -> bool:
    """True for a line that only names writers; ``marked_only`` asks for a □ mark or 本报/：/space."""
    if not 2 <= len(line) <= 60:
        return False
    bare = line.strip("（）() 　")
    if _ABOUT_AUTHOR.match(line) or _NAME_END.match(line) or _SPEAKER.match(line):
        return True
    if line[0] in "□☐" and len(line) <= 16 and not any(mark in line for mark in "。，；！？"):
        return True
    if _MARKED_BYLINE.match(line) and not _VERBS.search(line):
        return True
    body = bare.lstrip("□■▲●○◇◆☐ 　")
    if not _BYLINE.match(body) or _VERBS.search(body.replace("作者", "")):
        return False
    marked = (
        body != bare
        or body[:2] in ("文/", "图/", "文／", "图／")
        or bool(_STRICT_START.match(body))
        or line[0] in "（("
    )
    return (marked or not marked_only) and not _PHOTO_ONLY.search(body)


def dateline_end(line: str) -> int:
    """Length of the dateline that ``line`` starts with (本报讯 …, 新华社…电（记者…）), or 0."""
    match = _DATELINE.match(line[:160])
    return match.end() if match else 0


def lead_credit_end(line: str) -> int:
    """Length of a bracketed credit at the start, （本报记者 沈知夏）, or 0."""
    match = _LEAD_CREDIT.match(line[:80])
    return match.end() if match else 0


def is_caption(line: str) -> bool:
    """True for a photo caption or photo credit (… 摄, 图为…, 资料图片)."""
    if len(line) > LONGEST + 60:
        return False
    return bool(_PHOTO_END.search(line[-40:])) or (bool(_PHOTO_START.match(line)) and len(line) <= LONGEST)


def is_photo_credit(line: str) -> bool:
    """True for a line that only credits a photo, its caption standing on the lines above."""
    return len(line) <= 40 and bool(_CREDIT_LINE.match(line))


def starts_caption(line: str) -> bool:
    """True where a line opens as captions do (图为, 上图, ▲)."""
    return bool(_PHOTO_START.match(line))


def is_furniture(line: str) -> bool:
    """True for page numbers, date lines, editors, telephones, section names and the paper's name."""
    return len(line) <= LONGEST and bool(_FURNITURE.match(line) or is_turn(line) or _NOTE.match(line))


def is_turn(line: str) -> bool:
    """True for a line that only says where the text goes on: （下转第3版）."""
    match = TURN_START.match(line[:40])
    return bool(match) and match.end() == len(line)


def ends_turn(line: str) -> bool:
    """True where a line ends by saying where the text goes on, even if the line starts inside it."""
    return bool(
        re.search(r"(?:转|接)?[ 　]*第?[ 　]*[A-Z]?[一二三四五六七八九十\d]{1,3}[ 　]*版$", line[-12:])
    )


def is_advert(line: str) -> bool:
    """True for a short line that sells: two selling words, or a telephone number outside a sentence."""
    if len(line) > LONGEST:
        return False
    selling = len(set(_SELLING.findall(line)))
    called = bool(_PHONE.search(line)) and "。" not in line
    loud = selling >= 2 and not any(mark in line for mark in "，。、；")
    lost = line.startswith(("遗失", "挂失")) or line.endswith(("声明作废。", "声明作废"))
    return (
        loud or called or lost or selling >= 3 or line in ("广告", "公益广告") or line.startswith("广告热线")
    )


def sells(line: str) -> bool:
    """True for a weaker sign of an advert: a selling word or a telephone number in a short line."""
    return len(line) <= 60 and bool(_SELLING.search(line) or _PHONE.search(line))


def is_section(line: str) -> bool:
    """True where a line opens with a section mark: 一、 （一） 1. 第一章 ①."""
    return bool(_SECTION.match(line))


def is_list_item(line: str) -> bool:
    """True where a line opens with a list mark: - * • 1)."""
    return bool(_LIST.match(line))


def is_box(line: str) -> bool:
    """True where a line opens with ■ ● ▲ and the like and is no byline."""
    return bool(_BOX.match(line)) and not is_byline(line) and not is_turn(line)


def is_dash(line: str) -> bool:
    """True where a line opens with a dash, as a subhead does."""
    return bool(_DASH.match(line))


def opens_part(line: str) -> bool:
    """True where a line can only be the start of a part of the page, so nothing may be joined before it."""
    return bool(
        is_box(line)
        or line[:1] in "□☐"
        or is_dash(line)
        or is_section(line)
        or is_list_item(line)
        or is_byline(line, marked_only=True)
        or dateline_end(line)
        or is_furniture(line)
        or is_advert(line)
        or starts_caption(line)
    )


def stands_alone(line: str) -> bool:
    """True for a line that is a whole part by itself, so nothing may be joined after it."""
    return (
        is_byline(line, marked_only=True)
        or is_furniture(line)
        or (is_caption(line) and not starts_caption(line))
    )

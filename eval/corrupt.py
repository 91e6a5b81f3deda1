# ruff: noqa: E501
"""Wrong headlines made from right ones: one number, date, name, place or polarity is changed.

Used to test the guard and the faithfulness metric. A corruption is real: what it changes stands in the body,
and what it writes does not (neither the characters nor, for numbers, an equal value in other notation).
It shares with the guard only the reading of numerals; names and verbs are found with jieba's tagger.
"""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from summarizer.guard.numerals import NUMERAL, spell, value
from summarizer.guard.text import fold

Corruption = tuple[str, tuple[int, int], str]
Change = tuple[int, int, str]
_COUNTERS = "人名例起家项条种座台辆艘只张份次届场所间户对岁天年元米吨个亿万成倍大省市县区"
_ARABIC = re.compile(
    r"(?<![\d.,A-Za-z(-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d:：年月日号时点A-Za-z]|[.,]\d)"
)
_CHINESE = re.compile(
    rf"(?<![第周期数几\d〇零一二两三四五六七八九十百千万亿])([两三四五六七八九十])(?=[{_COUNTERS}])"
)
_DATE = re.compile(
    r"(?<!\d)(?:(?P<month>\d{1,2})(?=月)|(?P<day>\d{1,2})(?=[日号](?!线|楼))|(?P<year>(?:19|20)\d\d)(?=年))"
)
_RELATIVE = {"今年": "去年", "去年": "今年", "上半年": "下半年", "下半年": "上半年", "一季度": "三季度", "三季度": "一季度",
             "二季度": "四季度", "四季度": "二季度", "昨日": "明日", "昨天": "明天", "明日": "昨日", "明天": "昨天"}  # fmt: skip
_TURNS = (
    "增长/下降 上涨/下跌 上升/下降 增加/减少 提高/降低 扩大/缩小 回升/回落 走高/走低 上调/下调 新增/减少 大涨/大跌 收涨/收跌 高开/低开 升值/贬值 "
    "启动/终止 开幕/闭幕 开工/停工 开放/关闭 恢复/中断 成功/失败 通过/否决 批准/驳回 支持/反对 同意/拒绝 允许/禁止 击败/不敌 战胜/负于 盈利/亏损 "
    "加强/削弱 放宽/收紧 买入/卖出 增持/减持 加入/退出 晋级/出局 当选/落选 承认/否认 合法/非法 提前/推迟 签署/撕毁 最高/最低 最大/最小 最多/最少 "
    "高于/低于 超过/不足 乐观/悲观 缓解/加剧 获得/失去 顺差/逆差 出口/进口 入境/出境 阳性/阴性 生还/遇难 复工/停工 复课/停课 加快/放缓 开通/停运"
).split()  # fmt: skip
_PAIRS = [tuple(t.split("/")) for t in _TURNS]
_OPPOSITE: dict[str, str] = {b: a for a, b in reversed(_PAIRS)} | {a: b for a, b in reversed(_PAIRS)}
#: Verbs of news before which 未, 不 and 没有 stay grammatical.
_VERBS = frozenset(
    "通过 启动 开展 举行 宣布 公布 发布 签署 完成 实现 推进 恢复 确认 承认 同意 批准 支持 参加 出席 接受 进入 开放 获得 达成 取得 开通 采取 建成 落实 "
    "解决 改变 影响 缓解 收到 发现 提供 允许 保证 使用 取消 解除 签下 签约 续约 出战 夺冠 晋级 受伤 复出 加盟 离开 缺席 抵达 返回 上线 上市 开工 交付 "
    "投产 实施 执行 公开 回应 证实 道歉 辞职 当选 会见 访问 抵御 击落 拦截 控制 排除 上涨 下跌 增长 下降 下滑 减少 增加 提高 降低 突破 超过 达到 召开 "
    "开幕 闭幕 结束 开始 停止 暂停 引发 造成 导致 受到 遭到 遭遇 破坏 拒绝 反对 加入 退出 收购 出售 推出 提出 建立 成立 设立 纳入 列入 取代 改善 出台".split()
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严魏陶姜谢邹潘葛范彭鲁韦苗方任袁柳史唐薛雷贺汤罗郝安于傅齐康顾孟黄萧尹姚邵汪毛狄宋庞熊纪项祝董梁杜阮贾江郭梅林钟徐邱高夏蔡田胡凌霍卢丁邓洪崔龚程陆翁段侯叶"
_GIVEN = "明远文清知夏小满立诚国栋海涛建华志强丽娜晓峰雨桐子涵佳怡伟民秀英春梅永康德胜振宇思齐博文若兰慧敏俊杰天佑玉珍宝山景行怀瑾承泽书瑶向荣克勤守义长庚"
_SYLLABLES = "阿埃艾安巴贝波布达戴德多厄法费弗格哈霍基卡克拉莱兰雷里林卢洛马麦梅米莫姆纳内尼诺帕佩普奇萨塞瑟斯塔泰特托瓦韦沃西夏亚扬耶伊尤泽"
_PLACES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 "
    "陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾 石家庄 太原 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 南宁 海口 成都 "
    "贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 青岛 大连 厦门 宁波 深圳 苏州 无锡 洛阳 桂林 三亚 株洲 保定 绵阳 赣州 "
    "日本 韩国 朝鲜 俄罗斯 美国 英国 法国 德国 意大利 西班牙 葡萄牙 希腊 土耳其 埃及 印度 巴基斯坦 越南 泰国 缅甸 菲律宾 马来西亚 印尼 新加坡 "
    "澳大利亚 新西兰 加拿大 墨西哥 巴西 阿根廷 智利 南非 肯尼亚 尼日利亚 乌克兰 波兰 捷克 匈牙利 瑞士 瑞典 挪威 芬兰 荷兰 比利时 "
    "云溪市 青石县 临河区 枫桥镇 白鹭县 松陵市 望湖区 石门乡 双桥村 长宁岛"
).split()  # fmt: skip


def corrupt(title: str, body: str, kind: str, rng: random.Random) -> Corruption | None:
    """Change one ``kind`` (number date name place polarity) of ``title``: ``(text, span of the change, kind)``.

    None where the title holds nothing of that kind that the body supports. The same ``rng`` state gives the
    same corruption. Raises KeyError for an unknown kind.
    """
    changes = _KINDS[kind](title, body, rng)
    rng.shuffle(changes)
    for start, end, new in changes:
        if new and new != title[start:end]:
            return title[:start] + new + title[end:], (start, start + len(new)), kind
    return None


def _numbers(title: str, body: str, rng: random.Random) -> list[Change]:
    folded, present, out = fold(title), _values(body), []
    for match in _ARABIC.finditer(folded):
        old = value(match.group())
        if old and old[0] in present:
            new = _other_digits(match.group(), present, fold(body), rng)
            if new and not _stays_true(folded, match.span(), old[0], value(new)[0]):
                out.append((*match.span(), new))
    for match in _CHINESE.finditer(folded):
        old = value(match.group(1))
        if old and (old[0] in present) and match.group() + folded[match.end()] in fold(body):
            options = [n for n in range(2, 10) if n not in present and n != old[0]]
            if options:
                out.append((*match.span(1), spell(rng.choice(options))))
    return out


def _stays_true(title: str, span: tuple[int, int], old: Fraction, new: Fraction) -> bool:
    """超过100亿元 follows from 超过200亿元, 不足500人 from 不足300人: such a change corrupts nothing."""
    before, after = title[max(0, span[0] - 3) : span[0]], title[span[1] : span[1] + 3]
    if re.search(r"超过?$|突破$|逾$|至少$|多于$|高于$|破$|过$", before) or re.match(
        r"\D{0,2}(?:多|余|以上)", after
    ):
        return new < old
    return new > old and bool(re.search(r"不足$|不到$|低于$|少于$|至多$|未满$", before) or "以下" in after)


def _values(body: str) -> set:
    """Every number of the body in any notation; with 万 and 亿 also their bare head (1.2 of 1.2万)."""
    found = set()
    for match in re.finditer(NUMERAL, fold(body)):
        for text in (match.group(), match.group().rstrip("十百千万亿")):
            pair = value(text) if text else None
            found |= set(pair or ())
        for digits in re.findall(r"\d+(?:\.\d+)?", match.group()):
            found.add(value(digits)[0])
    return found


def _other_digits(old: str, present: set, body: str, rng: random.Random) -> str:
    places = [i for i, c in enumerate(old) if c.isdigit()]
    for _ in range(40):
        at = rng.choice(places)
        digit = rng.choice([d for d in "123456789" if d != old[at]])
        new = old[:at] + digit + old[at + 1 :]
        if value(new)[0] not in present and new not in body:
            return new
    return ""


def _dates(title: str, body: str, rng: random.Random) -> list[Change]:
    folded, text, out = fold(title), fold(body), []
    for match in _DATE.finditer(folded):
        part = match.lastgroup
        if not re.search(rf"(?<!\d)0?{match.group()}(?!\d)", text):
            continue
        options = {"month": range(1, 13), "day": range(1, 29), "year": range(1990, 2031)}[part]
        free = [n for n in options if not re.search(rf"(?<!\d)0?{n}(?!\d)|{spell(n)}", text)]
        if free:
            out.append((*match.span(), str(rng.choice(free))))
    for old, new in _RELATIVE.items():
        at = title.find(old)
        if at >= 0 and old in body and new not in body and not _spelled_out(old, body):
            out.append((at, at + len(old), new))
    return out


def _spelled_out(word: str, body: str) -> bool:
    """Whether the body also gives such a date in figures, from which the changed word might still follow."""
    if word.endswith("季度") or "半年" in word:
        return False
    return bool(
        re.search(
            r"\d\s?[年月日号]|〇" if word.endswith("年") and len(word) == 2 else r"\d[日号]", fold(body)
        )
    )


def _names(title: str, body: str, rng: random.Random) -> list[Change]:
    out = []
    for start, end, flag in tagged(title):
        name = title[start:end]
        if flag.startswith("nr") and 2 <= len(name) <= 5 and name in body and _named(name, body):
            for _ in range(20):
                new = _foreign(rng) if flag == "nrt" else _chinese(rng)
                if new not in body and new[1:] not in body:
                    out.append((start, end, new))
                    break
    return out


def _named(name: str, body: str) -> bool:
    """Whether the tagger takes the string for a name in the body too (祝贺 in a headline is none)."""
    at = body.find(name)
    around = body[max(0, at - 20) : at + 20 + len(name)]
    return any(f.startswith("nr") and around[s:e] == name for s, e, f in tagged(around))


def _chinese(rng: random.Random) -> str:
    given = rng.sample(_GIVEN, rng.choice((1, 2, 2, 2)))
    return rng.choice(_SURNAMES) + "".join(given)


def _foreign(rng: random.Random) -> str:
    return "".join(rng.sample(_SYLLABLES, rng.choice((3, 3, 4))))


def _places(title: str, body: str, rng: random.Random) -> list[Change]:
    out = []
    for start, end, flag in tagged(title):
        name = title[start:end]
        if flag == "ns" and len(name) >= 2 and name in body:
            free = [p for p in _PLACES if p not in body and p[:2] not in body and p not in title]
            out.append((start, end, rng.choice(free)))
    return out


def _polarities(title: str, body: str, rng: random.Random) -> list[Change]:
    out = []
    for old, new in _OPPOSITE.items():
        at = title.find(old)
        if (
            at >= 0
            and old in body
            and title[at - 1 : at] not in "未不没无"
            and not _said(title, at, at + len(old), new, body)
        ):
            out.append((at, at + len(old), new))
    for start, end, _ in tagged(title):
        verb = title[start:end]
        if verb in _VERBS and verb in body and not _negated(body, verb):
            if not re.search(r"[未不没无非]$", title[:start]):
                out.append((start, end, rng.choice(("未", "不", "未能", "没有")) + verb))
    for match in re.finditer(r"(?<=[\u4e00-\u9fff])(?:未能|没有|尚未|未|不)(?=(\w\w))", title):
        if match.group() + match.group(1) in body and body.count(match.group(1)) == body.count(
            match[0] + match[1]
        ):
            if _is_verb(match.group(1)):
                out.append((match.start(), match.end() + 2, match.group(1)))
    return out


def _said(title: str, start: int, end: int, new: str, body: str) -> bool:
    """Whether the body says the turned word next to the same neighbours."""
    left, right = title[max(0, start - 2) : start], title[end : end + 2]
    return any(pair and pair in body for pair in (left + new if left else "", new + right if right else ""))


def _negated(body: str, verb: str) -> bool:
    return bool(re.search(rf"[未不没无]\w?{re.escape(verb)}|没有{re.escape(verb)}", body))


def _is_verb(word: str) -> bool:
    found = tagged(word)
    return len(found) == 1 and found[0][2] == "v"


@lru_cache(maxsize=1)
def _cutter() -> Callable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 imports pkg_resources
        import jieba
        import jieba.posseg
    jieba.setLogLevel(60)
    return jieba.posseg.lcut


def tagged(text: str) -> list[tuple[int, int, str]]:
    """``(start, end, flag)`` of every word of ``text`` by jieba."""
    out, at = [], 0
    for pair in _cutter()(text):
        out.append((at, at + len(pair.word), pair.flag))
        at += len(pair.word)
    return out


_KINDS = {"number": _numbers, "date": _dates, "name": _names, "place": _places, "polarity": _polarities}
KINDS = tuple(_KINDS)

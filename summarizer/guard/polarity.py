# ruff: noqa: E501
"""Words that turn a statement round: 增长 against 下降, 通过 against 否决, 未/不/无 before a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import fold

#: One line per axis: words of one direction against words of the other. A word may stand on several axes.
_AXES = """
增长 增加 上升 上涨 提高 提升 攀升 走高 回升 上调 上扬 飙升 反弹 大涨 暴涨 收涨 高开 走强 回暖 升至 涨至 增至 增至 新增 增幅 涨幅 升幅 递增 激增 猛增 增 涨 升 齐涨 普涨 领涨 升值 升温 扩大 加快 提速 加速 走俏 好转 改善 新高 做多 增持 加息 增收 增产 增效 更高 增多 增添 增强 升级 高涨 翻番 冲高 拉升 增速 攀高 看涨 微涨 微升 微增 上行 上浮 增发 涨停 涨价 续涨 走阔|下降 下跌 减少 降低 回落 走低 下滑 下调 下挫 跳水 暴跌 大跌 收跌 低开 走弱 降至 跌至 减至 降幅 跌幅 减幅 锐减 骤降 递减 缩减 降 跌 减 齐跌 普跌 领跌 贬值 降温 缩小 放缓 减速 趋缓 恶化 新低 做空 减持 降息 减收 减产 更低 减弱 削减 压减 减负 探底 缩水 萎缩 降级 看跌 微跌 微降 微减 下行 下浮 跌停 降价 续跌 收窄 减免
开幕 启幕 揭幕 开营 开赛|闭幕 落幕 谢幕 闭营 收官
启动 开启 开始 开工 启用 重启 实施 施行 开展 展开 开通 投产 投运 运行|停止 暂停 终止 中止 停工 停用 结束 叫停 取消 停运 停产 搁置 关停
开放 开园 开业 重开 开馆 恢复开放|关闭 封闭 闭园 停业 歇业 闭馆 关停 打烊
成功 顺利|失败 失利 受挫 未遂 流产
通过 获批 批准 核准|否决 驳回 未获通过 退回
支持 赞成 拥护 赞同 力挺|反对 抵制 抗议 谴责
同意 答应 接受|拒绝 回绝 婉拒 反对
允许 准许 许可 可以 放行|禁止 严禁 不得 不准 禁 叫停
解除 取消 撤销 解禁|实施 实行 设立 颁布 保留
战胜 击败 取胜 获胜 大胜 险胜 完胜 胜 力克 横扫 逆转 取得胜利 轻取 擒 赢得 赢|不敌 负于 惨败 告负 败给 败北 落败 惜败 输给 完败 负 输
盈利 获利 扭亏 净赚 赚|亏损 净亏 巨亏 赔 亏
顺差|逆差
恢复 复工 复产 复课 重启 复飞 复航|中断 停工 停产 停课 暂停 停飞 停航 瘫痪 断电 停电 停水 断水 停气 断网
加强 增强 强化 严控 从严|减弱 削弱 弱化
放宽 放松 宽松|收紧 从紧 严格
买入 增持 买进 购入|卖出 减持 抛售 出售
进口|出口
入境 进入|出境 退出 离开
加入 参加|退出 脱离 缺席
晋级 入围 挺进 出线|出局 淘汰 无缘 止步
当选 连任 上任 就任 任命 履新|落选 卸任 辞职 免职 离任 去职 罢免
承认 证实 确认|否认 辟谣 不实
合法 合规|非法 违法 违规
有罪|无罪
有效|无效 失效
有望 可能|无望 不可能
提前|推迟 延期 延迟 延后
签署 签订 达成 缔结|撕毁 废除
最高|最低
最大|最小
最多|最少
最强|最弱
最快|最慢
最好|最差
最早|最晚
高于 超过 超 大于 逾 突破 优于|低于 不足 不到 小于 不及
乐观 利好|悲观 利空
优势 领先|劣势 落后
供过于求 过剩|供不应求 短缺 紧缺
阳性|阴性
扩招|缩招
扩编|裁员
扩张|收缩
上市|退市
获得 夺得 荣获 摘得 夺|失去 丢掉 痛失
缓解 缓和|加剧 恶化
公开|保密
生还 获救 幸存|遇难 死亡 身亡 罹难 丧生
治愈 出院 康复|死亡 病亡 病逝
"""
NEGATORS = ("尚未", "并未", "从未", "未能", "没有", "不能", "不会", "不再", "不得", "不予", "无法", "不可", "不准", "不许",
             "未", "没", "不", "无", "勿", "拒", "难以", "很难", "难于", "拒不", "绝不", "决不", "并非", "不应", "不要", "不必")  # fmt: skip
#: Words that keep from happening, deny or end what follows them: 取消零售 is 不零售.
PREVENT = (
    "严禁 禁止 防止 谨防 严防 避免 杜绝 拒绝 否认 停止 暂停 取消 叫停 终止 中断 放弃 反对 不让 不是"
).split()
#: Words that begin with a negator and negate nothing that follows.
LEXICAL = re.compile(
    r"不(?:安(?!排|装|置)|锈钢|动产|确定|规则|平凡|平衡|过如此|[断仅但少同久只论管过妨愧懈朽锈料慎法良惜如禁已忘止一满便幸足利易凡独畏等明服容敌到及]|实(?!施|行|现)|解(?![除决禁答释雇散约]))"
    r"|无(?:障碍|底线|缘|症状|抵押|接触|党派|锡市|[人线锡疑数限私偿缝论穷极轨忧惧悔纸土辜为比愧声形房烟废界痛创菌码双车罪效望糖核名一证照家知奈聊情需理敌从暇须])"
    r"|不得[不已]|未(?:成年|[来知必婚央名了雨尝])|没(?:收|落|事|完|人)|拒(?:绝|不|签)|难以(?:置信|忘怀)|勿忘"
)
_AXIS_OF: dict[str, list[tuple[int, int]]] = {}
for _i, _line in enumerate(_AXES.split("\n")):
    for _sign, _side in zip((1, -1), _line.split("|"), strict=False):
        for _word in _side.split():
            if (_i, _sign) not in _AXIS_OF.setdefault(_word, []):
                _AXIS_OF[_word].append((_i, _sign))
#: Single characters are too often parts of other words to be claims; they only serve as support.
STRONG = frozenset(w for w in _AXIS_OF if len(w) > 1)
#: Words that hold a polar word and turn nothing.
_NEUTRAL = (
    "标普 反对党 反对派 出入境 进出口 加速度 转型升级 升级版 增长点 增长极 升降 涨跌 增减 胜负 盈亏 最高法 最高检 最高人民 负责 负担 赢家 取胜之道 不减 有增无减 "
    "接受采访 接受记者 接受媒体 接受专访 接受本报 接受治疗 接受救治 接受检查 接受审查 接受调查 接受训练 接受教育"
).split()
_WORD = re.compile("|".join(sorted(map(re.escape, [*_AXIS_OF, *_NEUTRAL]), key=len, reverse=True)))
#: 想象不到, 看不到: not a measure.
_UNREACHED = re.compile(r"[想象料看听得遇找做见猜感等办碰拿吃买查达]$")
#: 可能永远无法回家
_MAY_NOT = re.compile(r"[^，。；！？,;!?]{0,4}?(?:无法|不[^仅但断]|没有|难以)")
_ENDS = frozenset("结束 闭幕 落幕 收官".split())
_UNTIL = re.compile(r"(?:至|到)[^，。；！？]{1,12}$")
_CONSENT = frozenset("同意 支持 赞成 赞同".split())
_ZERO = re.compile(r"[^\W\d]{0,16}?(?<![\d.])(?:0|零)(?![\d.])[例人起]")  # 新增0例 is no increase
_NEG = re.compile(
    r"(?<![裁判否议表])(?:决不|绝不)|"
    + "|".join(sorted(set(NEGATORS) - {"决不", "绝不"}, key=len, reverse=True))
)
_SUNK = re.compile("[沉淹出吞埋覆隐湮泯]没$")  # 沉没|客轮
_NONE = re.compile(r"无[^，。；！？\d]{0,7}$")  # 无新冠肺炎|新增病例
#: 不要按惯例对外公布, 不会因此而错过: a negator before a preposition denies the verb behind its phrase.
_OVER_PHRASE = re.compile(
    r"(?:不会?|不要|[决绝]不会?|不能|不应|没有|无法|未)(?:就|因|按|对|向|把|将|与|同|跟|在|为|以|用)[^，。；！？,;!?]{1,28}$"
)
#: 不能真正覆盖全民，就谈不上公平
CONDITION = re.compile(r"[^，。；！？,;!?]{0,12}[，,][^，。；！？,;!?]{0,4}(?:就|便)(?:谈不上|没有|不|无)")
_NEG_BEFORE = re.compile(
    rf"(?:{_NEG.pattern})(?:被|获|能|再|予|获得|有所|出现|曾|可|见|有|明显|大幅|发现|完全|全部|全面|及时|正式|真正|一度|"
    r"按时|继续|进一步|立即|直接|得到|实现|宣布|有|会|想|愿|敢)?$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A polar word: ``source[start:end]`` is ``word``; ``axes`` hold ``(axis, sign)``, turned if ``negated``."""

    word: str
    start: int
    end: int
    axes: tuple[tuple[int, int], ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator at ``[start, end)``; ``verb`` is the text right after it (at most four characters)."""

    word: str
    start: int
    end: int
    verb: str


def marks(text: str) -> tuple[Mark, ...]:
    """Polar words in order, longest match first."""
    folded = fold(text)
    out = []
    for match in _WORD.finditer(folded):
        if match.group() not in _AXIS_OF or (
            match.group() == "不到" and _UNREACHED.search(folded, 0, match.start())
        ):
            continue
        if match.group() == "可能" and _MAY_NOT.match(folded, match.end()):
            continue
        negated = is_negated(folded, match.start()) or bool(_ZERO.match(folded, match.end()))
        if match.group() in _CONSENT and folded[match.end() : match.end() + 1] == "不":
            negated = not negated  # 同意不再续签
        axes = tuple((axis, -sign if negated else sign) for axis, sign in _AXIS_OF[match.group()])
        out.append(Mark(match.group(), match.start(), match.end(), axes, negated))
    return tuple(out)


def foretold(folded: str, mark: Mark) -> bool:
    """12日启动，至20日结束: that it will end on a day does not speak against its beginning."""
    return mark.word in _ENDS and bool(_UNTIL.search(folded, max(0, mark.start - 14), mark.start))


def is_negated(folded: str, start: int, gap: int = 0) -> bool:
    """Whether a negator (not one that is part of another word, as in 不断) negates what begins at ``start``.

    Between them may stand an adverb or helper (未获, 不会), or any ``gap`` characters (无法出场比赛).
    """
    before = _NEG_BEFORE.search(folded, max(0, start - 5), start)
    if not before and gap:
        low = max(0, start - gap - 2)
        before = re.search(rf"(?:{_NEG.pattern})\w{{0,{gap}}}$", folded[low:start])
        return bool(before) and not LEXICAL.match(folded, low + before.start())
    return bool(before) and not (LEXICAL.match(folded, before.start()) or asks(folded, before.start()))


def denied_before(folded: str, start: int) -> bool:
    """Whether a negator farther off denies what begins at ``start``: 无…|病例, 不会因此而|错过."""
    return bool(
        _NONE.search(folded, max(0, start - 8), start)
        or _OVER_PHRASE.search(folded, max(0, start - 34), start)
    )


def asks(folded: str, at: int) -> bool:
    """放不放心, 是不是: a verb said twice around the negator at ``at`` asks and does not deny."""
    return at > 0 and folded[at] in "不没" and folded[at - 1] == folded[at + 1 : at + 2] != "暂"


def negations(text: str) -> tuple[Negation, ...]:
    """Negators in order with what they negate; 不断, 未来, 无人机 and their like are left out."""
    folded = fold(text)
    out, at = [], 0
    while found := _NEG.search(folded, at):
        lexical = LEXICAL.match(folded, found.start()) or _SUNK.search(folded, 0, found.end())
        at = lexical.end() if lexical else found.end()
        if not lexical:
            verb = re.match(r"\w{0,4}", folded[found.end() :]).group()
            out.append(Negation(found.group(), found.start(), found.end(), verb))
    return tuple(out)

"""Whether a short line can stand alone: begun and ended where the report's own phrases begin and end.

A title cut out of a phrase reads well and says another thing (会见云溪市市长 for 会见云溪市市长特别顾问). What follows
its last words in the report, and what stands before its first, tells a whole phrase from a torn one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from ..chars import is_han, occurrences
from .breaks import NO_START
from .lost import lost
from .unfinished import circumstance, unfinished
from .words import tag, units

# Openings that lean on something said before, or begin a circumstance that the line does not finish.
_TIED = re.compile(
    r"^(?:但|而|也|并|又|则|其中|其|该|这|那|此|他|她|它|以及|同时|此外|另外|因此|所以|如果|只要|就|才|更|还|对此|之所以|同比|环比|累计(?!确诊)|"
    r"再[比加次]|比如|例如|特别是|尤其|因为|定能|必将|终将|一是|二是|三是|首先|其次|最后|随后|接着|于是|不过|然而|虽然|尽管|由于|当|比(?!亚迪|利时|赛)|"
    r"较|据|称|被|将(?!军|领)|地(?![铁震方区球])|个|名|位|来自|打着|看到|认为|表示|说|为此|"
    r"使得?(?=[^用馆命团者节])|让人|无论|不论|不管|每当|正当|就是|不仅|不但|既|一方面|与此|以此|从而|进而|即)"
)
_LAST = frozenset(
    (
        "的 地 得 对 将 把 被 在 从 与 和 及 以及 等 原 第 已 拟 向 为 于 由 "
        "或 之 是 有 让 使 到 以 所 其 该 这 那 成为 作为 包括 关于 按照 根据 "
        "通过 围绕 针对 如果 但 而 并 也 还 都 就 又 再 最 更 很 不 没 未 无 可 "
        "会 能 要 应 须 需 正 曾 共 均 约 近 超 达 达到 一 个 各 每 多 称 说 "
        "表示 指出 认为 强调 介绍 要求 获悉 记者 时 中 开始 进行 予以 给予 加以 实现 "
        "推动 促进 提升 加强 推进 完善 深化 坚持 打造 明确 引发 导致 位于 来自 前来 "
        "首次 正式 希望 呼吁 决定 宣布 披露 通报 显示 提醒 透露 建议 预计 有望 计划 "
        "拒绝 否认 禁止 反对 涉嫌 可以 能够 需要 应当 必须 没有 不是 就是 还是 其中 "
        "后 之后 以来 前来 受益 会见 会晤 包括 此次 同比 环比 累计 终于 一起 共同 分别 进一步 不断 持续 有效"
        " 真正 已经 正在 逐步 再次 依然 仍然 更加"
    ).split()
)
# After one of these a person's name may be left out: 会见云溪市市长（章明远）.
_POST = re.compile(
    r"(?:长|书记|主席|总理|总统|首相|大臣|顾问|记者|教授|院士|主任|总裁|经理|代表|特使|大使|董事|司令|主教练|队员|选手|"
    r"演员|导演|作家|医生|护士|教师|民警|干部|先生|女士|同志|发言人|负责人|创始人)$"
)
_CLOSED = re.compile(r"[，。；：！？、,.;:!?\s”’」』）)》（(《｜|…—]|$")
# Verbs of headlines that jieba's dictionary has as nouns, prepositions or not at all.
_VERBS = frozenset(
    (
        "会见 通过 亮相 战胜 助力 锚定 共话 共商 共谋 共建 共享 印发 刊发 签发 致电 "
        "会谈 通车 开赛 夺冠 上线 揭牌 揭晓 致信 致辞 出台 落地 落户 入选 获评 获批 "
        "上调 下调 上市 面世 问世 登陆 开园 开馆 开市 开展 开建 复工 复学 复产 停运 "
        "停课 停航 合龙 贯通 投产 投运 首飞 首发 首映 挂牌 领跑 领衔 赋能 破题 提速 "
        "提质 增效 增收 惠及 惠泽 护航 点亮 解锁 聚焦 直击 探访 走访 调研 考察 慰问 "
        "座谈 约谈 立案 被查 落网 抵达 抵港 抵京 驰援 返校 就位 告捷 卫冕 晋级 出线 "
        "再添 再获 再夺 热映 通电话 通话 致函 互致 宣介 启程 "
        "摘金 摘银 夺金 加盟 续约 扭亏 转正 跌破 突破 超 达 涨 跌 降 增 为 有 无"
    ).split()
)
# What these words say of the words after them can't be left out: 否认涨价 is not 涨价.
_HELD = frozenset(
    (
        "第 不 未 没 无 非 没有 拟 否认 取消 拒绝 停止 禁止 反对 呼吁 要求 建议 "
        "希望 预计 有望 可能 涉嫌 计划 据称 或 疑 未能 防止 避免"
    ).split()
)
# Half of a condition, or a speaker's own words without the speaker.
_HALF = re.compile(r"如果|假如|倘若|一旦|只要|虽然|尽管|当.{2,}时$|若能")
_SELF = re.compile(r"(?<!自)我(?![国省市县区校军院党队])|咱|你(?!好)|您")
# Before a post these make another post of it: 总统 is not 总统特别顾问.
_TITLES = frozenset("特别 副 首席 常务 候任 特使 夫人 代表".split())
_FORMER = re.compile(r"[前原](?:首相|总统|主席|总理|市长|书记|省长|部长|局长|主任|校长|队长|总裁|董事)")
_OPENERS = frozenset(
    (
        "为 以 在 从 受 经 旨在 让 对 向 把 是 有 要 应 须 呈 作为 "
        "正在 已 已经 由 使 与 和 可 能 不 没有 不是 如何 怎样"
    ).split()
)
# Verbs that need no object after them: what follows in the report is another statement.
_DONE = frozenset(
    (
        "成立 开幕 闭幕 举行 召开 启动 通车 开通 揭牌 揭幕 上线 落成 竣工 完工 开工 "
        "投产 结束 开始 出现 亮相 上市 获奖 去世 逝世"
    ).split()
)
_MANNER = frozenset("实地 携手 全力 奋力 合力 联合 联手 全面 深入".split())
_ENCLOSED = re.compile(r"《[^《》]{6,60}》|“[^“”]{10,}”")
# Words that are noun and verb, the former where another noun stands before them.
_BOTH = frozenset(
    "组织 投入 工作 活动 建设 合作 服务 管理 研究 报告 计划 规划 安排 支持 保障 保护 改革 发展 开发 贸易 投资".split()
)
_RUN = 24  # characters of a title's start or end that are looked for in the report
_COMPOUND = 2  # times that two words stand together in a report to be one name (企业登记)
_PLACES = 6  # places of a run that are looked at


def torn(text: str, body: str) -> str:
    """Why ``text`` can't stand alone as a line, or ``""``: leaning, hanging, or torn out of a phrase of ``body``.

    A line without words is torn. Looks at the first and last few words only, at six places of ``body`` at most.
    """
    spans = units(text)
    if not spans or not any(map(is_han, text)):
        return "没有词 / no words"
    first, last = text[slice(*spans[0])], text[slice(*spans[-1])]
    if not (text[0].isalnum() or text[0] in "“‘《（【〈「"):
        return f"以“{text[0]}”开头 / starts with {text[0]}"
    if _TIED.match(text) or text.startswith(NO_START):
        return f"以“{first}”开头，靠着上文 / leans on what was said before"
    if last in _LAST or tag(last)[:1] in "pcu" or (last[0] == "最" and len(last) == 2):
        return f"以“{last}”结尾，话没说完 / hangs at its end"
    if unfinished(text) or (rest := circumstance(text)) and verbless(rest):
        return f"“{text}”话没说完 / what it begins is not finished"
    if lacking := lost(text, body):
        return lacking
    if enclosing := next((m.group() for m in _ENCLOSED.finditer(body) if text in m.group()), ""):
        return f"出自“{enclosing[:12]}”，不是报道自己的话 / taken out of a quotation or title"
    if tail := _torn_end(text, spans, body):
        return f"“{last}{tail}”被截断 / torn before {tail}"
    if lead := _torn_start(text, spans, body):
        return f"“{lead}{first}”被截断 / torn after {lead}"
    return ""


def verbless(text: str) -> bool:
    """True where no word of ``text`` can be its verb: a name of something, not a statement.

    Words that are verb and noun (发展, 增长) count where they end the line or stand before a figure.
    """
    words = [text[a:b] for a, b in units(text)]
    for word, after in pairwise([*words, ""]):
        kind = tag(word)
        acts = kind.startswith("v") and (kind != "vn" or not after or after[0].isdigit() or after[0] in " ，")
        if acts or word in _VERBS:
            return False
    return True


def bare(text: str) -> bool:
    """True where ``text`` opens with a verb or a preposition, so that who does it is not said."""
    words = [text[a:b] for a, b in units(text)[:2]]
    first = words[0] if words else ""
    if first in _OPENERS or (tag(first) == "d" or first in _MANNER) and len(words) > 1 and _verb(words[1]):
        return True
    return (
        len(first) > 1
        and tag(first) in ("v", "vd")
        and first not in ("通过",)
        or first in _VERBS - {"有", "无"}
    )


def unspoken(text: str) -> bool:
    """True where the reader can't tell who speaks: 我 without a speaker, a quotation alone, half a condition."""
    speaker, mark, said = text.rpartition("：")
    if not mark and (_SELF.search(text) or text[:1] in "“「" and text[-1:] in "”」"):
        return True
    return bool(_HALF.search(re.split("[ ，；]", said)[-1]))


def _verb(word: str) -> bool:
    return tag(word) in ("v", "vd") or word in _VERBS


def _torn_end(text: str, spans: tuple[tuple[int, int], ...], body: str) -> str:
    """The word that every place of the report goes on with, "" where one of them ends there."""
    last = text[slice(*spans[-1])]
    found = ""
    for place in _places(text, [start for start, _ in spans if len(text) - start <= _RUN], body):
        after = body[place : place + 12]
        if tag(last) in ("v", "i", "l") and after[:1] in ("“", "《"):  # 平台上线|“一键报修”: its object
            found = after[0]
            continue
        if _CLOSED.match(after):
            return ""
        if inside := _inside(body, place):
            found = inside
            continue
        word = next((after[a:b] for a, b in units(after)), "")
        if not _goes_on(last, word, after) and body.count(last + word) < _COMPOUND:
            return ""
        found = word
    return found


def _inside(body: str, place: int) -> str:
    """The word of ``body`` that ``place`` falls into, "" between two words."""
    start = max(0, place - 12)
    window = body[start : place + 8]
    return next((window[a:b] for a, b in units(window) if a < place - start < b), "")


def _places(text: str, starts: list[int], body: str) -> Iterator[int]:
    """Where the longest end of ``text`` that ``body`` holds ends in it; nothing for less than two characters."""
    for start in starts:
        run = text[start:]
        if (len(run) > 1 or is_han(run)) and run in body:
            yield from (at + len(run) for at in islice(occurrences(body, run), _PLACES))
            return


def _goes_on(last: str, word: str, after: str) -> bool:
    """True where ``word`` belongs to the phrase that ``last`` stands in."""
    kind, own = tag(word), tag(last)
    if word in ("并", "并且", "而", "后", "以及"):
        return False
    if word in _BOTH and own[:1] == "n" and not own.startswith(("nr", "ns")):
        return True
    if word in ("的", "之") or word in _TITLES or _FORMER.match(after):
        return True
    if last in _DONE:
        return kind[:1] in "nxm"
    if own.startswith("v"):
        return kind[:1] not in "pcdf" and word not in ("时", "后", "前", "了", "过", "以来")
    if kind.startswith(("nr", "x")) and _POST.search(last):
        return False
    if kind[:1] == "v":
        if own[:1] == "a":
            return True
        return kind == "vn" and own[:1] in "nxj" and not own.startswith(("nr", "ns"))
    return kind[:1] in "nxjlb" and kind != "ns" and own[:1] in "nxjabmst"


def _torn_start(text: str, spans: tuple[tuple[int, int], ...], body: str) -> str:
    """The word that every place of the report has before the first words, if they belong together."""
    first = text[slice(*spans[0])]
    found = ""
    for end in [end for _, end in reversed(spans) if end <= _RUN]:
        run = text[:end]
        if len(run) < 2 or run not in body:
            continue
        for place in islice(occurrences(body, run), _PLACES):
            before = body[max(0, place - 8) : place]
            if not before or _CLOSED.match(before[-1]) or before[-1] in "“‘《（(【":
                return ""
            inside = _inside(body, place)
            word = inside or before[slice(*units(before)[-1])]
            if word not in _HELD and not inside and not _belongs(word, first):
                return ""
            found = word
        break
    return found


def _belongs(word: str, first: str) -> bool:
    """True where ``word`` is a part of the name or number that ``first`` goes on with."""
    if word[-1].isdigit():
        return True
    if _POST.search(word) and first not in _TITLES and tag(first)[:2] not in ("n", "vn"):
        return False  # 总理|韩明远
    own, kind = tag(first), tag(word)
    return own[:1] in "nxjl" and not own.startswith("nr") and kind[:1] in "nxj" and kind[:2] not in ("nr",)

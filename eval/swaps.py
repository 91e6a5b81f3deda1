# ruff: noqa: E501
"""Headlines turned wrong with true pieces: a figure of the body at another figure's place, or two names exchanged.

``figure`` puts another figure of the body, with the same unit, in the place of the headline's own. The change is
false by the body's words: the word beside the headline's figure stands in the body beside that figure, and in no
clause of the figure put in its place. ``roles`` exchanges the names before and behind a verb with a direction (战胜,
访问, 起诉): a sentence of the body has both names and the verb in the headline's order, none has them turned.
"""

from __future__ import annotations

import random
import re

from summarizer.guard import dates, numbers
from summarizer.guard.numbers import Quantity
from summarizer.guard.text import fold

from .corrupt import Corruption, tagged

KINDS = ("figure", "roles")
#: Verbs whose subject and object can't change places. Meeting and talking (会谈, 携手) are left out: they go both ways.
VERBS = (
    "战胜 击败 大胜 险胜 完胜 力克 横扫 轻取 不敌 负于 惜败 惨败 输给 败给 淘汰 逆转 绝杀 访问 到访 考察 起诉 状告 指控 收购 入股 注资 控股 "
    "谴责 批评 指责 抨击 抗议 制裁 援助 支援 捐赠 感谢 祝贺 袭击 打击 空袭 击落 击毙 拘捕 逮捕 遣返 驱逐 警告 威胁 敦促 邀请 "
    "任命 提名 接替 取代 领先 反超 超越 赶超 签下 加盟 租借 赞助 培训 督察 约谈 处罚 罚款 通报 曝光 举报 投诉 救助 救起 胜 负"
).split()
_VERB = re.compile("|".join([*sorted(VERBS, key=len, reverse=True), r"\\d{1,3}[-:：比]\\d{1,3}"]))
_NAMES = ("nr", "ns", "nt")
#: Between subject and verb: these begin another clause, join a second subject or turn the sentence round.
_LOOSE = re.compile(r"[，。！？；、：,!?;:和与同及跟\s被遭称说-]")
_CLAUSE = re.compile(r"[，。！？；：、,!?;:\s]")
_BEFORE = re.compile(
    r"([\u4e00-\u9fff]{2}?)(?:达到?|为|至|到|了|近|超过?|约|逾|共|有|已|将|累计|同比|环比|\s){0,3}$"
)
_AFTER = re.compile(r"(?:的|因|被)?([\u4e00-\u9fff]{2})")


def swap(title: str, body: str, kind: str, rng: random.Random) -> Corruption | None:
    """One exchange of ``kind`` in ``title``: ``(text, span of the change, kind)``; None where there is none.

    The same ``rng`` state gives the same exchange. Raises KeyError for an unknown kind.
    """
    changes = {"figure": _figures, "roles": _roles}[kind](title, body)
    if not changes:
        return None
    start, end, new = rng.choice(changes)
    return title[:start] + new + title[end:], (start, start + len(new)), kind


def _figures(title: str, body: str) -> list[tuple[int, int, str]]:
    said, figures, out = _read(title), _read(body), []
    text, wide = fold(body), fold(title)
    for claim in said:
        equal = [q for q in figures if _alike(q, claim) and q.low == claim.low]
        words = _beside(wide, claim)
        tied = [w for w in words if equal and any(w in _beside(text, q) for q in equal)]
        for other in figures:
            if not tied or not _alike(other, claim) or any(q.low == other.low for q in said):
                continue
            if other.low != other.high or other.low == claim.low:
                continue
            same = [q for q in figures if q.low == other.low and _alike(q, other)]
            if all(not _tied(text, q, w) for q in same for w in tied):
                out.append((claim.start, claim.end, other.text))
    return out


def _read(text: str) -> tuple[Quantity, ...]:
    """The figures of a text that are no dates."""
    return numbers.parse(text, [(m.start, m.end) for m in dates.parse(text)])


def _alike(a: Quantity, b: Quantity) -> bool:
    return bool(a.unit.name) and a.unit.name == b.unit.name and a.kind == b.kind != "ordinal"


def _beside(folded: str, quantity: Quantity) -> list[str]:
    """The two Han characters before a figure, past 达, 约 and the like, and the two behind it."""
    before = _BEFORE.search(folded, max(0, quantity.start - 10), quantity.start)
    after = _AFTER.match(folded, quantity.end)
    return [m.group(1) for m in (before, after) if m]


def _tied(folded: str, quantity: Quantity, word: str) -> bool:
    """Whether the word stands in the clause of the figure."""
    low = max((m.end() for m in _CLAUSE.finditer(folded, 0, quantity.start)), default=0)
    stop = _CLAUSE.search(folded, quantity.end)
    return word in folded[low : stop.start() if stop else len(folded)]


def _roles(title: str, body: str) -> list[tuple[int, int, str]]:
    verbs = list(_VERB.finditer(title))
    words = tagged(title) if verbs else []
    names = [(s, e) for s, e, f in words if f[:2] in _NAMES and e - s >= 2]
    longer = {s for s, _, f in words if f[:2] in _NAMES or f in ("x", "nz", "j")} - {
        s for s, _, _ in words if not title[s].isalnum()
    }
    out = []
    for verb in verbs:
        left = [
            n
            for n in names
            if n[1] <= verb.start() <= n[1] + 6 and _opens(title, n[0]) and n[1] not in longer
        ]
        right = [n for n in names if n[0] == verb.end() and title[n[1] : n[1] + 1] not in ("-", "·", "•")]
        right = [n for n in right if n[1] not in longer]  # 访问|哥伦比亚|安第斯…: only the head of a name
        if not left or not right:
            continue
        (a, b), (c, d) = left[-1], right[0]
        one, two = title[a:b], title[c:d]
        if _LOOSE.search(title[b : verb.start()]) or one in two or two in one:
            continue
        if _ordered(body, one, verb.group(), two) and not _ordered(body, two, verb.group(), one):
            out.append((a, d, two + title[b:c] + one))
    return out


def _opens(title: str, at: int) -> bool:
    """Whether a clause begins at ``at``, so that the name is no part of a longer one."""
    return at == 0 or not (title[at - 1].isalnum() or title[at - 1] in "-·•、")


def _ordered(body: str, one: str, verb: str, two: str) -> bool:
    pattern = (
        rf"{re.escape(one)}[^。！？；\n]{{0,30}}?{re.escape(verb)}[^。！？；\n]{{0,12}}?{re.escape(two)}"
    )
    return re.search(pattern, body) is not None

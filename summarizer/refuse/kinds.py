"""What a body must be for a headline: long enough, prose, Chinese, one story.

Thresholds were set on development articles so that fewer than 1 in 100 is refused (docs/forms.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..chars import HAN_CLASS
from .fragments import broken, fragments, lines_of, repeated
from .stories import second_story

MIN_CHARS = 30
MIN_HAN_SHARE = 0.5
MAX_KANA_SHARE = 0.08
MIN_LETTER_SHARE = 0.4
MAX_ROW_SHARE = 0.6
MIN_NAMES = 10
MAX_NAME_SHARE = 0.6
MAX_FRAGMENTS = 0.8
MAX_REPEATED = 0.6
MAX_BROKEN = 0.2

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")
_HAN = re.compile(f"[{HAN_CLASS}]")
# A Latin or Cyrillic word counts as two letters: one Chinese word takes about two characters.
_FOREIGN_WORD = re.compile(r"[^\W\d_\u3041-\u30fa\u3400-\u9fff\uac00-\ud7a3]+")
_TRADITIONAL = frozenset(
    "國說這個們來時會對學發後經過還與從見長門問開關機車東書電話語請讓認識當樣應無為愛親難題聽買賣錢銀錄進運動員參觀點"
    "業產藝術聲勢顯眾義務實現環境變體營運輸壓縣鄉鎮區衛醫療藥檢驗證據處罰條約設計劃歲歷曆臺灣廣場園團圓"
)
_SIMPLIFIED = (
    frozenset(
        "国说这个们来时会对学发后经过还与从见长门问开关机车东书电话语请让认识当样应无为爱亲难题听买卖钱银录进运动员参观点"
        "业产艺术声势显众义务实现环境变体营运输压县乡镇区卫医疗药检验证据处罚条约设计划岁历台湾广场园团圆"
    )
    - _TRADITIONAL
)
_CELL = re.compile(r"\t+| {2,}|　+|\s*[|｜]\s*|(?<=\d)[,，、\s](?=\d)|(?<=[^\s]) (?=[-+]?\d)")
_SENTENCE_MARK = re.compile(r"[。！？；]|，(?!\d)")
_SEPARATOR = re.compile(r"[\s、，,；;]+")
_NAME = re.compile(
    r"(?:欧阳|司马|上官|诸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    r"崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤章温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂"
    r"章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农])"
    r"(?:[\u4e00-\u9fff]{1,2}|[ 　][\u4e00-\u9fff])(?:[（(].{1,8}[）)])?"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a body is refused. ``measured`` is the value that crossed its limit.

    ``stops`` is false for a remark that hinders nothing (Traditional characters, a second story without
    a dateline of its own). ``at`` is the code point where the second story begins (kind ``stories``).
    """

    kind: str  # short, symbols, broken, language, table, names, repeated, lines, stories, traditional
    message: str
    measured: float
    stops: bool = True
    at: int | None = None


def refusals(body: str) -> tuple[Refusal, ...]:
    """Every reason against writing a headline for ``body``, most basic first; empty for ordinary prose.

    An empty body is too short. Linear time. Raises nothing.
    """
    found = _first(body, (_table, _symbols, _short, _broken, _language))
    if found:
        return found
    found = _first(body, (_names, _repeated, _fragments, _stories))
    return found + _first(body, (_traditional,))


def _first(body: str, rules: tuple[Callable[[str], Refusal | None], ...]) -> tuple[Refusal, ...]:
    """The first rule that fires: a text of digits is not also “too short” and “not Chinese”."""
    return next(((found,) for rule in rules if (found := rule(body))), ())


def _letters(body: str) -> int:
    """Letters: each Han, kana or hangul character one, each word of another script two."""
    marked = len(_HAN.findall(body)) + len(_KANA.findall(body)) + len(_HANGUL.findall(body))
    return marked + 2 * len(_FOREIGN_WORD.findall(body))


def _symbols(body: str) -> Refusal | None:
    size = sum(not char.isspace() for char in body)
    if size < 2:
        return None
    symbols = sum(not char.isalpha() for char in body if not char.isspace())
    share = 1 - symbols / size
    if share >= MIN_LETTER_SHARE or (size < MIN_CHARS and share > 0):
        return None
    message = (
        f"几乎只有数字和标点：文字只占 {share:.0%}。请粘贴成句的正文 / digits and marks, hardly any words"
    )
    return Refusal("symbols", message, share)


def _short(body: str) -> Refusal | None:
    size = _letters(body) + sum(char.isdigit() for char in body) // 2
    if size >= MIN_CHARS:
        return None
    message = (
        f"正文太短：只有 {size} 字，至少要 {MIN_CHARS} 字 / too short: {size} characters, {MIN_CHARS} needed"
    )
    return Refusal("short", message, size)


def _language(body: str) -> Refusal | None:
    letters = _letters(body)
    kana, hangul = len(_KANA.findall(body)), len(_HANGUL.findall(body))
    han = len(_HAN.findall(body))
    if kana > MAX_KANA_SHARE * (han + kana) and kana >= 5:
        return _foreign("日文", "Japanese", kana / (han + kana), "假名")
    if hangul > 0.1 * letters:
        return _foreign("韩文", "Korean", hangul / letters, "谚文")
    if han < MIN_HAN_SHARE * letters:
        share = 1 - han / letters
        return _foreign("外文", "not Chinese", share, "非汉字词")
    return None


def _foreign(chinese: str, english: str, share: float, what: str) -> Refusal:
    message = f"正文像是{chinese}（{what}占 {share:.0%}），本工具只写中文标题 / looks {english}; Chinese only"
    return Refusal("language", message, share)


def _table(body: str) -> Refusal | None:
    """Rows have three cells or more and no sentence marks; digits in every row speak for a table too."""
    lines = lines_of(body)
    rows = [line for line in lines if len(_CELL.split(line)) >= 3 and not _SENTENCE_MARK.search(line)]
    share = sum(map(len, rows)) / max(1, sum(map(len, lines)))
    if len(rows) < 3 or share < MAX_ROW_SHARE:
        return None
    message = f"正文像是表格：{len(rows)} 行分栏，占 {share:.0%}。请只粘贴文字报道 / looks like a table"
    return Refusal("table", message, share)


def _names(body: str) -> Refusal | None:
    pieces = [piece for piece in _SEPARATOR.split(re.sub(r"[。：:]", " ", body)) if piece]
    names = [piece for piece in pieces if _NAME.fullmatch(piece)]
    share = sum(map(len, names)) / max(1, sum(map(len, pieces)))
    if len(names) < MIN_NAMES or share < MAX_NAME_SHARE:
        return None
    message = (
        f"正文像是名单：{len(names)} 个姓名，占 {share:.0%}。请粘贴成句的正文 / looks like a list of names"
    )
    return Refusal("names", message, share)


def _from(kind: str, share: float, limit: float, message: str) -> Refusal | None:
    """A refusal where ``share`` reaches ``limit``; ``message`` says it at ``{share}``."""
    return Refusal(kind, message.format(share=f"{share:.0%}"), share) if share >= limit else None


def _broken(body: str) -> Refusal | None:
    message = "正文是乱码（占 {share}），请换编码重新打开 / broken encoding; open it with another"
    return _from("broken", broken(body), MAX_BROKEN, message)


def _repeated(body: str) -> Refusal | None:
    message = "同一句话反复出现（占 {share}）/ one sentence over and over"
    return _from("repeated", repeated(body), MAX_REPEATED, message)


def _fragments(body: str) -> Refusal | None:
    message = (
        "正文是分行的短句（{share} 的行没有句末标点）：诗歌、菜谱、启事或清单写不出新闻标题 / "
        "short lines without sentences: verse, a recipe, notices or a listing"
    )
    return _from("lines", fragments(body), MAX_FRAGMENTS, message)


def _stories(body: str) -> Refusal | None:
    """A new dateline and new words refuse; new words alone only warn, for a feature may change its scene."""
    found = second_story(body)
    if found is None:
        return None
    start = re.sub(r"\s+", "", body[found.at : found.at + 30])[:14]
    why = f"与前文用词相似度仅 {found.cohesion:.2f}" + ("，且另起电头" if found.cued else "")
    message = f"正文像有不止一篇报道：第二篇似从“{start}”开始（{why}），请分开提交 / more than one story"
    return Refusal("stories", message, found.cohesion, stops=found.cued, at=found.at)


def _traditional(body: str) -> Refusal | None:
    old, new = sum(c in _TRADITIONAL for c in body), sum(c in _SIMPLIFIED for c in body)
    if old < 5 or old < 3 * new:
        return None
    share = old / (old + new)
    message = f"正文是繁体（{share:.0%}），标题沿用原文字形，质量可能较低 / Traditional characters: accepted"
    return Refusal("traditional", message, share, stops=False)

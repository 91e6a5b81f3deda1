"""What may not be cut: words, numbers with their units, Latin runs, names, short quotations and titles.

``units(text)`` covers the text with spans; a line may break, and a compression may cut, only between
two of them. Words are jieba's, from a copy of its dictionary of our own: none of the caller's words change
them, and nothing of jieba has to be loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from ..chars import is_han, occurrences
from ..types import Span
from .lexicon import Lexicon
from .segment import Segmenter

_UNIT = (
    "个百分点|百分点|平方公里|平方千米|平方米|立方米|公里|千米|公斤|千克|公顷|千瓦时|万千瓦|摄氏度|小时|分钟|季度|周年|周岁|"
    "年代|世纪|年度|人次|架次|班次|美元|欧元|日元|英镑|港元|卢布|韩元|个月|星期|余名|余人|"
    "年|月|日|号|时|点|分|秒|周|天|届|次|名|位|人|户|家|个|条|项|批|期|级|度|岁|吨|米|亩|里|元|例|起|场|所|座|辆|艘|架|"
    "枚|颗|件|套|种|类|部|届|处|支|只|台|篇|股|倍|成|轮|站|集|版|章|线|路|宗|桩|幢|栋|层|间|万|亿|℃|%|％"
)
_CN = "〇零一二三四五六七八九十百千万亿两"
_NUMBER = re.compile(
    rf"第?(?:约|近|超|逾)?(?:百分之[{_CN}点]+|\d[\d,，.．:：/\-–~～至]*\d|\d)(?:[十百千万亿]+)?[多余]?(?:{_UNIT})?(?:[左右]{{2}}|以上|以下)?"
    rf"|第[{_CN}]+(?:{_UNIT})?|[{_CN}]{{2,}}(?:{_UNIT})|[{_CN}](?:{_UNIT})"
)
_DATE = re.compile(r"(?:\d{2,4}年)?\d{1,2}月\d{1,2}日|\d{2,4}年\d{1,2}月(?:份)?|\d{1,2}时\d{1,2}分")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'’.&+\-]*(?: [A-Z][A-Za-z0-9'’.&+\-]*)*")
_QUOTED = re.compile(
    r"“[^“”]{1,8}”|「[^「」]{1,8}」|《[^《》]{1,16}》|‘[^‘’]{1,8}’|（[^（）]{1,6}）|\([^()]{1,6}\)"
)
# jieba keeps a negation apart from what it denies; a cut between them turns the meaning round.
_NEGATION = re.compile(r"[不没未无非勿莫别](?=[\u4e00-\u9fff])")

# A place name and its rank (青石|县) are one name; jieba knows only the larger ones.
_RANK = frozenset("省市县区镇乡村州旗")
# jieba also cuts surnames off (丁|薛祥); one before a word that may be a given name stays with it.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "石廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤章"
)
_SENTENCE = 200
"""Characters of the longest text whose words are remembered."""


@cache
def tokenizer() -> Segmenter:
    """The library's one segmenter, over the shipped dictionary."""
    return Segmenter(Lexicon())


@lru_cache(maxsize=1 << 14)
def frequency(word: str) -> int:
    """How often ``word`` stands in the 60 million words that jieba's dictionary counts; 0 if it is none."""
    return tokenizer().FREQ.get(word) or 0


def total() -> int:
    """The number of words that the dictionary's counts sum up to."""
    return tokenizer().total


def words(text: str) -> tuple[Span, ...]:
    """Spans of jieba words that cover ``text``; empty for the empty text."""
    return _words_kept(text) if len(text) <= _SENTENCE else _words(text)


def _words(text: str) -> tuple[Span, ...]:
    return tuple(tokenizer().spans(text))


# Clauses and sentences are asked for again and again, whole articles seldom.
_words_kept = lru_cache(maxsize=2048)(_words)


def _protected(text: str, names: Iterable[str]) -> list[Span]:
    spans = [m.span() for pattern in (_DATE, _NUMBER, _LATIN, _QUOTED) for m in pattern.finditer(text)]
    for name in names:
        spans += [(at, at + len(name)) for at in occurrences(text, name)]
    return spans


def _glued(text: str, cuts: list[int]) -> set[int]:
    """Cuts right after a lone negation, or between a name and a lone 县, 镇…"""
    spans = list(pairwise(cuts))
    found = {b for a, b in spans if b - a == 1 and _NEGATION.match(text, a)}
    for (a, b), (_, d) in pairwise(spans):
        if b - a == 1 and text[a] in SURNAMES and d - b <= 2 and _given(text[b:d]):
            found.add(b)
        if d - b == 1 and text[b] in _RANK and b - a >= 2 and is_han(text[b - 1]):
            found.add(b)
    return found


def _given(word: str) -> bool:
    """True for a word of one or two characters that may be a given name."""
    return all(map(is_han, word)) and tag(word) in ("nr", "nrt", "nz", "x")


@lru_cache(maxsize=4096)
def _units(text: str, names: tuple[str, ...]) -> tuple[Span, ...]:
    cuts = [0] + [end for _, end in words(text)]
    protected = _protected(text, names)
    banned = {i for start, end in protected for i in range(start + 1, end)} | _glued(text, cuts)
    for start, end in protected:
        cuts += [start, end]
    kept = sorted({c for c in cuts if c not in banned} | {0, len(text)})
    return tuple(pairwise(kept))


def units(text: str, names: Iterable[str] = ()) -> tuple[Span, ...]:
    """Unbreakable spans covering ``text`` in order; ``names`` are strings never to be cut.

    Quotations up to 8 characters, titles in 《》 up to 16 and brackets up to 6 count as one unit.
    The empty text has none.
    """
    return _units(text, tuple(names)) if text else ()


@lru_cache(maxsize=1 << 13)
def tag(word: str) -> str:
    """Part of speech of ``word`` in jieba's dictionary (n, v, nr, ns…), ``m`` for figures, ``x`` if unknown.

    A dictionary's tag, not one in context: cheap, and enough to tell verb from noun.
    """
    return tokenizer().lexicon.tag(word) or ("m" if word[:1].isdigit() else "x")

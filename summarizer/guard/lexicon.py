"""What jieba's dictionary says of a stretch of text: whether it is a word, and where words lie across a cut."""

from __future__ import annotations

from functools import lru_cache

from ..forms.words import frequency, tag, tokenizer
from ..types import Span
from .text import is_han

_RANKS = frozenset("省市县区州镇乡村国")
#: Words of one character that stand beside names without being part of them, ranks of places among them.
_SMALL_WORDS = frozenset(
    "的了和与及在是为对将把被从由向到于以等也都就还又并而但或这那其之个们我你他她它该此本各每至称说任获赴因致约近超逾达同跟让给比时后前"
    "上下中内外里间有无不未没已曾正使令省市区县旗州镇乡村街一二三四五六七八九十两几多老新原副"
)


def word(text: str) -> bool:
    """Whether the dictionary has ``text``."""
    return bool(frequency(text))


def idiom(text: str) -> bool:
    """Whether the dictionary has ``text`` as an idiom of four characters (一波三折)."""
    return len(text) == 4 and bool(frequency(text)) and tag(text)[:1] in ("i", "l")


@lru_cache(maxsize=1 << 10)
def cut(text: str) -> tuple[Span, ...]:
    """The words of ``text`` by the dictionary alone; characters of no word stand singly."""
    return tuple(tokenizer().spans(text, HMM=False))


def crossing(text: str, at: int) -> Span | None:
    """The word that the cut of ``text`` lays across ``at``; None where a word ends there."""
    return next(((start, end) for start, end in cut(text) if start < at < end), None)


def begins_word(folded: str, at: int, unit: str) -> bool:
    """Whether a would-be counter of one character behind a year begins a word: 2019国际展, 2017天府论坛."""
    return len(unit) == 1 and len(folded) > at + 1 and word(folded[at : at + 2])


def lies_whole(body: str, at: int) -> bool:
    """Whether a word or name may end or begin at ``at`` of ``body``: no dictionary word and no unknown name crosses it.

    Two neighbouring characters of no word, as 鹿门 in 鹿门水库, are taken for one name.
    """
    low = max(0, at - 8)
    window, here = body[low : at + 8], at - low
    before = after = None
    for start, end in cut(window):
        if start < here < end:
            return end == here + 1 and window[here] in _RANKS  # 山西|省
        before = (start, end) if end == here else before
        after = (start, end) if start == here else after
    return not (before and after and _lone(window, before) and _lone(window, after))


def _lone(text: str, span: Span) -> bool:
    char = text[slice(*span)]
    return len(char) == 1 and is_han(char) and char not in _SMALL_WORDS

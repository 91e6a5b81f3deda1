"""Quotations and titles: what stands in “” or 《》 must stand in the body."""

from __future__ import annotations

import re

from ...types import Finding, Span
from ..facts import Facts
from ..names import strangers
from ..numerals import spell, value
from ..quotes import Quote, bare, pieces, quotes
from ..text import bigrams, fold, is_han

_SPEECH = re.compile(r"(?:[:：]|说|称|表示|指出|强调|提出|回应|喊话|直言|呼吁|问|答|坦言|写道)\s*$")
_SHORT, _LEAST = 6, 4
_IN_WORDS = re.compile("[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_IN_FIGURES = re.compile(r"(?<![\d.])[1-9]\d?(?![\d.])")
_NESTED = re.compile(r"[<〈＜][^>〉＞]*[>〉＞]")


def findings(text: str, facts: Facts) -> list[Finding]:
    """One finding per quotation and title of ``text``."""
    return [_finding(quote, text, facts) for quote in quotes(text) if bare(quote.inner)]


def _finding(quote: Quote, text: str, facts: Facts) -> Finding:
    def found(verdict: str, spans: tuple[Span, ...] = (), reason: str = "") -> Finding:
        return Finding(
            quote.kind, text[quote.start : quote.end], quote.start, quote.end, verdict, spans, reason
        )

    spans: list[Span] = []
    for piece in pieces(quote.inner):
        exact = facts.where_bare(piece)
        if not exact:
            break
        spans.extend(exact)
    else:
        return found("supported", tuple(spans))
    if quote.kind == "quote" and _emphasis(quote, text) and _worded(bare(quote.inner), facts):
        return found("inferred", (), "强调或别称，非引语 / emphasis, not speech")
    shortened = _shortened(quote, facts)
    if shortened:
        return found("inferred", shortened, "全称的简写 / short form of a longer one")
    if _spelled(quote.inner, facts):
        return found("inferred", (), "数字写法不同 / its figures in another notation")
    if fold(quote.inner) in facts.context:
        return found("inferred", (), "电头或原题 / stands in the dateline or page headline")
    return found("unsupported", (), "正文无此引语 / not quoted from the body")


def _emphasis(quote: Quote, text: str) -> bool:
    """Marks around a coined word (“冷资源”, “破5”): at most six characters, no speech before."""
    inner = bare(quote.inner)
    return len(inner) <= _SHORT and inner[0].isalpha() and not _SPEECH.search(text[: quote.start])


def _worded(inner: str, facts: Facts) -> bool:
    """Whether a coined word is made of the body's words or of common ones, not of unknown names.

    The body holds a pair of its characters, or all of them in order within one short stretch (支恐 for 支持恐怖),
    or each of its pairs is in a word of the dictionary (千里眼, 火中取栗).
    """
    if any(pair in facts.pairs for pair in bigrams(inner)):
        return True
    if re.search(r"[^。！？\n]{0,8}?".join(map(re.escape, inner)), facts.folded):
        return True
    counted = inner.lstrip("一二三四五六七八九十双两")  # “三大工程”, “双限”
    if inner != counted and counted and (counted in facts.folded or not strangers(counted)):
        return True
    return all(map(is_han, inner)) and not strangers(inner)


def _shortened(quote: Quote, facts: Facts) -> tuple[Span, ...]:
    """The body's quotation or title that holds all characters of this one in order, half of it or more.

    A nested title is left out: crawled bodies lose what stands in < >.
    """
    inner = bare(_NESTED.sub("", quote.inner))
    short = quote.kind == "title" and len(inner) >= _LEAST
    if len(inner) < _SHORT and not short:
        return ()
    for other in quotes(facts.body):
        whole = bare(other.inner)
        if other.kind != quote.kind:
            continue
        if short and whole.endswith(inner[-2:]) and _within(inner, whole):
            return ((other.start, other.end),)  # 《人才办法》 of 《…人才清单管理暂行办法》
        if other.kind == quote.kind and len(inner) <= len(whole) <= 2 * len(inner) and _within(inner, whole):
            return ((other.start, other.end),)
    return ()


def _within(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)


def _spelled(inner: str, facts: Facts) -> bool:
    """五周年 for 5周年, 21世纪 for 二十一世纪: the words with every numeral below a hundred written the other way."""
    folded = fold(inner)
    figures = _IN_WORDS.sub(lambda m: str(value(m.group())[0]), folded)
    words = _IN_FIGURES.sub(lambda m: spell(int(m.group())), folded)
    return any(other != folded and facts.where_bare(other) for other in (figures, words))

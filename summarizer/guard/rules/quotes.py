"""Quotations and titles: what stands in “” or 《》 must stand in the body."""

from __future__ import annotations

import re

from ...types import Finding, Span
from ..facts import Facts
from ..gazetteer import KNOWN
from ..given import NOT_GIVEN
from ..names import strangers
from ..numerals import spell, value
from ..places import ADMIN
from ..posts import SURNAMES, foreign
from ..quotes import Quote, bare, pieces, quotes
from ..text import bigrams, fold, is_han
from ..units import GENERATION

_SPEECH = re.compile(r"(?:[:：]|说|称|表示|指出|强调|提出|回应|喊话|直言|呼吁|问|答|坦言|写道)\s*$")
_SHORT, _LEAST, _COINED = 6, 4, 4
_IN_WORDS = re.compile("[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_IN_FIGURES = re.compile(r"(?<![\d.])[1-9]\d?(?![\d.])")
#: An editor's note within a quotation, or what tells several titles apart: 我们不会离开这个（气候）领域.
_NOTE = re.compile(r"（[^（）]*）|\([^()]*\)")
_DAY = re.compile(r"(\d{1,2})[·.](\d{1,2})")
_ACT = re.compile(r"(?:关于)?(.{6,}?)的?(通知|意见|方案|规定|办法|决定|通告|公告|条例|计划|规划)")
#: What may stand in the body between two words of a quotation that is not quite to the letter.
_BETWEEN = re.compile(r"[^\d%一二三四五六七八九十百千万亿不未没无非勿莫别难拒禁否]{1,2}")
_TURNS = re.compile("[不未没无非勿莫别禁否]")
_LEAST_RUN = 2
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
    loose = _loose(quote, facts)
    if loose:
        return found("inferred", loose, "与原话略有出入 / not quite to the letter")
    if _spelled(quote.inner, facts):
        return found("inferred", (), "数字写法不同 / its figures in another notation")
    if fold(quote.inner) in facts.context:
        return found("inferred", (), "电头或原题 / stands in the dateline or page headline")
    return found("unsupported", (), "正文无此引语 / not quoted from the body")


def _emphasis(quote: Quote, text: str) -> bool:
    """Marks around a coined word (“冷资源”, “破5”): at most six characters, and not what someone says.

    The words of a speaker end the clause; in 章明远：“小窗口”办大事 the marks only stress.
    """
    inner = bare(quote.inner)
    spoken = _SPEECH.search(text, 0, quote.start) and not text[quote.end : quote.end + 1].isalnum()
    return len(inner) <= _SHORT and (inner[0].isalpha() or bool(GENERATION.fullmatch(inner))) and not spoken


def _worded(inner: str, facts: Facts) -> bool:
    """Whether a coined word is made of the body's words or of common ones, not of unknown names.

    The body holds a pair of its characters, or all of them in order within one short stretch (支恐 for 支持恐怖),
    or each of its pairs is in a word of the dictionary (千里眼, 火中取栗).
    """
    if any(pair in facts.pairs for pair in bigrams(inner)):
        return True
    if re.search(r"[^。！？\n]{0,8}?".join(map(re.escape, inner)), facts.folded):
        return True
    if GENERATION.fullmatch(inner):
        return not GENERATION.search(
            facts.folded
        )  # “90后”: the young, unless the body names another generation
    counted = inner.lstrip("一二三四五六七八九十双两")  # “三大工程”, “双限”
    if inner != counted and counted and (counted in facts.folded or not strangers(counted)):
        return True
    if not all(map(is_han, inner)):
        return False
    return not strangers(inner) or (len(inner) <= _COINED and not _like_name(inner))


def _like_name(inner: str) -> bool:
    """Whether a short quotation may name a person or a place: a surname, a known place, a rank at the end."""
    ranked = inner[-1] in ADMIN or bool(KNOWN & {inner, inner[:2], inner[:3]})
    heads = (at for start, end in strangers(inner) for at in range(start, end - 1))
    person = any(inner[at] in SURNAMES and not NOT_GIVEN & set(inner[at + 1 : at + 3]) for at in heads)
    return ranked or person or foreign(inner)


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
        turned = len(_TURNS.findall(inner)) != len(_TURNS.findall(whole))  # 会离开 of 不会离开
        if len(inner) <= len(whole) <= 2 * len(inner) and not turned and _within(inner, whole):
            return ((other.start, other.end),)
    return ()


def _loose(quote: Quote, facts: Facts) -> tuple[Span, ...]:
    """Where the body has a longer quotation but for a note in brackets, or with a small word more here and there.

    A title may also stand as what an act does: 《关于修好老渠的通知》 for 印发通知，就修好老渠提出要求.
    """
    plain = _NOTE.sub("", quote.inner)
    if any(not facts.where_bare(note) for note in _NOTE.findall(quote.inner)):
        return ()  # 中国（云溪）论坛 is not 中国（青石）论坛
    if plain != quote.inner and (exact := facts.where_bare(plain)):
        return exact
    day = _DAY.fullmatch(quote.inner)
    if day:
        return facts.where(f"{day.group(1)}月{day.group(2)}日", 1)
    act = _ACT.fullmatch(quote.inner) if quote.kind == "title" else None
    if act and facts.where(act.group(2), 1):
        return _in_order(bare(act.group(1)), facts)
    return _in_order(bare(plain), facts) if len(bare(plain)) > _SHORT else ()


def _in_order(inner: str, facts: Facts) -> tuple[Span, ...]:
    """The body's stretch that holds all of ``inner`` in order, in runs of two or more, with little between them."""
    body, places = facts.bare
    for start in (m.start() for m in re.finditer(re.escape(inner[:_LEAST_RUN]), body)):
        at, done, gaps = start, 0, 0
        while done < len(inner):
            run = 0
            while done + run < len(inner) and body[at + run : at + run + 1] == inner[done + run]:
                run += 1
            at, done = at + run, done + run
            if done == len(inner):
                return ((places[start], places[at - 1] + 1),)
            gap = next((g for g in (1, 2) if body[at + g : at + g + 2] == inner[done : done + 2]), 0)
            if (
                run < _LEAST_RUN
                or not gap
                or gaps * 4 >= len(inner)
                or not _BETWEEN.fullmatch(body, at, at + gap)
            ):
                break
            at, gaps = at + gap, gaps + 1
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

"""Direction and negation: 增长 for 下降, 未通过 for 通过."""

from __future__ import annotations

import re

from ...types import Finding, Span
from .. import numbers, polarity
from ..facts import Facts
from ..lexicon import word
from ..names import Token
from ..numbers import Quantity
from ..polarity import Mark, Negation
from ..text import fold, pairs_near, pairs_of_clause
from .denied import doubted

_ENDED = re.compile(rf"(?:{'|'.join(polarity.PREVENT)})\w{{0,2}}$")
#: 如果他不能出战, 仍有15%未完成: what is only supposed, or said of a rest, does not deny the whole.
_SUPPOSED = re.compile(r"(?:如果|若|假如|一旦|要是|除非|[仍还尚]有|是否|能否)[^，。；！？]{0,14}$")
#: Verbs that begin anything; they are no opposite of 取消.
_LIGHT = frozenset(("展开", "开展"))
_BEFORE = 6
_SUFFERED = re.compile(r"[遭被][^，。；！？\s]{1,5}$")
#: 难招架, 无缘首发: the headline denies in its own short way.
_SHORTLY = re.compile("(?:难|无缘|无望|未必)$")
_SHORTLY_BEHIND = re.compile("无望|未果|不了|不成|受阻|遭拒")
#: 加快建设 is not denied by 降低能耗.
_SPEED = frozenset("加快 加速 提速 放缓 减速 减缓 放慢 变慢".split())
_LEVELS = frozenset(("上调", "下调"))
_EMPTY = frozenset("进行 予以 加以 作出".split())


def _named(start: int, tokens: tuple[Token, ...]) -> bool:
    """没有章明远: a name is no verb that could be denied."""
    return any(t.start == start and t.tag in ("person", "place", "org") for t in tokens)


_FAR = 80
#: Likeness that an opposite word must have where the body does not have the word itself.
_ALIKE = 2
#: Likeness to its own place in the body from which a word is never an opposite.
_CLOSE = 6
_SHARED = 2


def findings(text: str, facts: Facts, tokens: tuple[Token, ...]) -> list[Finding]:
    """One finding per negated verb and polar word, and per verb that the body only negates."""
    out = [f for n in polarity.negations(text) if (f := _negation(n, text, facts, tokens))]
    for mark in polarity.marks(text):
        if polarity.foretold(fold(text), mark):
            continue
        if mark.word in polarity.STRONG and not _covered(mark.start, mark.end, out):
            found = _direction(mark, text, facts)
            out += [found] if found else []
    return out + _dropped(text, facts, tokens, out)


def _covered(start: int, end: int, findings: list[Finding]) -> bool:
    return any(f.start < end and start < f.end for f in findings)


def _direction(mark: Mark, text: str, facts: Facts) -> Finding | None:
    """A polar word: contradicted when the body has the opposite in like words, and not the word itself there.

    A figure right after the word (增长5.3%) decides by the word that the body has before that figure.
    """

    def found(verdict: str, at: Mark, reason: str = "") -> Finding:
        return Finding("polarity", mark.word, mark.start, mark.end, verdict, ((at.start, at.end),), reason)

    figure = next((q for q in numbers.parse(text[mark.end : mark.end + 16]) if q.start <= 2), None)
    beside = _before_figure(figure, mark, facts) if figure else []
    levelled = mark.word in _LEVELS and mark.word in facts.folded  # 增速下调至2% beside 增长2%
    if beside and not levelled and all(turn < 0 for _, turn in beside):
        other = beside[0][0]
        return found("contradicted", other, f"正文为“{_said(other)}” / the body says {_said(other)}")
    sure = next((m for m, turn in beside if turn > 0), None)
    if sure:
        return found(
            "supported" if sure.word == mark.word else "inferred",
            sure,
            "" if sure.word == mark.word else f"同向：{_said(sure)} / same direction",
        )
    same, near = _best(mark, 1, fold(text), facts)
    other, turned = _best(mark, -1, fold(text), facts)
    spans = () if mark.negated else facts.where(mark.word, 1)
    verbatim = Finding("polarity", mark.word, mark.start, mark.end, "supported", spans)
    if same is None and spans and not facts.marks_of(mark.word):
        return verbatim  # the body has it inside a neutral word: 转型升级
    if (polarity.is_negated(fold(text), mark.start, gap=_BEFORE) and not mark.negated) or (
        _ENDED.search(fold(text), 0, mark.start)
    ):
        return None  # 不会浪费时间参加, 拒绝接受
    if other is not None and other.word != mark.word and _both_ways(mark, other, text):
        other = None
    itself = same is not None and same.word == mark.word and near > _CLOSE
    if other is not None and not itself and turned > (2 * near + 1 if same else _ALIKE):
        return found("contradicted", other, f"正文为“{_said(other)}” / the body says {_said(other)}")
    if spans and (same is None or same.word != mark.word):
        return verbatim
    if same is None:
        return None
    if same.word == mark.word:
        return found("supported", same)
    return found("inferred", same, f"同向：{_said(same)} / same direction")


def _both_ways(mark: Mark, other: Mark, text: str) -> bool:
    """Whether the text has the opposite word too, or turns its own: 新增数降至两位, 遭临河队逆转."""
    return other.word in text or bool(_SUFFERED.search(text, max(0, mark.start - 6), mark.start))


def _before_figure(figure: Quantity, mark: Mark, facts: Facts) -> list[tuple[Mark, int]]:
    """The body's words on the mark's axes right before the same figure, each with 1 (same way) or -1."""
    out = []
    for quantity in facts.by_value.get(figure.low, ()):
        if quantity.unit.dimension != figure.unit.dimension or not figure.unit.name:
            continue
        for axis, sign in mark.axes:
            for turn in (1, -1):
                words = facts.marks.get((axis, sign * turn), ())
                out += [(m, turn) for m in words if m.end <= quantity.start <= m.end + 2]
    return out


def _said(mark: Mark) -> str:
    return ("未" if mark.negated else "") + mark.word


def _best(mark: Mark, turn: int, text: str, facts: Facts) -> tuple[Mark | None, int]:
    """The body's mark of the same (or turned) direction in the most similar words, and how similar they are.

    Shared pairs within the clause count three times, others within 14 characters once, the very word once.
    Single characters (升, 降) may support a direction but are too often part of other words to oppose one.
    """
    best, shared = None, -1
    clause, words = pairs_of_clause(text, mark.start, mark.end), pairs_near(text, mark.start, mark.end)
    for axis, sign in mark.axes:
        for other in facts.marks.get((axis, sign * turn), ()):
            if turn < 0 and (
                (mark.word in _SPEED) != (other.word in _SPEED)
                or len(other.word) < 2
                or other.word in _LIGHT
                or polarity.foretold(facts.folded, other)
            ):
                continue
            count = len(words & facts.pairs_near(other.start, other.end)) + (other.word == mark.word)
            count += 2 * len(clause & facts.pairs_of_clause(other.start, other.end))
            if count > shared:
                best, shared = other, count
    return best, shared


def _negation(negation: Negation, text: str, facts: Facts, tokens: tuple[Token, ...]) -> Finding | None:
    """不, 未 … with its verb: contradicted when the body has the verb in these words and never negates it."""
    end, stop = _verb_after(negation, text, tokens, facts)
    what = text[end:stop]
    if not negation.verb or not what.strip() or what in _EMPTY or _named(end, tokens):
        return None

    def found(verdict: str, spans: tuple[Span, ...], reason: str = "") -> Finding:
        return Finding("polarity", text[negation.start : stop], negation.start, stop, verdict, spans, reason)

    whole = facts.where(text[negation.start : stop], 1)
    if whole:
        return found("supported", whole)
    places = facts.where(what, 20)
    none = {m.start for found in facts.marks.values() for m in found if m.negated}  # 新增病例0例
    negated = [p for p in places if p[0] in none or _turned(facts.folded, p[0], gap=3)]
    negated = negated or [p for p in places if polarity.denied_before(facts.folded, p[0])]
    here = pairs_of_clause(fold(text), negation.start, stop)
    if (
        negated
        and _closest(negated, here, facts)
        >= _closest([p for p in places if p not in negated], here, facts) - 1
    ):
        return found("inferred", negated[:1], "否定词不同 / another negator")
    words = pairs_near(fold(text), negation.start, stop, _FAR)
    alike = [p for p in places if len(words & facts.pairs_near(*p, _FAR)) >= _SHARED]
    if alike and len(what) >= 2 and word(what) and not doubted(alike[0], facts):
        return found("contradicted", alike[:1], f"正文未否定“{what}” / the body does not negate it")
    return None


def _closest(places: list[Span], here: set[str], facts: Facts) -> int:
    """How many pairs the likest clause around one of ``places`` has in common with ``here``."""
    return max((len(here & facts.pairs_of_clause(*p)) for p in places), default=0)


def _turned(folded: str, start: int, gap: int = 0) -> bool:
    """Whether what begins at ``start`` is negated, or refused or ended: 不零售, 取消零售."""
    return polarity.is_negated(folded, start, gap) or bool(_ENDED.search(folded, max(0, start - 6), start))


def _verb_after(negation: Negation, text: str, tokens: tuple[Token, ...], facts: Facts) -> Span:
    """What is negated: the word after the negator; a verb of one character takes the next one with it.

    不|会见 is 不 with 会见, though 不会 is a negator too.
    """
    for token in tokens:
        if negation.start < token.start < negation.end < token.end and token.tag == "verb":
            return token.start, token.end
    end = negation.end
    if (
        end - negation.start > 1
        and facts.where(text[end - 1 : end + 1], 1)
        and not facts.where(text[end : end + 2], 1)
    ):
        return end - 1, end + 1
    verb = next((t for t in tokens if negation.start <= t.start <= end < t.end), None)
    if verb is None:
        return end, end + min(2, len(negation.verb))
    short = verb.end - end < 2 and verb.tag == "verb"
    return end, end + min(2, len(negation.verb)) if short else verb.end


def _denies(facts: Facts, place: Span, here: set[str]) -> bool:
    """Whether a negated verb of the body speaks of what the text speaks of, and outright."""
    body = facts.folded
    alike = bool(here & facts.pairs_of_clause(*place)) or len(here & facts.pairs_near(*place, 24)) >= _SHARED
    supposed = _SUPPOSED.search(body, max(0, place[0] - 18), place[0]) or polarity.CONDITION.match(
        body, place[1]
    )
    return alike and not supposed


def _dropped(text: str, facts: Facts, tokens: tuple[Token, ...], so_far: list[Finding]) -> list[Finding]:
    """Verbs of ``text`` that stand in the body only after a negator."""
    folded, out = fold(text), []
    for token in tokens:
        if token.tag != "verb" or token.end - token.start < 2 or _turned(folded, token.start, _BEFORE):
            continue
        if _SHORTLY.search(folded, 0, token.start) or _SHORTLY_BEHIND.match(folded, token.end):
            continue
        places = (
            () if _covered(token.start, token.end, so_far) else facts.where(text[token.start : token.end], 20)
        )
        if places and all(polarity.is_negated(facts.folded, p[0]) for p in places):
            here = pairs_near(folded, token.start, token.end)
            if not any(_denies(facts, p, here) for p in places):
                continue
            word = text[token.start : token.end]
            reason = f"正文否定“{word}” / the body negates it"
            out.append(Finding("polarity", word, token.start, token.end, "contradicted", places[:1], reason))
    return out

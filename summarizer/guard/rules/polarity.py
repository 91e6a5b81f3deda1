"""Direction and negation: 增长 for 下降, 未通过 for 通过."""

from __future__ import annotations

from ...types import Finding, Span
from .. import polarity
from ..facts import Facts
from ..names import Token
from ..polarity import Mark, Negation
from ..text import around, bigrams, fold


def findings(text: str, facts: Facts, tokens: tuple[Token, ...]) -> list[Finding]:
    """One finding per polar word and per negated verb, and per verb that the body only negates."""
    out = [f for m in polarity.marks(text) if m.word in polarity.STRONG for f in _direction(m, text, facts)]
    out += [f for n in polarity.negations(text) for f in _negation(n, text, facts, tokens)]
    out += _dropped(text, facts, tokens, out)
    return out


def _context(text: str, start: int, end: int) -> set[str]:
    low, high = around(text, start, end, 14)
    return bigrams(text[low:start]) | bigrams(text[end:high])


def _direction(mark: Mark, text: str, facts: Facts) -> list[Finding]:
    words = _context(fold(text), mark.start, mark.end)
    same = _best(mark, 1, words, facts)
    turned = _best(mark, -1, words, facts)

    def found(verdict: str, at: Mark | None, reason: str = "") -> list[Finding]:
        spans = ((at.start, at.end),) if at else ()
        return [Finding("polarity", mark.word, mark.start, mark.end, verdict, spans, reason)]

    if same[0] is None and turned[0] is None:
        return []
    if same[0] is None or (turned[0] is not None and turned[1] > same[1] + 1 and same[1] == 0):
        other = turned[0]
        return found("contradicted", other, f"正文为“{other.word}” / the body says {other.word}")
    return found("supported" if same[0].word == mark.word else "inferred", same[0],
                 "" if same[0].word == mark.word else f"同向：{same[0].word} / same direction")  # fmt: skip


def _best(mark: Mark, turn: int, words: set[str], facts: Facts) -> tuple[Mark | None, int]:
    """The body's mark of the same (or turned) direction in the most similar words, and how many are shared."""
    best, shared = None, -1
    for axis, sign in mark.axes:
        for other in facts.marks.get((axis, sign * turn), ()):
            if turn < 0 and other.word == mark.word and not (mark.negated or other.negated):
                continue
            count = len(words & _context(facts.folded, other.start, other.end))
            if count > shared or (count == shared and other.word == mark.word):
                best, shared = other, count
    return best, shared


def _negation(negation: Negation, text: str, facts: Facts, tokens: tuple[Token, ...]) -> list[Finding]:
    end = negation.end
    verb = next((t for t in tokens if t.start <= end < t.end and t.end > end), None)
    stop = verb.end if verb and verb.start >= negation.start else end + min(2, len(negation.verb))
    if not negation.verb or stop <= end:
        return []
    what = fold(text[end:stop])

    def found(verdict: str, spans: tuple[Span, ...], reason: str = "") -> list[Finding]:
        return [
            Finding("polarity", text[negation.start : stop], negation.start, stop, verdict, spans, reason)
        ]

    whole = facts.where(text[negation.start : stop], 1)
    if whole:
        return found("supported", whole)
    places = facts.where(what, 20)
    negated = [p for p in places if polarity.is_negated(facts.folded, p[0])]
    if negated:
        return found("inferred", negated[:1], "否定词不同 / another negator")
    if places:
        return found("contradicted", places[:1], f"正文未否定“{what}” / the body does not negate it")
    return []


def _dropped(text: str, facts: Facts, tokens: tuple[Token, ...], so_far: list[Finding]) -> list[Finding]:
    """Verbs of ``text`` that stand in the body only after a negator."""
    folded, out = fold(text), []
    for token in tokens:
        if token.tag != "verb" or token.end - token.start < 2 or polarity.is_negated(folded, token.start):
            continue
        if any(f.start < token.end and token.start < f.end for f in so_far):
            continue
        places = facts.where(text[token.start : token.end], 20)
        if places and all(polarity.is_negated(facts.folded, p[0]) for p in places):
            word = text[token.start : token.end]
            out.append(Finding("polarity", word, token.start, token.end, "contradicted", places[:1],
                               f"正文否定“{word}” / the body negates it"))  # fmt: skip
    return out

"""Who did what to whom: 临河队战胜云溪队 where the body has 云溪队战胜临河队.

Decided only where a sentence of the body has both names and a verb of the same kind: the turned order there, and
the headline's own order nowhere. Anything else is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...forms.words import tag
from ...types import Finding, Span
from ..deeds import deeds
from ..facts import Facts
from ..names import Token
from ..polarity import is_negated
from ..text import SENTENCE_END, clause, fold

_PASSIVE = re.compile(r"[被遭]|受到|遭到|遭受")
_TOWARDS = re.compile(r"对|向|把|将|给")
_SCORE = re.compile(r"(?<![\d-])(\d{1,3})[-:比](\d{1,3})(?![\d-])")
_NAMES = frozenset(("person", "place", "org", "proper"))
_AHEAD = 60
_NOT_NAMES = frozenset("vadtm")


def findings(text: str, facts: Facts, tokens: tuple[Token, ...]) -> list[Finding]:
    """One finding per deed of ``text`` that a sentence of the body has: the right way or turned round."""
    out = []
    folded = fold(text)
    for start, end, kind, sign, _ in deeds(folded):
        if is_negated(folded, start):
            continue
        for (a, b), (c, d) in _parties(text, start, end, tokens, facts):
            agent, patient = text[a:b], text[c:d]
            if _PASSIVE.search(text[b:start]) or sign < 0:
                agent, patient = patient, agent
            if agent in patient or patient in agent or facts.where(text[a:end], 1):
                continue  # 云溪队1-0绝杀: the body begins it so
            span, turn = _told(agent, patient, kind, facts)
            if turn < 0 and _another_match(text[a:d], facts.folded[slice(*span)]):
                continue
            if turn:
                out.append(_finding(text, a, d, span, turn, facts))
                break
    return out


def _another_match(said: str, told: str) -> bool:
    """3-1逆转上港 where the body tells of a 4-0 the other way: both give a score, and not the same."""
    ours, theirs = ({frozenset(m) for m in _SCORE.findall(fold(part))} for part in (said, told))
    return bool(ours and theirs) and not ours & theirs


def _finding(text: str, start: int, end: int, span: Span, turn: int, facts: Facts) -> Finding:
    if turn > 0:
        reason = "谁对谁同正文 / the body has the same parties the same way"
        return Finding("role", text[start:end], start, end, "inferred", (span,), reason)
    said = facts.body[slice(*span)]
    reason = f"主客颠倒：正文为“{said}” / who did it to whom is turned round"
    return Finding("role", text[start:end], start, end, "contradicted", (span,), reason)


def _parties(
    text: str, start: int, end: int, tokens: tuple[Token, ...], facts: Facts
) -> Iterator[tuple[Span, Span]]:
    """Each name before a verb with the first name behind it, in the verb's clause, the nearest first.

    Where the tagger saw none, what the clause or its rest begins with, as far as the body has it.
    """
    low, stop = clause(text, start, end)
    high = min(stop, end + 8)
    names = [_known(t, text, facts) for t in tokens if t.tag in _NAMES and t.end - t.start >= 2]
    left = [n for n in names if low <= n[0] and n[1] <= start] or _head(text, low, start, facts)
    right = [n for n in names if end <= n[0] < high] or _head(text, end, high, facts)
    return ((n, right[0]) for n in reversed(left) if right)


def _head(text: str, start: int, end: int, facts: Facts) -> list[Span]:
    """The longest two to six characters at ``start`` that the body has."""
    stops = range(min(end, start + 6), start + 1, -1)
    found = [(start, stop) for stop in stops if facts.where(text[start:stop], 1)][:1]
    return [n for n in found if tag(text[slice(*n)])[:1] not in _NOT_NAMES]


def _known(token: Token, text: str, facts: Facts) -> Span:
    """The longest head of a tagged name that the body has: 南开 of 南开财经大学; the whole name where it has none."""
    for end in range(token.end, token.start + 1, -1):
        if facts.where(text[token.start : end], 1):
            return token.start, end
    return token.start, token.end


def _told(agent: str, patient: str, kind: int, facts: Facts) -> tuple[Span, int]:
    """Where the body tells the deed: 1 as ``agent`` doing it to ``patient``, -1 only the other way round, 0 neither."""
    found, way = (0, 0), 0
    if not facts.where(agent, 1) or not facts.where(patient, 1):
        return found, way
    longest = len(max(agent, patient, key=len))
    for low, high, _, sign, reach in facts.deeds.get(kind, ()):
        if is_negated(facts.folded, low):
            continue
        start, end = _sentence(facts.folded, low, high)
        start = max(start, low - (_AHEAD if reach else longest))
        end = min(end if reach else len(facts.folded), high + (reach or longest))
        turn = sign * _order(facts.folded[start:low], facts.folded[high:end], fold(agent), fold(patient))
        if turn > 0:
            return (start, end), 1
        if turn < 0 and not way:
            found, way = (start, end), -1
    return found, way


def _order(before: str, behind: str, agent: str, patient: str) -> int:
    """1 where ``agent`` does it to ``patient``, -1 for the reverse, 0 where it can't be said."""
    a, p = before.rfind(agent), before.rfind(patient)
    if a >= 0 and patient in behind and agent not in behind:
        return 0 if _PASSIVE.search(before[a + len(agent) :]) else 1
    if p >= 0 and agent in behind and patient not in behind:
        return 0 if _PASSIVE.search(before[p + len(patient) :]) else -1
    if a < 0 or p < 0:
        return 0
    first, second = sorted((a, p))
    between = before[first + len(agent if first == a else patient) : second]
    if _PASSIVE.search(between):
        return 1 if second == a else -1
    if _TOWARDS.search(between[-1:]):
        return 1 if first == a else -1
    return 0


def _sentence(folded: str, low: int, high: int) -> Span:
    start = max((folded.rfind(mark, max(0, low - _AHEAD), low) + 1 for mark in SENTENCE_END), default=0)
    stops = [at for mark in SENTENCE_END if (at := folded.find(mark, high, high + 30)) >= 0]
    return start, min(stops, default=len(folded))

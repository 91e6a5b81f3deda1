"""Who did what to whom: 临河队战胜云溪队 where the body has 云溪队战胜临河队.

Decided only where a sentence of the body has both names and a verb of the same kind: the turned order there, and
the headline's own order nowhere. Anything else is left alone.
"""

from __future__ import annotations

import re

from ...types import Finding, Span
from ..deeds import deeds
from ..facts import Facts
from ..names import Token
from ..text import BREAK, SENTENCE_END, fold

_PASSIVE = re.compile(r"[被遭]|受到|遭到|遭受")
_TOWARDS = re.compile(r"对|向|把|将|给")
_NAMES = frozenset(("person", "place", "org", "proper"))
_AHEAD, _BEHIND = 30, 16


def findings(text: str, facts: Facts, tokens: tuple[Token, ...]) -> list[Finding]:
    """A contradiction for each deed of ``text`` that the body tells the other way round."""
    out = []
    for start, end, kind, sign in deeds(fold(text)):
        names = _parties(text, start, end, tokens)
        if names is None:
            continue
        (a, b), (c, d) = names
        agent, patient = text[a:b], text[c:d]
        if _PASSIVE.search(text[b:start]) or sign < 0:
            agent, patient = patient, agent
        if agent in patient or patient in agent:
            continue
        against = _turned(agent, patient, kind, facts)
        if against:
            said = facts.body[slice(*against)]
            reason = f"主客颠倒：正文为“{said}” / who did it to whom is turned round"
            out.append(Finding("role", text[a:d], a, d, "contradicted", (against,), reason))
    return out


def _parties(text: str, start: int, end: int, tokens: tuple[Token, ...]) -> tuple[Span, Span] | None:
    """The nearest names before and behind a verb in its clause."""
    low = max((m.end() for m in BREAK.finditer(text, 0, start)), default=0)
    stop = BREAK.search(text, end)
    high = min(stop.start() if stop else len(text), end + 8)
    names = [(t.start, t.end) for t in tokens if t.tag in _NAMES and t.end - t.start >= 2]
    left = [n for n in names if low <= n[0] and n[1] <= start]
    right = [n for n in names if end <= n[0] < high]
    return (left[-1], right[0]) if left and right else None


def _turned(agent: str, patient: str, kind: int, facts: Facts) -> Span | None:
    """Where the body has ``patient`` do this to ``agent``; None where it also has it the right way, or neither."""
    if not facts.where(agent, 1) or not facts.where(patient, 1):
        return None
    found = None
    for low, high, sign in facts.deeds.get(kind, ()):
        sentence_start, sentence_end = _sentence(facts.folded, low, high)
        before, behind = (
            facts.folded[max(sentence_start, low - _AHEAD) : low],
            facts.folded[high : min(sentence_end, high + _BEHIND)],
        )
        turn = sign * _order(before, behind, fold(agent), fold(patient))
        if turn > 0:
            return None
        if turn < 0:
            found = found or (max(sentence_start, low - _AHEAD), min(sentence_end, high + _BEHIND))
    return found


def _order(before: str, behind: str, agent: str, patient: str) -> int:
    """1 where ``agent`` is the verb's subject and ``patient`` its object, -1 for the reverse, 0 where it can't be said."""
    a, p = before.rfind(agent), before.rfind(patient)
    if a >= 0 and p >= 0:
        first, second = sorted((a, p))
        length = len(agent) if first == a else len(patient)
        between = before[first + length : second]
        if _PASSIVE.search(between):
            return 1 if second == a else -1
        if _TOWARDS.search(between) and len(between) <= 6:
            return 1 if first == a else -1
        return 0
    if a >= 0 and patient in behind:
        return 0 if _PASSIVE.search(before[a + len(agent) :]) else 1
    if p >= 0 and agent in behind:
        return 0 if _PASSIVE.search(before[p + len(patient) :]) else -1
    return 0


def _sentence(folded: str, low: int, high: int) -> Span:
    start = max((folded.rfind(mark, max(0, low - _AHEAD), low) + 1 for mark in SENTENCE_END), default=0)
    stops = [at for mark in SENTENCE_END if (at := folded.find(mark, high, high + _BEHIND)) >= 0]
    return start, min(stops, default=len(folded))

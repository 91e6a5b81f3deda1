"""Short titles from ranked candidates: for the phone (≤ 14 full-width units) and the web (≤ 30)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..chars import width
from ..types import Candidate
from ..weigh import content
from .polish import faults, polish
from .tears import tear
from .whole import bare, torn, unspoken, verbless
from .words import tag, units

PHONE, WEB = 14, 30
SHORTEST_SAID = 5.0  # after a speaker
SHORTEST_CLAUSE = 3.5  # of a title of several
UNITS_PER_SEAM = 10  # a longer title may be sewn together in one place more
SHORTEST = 7.0  # full-width units: less says what, or who, but not both
# What turns a statement round, weakens it or says whose it is: as many of them after a cut as before.
_NEGATIVE = re.compile(
    r"[不未没无非拟]|否认|拒绝|取消|停止|禁止|反对|涉嫌|或将|称|说|认为|表示|建议|呼吁|要求|预计|有望|可能|质疑|疑似"
)
_FIGURE = re.compile(r"\d[\d.]*[万亿]?(?:%|人|例|名|元|户|起|个)")
_ODD = re.compile(r"[*#@|｜_=]|\d{7}|(?<![次门及府宅科])第(?![\d〇零一二三四五六七八九十百千万几纳])")
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|「[^「」]*」")
_CLAUSES = re.compile("[ ，；！？]")
_SOUND = ("supported", "inferred")

Shorten = Callable[[str, float], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Variant:
    """A shorter title and where it is from: ``whole`` candidate, or ``cut`` out of one, ``source``."""

    text: str
    chars: float
    how: str
    source: str


def variants(
    candidates: Sequence[Candidate], budget: float, body: str = "", shorten: Shorten | None = None
) -> Iterator[Variant]:
    """Titles within ``budget`` full-width units from ranked ``candidates``, best first, made as they are asked for.

    Whole candidates that speak of what the first one does come before what ``shorten(text, budget)`` makes of
    longer ones (clauses, phrases left out); within each kind the candidates' order holds. Candidates with
    unsupported findings are not used. Every title is a statement whose ends are not torn out of a phrase of
    ``body``; a cut one loses no negation, hedge or speaker of its source, nor who acts.
    """
    texts = [c.text for c in candidates if all(f.verdict in _SOUND for f in c.findings)]
    # What the first one gives as somebody's words is no title without the speaker.
    texts = [text for text in texts if not texts[0].endswith(f"：{text}")]
    topic = set(content(texts[0])) if texts else set()
    given: set[str] = set()
    for number, text in enumerate(texts):
        if stands(text, budget, body) and not (number and (bare(text) or not _shares(text, topic))):
            given.add(text)
            yield Variant(text, width(text), "whole", text)
    for text in texts:
        for made in cuts(text, budget, shorten):
            kept = made not in given and keeps_sense(made, text, text == texts[0])
            if kept and stands(made, budget, body) and _shares(made, topic):
                given.add(made)
                yield Variant(made, width(made), "cut", text)


def shown(texts: Iterable[str], budget: float, body: str, topic: str = "") -> Iterator[str]:
    """Those of ``texts`` that can be a title within ``budget`` of their own; about ``topic`` where one is given."""
    words = set(content(topic))
    for text in map(polish, texts):
        if stands(text, budget, body) and not bare(text) and (not topic or _shares(text, words)):
            yield text


def stands(text: str, budget: float, body: str, named: bool = False) -> bool:
    """True where ``text`` is a printable statement within ``budget`` that is whole in ``body``.

    With ``named`` the name of something will do (云溪老街的四季): its verb is not asked for.
    """
    return SHORTEST <= width(text) <= budget and _stands(text, body, named)


@lru_cache(maxsize=1 << 11)
def _stands(text: str, body: str, named: bool) -> bool:
    """``stands`` on a line of any length; kept, since a title is tried on several."""
    clauses = [part for part in _CLAUSES.split(text) if part]
    good = not faults(text) and not unspoken(text) and (named or not verbless(text))
    good = good and not _said_twice(text) and not _ODD.search(text) and _quotes_stand(text, body)
    if not good or (len(clauses) > 1 and not named and not all(map(_says, clauses))):
        return False
    parts = [part for clause in clauses for part in clause.split("：") if part]
    said = text.rpartition("：")[2]
    if said != text and (width(said) < SHORTEST_SAID or said[0] in "为以对从在"):
        return False
    return all(not torn(part, body) for part in parts) and not sewn(text, body) and not tear(text, body)


def _says(clause: str) -> bool:
    """True for a clause of several that says something: with a verb, an adjective or an idiom."""
    said = not verbless(clause) or any(tag(clause[a:b])[:1] in "ail" for a, b in units(clause))
    return width(clause) >= SHORTEST_CLAUSE and said


def _quotes_stand(text: str, body: str) -> bool:
    """True where what ``text`` quotes is quoted in the report, to its ends."""
    return not body or all(quoted in body for quoted in _QUOTED.findall(text))


def _said_twice(text: str) -> bool:
    """True where a word stands twice in a short title: 骗子让骗子."""
    words = [text[a:b] for a, b in units(text) if b - a > 1]
    return width(text) <= PHONE and len(set(words)) < len(words)


def sewn(text: str, body: str) -> bool:
    """True where words meet that do not meet in ``body``: in more places than ``text`` has room for, or at its end.

    A verb may stand at the end of any headline (…开幕); a noun that nothing in the report leads to was lost there.
    """
    spans = units(text)
    at = [a for a, _ in spans[1:] if text[a - 1 : a + 1].isalnum() and text[a - 1 : a + 1] not in body]
    if not body or not at:
        return False
    last = text[slice(*spans[-1])]
    ends = at[-1] == spans[-1][0] and not (
        tag(last).startswith("v") or not verbless(last) or last[0].isdigit()
    )
    return ends or len(at) > 1 + width(text) // UNITS_PER_SEAM


def keeps_sense(text: str, source: str, leads: bool = True) -> bool:
    """False where the cut lost a negation, a hedge, the speaker, who acts, or the figure of its last clause.

    Only the headline that ``leads`` may itself leave out who acts.
    """
    if sorted(_NEGATIVE.findall(text)) != sorted(_NEGATIVE.findall(source)):
        return False
    clause = next((c for c in re.split(r"[ ，；]", source) if c.endswith(text[-2:])), "")
    if any(figure not in text for figure in _FIGURE.findall(clause)):
        return False
    return not bare(text) or leads and bare(source)


def about(text: str, topic: str) -> bool:
    """True where at least a third of the content words of ``text`` are those of ``topic``."""
    return _shares(text, set(content(topic)))


def _shares(text: str, topic: set[str]) -> bool:
    words = content(text)
    return 3 * sum(any(word in other or other in word for other in topic) for word in words) >= len(words)


def cuts(text: str, budget: float, shorten: Shorten | None) -> list[str]:
    """Shorter forms of ``text``; a speaker before a colon stays."""
    if shorten is None:
        return []
    speaker, mark, said = text.rpartition("：")
    room = budget - width(speaker + mark)
    return [polish(speaker + mark + made) for made in shorten(said, room)] if room >= 4 else []

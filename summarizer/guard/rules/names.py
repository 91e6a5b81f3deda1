"""Persons, places, organisations and posts: first their own characters in the body, then the tagger.

A name is flagged for the characters that the body does not have. So a tagger's wrong cut (上海多措 for
上海 and 多措) costs nothing as long as what it cut off is in the body or does not look like a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...chars import occurrences
from ...types import Finding, Span
from ..facts import Facts
from ..gazetteer import KNOWN
from ..lexicon import crossing
from ..names import Token, common, strangers
from ..places import ADMIN, OWN
from ..posts import FOREIGN, SURNAMES, foreign
from ..quotes import bare as letters
from ..text import fold, is_han
from .aliases import ALIASES
from .codes import latin
from .joints import cut_short, joined, overlong, pieces_of, stump, unlike_any
from .miscuts import GRAMMAR, miscut, trimmed

#: 中东部 is no 中东.
_DIRECTIONS = frozenset(("东部", "西部", "南部", "北部", "中部"))
_KINDS = {"person": "person", "place": "place", "org": "org"}
_LATIN = re.compile(r"(?=[a-z0-9\-+&.]*[a-z])[a-z0-9][a-z0-9\-+&.]*[a-z0-9+]|[a-z]", re.ASCII)
_OWN = re.compile("|".join(OWN))
_KNOWN = re.compile("|".join(sorted(KNOWN, key=len, reverse=True)))


def findings(text: str, facts: Facts, tokens: tuple[Token, ...], taken: list[Span]) -> list[Finding]:
    """One finding per name of ``text`` outside ``taken`` (dates, numbers, quotations)."""
    out: list[Finding] = []
    busy = list(taken)
    bare = _bare_runs(text, facts)
    for start, end, kind in [
        *unlike_any(text, facts),
        *_own(text),
        *_introduced(text, facts),
        *_tagged(text, tokens, bare, facts),
        *_missed(text, bare, facts),
    ]:
        if kind in ("place", "org"):  # 西宁市|12路: the name before a figure that the tagger joined to it
            end = min((s for s, _ in taken if start + 2 <= s < end), default=end)
        if all(e <= start or end <= s for s, e in busy):
            found = _finding(kind, text, start, end, facts, bare)
            if found:
                busy.append((found.start, found.end))
                out.append(found)
    for match in _LATIN.finditer(fold(text)):
        if all(e <= match.start() or match.end() <= s for s, e in busy):
            out += _latin(text, *match.span(), facts)
    return out


def _bare_runs(text: str, facts: Facts) -> list[Span]:
    """Runs of Han characters of which no pair (with a neighbour) stands in the body."""
    folded, pairs = fold(text), facts.pairs
    runs: list[Span] = []
    for i, char in enumerate(folded):
        if not is_han(char) or folded[i : i + 2] in pairs or (i and folded[i - 1 : i + 1] in pairs):
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _own(text: str) -> Iterator[tuple[int, int, str]]:
    """我市, 全县: the report's own place."""
    for match in _OWN.finditer(text):
        yield *match.span(), "own"


def _introduced(text: str, facts: Facts) -> Iterator[tuple[int, int, str]]:
    """Persons whom the body introduces by their post."""
    for name in sorted(facts.people):
        for at in occurrences(text, name):
            yield at, at + len(name), "person"


def _tagged(
    text: str, tokens: tuple[Token, ...], bare: list[Span], facts: Facts
) -> Iterator[tuple[int, int, str]]:
    """Tagged names without marks at their ends; a lone surname takes the unknown characters after it."""
    for token in tokens:
        kind, start, end = _KINDS.get(token.tag), token.start, token.end
        while start < end and (not text[start].isalnum() or text[start] == "丨"):
            start += 1
        while start < end and not text[end - 1].isalnum():
            end -= 1
        while kind == "person" and end - start > 2 and text[end - 1] in GRAMMAR:
            end -= 1
        if kind == "person" and end - start <= 2 and is_han(text[start : start + 1]):
            # 陶向|知: the tagger cut a name that the body does not have; 暴雪|来袭 it did not
            verb = next((t.end - t.start for t in tokens if t.start == end and t.tag == "verb"), 1)
            if not (verb > 1 and common(text[start:end])) and any(s <= start and end < e for s, e in bare):
                end = next(min(e, start + 3) for s, e in bare if s <= start < e)
            kind = "person" if end - start > 1 else None
        if kind == "person":
            alien = next((m for m in FOREIGN.finditer(text, start) if m.start() == start), None)
            if alien and any(s <= start and alien.end() <= e for s, e in bare):
                end = max(end, alien.end())  # 卡维尔|森
        if kind and start < end:
            yield *trimmed(kind, text, start, end, facts), kind


def _missed(text: str, bare: list[Span], facts: Facts) -> Iterator[tuple[int, int, str]]:
    """Names that the tagger did not see, in runs of characters that the body does not have."""
    for start, end in bare:
        run = text[start:end]
        for match in _KNOWN.finditer(run):
            low, high = start + match.start(), start + match.end()
            if not crossing(text, high) and text[high - 1 : high + 1] not in _DIRECTIONS:
                yield low, high, "place"
        yield from ((start + a, start + b, "person") for a, b in _persons(run))
        ranked = _ranked(text, start, end, facts)
        if ranked:
            yield *ranked, "place"


def _ranked(text: str, start: int, end: int, facts: Facts) -> Span | None:
    """青石市 where the body has 青石县, or an unknown pair of characters before 县 (白鹭县)."""
    for stop in (end, end + 1):
        name = text[max(0, stop - 3) : stop]
        if len(name) == 3 and _other_rank(name, facts):
            return stop - 3, stop
    return (start, end + 1) if end - start == 2 and text[end : end + 1] == "县" else None


def _persons(run: str) -> list[Span]:
    """Stretches of an unknown run that look like names: foreign, or a surname with unknown characters."""
    words = strangers(run)
    alien = [m.span() for m in FOREIGN.finditer(run) if any(s < m.end() and m.start() < e for s, e in words)]
    if alien:
        return alien
    found = []
    for low, high in words:
        while high > low and run[high - 1] in GRAMMAR:
            high -= 1
        for length in (3, 2):
            at = high - length
            if at >= low and run[at] in SURNAMES and not GRAMMAR & set(run[at:high]):
                found.append((at, high))
                break
    return found


def _finding(kind: str, text: str, start: int, end: int, facts: Facts, bare: list[Span]) -> Finding | None:
    name = text[start:end]

    def found(verdict: str, spans: tuple[Span, ...] = (), reason: str = "") -> Finding:
        return Finding(
            "place" if kind in ("own", "joined") else kind, name, start, end, verdict, spans, reason
        )

    spans = facts.where(name)
    if spans:
        longer = overlong(kind, text, start, end, facts)
        if longer:
            name, (start, end) = text[slice(*longer)], longer
            return found("unsupported", (), "正文只有其中一部分 / the body has only a part of this name")
        if kind in ("place", "org") and text[end : end + 1] in ADMIN and not crossing(text, end + 1):
            other = _other_rank(text[start : end + 1], facts)
            if other and not facts.where(text[start : end + 1], 1):  # 枫桥|村 where the body has 枫桥镇
                name, end = text[start : end + 1], end + 1
                return found("contradicted", other, _rank_reason(other, facts))
        if kind == "person" and cut_short(name, facts):
            return found("unsupported", (), "正文只有更长的姓名 / the body only has a longer name")
        return found("supported", spans)
    if fold(name) in facts.context:
        return found("inferred", (), "电头、署名或原题 / stands in the dateline, byline or page headline")
    other = _other_rank(name, facts) if kind in ("place", "org") else ()
    if other:
        return found("contradicted", other, _rank_reason(other, facts))
    for rule in ALIASES:
        spans, reason = rule(name, "place" if kind == "joined" else kind, facts)
        if reason:
            return found("inferred", spans, reason)
    if kind == "joined":
        return found("unsupported", (), "由正文的两处拼成 / joined from pieces of two names")
    return _by_parts(kind, text, start, end, facts, bare, found)


def _rank_reason(other: tuple[Span, ...], facts: Facts) -> str:
    return f"正文为“{facts.body[slice(*other[0])]}” / another rank of place"


def _other_rank(name: str, facts: Facts) -> tuple[Span, ...]:
    """青石县 where the body only has 青石市."""
    if len(name) < 3 or name[-1] not in ADMIN:
        return ()
    places = facts.where(name[:-1], 8)
    others = [facts.folded[e : e + 1] for _, e in places]
    return tuple((s, e + 1) for s, e in places[:1]) if places and all(c in ADMIN for c in others) else ()


def _by_parts(kind, text: str, start: int, end: int, facts: Facts, bare: list[Span], found) -> Finding | None:
    """The verdict for a name that the body has at best in pieces."""
    name = text[start:end]
    unknown = [(max(s, start), min(e, end)) for s, e in bare if s < end and start < e]
    lost = sum(e - s for s, e in unknown)
    whole = kind == "person" and len(name) <= 3
    if not unknown and not whole:
        if joined(name, kind, facts):
            return found("unsupported", (), "由正文的两处拼成 / joined from pieces of two names")
        return found("inferred", pieces_of(name, facts), "各部分均见于正文 / all its parts are in the body")
    alien = FOREIGN.match(name) if kind == "person" else None
    if alien and any(s < start + alien.end() for s, _ in unknown):
        return found("unsupported", (), "正文无此名称 / no such name in the body")
    if (
        len(name) - lost >= 2
        and not (kind == "place" and stump(name, facts))
        and not any(_like_name(text[s:e], kind) for s, e in unknown)
    ):
        spans = pieces_of(name, facts)
        if spans and not whole:
            return found("inferred", spans, "名称部分见于正文 / its known part is in the body")
    if miscut(kind, text, start, end, facts):
        return None
    return found("unsupported", (), "正文无此名称 / no such name in the body")


def _like_name(run: str, kind: str) -> bool:
    """Whether unknown characters inside a longer name are themselves a name."""
    if _KNOWN.search(run) or foreign(run) or run[-1] in ADMIN:
        return True
    if len(run) == 2 and kind != "person" and not strangers(run):
        return False
    return len(run) in (2, 3) and run[0] in SURNAMES and not GRAMMAR & set(run)


def _latin(text: str, start: int, end: int, facts: Facts) -> list[Finding]:
    """Latin names and codes: G20, C919, GDP."""
    name = text[start:end]
    spans = facts.where(name)
    if spans:
        return [Finding("code", name, start, end, "supported", spans)]
    if fold(name) in facts.context:
        return [
            Finding("code", name, start, end, "inferred", (), "电头、署名或原题 / stands beside the body")
        ]
    loose = facts.where_bare(name) if len(letters(name)) > 2 else ()
    if loose:
        return [Finding("code", name, start, end, "inferred", loose, "标点不同 / other punctuation")]
    spans, reason, ignored = latin(fold(name), facts)
    if ignored:
        return []
    if reason:
        return [Finding("code", name, start, end, "inferred", spans, reason)]
    return [
        Finding("code", name, start, end, "unsupported", (), "正文无此代号或外文 / no such code in the body")
    ]

"""Persons, places, organisations and posts: first their own characters in the body, then the tagger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import Finding, Span
from ..facts import Facts
from ..names import Token
from ..places import OWN, SHORT, stem
from ..posts import POST, SURNAMES, TITLE
from ..text import SENTENCE_END, fold, is_han

_KINDS = {"person": "person", "place": "place", "org": "org"}
_LATIN = re.compile(r"(?=[a-z0-9\-+&.]*[a-z])[a-z0-9][a-z0-9\-+&.]*", re.ASCII)
_GAP = 6


def findings(text: str, facts: Facts, tokens: tuple[Token, ...], taken: list[Span]) -> list[Finding]:
    """One finding per name and post of ``text``; ``taken`` (quotations, dates) is passed over."""
    out: list[Finding] = []
    busy = list(taken)
    for start, end, kind in [*_own(text), *_entities(text, facts, tokens)]:
        if all(e <= start or end <= s for s, e in busy):
            busy.append((start, end))
            out.append(_finding(kind, text, start, end, facts))
    for match in _LATIN.finditer(fold(text)):
        if all(e <= match.start() or match.end() <= s for s, e in busy):
            out.append(_finding("code", text, *match.span(), facts))
    return out + list(_posts(text, facts))


def _own(text: str) -> Iterator[tuple[int, int, str]]:
    """我市, 全县: the report's own place."""
    for match in re.finditer("|".join(OWN), text):
        yield *match.span(), "own"


def _entities(text: str, facts: Facts, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, str]]:
    """Tagged names, and runs of unknown characters that look like a person's name."""
    folded = facts.folded
    for token in tokens:
        kind = _KINDS.get(token.tag)
        if kind and re.search(r"\w", text[token.start : token.end]):
            start, end = _grown(text, token, tokens, folded) if kind == "person" else (token.start, token.end)
            yield start, end, kind
    yield from _unknown(text, facts, tokens)


def _grown(text: str, token: Token, tokens: tuple[Token, ...], body: str) -> tuple[int, int]:
    """A one-character tail or head that the tagger cut off a name, where name and tail are not in the body."""
    return token.start, token.end


def _unknown(text: str, facts: Facts, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, str]]:
    """Untagged runs of single-character tokens that open with a surname and are not in the body."""
    run: list[Token] = []
    for token in [*tokens, Token(len(text), len(text), "end")]:
        single = (
            token.end - token.start == 1
            and is_han(text[token.start])
            and token.tag in ("other", "verb", "proper")
        )
        if single and (run or text[token.start] in SURNAMES):
            run.append(token)
            continue
        if 2 <= len(run) <= 3 and fold(text[run[0].start : run[-1].end]) not in facts.folded:
            yield run[0].start, run[-1].end, "person"
        run = []


def _finding(kind: str, text: str, start: int, end: int, facts: Facts) -> Finding:
    name = text[start:end]

    def found(verdict: str, spans: tuple[Span, ...] = (), reason: str = "") -> Finding:
        shown = "place" if kind == "own" else kind
        return Finding(shown, name, start, end, verdict, spans, reason)

    spans = facts.where(name)
    if spans:
        return found("supported", spans)
    if fold(name) in facts.context:
        return found("inferred", (), "电头、署名或原题 / stands in the dateline, byline or page headline")
    for rule in (_stem, _short, _titled, _own_place, _abbreviated, _foreign, _parts):
        spans, reason = rule(name, kind, facts)
        if reason:
            return found("inferred", spans, reason)
    return found("unsupported", (), "正文无此名称 / no such name in the body")


Support = tuple[tuple[Span, ...], str]
_NO: Support = ((), "")


def _stem(name: str, kind: str, facts: Facts) -> Support:
    """云溪市 for 云溪."""
    short = stem(name)
    if kind in ("place", "org") and short != name:
        spans = facts.where(short)
        if spans:
            return spans, f"{name}即{short} / the place without its suffix"
        if fold(short) in facts.context:
            return (), "电头地名 / the dateline's place"
    return _NO


def _short(name: str, kind: str, facts: Facts) -> Support:
    """Every character of 中美, 京津冀 stands for a place in the body; also 俄外交部 for 俄罗斯外交部."""
    if kind == "person" and len(name) > 3:
        return _NO
    spans: list[Span] = []
    for char in name:
        options = [facts.where(full, 1) for full in SHORT.get(char, ())]
        hit = next((o for o in options if o), None)
        if hit is None:
            break
        spans.extend(hit)
    else:
        return tuple(spans), "地名简称 / short names of places"
    rest = facts.where(name[1:]) if len(name) > 2 and name[0] in SHORT else ()
    if rest and any(facts.where(full, 1) for full in SHORT[name[0]]):
        return rest, "地名简称 / short name of a place"
    return _NO


def _titled(name: str, kind: str, facts: Facts) -> Support:
    """章书记 for 市委书记章明远: the surname stands beside that post."""
    title = TITLE.search(name)
    if kind == "person" and title and title.start() in (1, 2):
        surname, post = name[: title.start()], title.group()
        found = re.search(rf"{post}{re.escape(surname)}\w|{re.escape(surname)}\w{{1,2}}{post}", facts.body)
        if found:
            return (found.span(),), "姓加职务 / surname with post"
    return _NO


def _own_place(name: str, kind: str, facts: Facts) -> Support:
    """我市 for the place of the dateline, or for the first place of the body with that suffix."""
    if kind != "own":
        return _NO
    suffix = OWN[name]
    if suffix == "国":
        return (), "指本国 / the country of the report"
    if facts.city:
        return (), f"电头地点：{facts.city} / the dateline's place"
    found = re.search(rf"[\u4e00-\u9fff]{{2,3}}{suffix}", facts.body)
    return ((found.span(),), "正文首个同级地名 / first such place in the body") if found else _NO


def _abbreviated(name: str, kind: str, facts: Facts) -> Support:
    """云溪一院 for 云溪市第一人民医院: the characters in order, few apart, within one clause."""
    if kind not in ("org", "place", "proper") or len(name) < 2 or not all(map(is_han, name)):
        return _NO
    if len(name) == 2 and kind == "place":
        return _NO
    gap = rf"[^\s{SENTENCE_END}，、,“”《》]{{0,{_GAP}}}?"
    found = re.search(gap.join(map(re.escape, fold(name))), facts.folded)
    return ((found.span(),), "简称 / abbreviation") if found else _NO


def _foreign(name: str, kind: str, facts: Facts) -> Support:
    """The family name of a foreign person given in full, or two parts that the body writes apart."""
    parts = [p for p in re.split(r"[·•.\-]", fold(name)) if len(p) >= 2]
    if kind == "person" and len(parts) > 1 and facts.where(parts[-1]):
        return facts.where(parts[-1]), "外国人名的姓 / family name"
    return _NO


def _parts(name: str, kind: str, facts: Facts) -> Support:
    """A place or organisation made of pieces of at least two characters that all stand in the body."""
    if kind not in ("place", "org"):
        return _NO
    spans, at = [], 0
    while at < len(name):
        for stop in range(len(name), at + 1, -1):
            hit = facts.where(name[at:stop], 1)
            if hit:
                spans.extend(hit)
                at = stop
                break
        else:
            return _NO
    return tuple(spans), "各部分均见于正文 / all its parts are in the body"


def _posts(text: str, facts: Facts) -> Iterator[Finding]:
    """Posts of ``text``; a post that the body gives only to another person is contradicted."""
    for match in POST.finditer(text):
        spans = facts.where(match.group(), 1)
        start, end = match.span()
        if spans:
            yield Finding("post", match.group(), start, end, "supported", spans)
            continue
        base = TITLE.search(match.group())
        near = facts.where(base.group(), 1) if base else ()
        if near:
            yield Finding(
                "post", match.group(), start, end, "inferred", near, "职务简称 / short form of the post"
            )
        elif fold(match.group()) not in facts.context:
            yield Finding(
                "post",
                match.group(),
                start,
                end,
                "unsupported",
                (),
                "正文无此职务 / no such post in the body",
            )

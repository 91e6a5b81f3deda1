"""Posts (职务): that the body has them, and that it gives them to the person named beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import Finding, Span
from ..facts import Facts
from ..lexicon import crossing, cut
from ..names import Token, common
from ..places import SHORT
from ..posts import FOREIGN, POST, SURNAMES, TITLE
from ..text import fold
from .miscuts import GRAMMAR

_REACH = 12
_CALLINGS = frozenset(("记者", "老师", "医生"))  # 答记者问: nobody's post


def findings(text: str, facts: Facts, tokens: tuple[Token, ...]) -> list[Finding]:
    """One finding per post of ``text``; the 社长 of 新华社|长篇 is none."""
    whole = (m for m in POST.finditer(text) if not any(m.start() < t.start < m.end() < t.end for t in tokens))
    return [f for m in whole if (f := _finding(m.group(), *m.span(), text, facts, tokens))]


def _finding(
    post: str, start: int, end: int, text: str, facts: Facts, tokens: tuple[Token, ...]
) -> Finding | None:
    holder = _holder(start, end, text, tokens)
    rival = _rival(post, holder, facts) if holder else None
    if rival:
        said = facts.body[rival[0] : rival[1]]
        return Finding(
            "post", post, start, end, "contradicted", (rival,), f"正文为“{said}” / the body says {said}"
        )
    raised = _raised(start, end, text, facts)
    if raised:
        said = facts.body[raised[0] : raised[1]]
        reason = f"正文为“{said}” / the body says {said}"
        return Finding("post", post, start, end, "contradicted", (raised,), reason)
    spans = facts.where(post, 1)
    if spans:
        return Finding("post", post, start, end, "supported", spans)
    if fold(post) in facts.context:
        return Finding("post", post, start, end, "inferred", (), "电头或署名 / stands beside the body")
    for pattern in _shorter(post):
        found = re.search(pattern, facts.folded)
        if found:
            return Finding(
                "post", post, start, end, "inferred", (found.span(),), "职务简称 / short form of the post"
            )
    if post in _CALLINGS:
        return None
    over = crossing(text, end)
    if over and over[0] > start:
        return None  # 新华社|长篇
    return Finding("post", post, start, end, "unsupported", (), "正文无此职务 / no such post in the body")


def _raised(start: int, end: int, text: str, facts: Facts) -> Span | None:
    """Where the body has the post's deputy, when it has no other: 首相 of 王储兼副首相."""
    places = facts.where(text[start:end], 12)
    own = (
        text[start] == "副"
        or text[max(0, start - 1) : start] == "副"
        or fold(text[start:end]) in facts.context
    )
    if own or not places or any(facts.body[max(0, a - 1) : a] != "副" for a, _ in places):
        return None
    return places[0][0] - 1, places[0][1]


def _shorter(post: str) -> Iterator[str]:
    """防长 for 国防部长, 市委书记 for 市委、市政府…书记 and 书记."""
    yield r"\w{0,3}?".join(map(re.escape, post))
    title = TITLE.search(post)
    if title and title.start():
        yield re.escape(title.group())
        if len(title.group()) == 2:
            yield rf"{title.group()[0]}\w{{0,3}}?{title.group()[1]}"  # 前外长 for 外交部长


def _holder(start: int, end: int, text: str, tokens: tuple[Token, ...]) -> str:
    """The person's name right after or right before the post."""
    for token in tokens:
        if (
            token.tag == "person"
            and token.end - token.start >= 2
            and not set(text[token.start : token.end]) <= set(SHORT)  # 叙伊|总统
            and (token.start == end or token.end == start)
        ):
            return text[token.start : token.end]
    return ""


def _like_person(after: str) -> bool:
    """Whether what stands behind a post may be its holder's name: not the 表示 of 发言人表示."""
    first = after[: cut(after)[0][1]]
    if after[0] in GRAMMAR or (len(first) > 1 and common(first)):
        return False
    return after[0] in SURNAMES or bool(FOREIGN.match(after))


def _rival(post: str, holder: str, facts: Facts) -> Span | None:
    """Where the body gives this very post to somebody else, when it never gives it to ``holder``."""
    if not facts.where(holder, 1):
        return None
    other = None
    for start, end in facts.where(post, 12):
        if holder in facts.body[max(0, start - _REACH) : end + _REACH]:
            return None
        after = re.match(r"[\u4e00-\u9fff]{2,4}", facts.body[end:])
        if (
            after
            and _like_person(after.group())
            and facts.body[max(0, start - 1) : start] not in ("副", "原")
        ):
            other = other or (start, end + min(3, len(after.group())))
    return other

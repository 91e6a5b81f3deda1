"""引题, 主题, 副题: the stack of lines a newspaper headline is made of, checked against its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..chars import unbalanced
from .breaks import Fit, fit
from .layout import Layout
from .polish import faults
from .words import tag, units

# A kicker ends where the message begins: …时强调, …会议指出, …之一.
_LEAD_IN = re.compile(
    r"^(?P<kicker>.{6,40}?(?:时强调|时指出|时要求|会议强调|会议指出|会议要求|讲话强调|批示强调|时表示|作出重要指示|作出批示|并讲话))"
    r"[ ：，:](?P<main>.{4,})$"
)
_SUB = re.compile(r"^(?P<main>.{4,30}?)(?:——|--)(?P<sub>.{4,40})$")


@dataclass(frozen=True, slots=True)
class Stack:
    """A headline with what stands above and below it; a line that is not set is ``""``."""

    main: str
    kicker: str = ""
    sub: str = ""


@dataclass(frozen=True, slots=True)
class SetStack:
    """A stack set in its layout. ``reasons`` says, per dropped line, why it was dropped."""

    stack: Stack
    main: Fit
    kicker: Fit | None = None
    sub: Fit | None = None
    reasons: tuple[str, ...] = ()


def parts(headline: str) -> Stack:
    """A long headline as its stack: …时强调 开 the message gives the kicker, ——… the subhead.

    A headline without such a seam comes back whole as ``main``.
    """
    if (match := _LEAD_IN.match(headline)) and not unbalanced(match.group("main")):
        return Stack(match.group("main").strip(), kicker=match.group("kicker").strip())
    if (match := _SUB.match(headline)) and not unbalanced(match.group("main")):
        return Stack(match.group("main").strip(), sub="——" + match.group("sub").strip())
    return Stack(headline)


def set_stack(stack: Stack, layout: Layout, names: tuple[str, ...] = ()) -> SetStack:
    """``stack`` set in ``layout``; a kicker or subhead that has faults, does not fit or repeats is dropped.

    The main line is never dropped: where it does not fit, ``main.reasons`` says why.
    """
    main = fit(stack.main, layout.main, names)
    kicker, why_kicker = _extra(stack.kicker, "引题", layout, "kicker", stack.main, names)
    sub, why_sub = _extra(stack.sub, "副题", layout, "sub", f"{stack.main} {stack.kicker}", names)
    kept = Stack(stack.main, stack.kicker if kicker else "", stack.sub if sub else "")
    return SetStack(kept, main, kicker, sub, tuple(why for why in (why_kicker, why_sub) if why))


def _extra(
    text: str, name: str, layout: Layout, slot: str, said: str, names: tuple[str, ...]
) -> tuple[Fit | None, str]:
    if not text:
        return None, ""
    if wrong := faults(text):
        return None, f"{name}未用：{wrong[0]}"
    if share := repeats(text, said):
        return None, f"{name}未用：与主题重复 {share:.0%} / says the headline again"
    found = fit(text, layout.shapes(slot), names)
    return (found, "") if found.ok else (None, f"{name}未用：{found.reasons[0]}")


def repeats(text: str, said: str, limit: float = 0.6) -> float:
    """Share of the content words of ``text`` that stand in ``said``, if over ``limit``, else 0.

    Names and places may stand in both; so only verbs and common nouns are counted.
    """
    words = {text[a:b] for a, b in units(text) if b - a > 1 and tag(text[a:b]) not in ("nr", "ns", "nt", "m")}
    share = sum(word in said for word in words) / len(words) if words else 0.0
    return share if share > limit else 0.0

"""The newspaper's forms of one draft: phone and web titles, two-line headline, stack, section subheads.

Each is chosen from what was already written and checked; what is set anew (a clause, a break, a couplet of the
report) goes through the guard once more. Absent rather than bad.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..chars import width
from ..forms.breaks import fit
from ..forms.layout import Shape
from ..forms.parallel import demands, halves, official
from ..forms.short import bare, stands
from ..forms.stack import Stack, parts, set_stack
from ..forms.whole import torn, verbless
from ..forms.words import tag, units
from ..types import Forms, HeadlineStack, Section, Span
from . import titles
from .candidates import evidence
from .source import Source
from .summary import sound
from .telling import tells
from .titles import Material

MOST_OFF = 3.0  # full-width units by which the halves of a two-line headline may differ


def forms(made: Material, sections: tuple[Section, ...] = ()) -> Forms:
    """Every form that can be made well; an article that is refused, or has no sound headline, has none."""
    if made.item.refused or not made.sound:
        return Forms(sections=sections)
    short, web = titles.phone(made), titles.web(made)
    pair, why = _two_lines(made)
    if not short and made.layout.budget("phone"):
        why = (*why, "短题未拟：没有一行能独立成句 / no short title: nothing that short says it by itself")
    stack, reasons = _stack(made)
    return Forms(
        phone=short,
        web=web,
        two_line=pair,
        stack=stack,
        sections=sections,
        phone_evidence=_evidence(made.item, short),
        web_evidence=_evidence(made.item, web),
        two_line_evidence=_evidence(made.item, " ".join(pair) if pair else None),
        refused=tuple(dict.fromkeys((*why, *reasons))),
    )


def _evidence(item: Source, text: str | None) -> tuple[Span, ...]:
    return evidence(text, item) if text else ()


# --- two lines and the stack ----------------------------------------------------------------------


def _two_lines(made: Material) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """Parallel halves of a candidate, else of the report's demands, else the headline broken well.

    Only political news, or a layout with a shape of two lines, has a two-line headline.
    """
    shapes = [shape for shape in made.layout.main if len(shape) == 2]
    room = min((line.budget for shape in shapes for line in shape), default=16)
    found = _parallel(made, room)
    wanted = bool(shapes) and (made.style is None or made.style.parallel)
    if found and (wanted or found[2] and official(made.item.body)):
        return found[:2], ()
    for pair in demands(made.item.body, room):
        if tells(pair.left) and tells(pair.right) and sound(made.item.facts, pair.text):
            return (pair.left, pair.right), ()
    return _broken(made, shapes) if shapes else (None, ())


def _parallel(made: Material, room: float) -> tuple[str, str, bool] | None:
    """The halves of the most parallel candidate, and whether they are of one length."""
    best: tuple[float, str, str, bool] | None = None
    for candidate in made.sound:
        pair = halves(candidate.text)
        if pair is None or "：" in candidate.text or not _pair(pair.left, pair.right, room, made.item.body):
            continue
        even = width(pair.left) == width(pair.right)
        off = abs(width(pair.left) - width(pair.right))
        if off <= MOST_OFF and (best is None or pair.score - off / 10 > best[0]):
            best = pair.score - off / 10, pair.left, pair.right, even
    return best[1:] if best else None


def _pair(left: str, right: str, room: float, body: str) -> bool:
    """True where each half fits a line, says something and is whole in the report."""
    both = (left, right)
    told = all(4 <= width(half) <= room and tells(half) for half in both)
    return told and not any(verbless(half) or torn(half, body) for half in both)


def _broken(made: Material, shapes: Sequence[Shape]) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """The first headline set in two lines; the reason where it can't be."""
    lead = made.sound[0].text
    if not stands(lead, made.limit, made.item.body):
        return None, ()
    found = fit(lead, shapes, made.names)
    if not found.ok:
        return None, tuple(f"两行题未用：{reason}" for reason in found.reasons[:1])
    left, right = found.lines
    if (off := abs(width(left) - width(right))) > MOST_OFF:
        return None, (f"两行题未用：两行相差 {off:g} 字 / the lines are too unlike in length",)
    if not _seam(left, right):
        return None, (f"两行题未用：“{left}／{right}”断在词组里 / the break falls inside a phrase",)
    return (left, right), ()


def _seam(left: str, right: str) -> bool:
    """True where a line may end for the ear too: before the verb of its subject, a quotation, a title."""
    last, first = left[slice(*units(left)[-1])], right[slice(*units(right)[0])]
    if first[0] in "“《" or left[-1] in "，；：":
        return True
    opens = tag(first) in ("v", "vd", "d", "p") or first in ("将", "拟", "不")
    return opens and tag(last)[:1] in "nxjl" and not bare(left)


def _stack(made: Material) -> tuple[HeadlineStack | None, tuple[str, ...]]:
    """引题/主题/副题 set in the layout, and why a line of them is not used; None for a headline alone."""
    headline = made.ordered[0].text
    taken = parts(headline)
    whole = Stack(taken.main, made.kicker or taken.kicker, made.subhead or taken.sub)
    if made.kicker or made.subhead:
        whole = Stack(headline, made.kicker or "", made.subhead or "")
    found = set_stack(whole, made.layout, made.names)
    kept = found.stack
    if not found.main.ok:
        return None, (*(f"主题未排：{reason}" for reason in found.main.reasons[:1]), *found.reasons)
    if not kept.kicker and not kept.sub and len(found.main.lines) == 1:
        return None, found.reasons
    return HeadlineStack(kept.kicker or None, found.main.lines, kept.sub or None), found.reasons

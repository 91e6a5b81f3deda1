"""The newspaper's forms of one draft: phone and web titles, two-line headline, stack, section subheads.

Each is chosen from what was already written and checked; what is set anew (a clause, a break, a couplet of the
report) goes through the guard once more. Absent rather than bad.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..chars import width
from ..forms import one_line
from ..forms.breaks import fit
from ..forms.layout import Layout, Shape
from ..forms.parallel import demands, halves, official
from ..forms.short import Variant, about, bare, shown, stands, variants
from ..forms.stack import Stack, parts, set_stack
from ..forms.whole import torn, verbless
from ..forms.words import tag, units
from ..models.clauses import compress
from ..rank.consensus import consensus
from ..style import Style
from ..types import Candidate, Forms, Generated, HeadlineStack, Section, Span
from .bars import hangs, twice
from .candidates import NAMES, doubtful, evidence
from .source import Source
from .summary import sound
from .telling import scenic, tells

TRIED, CROWD, LEAST = 10, 5, 3  # titles that are compared, and candidates that they are compared with
AGREED, NEAR = 0.2, 0.15  # agreement that a phone title needs, and how far it may be below the best one's
FULLER = 0.2  # what a web title that fills its room gains
FILLS, WIDE_CROWD = 0.5, 8  # the same among wordings asked for it, and how many of them agree or not
MOST_OFF = 3.0  # full-width units by which the halves of a two-line headline may differ
Extract = Callable[[str, int, int], list[Generated]]


@dataclass(frozen=True)
class Material:
    """What the forms are made of. ``ordered`` are all ranked candidates, not only those shown.

    ``wide`` are the same with others written for the web's line, ranked for it; empty where there are none.

    ``extract(text, limit, count)`` gives headlines made of the article's own words.
    """

    item: Source
    ordered: Sequence[Candidate]
    wide: Sequence[Candidate]
    kicker: str | None
    subhead: str | None
    style: Style | None
    limit: int
    extract: Extract

    @property
    def sound(self) -> list[Candidate]:
        """Candidates without a doubt, in their order."""
        return [c for c in self.ordered if not doubtful(c) and c.score >= 0]

    @property
    def layout(self) -> Layout:
        return self.style.layout if self.style else one_line(self.limit)

    @property
    def names(self) -> tuple[str, ...]:
        """Names that no line may break."""
        return tuple(sorted({f.text for c in self.ordered for f in c.findings if f.kind in NAMES}))


def forms(made: Material, sections: tuple[Section, ...] = ()) -> Forms:
    """Every form that can be made well; an article that is refused, or has no sound headline, has none."""
    if made.item.refused or not made.sound:
        return Forms(sections=sections)
    phone, web = _phone(made), _web(made)
    pair, why = _two_lines(made)
    if not phone and made.layout.budget("phone"):
        why = (*why, "短题未拟：没有一行能独立成句 / no short title: nothing that short says it by itself")
    stack, reasons = _stack(made)
    return Forms(
        phone=phone,
        web=web,
        two_line=pair,
        stack=stack,
        sections=sections,
        phone_evidence=_evidence(made.item, phone),
        web_evidence=_evidence(made.item, web),
        two_line_evidence=_evidence(made.item, " ".join(pair) if pair else None),
        refused=tuple(dict.fromkeys((*why, *reasons))),
    )


def _evidence(item: Source, text: str | None) -> tuple[Span, ...]:
    return evidence(text, item) if text else ()


def shorten(text: str, limit: float) -> list[str]:
    """Whole clauses of a headline, and clauses with what a headline can do without left out."""
    return [form.text for form in compress(text.replace(" ", "，"), limit) if not form.cut]


# --- phone and web --------------------------------------------------------------------------------


def _phone(made: Material) -> str | None:
    """The first title that the candidates agree with nearly as far as with any: a whole one may be beside the point."""
    budget = made.layout.budget("phone")
    titles = list(islice(_titles(made, budget), TRIED)) if budget else []
    near = _agreed(made, titles)
    least = max(AGREED, max(near, default=0.0) - NEAR)
    return next(
        (v.text for v, worth in zip(titles, near, strict=True) if worth >= least and _checked(made, v)), None
    )


def _titles(made: Material, budget: float) -> Iterator[Variant]:
    """Titles from the candidates, then from the report's own sentences."""
    body = made.item.body
    yield from (variant for variant in variants(made.sound, budget, body, shorten) if tells(variant.text))
    extracts = (generated.text for generated in made.extract(body, int(budget), 4))
    for text in shown(extracts, budget, body, made.sound[0].text):
        if tells(text):
            yield Variant(text, width(text), "cut", body)


def _agreed(made: Material, titles: Sequence[Variant]) -> list[float]:
    """How far the model's best candidates agree with each title, 0..1: what most of them say is the report's claim.

    Their first needs no other, and where the model wrote too few, all titles are as good.
    """
    crowd = [c.text for c in made.sound if c.origin == "model"][:CROWD]
    if len(crowd) < LEAST:
        return [1.0] * len(titles)
    near = consensus([title.text for title in titles], crowd)
    return [
        1.0 if title.text == made.sound[0].text else value for title, value in zip(titles, near, strict=True)
    ]


def _checked(made: Material, title: Variant) -> bool:
    return title.how == "whole" or sound(made.item.facts, title.text)


def _web(made: Material) -> str | None:
    """What ranks well, says what the others say and fills its room; 引题 and 主题 where the latter has no subject."""
    budget = made.layout.budget("web")
    lead = made.sound[0].text
    joined = f"{made.kicker} {lead}" if made.kicker and bare(lead) else ""
    if joined and stands(joined, budget, made.item.body) and sound(made.item.facts, joined):
        return joined
    if not budget:
        return None
    if longer := _longer(made, budget):
        return longer
    given = variants(made.sound, budget, made.item.body, shorten)
    titles = [v for v in islice(given, TRIED) if tells(v.text) or v.text == lead and not scenic(lead)]
    titles = [v for v in titles if v.how == "whole"] or titles
    score = {c.text: c.score for c in made.sound}
    worth = {
        v.text: score[v.source] + near + FULLER * v.chars / budget
        for v, near in zip(titles, _agreed(made, titles), strict=True)
    }
    best = sorted(titles, key=lambda v: -worth[v.text])
    return next((v.text for v in best if _checked(made, v)), None)


def _longer(made: Material, budget: float) -> str | None:
    """The best whole wording for the web's line among those that tell what the first headline does."""
    sound = [c for c in made.wide if not doubtful(c) and c.score >= 0]
    lead = made.sound[0].text
    pool = [
        c
        for c in sound
        if (c.text == lead or about(c.text, lead) and not bare(c.text))
        and stands(c.text, budget, made.item.body)
        and tells(c.text)
        and (c.text == lead or not twice(c.text) and not hangs(c.text, made.item.body))
    ]
    near = consensus([c.text for c in pool], [c.text for c in pool[:WIDE_CROWD]])
    worth = [c.score + value + FILLS * c.chars / budget for c, value in zip(pool, near, strict=True)]
    best = max(range(len(pool)), key=lambda i: worth[i], default=None)
    return None if best is None else pool[best].text


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

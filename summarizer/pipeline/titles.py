"""Short titles of one draft: for the phone and for the web, from what was written and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..chars import width
from ..forms.layout import Layout
from ..forms.short import Variant, about, bare, shown, stands, variants
from ..models.clauses import compress
from ..rank.consensus import consensus
from ..style import Style, layout_of
from ..types import Candidate, Generated
from . import candidates
from .bars import hangs, twice
from .source import Source
from .summary import sound
from .telling import scenic, tells

TRIED, CROWD, LEAST = 10, 5, 3  # titles that are compared, and candidates that they are compared with
AGREED, NEAR = 0.2, 0.15  # agreement that a phone title needs, and how far it may be below the best one's
FULLER = 0.2  # what a web title that fills its room gains
FILLS, WIDE_CROWD = 0.5, 8  # the same among wordings asked for it, and how many of them agree or not
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
        return candidates.sound(self.ordered)

    @property
    def layout(self) -> Layout:
        return layout_of(self.style, self.limit)

    @property
    def names(self) -> tuple[str, ...]:
        """Names that no line may break."""
        return tuple(sorted({f.text for c in self.ordered for f in c.findings if f.kind in candidates.NAMES}))


def shorten(text: str, limit: float) -> list[str]:
    """Whole clauses of a headline, and clauses with what a headline can do without left out."""
    return [form.text for form in compress(text.replace(" ", "，"), limit) if not form.cut]


def phone(made: Material) -> str | None:
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


def web(made: Material) -> str | None:
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
    lead = made.sound[0].text
    pool = [
        c
        for c in candidates.sound(made.wide)
        if (c.text == lead or about(c.text, lead) and not bare(c.text))
        and stands(c.text, budget, made.item.body)
        and tells(c.text)
        and (c.text == lead or not twice(c.text) and not hangs(c.text, made.item.body))
    ]
    near = consensus([c.text for c in pool], [c.text for c in pool[:WIDE_CROWD]])
    worth = [c.score + value + FILLS * c.chars / budget for c, value in zip(pool, near, strict=True)]
    best = max(range(len(pool)), key=lambda i: worth[i], default=None)
    return None if best is None else pool[best].text

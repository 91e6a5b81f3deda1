"""What speaks for a headline, each as one number in 0..1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..chars import width
from ..forms.breaks import Fit, fit
from ..forms.layout import Layout
from ..forms.polish import faults
from ..forms.words import tag, units
from ..types import Candidate, Finding, Origin
from ..weigh import Ground
from ..weigh import salience as heuristic
from .endings import Endings

_HANGING = frozenset("的 对 将 把 被 在 从 与 和 及 等 原 第 已 拟 向 为 于 由 或 之 成为 是 有".split())
BAD = ("unsupported", "contradicted")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight of each signal; a headline's score is their weighted mean. Tuned by ``eval/rank_tune.py``."""

    model: float = 0.30
    consensus: float = 1.20
    support: float = 0.10
    salience: float = 1.20
    length: float = 0.0
    setting: float = 0.05
    style: float = 0.50
    fluency: float = 0.30
    ending: float = 0.80
    origin: dict[Origin, float] = field(default_factory=lambda: {"model": 0.03, "page": 0.0, "extract": 0.0})
    diversity: float = 0.25
    cut: float = 0.20  # what a clause cut off in mid-air costs


@dataclass(frozen=True, slots=True)
class Context:
    """What candidates are measured against. ``salience`` is per code point of ``body``, computed if None.

    ``budget`` is in full-width units; ``names`` are never to be broken over lines; ``crowd`` are all texts that
    were written for the article, before near-duplicates were merged (the ranked ones where it is empty). ``yard`` is
    the article's, where it has been made.
    """

    body: str
    layout: Layout
    budget: float
    salience: Sequence[float] | None = None
    names: tuple[str, ...] = ()
    crowd: tuple[str, ...] = ()
    yard: Yardstick | None = None


class Yardstick:
    """What is known of an article before its candidates are looked at; made once, however often they are ranked."""

    def __init__(self, body: str, salience: Sequence[float] | None = None) -> None:
        self.ground = Ground(body, heuristic(body) if salience is None else salience)
        self.endings = Endings(body, self.ground.spans)


@dataclass(frozen=True, slots=True)
class Signals:
    """The measured candidate. ``fit`` is None where the candidate has faults that forbid setting it."""

    model: float
    consensus: float
    support: float
    salience: float
    length: float
    setting: float
    style: float
    fluency: float
    ending: float
    bad: tuple[Finding, ...]
    faults: tuple[str, ...]
    fit: Fit | None

    @property
    def clean(self) -> bool:
        """No claim without support, nothing that forbids printing."""
        return not self.bad and not self.faults


def measure(candidate: Candidate, context: Context, yard: Yardstick, agreed: float) -> Signals:
    """The signals of one candidate, with which the others agree so far."""
    ground = yard.ground
    claims = [f for f in candidate.findings if f.kind != "style"]
    bad = tuple(f for f in claims if f.verdict in BAD)
    wrong = faults(candidate.text, context.budget)
    setting = fit(candidate.text, context.layout.main, context.names) if not wrong else None
    return Signals(
        model=_probability(candidate),
        consensus=agreed,
        support=_support(claims),
        salience=ground.covered(candidate.text, context.budget),
        length=_length(width(candidate.text), context.budget),
        setting=max(0.0, 1.0 - setting.cost) if setting and setting.ok else 0.0,
        style=0.5 ** sum(f.kind == "style" for f in candidate.findings),
        fluency=_fluency(candidate.text, ground),
        ending=yard.endings.whole(candidate.text),
        bad=bad,
        faults=(*wrong, *(setting.reasons if setting and not setting.ok else ())),
        fit=setting,
    )


def _probability(candidate: Candidate) -> float:
    """The mean log-probability per token as a probability; 0.5 where no model gave one (score 0)."""
    if candidate.score == 0 or candidate.origin != "model":
        return 0.5
    return math.exp(max(-20.0, min(0.0, candidate.score)))


def _support(claims: Sequence[Finding]) -> float:
    """Share of claims that the article supports, an inferred one counting 0.9; 1 for no claims."""
    worth = {"supported": 1.0, "inferred": 0.9}
    return sum(worth.get(f.verdict, 0.0) for f in claims) / len(claims) if claims else 1.0


def _fluency(text: str, ground: Ground) -> float:
    """How well the text hangs together: its joints are the article's (squared), it ends and has a verb."""
    last = text[slice(*units(text)[-1])] if text else ""
    kinds = {tag(text[a:b])[:1] for a, b in units(text)}
    whole = 1.0 - 0.5 * (last in _HANGING or tag(last)[:1] in "pcuqd") - 0.3 * (not kinds & {"v"})
    return ground.joined(text) ** 2 * whole


def _length(chars: float, budget: float) -> float:
    """1 from 70% of the budget up, falling to 0 at nothing: a headline uses the room it has."""
    return min(1.0, chars / (0.7 * budget)) if budget else 0.0

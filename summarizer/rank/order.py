"""Ordering the candidates: clean ones first, the best at the top, then variety.

The list after the first is chosen by maximal marginal relevance (Carbonell & Goldstein 1998): the score
less the likeness to what already stands above. Ties fall to the text, so that an order is reproducible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from ..types import Candidate
from .consensus import consensus
from .endings import CUT
from .merge import Signature, likeness, signature
from .signals import Context, Signals, Weights, Yardstick, measure

_NAMES = {
    "model": "模型得分",
    "consensus": "候选共识",
    "support": "原文支持",
    "salience": "要点覆盖",
    "length": "篇幅",
    "setting": "版面",
    "style": "文风",
    "fluency": "通顺",
    "ending": "收尾",
}
_WEIGHED = tuple(f.name for f in fields(Weights) if f.name in _NAMES)
_VERDICT = {"unsupported": "原文无据", "contradicted": "与原文矛盾"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A candidate with its signals and its weighted mean (0..1)."""

    candidate: Candidate
    signals: Signals
    value: float
    signature: Signature


def rank(
    candidates: Sequence[Candidate], context: Context, weights: Weights | None = None
) -> tuple[Candidate, ...]:
    """``candidates`` best first, with a new ``score`` each and the reason of its place in ``why``.

    The ``score`` that comes in is the model's mean log-probability per token (0 for none); the one that
    goes out falls along the list: clean candidates have 0..1, those with an unsupported or contradicted
    claim or a fault (half a bracket, over the budget, no good line break) have less than 0 and stand below
    all clean ones. Empty in, empty out.
    """
    weights = weights or Weights()
    measured = measure_all(candidates, context, weights)
    clean = [m for m in measured if m.signals.clean]
    flagged = [m for m in measured if not m.signals.clean]
    first = _varied(clean, weights, 0.0)
    rest = _varied(flagged, weights, -1.0)
    tops = _tops(clean)
    return tuple(_placed(m, score, place, tops) for place, (m, score) in enumerate([*first, *rest]))


def measure_all(candidates: Sequence[Candidate], context: Context, weights: Weights) -> tuple[Measured, ...]:
    """Signals and weighted mean of each candidate, in the given order."""
    yard = context.yard or Yardstick(context.body, context.salience)
    texts = [candidate.text for candidate in candidates]
    found = []
    for candidate, agreed in zip(candidates, consensus(texts, context.crowd or texts), strict=True):
        signals = measure(candidate, context, yard, agreed)
        value = value_of(signals, candidate, weights)
        found.append(Measured(candidate, signals, value, signature(candidate.text, context.names)))
    return tuple(found)


def value_of(signals: Signals, candidate: Candidate, weights: Weights) -> float:
    """The weighted mean of the signals with the bonus of the origin, 0..1."""
    return max(0.0, min(1.0, _mean(signals, weights) + weights.origin[candidate.origin]))


def _mean(signals: Signals, weights: Weights) -> float:
    total = sum([getattr(weights, name) for name in _WEIGHED])
    return (
        sum([getattr(weights, name) * getattr(signals, name) for name in _WEIGHED]) / total if total else 0.0
    )


def _varied(measured: Sequence[Measured], weights: Weights, base: float) -> list[tuple[Measured, float]]:
    """Maximal marginal relevance; the marginal values fall along the list, so they serve as scores."""
    left, chosen = list(measured), []
    close = [0.0] * len(left)
    while left:
        # A contradiction or three unsupported claims weigh more than a better wording.
        worth = [_marginal(m, c, weights) for m, c in zip(left, close, strict=True)]
        best = min(range(len(left)), key=lambda i: (-worth[i], left[i].candidate.text))
        picked = left.pop(best)
        close.pop(best)
        chosen.append((picked, round(base + worth[best], 6)))
        close = [max(c, likeness(m.signature, picked.signature)) for m, c in zip(left, close, strict=True)]
    return chosen


def _marginal(measured: Measured, close: float, weights: Weights) -> float:
    signals = measured.signals
    wrong = len(signals.bad) + sum(f.verdict == "contradicted" for f in signals.bad) + len(signals.faults)
    cut = weights.cut if signals.ending <= CUT else 0.0
    return max(0.0, measured.value - weights.diversity * close - cut) - wrong


def _tops(clean: Sequence[Measured]) -> dict[str, float] | None:
    """Of each signal the value that one of the clean candidates alone has and none exceeds; None for a single one."""
    if len(clean) < 2:
        return None
    found = {}
    for name in _NAMES:
        values = [getattr(measured.signals, name) for measured in clean]
        top = max(values)
        if top > min(values) and values.count(top) == 1:
            found[name] = top
    return found


def _placed(measured: Measured, score: float, place: int, tops: dict[str, float] | None) -> Candidate:
    reason = _why(measured, place, tops)
    candidate = measured.candidate
    why = "；".join(part for part in (reason, candidate.why) if part)
    return replace(candidate, score=score, why=why)


def _why(measured: Measured, place: int, tops: dict[str, float] | None) -> str:
    signals = measured.signals
    if not signals.clean:
        wrong = [f"{_VERDICT[f.verdict]}：{f.text}" for f in signals.bad]
        return "列后：" + "，".join([*wrong, *signals.faults])
    parts = [
        f"要点覆盖{signals.salience:.0%}",
        f"原文支持{signals.support:.0%}",
        f"{measured.candidate.chars:g}字",
    ]
    parts += [f.reason for f in measured.candidate.findings if f.kind == "style"]
    lead = _lead(measured, place, tops)
    return (lead + "：" if lead else "") + "，".join(parts)


def _lead(measured: Measured, place: int, tops: dict[str, float] | None) -> str:
    if tops is None:
        return "唯一合格" if place == 0 else ""
    if place == 0:
        return "首选"
    best = [name for name, top in tops.items() if getattr(measured.signals, name) == top]
    return f"{_NAMES[best[0]]}最优" if best else "备选"

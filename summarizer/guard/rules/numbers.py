"""Numbers, money, percentages and ordinals against the body's quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import Finding, Span
from .. import numbers
from ..facts import Facts
from ..numbers import Quantity, exact, round_step
from ..text import around, bigrams, fold
from ..units import GENERATION, PERSONS, agree
from .derived import derive
from .owners import other_owner
from .placing import rival_in_place

_NUMERIC = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿.,]")
_ONWARDS = re.compile(r"\s*(?:-{1,2}|~|至|到)\s*\d")
_CLAUSE, _CLAUSES = 14, 28
_FRACTION = re.compile(r"/|[^百千]分之")
_MORE, _REACHED = re.compile("(?:超过?了?|逾)$"), re.compile("达到?了?$|破$")


def findings(text: str, facts: Facts, taken: list[Span]) -> list[Finding]:
    """One finding per quantity of ``text`` outside the stretches in ``taken`` (its dates and codes)."""
    return [_finding(q, text, facts) for q in numbers.parse(text, taken) if not _generation(q, text, facts)]


def _generation(claim: Quantity, text: str, facts: Facts) -> bool:
    """00后 where the body names no such generation: a way to say young."""
    return bool(GENERATION.fullmatch(text, claim.start, claim.end + 1)) and not GENERATION.search(
        facts.folded
    )


def _finding(claim: Quantity, text: str, facts: Facts) -> Finding:
    def found(verdict: str, spans: tuple[Span, ...] = (), reason: str = "") -> Finding:
        return Finding(claim.kind, claim.text, claim.start, claim.end, verdict, spans, reason)

    equal = [q for q in facts.by_value.get(claim.low, ()) if q.high == claim.high and _comparable(claim, q)]
    if equal:
        return _owned(claim, equal, text, facts, found) or _equal(claim, equal, text, facts, found)
    verbatim = _verbatim(claim, facts)
    if verbatim:
        return found("supported", verbatim)
    follows = list(_inferred(claim, text, facts))
    if follows:
        quantity, rule = follows[0]
        span = ((quantity.start, quantity.end),)
        return _owned(claim, [q for q, _ in follows], text, facts, found) or found("inferred", span, rule)
    spans, rule = derive(claim, text, facts)
    if rule:
        return found("inferred", spans, rule)
    if claim.core != (0, 0) and fold(text[claim.core[0] : claim.core[1]]) in facts.context:
        return found("inferred", (), "电头或原题 / stands in the dateline or page headline")
    other = _rival(claim, text, facts)
    if other:
        said = facts.body[other.start : other.end]
        return found("contradicted", ((other.start, other.end),), f"正文为“{said}” / the body says {said}")
    return found("unsupported", (), "正文无此数 / no such number in the body")


def _owned(claim: Quantity, own: list[Quantity], text: str, facts: Facts, found) -> Finding | None:
    other = other_owner(claim, own, text, facts)
    if not other:
        return None
    quantity, place = other
    return found(
        "contradicted", ((quantity.start, quantity.end),), f"正文说的是{place} / the body says it of {place}"
    )


def _comparable(a: Quantity, b: Quantity) -> bool:
    if (a.kind == "ordinal") != (b.kind == "ordinal"):
        return False
    if a.kind == "ordinal" and a.low == 1 and a.unit.name and b.unit.name:
        return a.unit.name == b.unit.name  # 首个 is not the 第一 of 第一人民医院
    return agree(a.unit, b.unit)


def _equal(claim: Quantity, equal: list[Quantity], text: str, facts: Facts, found) -> Finding:
    words = bigrams(fold(text))
    best = max(
        equal, key=lambda q: (len(words & facts.pairs_near(q.start, q.end)), _closeness(claim, q), -q.start)
    )
    span = ((best.start, best.end),)
    other = rival_in_place(claim, equal, text, facts)
    if other and not _rule(claim, other):
        said = facts.body[other.start : other.end]
        return found(
            "contradicted", ((other.start, other.end),), f"此处正文为“{said}” / here the body says {said}"
        )
    if {claim.bound, best.bound} == {"over", "near"} or {claim.bound, best.bound} == {"over", "under"}:
        if all({claim.bound, q.bound} in ({"over", "near"}, {"over", "under"}) for q in equal):
            return found("contradicted", span, "多与少相反 / over against under")
    if (
        claim.bound in ("over", "near", "under")
        and not best.bound
        and not any(q.bound == claim.bound for q in equal)
    ):
        if _exceeds(claim, text) and not any(_reached(q, facts) for q in equal):
            return found(
                "contradicted", span, "正文为确数，没有超过 / the body gives it exactly, not as exceeded"
            )
        if claim.bound != "over" or claim.kind != "percent":
            return found("inferred", span, "正文为确数 / the body gives the exact figure")
    return found("supported", span)


def _exceeds(claim: Quantity, text: str) -> bool:
    """超4.8亿元: said to be more, and not only 多 behind the figure, which is often the next word's."""
    return claim.bound == "over" and bool(_MORE.search(text[: claim.start]))


def _reached(body: Quantity, facts: Facts) -> bool:
    """首次达10亿: reached, so that more may have come since."""
    onwards = _ONWARDS.match(facts.folded, body.end)  # 6500万元至7500万元
    return bool(onwards or _REACHED.search(facts.body[max(0, body.start - 3) : body.start]))


def _closeness(a: Quantity, b: Quantity) -> int:
    if a.unit.name == b.unit.name:
        return 3
    return 2 if a.unit.name in PERSONS and b.unit.name in PERSONS else 1


def _verbatim(claim: Quantity, facts: Facts) -> tuple[Span, ...]:
    """The claim's own characters in the body, not as part of a longer number."""
    body = facts.folded
    written = facts.where(claim.text, 8)
    if claim.low != claim.high:
        written += facts.where(claim.text.removesuffix(claim.unit.name), 8)  # 1-3|人和
    for start, end in written:
        if not _NUMERIC.match(body[start - 1 : start]) and not (
            _NUMERIC.match(body[end : end + 1]) and _NUMERIC.match(body[end - 1])
        ):
            return ((start, end),)
    return ()


def _inferred(claim: Quantity, text: str, facts: Facts) -> Iterator[tuple[Quantity, str]]:
    """Body quantities in similar words from which the claim follows, with the rule, the closest first."""
    if claim.kind == "ordinal" or not claim.low:
        return
    words = bigrams(fold(text))
    close = sorted(
        (q for q in facts.quantities if q.low and _comparable(claim, q)), key=lambda q: abs(q.low - claim.low)
    )
    for quantity in close[:8]:
        rule = _rule(claim, quantity)
        reach = _CLAUSES if claim.kind == "percent" and rule.startswith("取整") else _CLAUSE
        if rule and (exact(claim) or words & facts.pairs_near(quantity.start, quantity.end, reach)):
            yield quantity, rule


def _rule(claim: Quantity, body: Quantity) -> str:
    n, step, low, high = claim.low, round_step(claim), body.low, body.high
    if _people_and_things(claim, body) or _people_and_things(body, claim):
        return ""  # 5.5万宗 is no 6万名
    if claim.low != claim.high:
        least = n <= low if claim.high == n * 10 else n < low  # 上千项 for 1000多项
        inside = low == high and least and low < claim.high
        return "在所述范围内 / inside the range" if inside else ""
    if low != high and claim.bound == "near" and n - step / 2 <= high < n:
        return f"近：正文为{body.text} / just below the round figure"
    if low != high:
        return "取范围一端 / one end of the range" if n in (low, high) and claim.bound else ""
    if _FRACTION.search(body.text) and claim.kind == "percent":
        return ""  # 1/4 is no 超二成
    if claim.bound == "near" and n - step / 2 <= low < n and low * 10 >= n * 8 and body.bound != "near":
        return f"近：正文为{body.text} / just below the round figure"
    if claim.bound == "over" and n < low < n + step:
        return f"超：正文为{body.text} / just above the round figure"
    if claim.bound == "under" and n - step <= low < n:
        return f"不足：正文为{body.text} / below the round figure"
    if (
        claim.bound == "about"
        and abs(low - n) * 20 <= n
        and abs(low - n) * 2 <= step
        and step > (round_step(body) if body.bound else body.step)
    ):
        return f"约：正文为{body.text} / within 5%"
    return "" if claim.bound in ("near", "over", "under") else _rounded(claim, body)


def _people_and_things(a: Quantity, b: Quantity) -> bool:
    """5.5万宗 is no 6万名; 个 counts both."""
    return a.unit.name in PERSONS and a.unit.name != "个" and bool(b.unit.name) and b.unit.name not in PERSONS


def _rounded(claim: Quantity, body: Quantity) -> str:
    """186万 or 187万 for 1867620, 5.3% for 5.32%: a coarser last digit, cut or rounded there.

    Plain integers (38 for 38.4, 1900 for 1867) are not taken as rounded unless 万 or 亿 says so.
    """
    coarse = claim.step != claim.unit.factor or claim.unit.name in ("成", "%")
    if claim.unit.name == "%" and abs(body.low - claim.low) > claim.step / 2:
        return ""  # 14.8% is no 14%
    if coarse and claim.step > body.step and -claim.step / 2 <= body.low - claim.low < claim.step:
        return f"取整：正文为{body.text} / rounded"
    return ""


def _rival(claim: Quantity, text: str, facts: Facts) -> Quantity | None:
    """The body's quantity of the same unit that stands in the claim's own words, with another value."""
    low, high = around(text, claim.start, claim.end, 8)
    words = bigrams(fold(text[low : claim.start])) | bigrams(fold(text[claim.end : high]))
    best, shared = None, 1
    for quantity in facts.quantities:
        if quantity.kind == claim.kind and quantity.unit.name == claim.unit.name:
            count = len(words & facts.pairs_near(quantity.start, quantity.end))
            if count > shared:
                best, shared = quantity, count
    return best

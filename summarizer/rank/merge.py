"""Merging near-duplicates: two headlines that say the same are one choice, however they are worded.

Not by edit distance alone, which takes 增长5% and 增长6% for the same. Two headlines are the same when their
content words agree, or one holds almost all of the other's, and no number, name or polarity differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..forms.numerals import NUMERAL, numerals
from ..forms.words import tag, words
from ..types import Candidate
from ..weigh import STOP_WORDS

# Share of content bigrams or words in common from which two headlines are the same.
SAME = 0.8
CONTAINED = 0.9
# Beyond this difference in length a contained headline is a choice of its own (a short title).
MAX_SHORTER = 0.7

_FIGURE = re.compile(rf"(?:{NUMERAL.pattern})(?:年|月|日|号|时|个|名|人|户|元|例|次|届|项|家|位|岁|吨|公里)?")
_NEGATIVE = re.compile(
    r"不(?!仅|但|断|少|久|忘)|没有?|未(?!来)|无(?!锡|人机|线|障碍)|非(?!常|洲|遗)"
    r"|否认|拒绝|禁止|严禁|取消|停止|暂停|反对|驳回|撤销"
)
_UP = re.compile(
    r"(?<!负)增长|上升|上涨|提高|增加|回升|攀升|升至|走高|扩大|上调|大涨|反弹|新增|同意|支持|获胜|战胜|击败|开幕|开工|启动|恢复"
)
_DOWN = re.compile(
    r"下降|下滑|下跌|降低|减少|回落|跌至|走低|缩小|下调|大跌|负增长|失利|不敌|负于|闭幕|停工|中止"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a headline says, apart from order, function words and marks."""

    text: str
    words: frozenset[str]
    bigrams: frozenset[str]
    numbers: tuple[str, ...]
    names: frozenset[str]
    polarity: tuple[int, int, int]
    size: int


def signature(text: str, names: Iterable[str] = ()) -> Signature:
    """The signature of ``text``; ``names`` are strings known to be names (of the article)."""
    plain = _signature(text)
    more = [name for name in names if name in text and name not in plain.names]
    return replace(plain, names=plain.names.union(more)) if more else plain


@lru_cache(maxsize=1024)
def _signature(text: str) -> Signature:
    """The signature without the article's names, kept for each time that a text is ranked."""
    plain = _FIGURE.sub(" ", text)  # else jieba takes 年云溪市 of 2024年云溪市 for a word
    parts = [plain[a:b] for a, b in words(plain)]
    kept = [w if w.isalnum() and w not in STOP_WORDS else " " for w in parts]
    runs = "".join(kept).split()
    return Signature(
        text,
        frozenset(w for w in kept if w != " "),
        frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1)),
        tuple(sorted(set(numerals(text)))),
        _tagged(text, parts),
        (len(_NEGATIVE.findall(text)) % 2, bool(_UP.search(text)), bool(_DOWN.search(text))),
        sum(map(len, runs)),
    )


def _tagged(text: str, parts: Iterable[str]) -> frozenset[str]:
    """Words that jieba's dictionary tags as a person, place or organisation; Latin words too."""
    found = {w for w in parts if tag(w) in ("nr", "ns", "nt", "nrt", "nrfg")}
    return frozenset(found) | frozenset(re.findall(r"[A-Za-z][A-Za-z0-9-]*", text))


def differs(a: Signature, b: Signature) -> str:
    """What two headlines differ in ("数字", "名称", "正反"), so that they are never merged; or ""."""
    if a.numbers != b.numbers:
        return "数字"
    if any(not _names(b.text, name) for name in a.names) or any(not _names(a.text, name) for name in b.names):
        return "名称"
    return "正反" if a.polarity != b.polarity else ""


def _names(text: str, name: str) -> bool:
    """True where ``text`` has ``name``, or a place without its rank (青石 for 青石县)."""
    return name in text or (len(name) > 2 and name[-1] in "省市县区镇乡州" and name[:-1] in text)


def likeness(a: Signature, b: Signature) -> float:
    """How much two headlines share, 0..1: the higher Jaccard share of words or order-insensitive bigrams."""
    return max(_jaccard(a.words, b.words), _jaccard(a.bigrams, b.bigrams))


def same(a: Signature, b: Signature) -> bool:
    """True when two headlines say the same and neither number, name nor polarity differs."""
    if differs(a, b):
        return False
    if likeness(a, b) >= SAME:
        return True
    small, large = sorted((a, b), key=lambda s: s.size)
    inside = len(small.bigrams & large.bigrams) / len(small.bigrams) if small.bigrams else 0.0
    return inside >= CONTAINED and small.size >= MAX_SHORTER * large.size


def merge(candidates: Sequence[Candidate], names: Iterable[str] = ()) -> tuple[Candidate, ...]:
    """``candidates`` without near-duplicates, in order; the better of two stays and says so in ``why``.

    Better is: fewer unsupported findings, then origin model before page before extract, then score, then
    the earlier. ``names`` are names of the article (persons, places, organisations) for the comparison.
    """
    names = tuple(names)
    groups: list[tuple[list[Signature], list[Candidate]]] = []
    for candidate in candidates:
        mine = signature(candidate.text, names)
        # Every member must be the same, else a chain of small steps would join what differs.
        home = next((g for g in groups if all(same(mine, other) for other in g[0])), None)
        if home is None:
            groups.append(([mine], [candidate]))
        else:
            home[0].append(mine)
            home[1].append(candidate)
    return tuple(_one(group) for _, group in groups)


def _one(group: Sequence[Candidate]) -> Candidate:
    best = min(group, key=_standing)
    others = [c.text for c in group if c is not best and c.text != best.text]
    if not others:
        return best
    stood = "合并近似：" + "、".join(f"“{text}”" for text in dict.fromkeys(others))
    return replace(best, why="；".join(part for part in (best.why, stood) if part))


def _standing(candidate: Candidate) -> tuple:
    bad = sum(f.verdict in ("unsupported", "contradicted") for f in candidate.findings)
    return bad, ("model", "page", "extract").index(candidate.origin), -candidate.score


def _jaccard(a: frozenset, b: frozenset) -> float:
    both = len(a) + len(b) - (shared := len(a & b))
    return shared / both if both else 1.0

"""Making a clause shorter from the inside, by leaving out what a headline does without.

Adverbs, phrases of place and means before the verb (向全社会发布 → 发布), adjectives before 的, aspect marks.
What says no, perhaps or by whom stays: 不, 未, 拟, 或, 被, 把 and their like are never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ..chars import unbalanced, width
from ..forms.words import tag, units
from ..types import Span

_HEDGE = re.compile(r"[不没未无非拟或疑暂将仅只约近超逾再又最更首已全均都]|涉嫌|有望|可能|几乎|据称")
_BEFORE_VERB = frozenset("在 向 对 为 从 通过 以 于 按照 根据 经 经过".split())
_ADJECTIVAL = frozenset("abzil")
_VERBS_UNKNOWN = frozenset("印发 刊发 增发 签发".split())  # nouns or names to jieba's dictionary
_ASPECT = frozenset("了 着 过".split())
_MOST_OPTIONS = 6
_LONGEST_PHRASE = 6  # units between a preposition and its verb


def trims(clause: str, limit: float) -> list[str]:
    """``clause`` and its shorter forms within ``limit`` full-width units, the fullest first.

    Every form is a subsequence of the clause, begins and ends where it does, and holds its verb.
    """
    spans = units(clause)
    words = [clause[a:b] for a, b in spans]
    options = list(_options(words))[:_MOST_OPTIONS]
    found: dict[str, float] = {}
    for count in range(len(options) + 1):
        for chosen in combinations(options, count):
            gone = {i for a, b in chosen for i in range(a, b)}
            text = "".join(word for i, word in enumerate(words) if i not in gone)
            if width(text) <= limit and not unbalanced(text):
                found.setdefault(text, width(text))
    return sorted(found, key=lambda text: -found[text])


def _options(words: Sequence[str]) -> Iterator[Span]:
    """Runs of words, by index, that may be left out; never the last word."""
    tags = [tag(word) for word in words]
    for i, word in enumerate(words[:-1]):
        if word in _ASPECT and tags[i - 1 : i] and tags[i - 1].startswith("v"):
            yield i, i + 1
        elif tags[i] == "d" and not _HEDGE.search(word):
            yield i, i + 1
        elif word in _BEFORE_VERB:
            end = _verb_after(words, tags, i)
            if end:
                yield i, end
        elif word == "的" and i:
            start = _attribute(tags, i)
            if start is not None:
                yield start, i + 1
        elif tags[i] in ("m", "mq", "q") and word.startswith(
            ("一批", "一系列", "一些", "多项", "一项", "一个")
        ):
            yield i, i + 1


def _verb_after(words: Sequence[str], tags: Sequence[str], start: int) -> int | None:
    """Index of the verb that the phrase at ``start`` stands before."""
    for i in range(start + 2, min(len(words), start + 2 + _LONGEST_PHRASE)):
        if words[i] in "，；：。、的":
            return None
        if tags[i] == "v" and len(words[i]) > 1:
            return i
    return None


def _attribute(tags: Sequence[str], mark: int) -> int | None:
    """Where the adjectives before the 的 at ``mark`` begin.

    A verb before 的 may head a relative clause whose end is in sight and whose beginning is not
    (来自基层的代表): only adjectives and idioms go.
    """
    start = mark
    while start > 0 and tags[start - 1][:1] in _ADJECTIVAL and mark - start < 4:
        start -= 1
    return start if start < mark else None


def opening_noun(clause: str, longest: float = 10) -> str:
    """The noun phrase that a clause opens with, at most ``longest`` full-width units; "" where there is none."""
    taken = ""
    for start, end in units(clause):
        word = clause[start:end]
        kind = tag(word)
        if kind.startswith(("v", "d", "p", "c", "u", "r")) or not word.isalnum():
            break
        taken += word
    else:
        return ""
    named = any(tag(taken[a:b]).startswith(("n", "x", "j")) for a, b in units(taken))
    return taken if named and 2 <= width(taken) <= longest else ""


def opens_with_verb(clause: str) -> bool:
    """True where the first word can only be read as a verb."""
    first = next(iter(units(clause)), (0, 0))
    return tag(clause[first[0] : first[1]]) == "v" and first[1] - first[0] > 1


def ends_with_verb(clause: str) -> bool:
    """True where the last word is a verb, which in a clause cut short misses its object."""
    start, end = (units(clause) or ((0, 0),))[-1]
    return tag(clause[start:end]) == "v" or clause[start:end] in _VERBS_UNKNOWN

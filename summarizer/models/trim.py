"""Making a clause shorter from the inside, by leaving out what a headline does without.

Adverbs, phrases of place and means before the verb (向全社会发布 → 发布), adjectives before 的, aspect marks.
What says no, perhaps or by whom stays: 不, 未, 拟, 或, 被, 把 and their like are never left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from ..chars import unbalanced, width
from ..forms.words import tag, units
from ..types import Span

# Adverbs that say nothing a headline needs. A list, since the dictionary calls 反对, 同意, 难以 and 险些 adverbs too.
_ADVERBS = frozenset(
    (
        "也 就 还 已 却 才 便 已经 正 正在 则 进一步 终于 刚 刚刚 一直 逐渐 逐步 渐渐 立即 立刻 随后 "
        "随即 当即 马上 很快 迅速 快速 纷纷 陆续 相继 依然 仍然 仍 依旧 仍旧 亲自 深刻 深入 特别 尤其 比较 较为 极 "
        "极为 十分 真正 切实 持续 始终 长期 经常 时常 常常 互相 相互 共同 一同 一起 一齐 大幅 大幅度 稳步 连日 连夜 "
        "早已 早就 现已 业已 迄今 竭力 尽力 努力 积极 认真 正式 顺利 隆重 圆满 成功"
    ).split()
)
_BEFORE_VERB = frozenset("在 向 对 为 从 通过 以 于 按照 根据 经 经过".split())
_ADJECTIVAL = frozenset("abzil")
_VERBS_UNKNOWN = frozenset("印发 刊发 增发 签发".split())  # nouns or names to jieba's dictionary
_ASPECT = frozenset("了 着 过".split())
# Verbs of a relative clause that only places its noun; 拒绝搬迁的居民 are not 居民.
_PLACING = frozenset("连接 来自 位于 坐落 毗邻 横跨 贯穿 穿越 参加 参与 出席 组成".split())
_FIRMS = frozenset("有限公司 有限责任公司 股份有限公司 集团有限公司".split())
_COUNTED = ("一批", "一系列", "一些", "多项", "一项", "一个", "一家", "一名", "一位", "一座", "一场")
_MOST_OPTIONS = 6
_LONGEST_PHRASE = 6  # units between a preposition and its verb


def trims(clause: str, limit: float) -> list[str]:
    """``clause`` and its shorter forms within ``limit`` full-width units, the fullest first.

    Every form is a subsequence of the clause that ends where it does and holds its verb. It begins there too, or
    behind an opening relative clause.
    """
    return [text for chars, text in _trimmed(clause) if chars <= limit]


@lru_cache(maxsize=1 << 11)  # the clauses of a batch
def _trimmed(clause: str) -> tuple[tuple[float, str], ...]:
    """Every form of ``clause`` behind its width: a sentence's clauses are asked for again with each limit."""
    words = [clause[a:b] for a, b in units(clause)]
    options = [frozenset(range(a, b)) for a, b in _options(words)][:_MOST_OPTIONS]
    found: dict[str, float] = {}
    for count in range(len(options) + 1):
        for chosen in combinations(options, count):
            gone = frozenset().union(*chosen)
            text = "".join([word for i, word in enumerate(words) if i not in gone]) if gone else clause
            if text not in found and not unbalanced(text):
                found[text] = width(text)
    return tuple(sorted(((chars, text) for text, chars in found.items()), key=lambda form: -form[0]))


def _options(words: Sequence[str]) -> Iterator[Span]:
    """Runs of words, by index, that may be left out; never the last word."""
    tags = [tag(word) for word in words]
    opening = _relative(words, tags)
    if opening:
        yield 0, opening
    for i, word in enumerate(words[:-1]):
        if word in _ASPECT and tags[i - 1 : i] and tags[i - 1].startswith("v"):
            yield i, i + 1
        elif word in _ADVERBS and tags[i + 1].startswith(("v", "d", "a")):
            yield i, i + 1
        elif word in _BEFORE_VERB:
            end = _verb_after(words, tags, i)
            if end:
                yield i, end
        elif word == "的" and i:
            start = _attribute(tags, i)
            if start is not None:
                yield start, i + 1
        elif tags[i] in ("m", "mq", "q") and word.startswith(_COUNTED):
            yield i, i + 1
        elif word in _FIRMS and i >= 2:
            yield (i - 1 if words[i - 1] in ("股份", "集团") and i >= 3 else i), i + 1


def _verb_after(words: Sequence[str], tags: Sequence[str], start: int) -> int | None:
    """Index of the verb that the phrase at ``start`` stands before."""
    for i in range(start + 2, min(len(words), start + 2 + _LONGEST_PHRASE)):
        if words[i] in "，；：。、的":
            return None
        if tags[i] == "v" and len(words[i]) > 1:
            return i
    return None


def _relative(words: Sequence[str], tags: Sequence[str]) -> int | None:
    """Where the noun begins that an opening relative clause belongs to: 连接两镇的|云溪大桥合龙.

    None where no verb follows that noun (then the 的 is within the object).
    """
    if not words or words[0] not in _PLACING or "的" not in words[: _LONGEST_PHRASE + 2]:
        return None
    mark = words.index("的")
    after = tags[mark + 1 :]
    plain = mark > 1 and all(word.isalnum() for word in words[:mark])
    return mark + 1 if plain and after and after[0][:1] in "nxj" and "v" in after[1:] else None


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

"""What to ask of the model when an editor wants a headline shorter, longer, more formal or anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .chars import width
from .errors import SettingsError
from .forms.words import tag, units
from .settings import HOWS

MIN_CHARS = 6
# A headline of thirteen units can't be said in nine: a short one is asked for two units less.
STEP, SHORT = 2, 10
# Steps that an editor sees as one shorter or longer; smaller ones often give the same headline back.
SHORTER, LONGER = 0.7, 1.35
ROOM = 3  # full-width units in which another word can be said


# Before one of these a verb is part of a name (引水工程), which no other word can replace.
_NAMED = frozenset(
    "工程 项目 中心 系统 计划 行动 平台 方案 大会 活动 仪式 基地 公司 条例 办法 制度 机制 协会 集团".split()
)


@dataclass(frozen=True, slots=True)
class Targets:
    """Constraints of one regeneration. ``max_chars`` in full-width units; a result is accepted when its
    width lies in ``least``..``max_chars`` and it differs from what was shown."""

    max_chars: int
    keep: tuple[str, ...]
    avoid: tuple[str, ...]
    style: str
    least: float = 0.0

    def accepts(self, text: str, headline: str) -> bool:
        """True when ``text`` is what was asked for."""
        said = all(word in text for word in self.keep) and not any(word in text for word in self.avoid)
        return said and text != headline and self.least <= width(text) <= self.max_chars


def targets(
    how: str,
    headline: str,
    budget: int,
    keep: Iterable[str] = (),
    avoid: Iterable[str] = (),
    style: str = "plain",
) -> Targets:
    """Targets for ``how`` (shorter, longer, formal, again) from the ``headline`` shown and its ``budget``.

    ``shorter`` asks for 70% of the headline's width (two units less where that is under 10), at least 6 units
    and at least room for ``keep``; ``longer`` for 135%, above ``budget`` only where that leaves less than 3 units
    of room; ``formal`` and ``again`` for the budget, ``again`` without the verb that opens the shown headline's
    statement, so that it really says it otherwise. Raises SettingsError for an unknown ``how``, a word both kept
    and avoided, or words to keep that do not fit.
    """
    keep, avoid = _words(keep), _words(avoid)
    if how not in HOWS:
        raise SettingsError(f"没有改法 {how!r}，可选：{'、'.join(HOWS)} / no such rewriting")
    for word in keep:
        if any(bad in word for bad in avoid):
            raise SettingsError(f"“{word}”既要保留又要避免 / both kept and avoided")
    room = width("".join(keep))
    if room > budget:
        raise SettingsError(f"要保留的词有 {room:g} 字，超过 {budget} 字 / words to keep do not fit")
    now = width(headline)
    if how == "shorter":
        most = max(MIN_CHARS, int(room + 0.5), int(SHORTER * now), min(int(now) - STEP, SHORT))
        return Targets(min(budget, most), keep, avoid, style)
    if how == "longer":
        most = max(int(LONGER * now + 0.5), int(now) + 2)
        if budget - now >= ROOM:  # else the line is full, and who asks for more wants a longer line
            most = min(budget, most)
        return Targets(most, keep, avoid, style, least=min(now + 0.5, most))
    if how == "formal":
        return Targets(budget, keep, avoid, "formal")
    return Targets(budget, keep, (*avoid, *_other_verb(headline, keep)), style)


def _words(given: Iterable[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise SettingsError("keep 与 avoid 应为词的列表 / keep and avoid are lists of words")
    return tuple(dict.fromkeys(word.strip() for word in given if word.strip()))


def _other_verb(headline: str, keep: tuple[str, ...]) -> tuple[str, ...]:
    """The first verb of two characters or more, unless a word to keep holds it."""
    words = [headline[a:b] for a, b in units(headline)]
    verbs = (
        word
        for word, after in pairwise([*words, ""])
        if len(word) > 1 and tag(word) in ("v", "vn") and after not in _NAMED
    )
    return tuple(v for v in [next(verbs, "")] if v and not any(v in word for word in keep))

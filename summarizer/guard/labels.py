"""Labels of a headline: columns in brackets, the outlet before a bar. They claim nothing of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..types import Finding, Span
from .facts import Facts
from .gazetteer import KNOWN
from .numerals import NUMERAL
from .posts import SURNAMES
from .text import fold, is_han

_COLUMN = re.compile(
    r"^\s*(?:【[^】]{2,40}】|（[^）]{2,24}）|\([^)]{2,24}\)|\[[^\]]{2,24}\])|(?:（[^）]{2,60}）|\([^)]{2,60}\)|【[^】]{2,30}】)\s*$"
)
_OUTLET = re.compile(
    r"^(?:人民日报|新华社|新华网|人民网|央视网?|光明日报|经济日报|中新社|中新网|澎湃)(?=[\w ]{0,6}[:：|｜丨])"
)
#: A column before a bar: 钱江潮评｜, 漫评丨.
_BAR = re.compile(r"^[^\s｜丨|，。：:！？]{2,20}\s?[｜丨|]")
_LOOSE = frozenset(("ordinal", "post", "org", "quote", "title", "code"))
_ISSUE = re.compile(r"\d+期$")
#: 建党95周年 in the name of a column, and the number of an instalment at its end: 青春担当56）.
_YEARS = re.compile(r"周?年$")
_ARABIC = re.compile(r"\d")
_COUNTED = frozenset(("number", "ordinal", "quote", "title"))
_NUMBER = re.compile(NUMERAL)
_DAYS = frozenset(("明天", "今天", "昨天"))


def labels(text: str) -> list[Span]:
    """Bracketed columns at either end of a headline (【…】, （…）) and an outlet's name before a bar or colon."""
    return [m.span() for pattern in (_COLUMN, _OUTLET, _BAR) for m in pattern.finditer(text)]


def is_label(finding: Finding, spans: list[Span], text: str, facts: Facts) -> bool:
    """Whether an unsupported finding is only part of a label: the name of a column, not a figure, a date or a person.

    Figures, dates, known places and persons with a surname are claims wherever they stand; before a bar (``text``
    is the headline) a person is one where the name is all that stands there.
    """
    if not any(s <= finding.start and finding.end <= e for s, e in spans):
        return False
    if finding.kind in _COUNTED and _renumbered(finding, text, facts):
        return False
    if finding.kind == "number" and (_ISSUE.search(finding.text) or not _ARABIC.search(finding.text)):
        return True  # 砥砺奋进的五年
    if finding.kind == "number" and _YEARS.search(finding.text):
        return not any(_YEARS.search(q.text) for q in facts.quantities)
    if finding.kind == "number" and finding.text.isdecimal() and finding.start > spans[-1][0] + 4:
        return text[finding.end : finding.end + 1] in ("）", ")") and is_han(text[finding.start - 1])
    if finding.kind in _LOOSE:
        return True
    if finding.kind == "place":
        return finding.text not in KNOWN
    if finding.kind == "person":
        bar = _BAR.match(text)
        if bar and finding.end <= bar.end() and len(finding.text.rstrip("｜丨|")) < bar.end() - 1:
            return True  # 钱江潮 of 钱江潮评｜
        return finding.text[0] not in SURNAMES or finding.text[-1] in "评谈声"
    return finding.kind == "date" and finding.text in _DAYS


def _renumbered(finding: Finding, text: str, facts: Facts) -> bool:
    """Whether the body has the label's words with another number: 中央八项规定 for 中央九项规定."""
    words = text[max(0, finding.start - 2) : finding.start] + finding.text
    words = "".join(c for c in fold(words) if c.isalnum())
    if not _NUMBER.search(words) or sum(is_han(c) for c in _NUMBER.sub("", words)) < 2:
        return False
    frame = "".join(NUMERAL if part is None else re.escape(part) for part in _parts(words))
    return bool(re.search(frame, facts.folded))


def _parts(words: str) -> Iterator[str | None]:
    """The text between numerals, None for each numeral."""
    at = 0
    for match in _NUMBER.finditer(words):
        yield words[at : match.start()]
        yield None
        at = match.end()
    yield words[at:]

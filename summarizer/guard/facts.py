"""The claims of an article, found once and asked by every candidate."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from operator import add
from typing import Any

from ..chars import occurrences
from ..types import Finding, Span
from . import dates, deeds, numbers, polarity
from .dates import Moment
from .index import Index, index
from .names import Token
from .numbers import Quantity
from .polarity import Mark
from .posts import POST, SURNAMES
from .quotes import bare
from .text import fold, pairs_near, pairs_of_clause

_CITY = re.compile(
    r"(?:本报|新华社|本台|中新网|中新社|人民网|央广网|讯)?\s*([\u4e00-\u9fff]{2,8}?)\s*(?=\d{1,2}\s*(?:月|日))"
)
_KEPT = 512  # clauses, texts and places that an article's facts remember, of each so many
#: A name ends where a mark or one of the words that follow names begins.
_PERSON = re.compile(
    r"\s?([\u4e00-\u9fff]{2,3}?)(?=[，。、；：）)！？\s]|在|说|表|参|出|主|到|对|率|就|与|和|等|讲|介|指|强|作|来|前|调|要|为|向|摄|同|日前|近日|今[天日]|昨[天日]|签|致|先后|一行|分别|会[见谈议])"
)


@dataclass(eq=False)
class Facts:
    """Everything that ``check`` and ``evidence`` ask of an article. Offsets index ``body``.

    ``context`` is what stands beside the body (dateline, byline, page headline): it may support a claim,
    but without a span. Nothing is computed before it is asked for; ``clauses``, ``checked`` and ``around`` keep what
    was found of the clauses, texts and places that were asked about.
    """

    body: str
    dateline: str = ""
    byline: str = ""
    headline: str = ""
    date: datetime.date | None = None
    tagger: str = "auto"
    context: str = field(init=False, default="")
    clauses: dict[str, tuple[Token, ...]] = field(init=False, default_factory=dict, repr=False)
    checked: dict[str, tuple[Finding, ...]] = field(init=False, default_factory=dict, repr=False)
    around: dict[tuple, set[str]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.context = fold("\n".join(part for part in (self.dateline, self.byline, self.headline) if part))

    @cached_property
    def folded(self) -> str:
        return fold(self.body)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two neighbouring characters of the body and of what stands beside it."""
        text = self.folded + "\n" + self.context
        return frozenset(map(add, text, text[1:]))

    @cached_property
    def index(self) -> Index:
        """The sentences of the body by their pairs of characters."""
        return index(self.folded)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        return dates.resolve(dates.parse(self.body, self.date), self.date)

    @cached_property
    def beside(self) -> tuple[Moment, ...]:
        """Dates of the dateline."""
        return dates.resolve(dates.parse(self.dateline, self.date), self.date)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return numbers.parse(self.body, [(m.start, m.end) for m in self.moments])

    @cached_property
    def by_value(self) -> dict[object, list[Quantity]]:
        index = defaultdict(list)
        for quantity in self.quantities:
            index[quantity.low].append(quantity)
        return index

    @cached_property
    def marks(self) -> dict[tuple[int, int], list[Mark]]:
        """Polar words by (axis, sign)."""
        index = defaultdict(list)
        for mark in polarity.marks(self.body):
            for key in mark.axes:
                index[key].append(mark)
        return index

    @cached_property
    def deeds(self) -> dict[int, list[deeds.Deed]]:
        """Verbs with a direction (战胜, 访问) by kind."""
        return deeds.index(self.folded)

    def marks_of(self, word: str) -> bool:
        """Whether a polar word stands in the body by itself, turned or not."""
        return any(mark.word == word for found in self.marks.values() for mark in found)

    @cached_property
    def people(self) -> frozenset[str]:
        """Names of persons that stand right after a post (市长陆文清) or after 记者 and 通讯员."""
        found = set()
        for match in POST.finditer(self.body):
            after = _PERSON.match(self.body, match.end())
            if after and after.group(1)[0] in SURNAMES:
                found.add(after.group(1))
        return frozenset(found)

    @cached_property
    def bare(self) -> tuple[str, tuple[int, ...]]:
        """The body without punctuation, and where each of its characters stands in the body."""
        kept = [(c, i) for i, c in enumerate(self.folded) if c.isalnum() or c in "%+"]
        return "".join(c for c, _ in kept), tuple(i for _, i in kept)

    @cached_property
    def city(self) -> str:
        """The place of the dateline, "" where there is none."""
        found = _CITY.search(self.dateline)
        return found.group(1) if found else ""

    def pairs_near(self, start: int, end: int, *reach: int) -> set[str]:
        """``text.pairs_near`` of a place of the body: every candidate asks about the same places."""
        return self._around(pairs_near, start, end, *reach)

    def pairs_of_clause(self, start: int, end: int) -> set[str]:
        """``text.pairs_of_clause`` of a place of the body."""
        return self._around(pairs_of_clause, start, end)

    def _around(self, read: Callable[..., set[str]], *place: int) -> set[str]:
        if (read, place) not in self.around:
            self.keep(self.around, {(read, place): read(self.folded, *place)})
        return self.around[read, place]

    @staticmethod
    def keep(kept: dict[Any, Any], found: Mapping[Any, Any]) -> None:
        """Add ``found`` to what is kept; a desk that stays at one article must not fill it for ever."""
        if len(kept) >= _KEPT:
            kept.clear()
        kept.update(found)

    def where(self, string: str, limit: int = 3) -> tuple[Span, ...]:
        """The first ``limit`` places of a string in the body, ignoring width and case."""
        folded = fold(string)
        return tuple([(at, at + len(folded)) for at in islice(occurrences(self.folded, folded), limit)])

    def where_bare(self, string: str) -> tuple[Span, ...]:
        """The first place of a string in the body when punctuation and spaces are ignored on both sides."""
        wanted = bare(string)
        text, places = self.bare
        at = text.find(wanted) if wanted else -1
        return ((places[at], places[at + len(wanted) - 1] + 1),) if at >= 0 else ()


def facts(
    body: str,
    dateline: str | None = None,
    byline: str | None = None,
    headline: str | None = None,
    date: str | datetime.date | None = None,
    tagger: str = "auto",
) -> Facts:
    """The facts of one article. ``date``: day of publication (ISO text or date); unreadable text is no date.

    Without ``date`` the day is taken from a dateline with year, month and day. An empty body has no facts,
    so every claim is unsupported. ``tagger`` is auto, lac or jieba (see ``names.load_tagger``).
    """
    return Facts(body, dateline or "", byline or "", headline or "", _day(date, dateline or ""), tagger)


def _day(date: str | datetime.date | None, dateline: str) -> datetime.date | None:
    if isinstance(date, datetime.datetime):
        return date.date()
    if isinstance(date, datetime.date):
        return date
    for text in (date or "", dateline):
        for moment in dates.parse(text):
            if moment.year and moment.month and moment.day:
                try:
                    return datetime.date(moment.year, moment.month, moment.day)
                except ValueError:
                    continue
    return None

"""The data that passes from stage to stage: frozen, plain, JSON-shaped at the end.

Every offset is in Unicode code points. A span is half-open, ``(start, end)``. ``chars`` counts in
full-width units: a full-width character is 1, a half-width one 0.5 (see ``chars.width``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
Origin = Literal["model", "extract", "page"]
Verdict = Literal["supported", "inferred", "unsupported", "contradicted"]
Task = Literal["headline", "kicker", "subhead", "summary"]


# --- read, clean, split ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """One layout block of a page: ``page.text[start:end]``, in reading order."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """What ``read`` returns: the decoded text, untouched, with its layout blocks."""

    text: str
    source: str
    encoding: str = "str"
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair made by ``clean``: ``page.text[start:end]`` became ``replacement``."""

    start: int
    end: int
    replacement: str
    repair: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """Cleaned text; ``offsets[i]`` is where code point ``i`` of ``text`` stands in ``page.text``.

    ``len(offsets) == len(text)``. ``edits`` are sorted by ``start`` and account for every code
    point of the page that is not in ``text``.
    """

    text: str
    offsets: tuple[int, ...]
    edits: tuple[Edit, ...]
    page: Page


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the page that is not body text, and why. Offsets are into ``page.text``."""

    kind: str  # headline kicker subhead byline dateline caption box advert furniture noise
    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """One article of a page. ``offsets[i]`` is where ``body[i]`` stands in ``page.text``."""

    body: str
    offsets: tuple[int, ...] = ()
    headline: str | None = None
    kicker: str | None = None
    subhead: str | None = None
    byline: str | None = None
    dateline: str | None = None
    captions: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    removed: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SplitPage:
    """What ``split`` returns. ``removed`` holds what belongs to no article (furniture, adverts)."""

    articles: tuple[Article, ...]
    removed: tuple[Removal, ...] = ()
    warnings: tuple[str, ...] = ()


# --- sentences, select, generate ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """``body[start:end]``; ``section`` counts from 0; ``heading`` marks a section's title line."""

    start: int
    end: int
    section: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences shown to the model. ``coverage`` is their share of the body's characters."""

    text: str
    spans: tuple[Span, ...]
    tokens: int
    coverage: float


@dataclass(frozen=True, slots=True)
class Request:
    """One input of a backend. ``text`` is article text; the backend adds its own task prefix.

    ``max_chars`` is a target in full-width units from which the backend takes a length bucket;
    ``context`` is the main headline when a kicker or subhead is asked for. ``keep`` are strings
    that every candidate must hold, ``avoid`` strings that none may hold.
    """

    task: Task
    text: str
    max_chars: int
    context: str = ""
    style: str = "plain"
    keep: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a backend decodes. ``samples`` are drawn beside the beams, with ``seed``."""

    candidates: int = 5
    beams: int = 4
    samples: int = 0
    temperature: float = 0.8
    top_k: int = 20
    no_repeat_ngram: int = 3
    length_penalty: float = 1.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Generated:
    """One raw output. ``score`` is the mean log-probability per token (0 where unknown).

    ``truncated`` is true when the backend stopped at a limit and not by the model's own choice.
    """

    text: str
    score: float = 0.0
    truncated: bool = False


# --- guard, rank, render --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One checked claim of a candidate: ``text`` is ``candidate[start:end]``.

    ``evidence`` are spans of the body. ``reason`` says the rule (inferred) or what is wrong.
    """

    kind: str
    text: str
    start: int
    end: int
    verdict: Verdict
    evidence: tuple[Span, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A headline to choose. ``score`` orders candidates (higher first); ``why`` explains the order."""

    text: str
    chars: float
    score: float
    origin: Origin
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Span, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a long report, ``body[start:end]``, and its subhead.

    ``origin`` is ``page`` for the report's own heading, else who wrote it.
    """

    start: int
    end: int
    title: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class HeadlineStack:
    """引题, 主题, 副题 as they are set: ``main`` is one string per line; a line that is not set is None."""

    kicker: str | None
    main: tuple[str, ...]
    sub: str | None


@dataclass(frozen=True, slots=True)
class Forms:
    """The newspaper's other forms of a headline; None or empty where no good one could be made.

    Nothing in a form has a claim that the guard doubts. ``…_evidence`` are spans of the body, ``refused`` says
    which line or break was not used and why.
    """

    phone: str | None = None
    web: str | None = None
    two_line: tuple[str, str] | None = None
    stack: HeadlineStack | None = None
    sections: tuple[Section, ...] = ()
    phone_evidence: tuple[Span, ...] = ()
    web_evidence: tuple[Span, ...] = ()
    two_line_evidence: tuple[Span, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was written for one article: one entry of the JSON's ``articles``.

    ``forms`` is an addition to the contract.
    """

    headline: str
    kicker: str | None
    subhead: str | None
    candidates: tuple[Candidate, ...]
    summary: str
    summary_evidence: tuple[Span, ...]
    key_points: tuple[str, ...]
    page_headline: str | None
    byline: str | None
    body: str
    coverage: float
    warnings: tuple[str, ...] = ()
    forms: Forms = Forms()


@dataclass(frozen=True, slots=True)
class ModelInfo:
    name: str
    sha256: str
    engine: str


@dataclass(frozen=True, slots=True)
class Report:
    """What ``Summarizer.write`` returns; ``dataclasses.asdict`` of it is the JSON of the contract.

    ``removed`` (an addition to the contract) lists what was kept out of every body, with reasons.
    """

    source: str
    model: ModelInfo
    seconds: float
    warnings: tuple[str, ...]
    articles: tuple[Draft, ...]
    removed: tuple[Removal, ...] = field(default=())

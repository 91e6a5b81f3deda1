"""Headline candidates of one article: gathered, refused where they can't be printed, checked, ordered."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from ..chars import HAN, width
from ..forms.fragment import fragment
from ..forms.lost import lost
from ..forms.polish import faults, polish
from ..forms.tears import tear
from ..forms.unfinished import unfinished
from ..rank import Context, merge, rank
from ..style import Style, layout_of
from ..style import check as check_style
from ..types import Candidate, Generated, Origin, Span
from . import stages
from .complete import complete
from .source import Source

_BAD = ("unsupported", "contradicted")
NAMES = ("person", "place", "org", "work", "code")
# Candidates are ranked by how far the model's wordings agree. Where it wrote fewer than CROWD its best leads,
# unless that ranks as far as NEAR behind an extract.
CROWD, NEAR = 4, 0.3
_QUOTED = re.compile("“([^“”]*)”")
_OF_EACH_OTHER = re.compile("“[^“”]*”的“[^“”]*”")
_LATIN = re.compile("[A-Za-z]{2,}")
_LEADS = {"model": "模型所写，排在首位", "extract": "抽取更可靠，排在首位"}


Drawn = Iterable[tuple[Generated, Origin]]
Printable = dict[str, tuple[float, Origin]]


def candidate(
    text: str, score: float, origin: Origin, source: Source, style: Style | None = None
) -> Candidate:
    """``text`` with its findings; its evidence is looked for where it is shown (``shown``)."""
    findings = stages.check(text, source.facts)
    if style is not None:
        findings += check_style(text, style)
    return Candidate(text, width(text), score, origin, findings)


def shown(items: Iterable[Candidate], source: Source) -> list[Candidate]:
    """``items`` with the spans of the body that speak for each."""
    return [replace(item, evidence=evidence(item.text, source)) for item in items]


def evidence(text: str, source: Source) -> tuple[Span, ...]:
    """The spans of the body that speak for ``text``, each once."""
    return tuple(dict.fromkeys(span for link in stages.evidence(text, source.facts) for span in link.spans))


def gather(
    source: Source, drawn: Drawn, limit: float, style: Style | None = None
) -> tuple[list[Candidate], list[str]]:
    """``gather_all`` for one article."""
    return gather_all([(source, drawn)], limit, style)[0]


def gather_all(
    asked: Sequence[tuple[Source, Drawn]],
    limit: float,
    style: Style | None = None,
    known: Sequence[Container[str]] = (),
) -> list[tuple[list[Candidate], list[str]]]:
    """Per article the printable candidates, and for each refused one a warning.

    The texts of all articles are tagged together. What an article has already, its place in ``known``, is passed over.
    """
    found = [
        _printable(source, drawn, limit, style, own)
        for (source, drawn), own in zip(asked, known or [()] * len(asked), strict=True)
    ]
    stages.read_ahead([(texts, source.facts) for (source, _), (texts, _) in zip(asked, found, strict=True)])
    return [
        ([candidate(text, *given, source, style) for text, given in texts.items()], warnings)
        for (source, _), (texts, warnings) in zip(asked, found, strict=True)
    ]


def _printable(
    source: Source, drawn: Drawn, limit: float, style: Style | None, known: Container[str]
) -> tuple[Printable, list[str]]:
    """Texts that may be printed, each with its first score and origin, and the warnings of the others."""
    printable: Printable = {}
    warnings = []
    for generated, origin in _finished(drawn, source.body, limit):
        text = polish(generated.text, style.punctuation.comma if style else "keep")
        again = printable.get(text, (0.0, ""))[1] in ("model", origin)  # a model's texts pass every bar
        if text in known or again and not generated.truncated:
            continue
        wrong = "生成被截断 / stopped at a limit" if generated.truncated else "；".join(faults(text, limit))
        if wrong := wrong or _unlike(text, origin, source.body):
            warnings.append(f"未采用“{text}”：{wrong}")
        else:
            printable[text] = generated.score, origin
    return printable, list(dict.fromkeys(warnings))


def _unlike(text: str, origin: Origin, body: str) -> str:
    """What makes a well-formed text no headline of ``body``, or ""; the page's own is shown as it is."""
    if origin == "page":
        return ""
    if _foreign(text, body):
        return "多是外文，报道是中文 / mostly foreign words in a Chinese report"
    if origin == "model" and _overmarked(text, body):
        return "原文没有这些引号 / marks of its own"
    if unfinished(text):
        return "话没说完 / what it begins is not finished"
    return fragment(text) or lost(text, body) or (tear(text, body) if origin == "model" else "")


def _foreign(text: str, body: str) -> bool:
    """Whether a headline is mostly Latin words and its article is not: lines of a lesson, a brand."""
    words = len(_LATIN.findall(text))
    return (
        words > 2
        and words > len(HAN.findall(text))
        and len(HAN.findall(body)) > 2 * len(_LATIN.findall(body))
    )


def _overmarked(text: str, body: str) -> bool:
    """Whether a model put marks where the article has none, around one character or more than once.

    A word coined in marks is an editor's art; “关节”的“关” is what a small model makes of it, as it makes one of two
    words in marks that the article has apart (“小满集市”的“云溪稻”).
    """
    own = [word for word in _QUOTED.findall(text) if f"“{word}”" not in body]
    joined = [pair for pair in _OF_EACH_OTHER.findall(text) if pair not in body]
    return len(own) > 1 or any(len(word) < 2 for word in own) or bool(joined)


def _finished(drawn: Drawn, body: str, limit: float) -> Iterator[tuple[Generated, Origin]]:
    """``drawn``, and behind it what the model left unfinished, carried on in the article's words."""
    more = []
    for generated, origin in drawn:
        yield generated, origin
        longer = complete(generated.text, body, limit) if origin == "model" else None
        if longer and not faults(longer, limit):
            more.append((replace(generated, text=longer), origin))
    yield from more


def doubtful(item: Candidate) -> bool:
    """True where the guard found something that the article does not say."""
    return any(finding.verdict in _BAD for finding in item.findings)


def sound(items: Iterable[Candidate]) -> list[Candidate]:
    """Ranked candidates that may be printed: without a doubt or a fault, in their order."""
    return [item for item in items if item.score >= 0 and not doubtful(item)]


def order(
    items: Sequence[Candidate],
    source: Source,
    limit: float,
    first: Origin,
    style: Style | None = None,
    written: int = 0,
    crowd: Sequence[str] = (),
) -> list[Candidate]:
    """Near-duplicates merged, then ranked; the best sound one leads.

    It is of ``first``'s origin, or an extract that ranks above what the model agrees on; ``written`` counts the
    model's texts, refused ones too, and ``crowd`` are the texts that agree or not, where they are others than
    ``items``. The page's own headline stays below: it is there to compare with, and the desk's work is to write one.
    """
    if not items:
        return []
    names = sorted({f.text for item in items for f in item.findings if f.kind in NAMES})
    layout = layout_of(style, int(limit))
    body, salience = source.core
    crowd = tuple(crowd) or tuple(item.text for item in items if item.origin != "page")
    context = Context(body, layout, limit, salience, tuple(names), crowd, source.yard)
    chosen = _best_extract(items) if first == "extract" else None
    ranked = list(rank(_merged(items, chosen, names), context))
    leading = ("extract",) if first == "extract" else ("model", "extract")
    same = [c for c in sound(ranked) if c.origin in leading]
    if chosen is not None:
        same = [c for c in same if c.text == chosen.text] or same
    elif written < CROWD:
        near = [c for c in same if c.origin == "model" and c.score >= same[0].score - NEAR]
        same = near or same
    if not same or same[0] is ranked[0]:
        return ranked
    leader, rest = same[0], [c for c in ranked if c is not same[0]]
    score = max(leader.score, rest[0].score)
    return [replace(leader, score=score, why=f"{_LEADS[leader.origin]}；{leader.why}"), *rest]


def _best_extract(items: Sequence[Candidate]) -> Candidate | None:
    """The sound extract that the extractor thinks best: its scores are fitted, and rank does not see them."""
    extracts = [c for c in items if c.origin == "extract" and not doubtful(c)]
    return max(extracts, key=lambda c: c.score, default=None)


def _merged(items: Sequence[Candidate], chosen: Candidate | None, names: Sequence[str]) -> list[Candidate]:
    """Merged candidates; ``chosen`` stands as it is and takes in what says the same."""
    if chosen is None:
        return list(merge(items, names))
    others = [c for c in items if c is not chosen and len(merge((chosen, c), names)) == 2]
    return [chosen, *merge(others, names)]


def without_doubtful_page(ranked: list[Candidate]) -> tuple[list[Candidate], list[str]]:
    """``ranked`` without the page's own headline where that would lead with what the body lacks, and a warning then.

    It is no default for an editor to print; the draft still has it as ``page_headline``.
    """
    if not ranked or ranked[0].origin != "page" or not doubtful(ranked[0]):
        return ranked, []
    own = ranked[0]
    claims = "；".join(dict.fromkeys(f"“{f.text}”{f.reason}" for f in own.findings if f.verdict in _BAD))
    told = f"版面原题“{own.text}”未作首选 / the page's own headline is not offered: {claims}"
    return ranked[1:], [told]


def remarks(ordered: Sequence[Candidate], first: Origin) -> list[str]:
    """What an editor must know about the default headline; ``[]`` where it is sound and ``first``'s."""
    if not ordered:
        return ["没有写出标题：没有一个候选可用 / no headline: no candidate can be printed"]
    notes = []
    if doubtful(ordered[0]):
        notes.append("首选标题有原文没有的内容，且没有更好的候选 / the default is not fully supported")
    written = any(c.origin == "model" and not doubtful(c) for c in ordered)
    if first == "model" and ordered[0].origin != "model" and not written:
        kind = "抽取的标题" if ordered[0].origin == "extract" else "版面原题"
        notes.append(f"模型没有写出可用的标题，首选是{kind} / no sound headline from the model, fell back")
    return notes

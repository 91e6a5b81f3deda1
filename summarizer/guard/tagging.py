"""Tokens of a candidate, clause by clause: the tagger only where the dictionary can't tell.

Tagging is most of the guard's cost, and the candidates of one article share and copy clauses. A clause that
stands in the body and is made of dictionary words alone holds no name that could be wrong and no unknown one: the
dictionary's own tags do. Every other clause goes to the tagger, once, those of several candidates and articles
together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..forms.words import frequency, tag
from .facts import Facts
from .lexicon import cut
from .names import Token, tag_all
from .text import is_han

#: Pieces of a candidate with the mark behind them: names don't reach over these.
_PIECE = re.compile(r"[^\s，。；：！？,;:!?|丨]+|[\s，。；：！？,;:!?|丨]+")
_TAGS = {"nr": "person", "nrt": "person", "nrfg": "person", "ns": "place", "nt": "org", "nz": "proper", "t": "time",
         "v": "verb", "vn": "verb", "vd": "verb", "m": "number"}  # fmt: skip
#: A word of two characters oftener in the dictionary than this is no name, whatever its tag there says (权威).
_FAMOUS = 200


def tokens(text: str, facts: Facts) -> tuple[Token, ...]:
    """Tokens that cover ``text`` from first to last code point."""
    pieces, found, out = list(_PIECE.finditer(text)), facts.clauses, []
    if not all(piece.group() in found for piece in pieces):
        (found,) = read_ahead([([text], facts)])
    for piece in pieces:
        at = piece.start()
        out.extend(Token(at + t.start, at + t.end, t.tag) for t in found[piece.group()])
    return tuple(out)


def read_ahead(asked: Sequence[tuple[Iterable[str], Facts]]) -> list[dict[str, tuple[Token, ...]]]:
    """Per article the tokens of every clause of the texts asked about, which its ``Facts`` keep for ``tokens``.

    The clauses of all articles are tagged together, by the tagger of the first.
    """
    every = [{clause: _known(clause, facts) for clause in _clauses(texts)} for texts, facts in asked]
    unknown = list(dict.fromkeys(clause for found in every for clause, known in found.items() if not known))
    tagged = dict(zip(unknown, tag_all(unknown, asked[0][1].tagger), strict=True)) if unknown else {}
    for found, (_, facts) in zip(every, asked, strict=True):
        for clause, known in found.items():
            found[clause] = known or tagged[clause] or (Token(0, len(clause), "other"),)
        facts.keep(facts.clauses, found)
    return every


def _clauses(texts: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(piece for text in texts for piece in _PIECE.findall(text))


def _known(clause: str, facts: Facts) -> tuple[Token, ...]:
    return facts.clauses.get(clause) or _plain(clause, facts)


def _plain(clause: str, facts: Facts) -> tuple[Token, ...]:
    """The dictionary's cut and tags of a clause that the body has; empty where it leaves characters of no word."""
    if not facts.where(clause, 1):
        return ()
    words, lone = cut(clause), 0
    for start, end in words:
        lone = lone + 1 if end - start == 1 and is_han(clause[start]) else 0
        if lone == 2:
            return ()
    return tuple(Token(start, end, _tag(clause[start:end])) for start, end in words)


def _tag(word: str) -> str:
    kind = _TAGS.get(tag(word), "other")
    return "other" if kind == "person" and len(word) == 2 and frequency(word) > _FAMOUS else kind

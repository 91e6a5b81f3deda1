"""Stray spaces inside Chinese text. A space between two phrases of a headline or two names stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..chars import HAN_CLASS
from .edits import Change

_GAP = r"[ \t\u00a0\u2002-\u200a\u202f\u3000]"
# Five letter-spaced characters in a row are typesetting; four may be two names of two characters.
_SPACED = re.compile(rf"(?<![{HAN_CLASS}])[{HAN_CLASS}](?:{_GAP}{{1,2}}[{HAN_CLASS}](?![{HAN_CLASS}])){{4,}}")
_BEFORE_MARK = re.compile(rf"(?<=[{HAN_CLASS}\w”’』」）)》】%％]){_GAP}+(?=[，。、；：！？”’』」）》】])")
_AFTER_MARK = re.compile(rf"(?<=[，、；“‘『「（《【]){_GAP}+(?=\S)")
_RUN = re.compile(rf"{_GAP}+")


def letter_spacing(text: str) -> Iterator[Change]:
    """云 溪 市 委 召 开 → 云溪市委召开."""
    for match in _SPACED.finditer(text):
        for gap in _RUN.finditer(match[0]):
            yield match.start() + gap.start(), match.start() + gap.end(), ""


def before_marks(text: str) -> Iterator[Change]:
    """快乐 ， → 快乐，"""
    return ((*match.span(), "") for match in _BEFORE_MARK.finditer(text))


def after_marks(text: str) -> Iterator[Change]:
    """， 也能 → ，也能"""
    return ((*match.span(), "") for match in _AFTER_MARK.finditer(text))

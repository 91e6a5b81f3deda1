"""Characters that are no text: controls, lone surrogates, zero-width marks, soft hyphens, odd line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Change

_LINE_END = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]+")
# U+200D joins emoji and U+FE0F styles them, so both stay where an emoji stands before them.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]+"
)
_SURROGATE = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)


def headings(text: str) -> Iterator[Change]:
    """The number signs before a Markdown heading go, its words stay; ``#1`` without a space is text."""
    return ((*match.span(), "") for match in _HEADING.finditer(text))


def line_ends(text: str) -> Iterator[Change]:
    r"""Every line end becomes ``\n``."""
    return ((*match.span(), "\n") for match in _LINE_END.finditer(text))


def controls(text: str) -> Iterator[Change]:
    """NUL and the other control characters go (tab and line feed stay)."""
    return ((*match.span(), "") for match in _CONTROL.finditer(text))


def invisible(text: str) -> Iterator[Change]:
    """Byte-order marks, zero-width characters, direction marks and soft hyphens go."""
    return ((*match.span(), "") for match in _INVISIBLE.finditer(text))


def private(text: str) -> Iterator[Change]:
    """Private-use characters go: glyph numbers of an embedded font, meaningless outside of it."""
    return ((*match.span(), "") for match in _PRIVATE.finditer(text))


def surrogates(text: str) -> Iterator[Change]:
    """A surrogate pair becomes its character, a lone surrogate goes: neither can be written as UTF-8."""
    for match in _SURROGATE.finditer(text):
        pair = match[0]
        whole = pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le") if len(pair) == 2 else ""
        yield (*match.span(), whole)

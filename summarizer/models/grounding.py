"""Grounded decoding: a model may write only pieces that lie within its source's pieces, and a fixed common list.

A name or a number that the article lacks then can't be written at all. The softmax is taken over the allowed pieces.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def is_byte(token: str) -> bool:
    """True for a byte-fallback piece such as ``<0xE7>``."""
    return len(token) == 6 and token.startswith("<0x") and token.endswith(">")


def within(index: int, tokens: Sequence[str], ids: dict[str, int]) -> list[int]:
    """Ids of the pieces that stand inside piece ``index``, itself included; none for a control token.

    ``ids`` maps the writable pieces to their ids: control tokens are not in it.
    """
    text = tokens[index]
    if text not in ids:
        return []
    if is_byte(text):
        return [index]
    spans = ((a, b) for a in range(len(text)) for b in range(a + 1, len(text) + 1))
    return sorted({ids[text[a:b]] for a, b in spans if text[a:b] in ids})


def writable(tokens: Sequence[str], control: Collection[str]) -> dict[str, int]:
    """The pieces a text may hold, with their ids."""
    return {token: index for index, token in enumerate(tokens) if token not in control}

"""The embedded model's normal form of text: what its tokenizer sees, with a map back to the caller's text.

Only the model sees this form. Letters, digits and ％ become half-width, half-width punctuation that stands beside
a Han character becomes full-width (the newspaper's own form), spaces between Han characters go, line ends become
one ``\\n``. Quotes and 《》 are never touched.
"""

from __future__ import annotations

import re

_TABLE = {c: c - 0xFEE0 for r in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for c in range(*r)}
_TABLE |= {
    ord("％"): ord("%"),
    ord("．"): ord("."),
    ord("＋"): ord("+"),
    ord("～"): ord("~"),
    ord("－"): ord("-"),
}
_TABLE |= {ord(c): ord("·") for c in "･・‧•∙"}
_TABLE |= {ord(c): ord(" ") for c in "\u00a0\u3000\u2002\u2003\u2009\t\r"}
_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_DROP = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]"
)
_WIDE_OR_SPACE = re.compile(r"[,:;?!()]|[ \n]+")


def _is_wide(char: str) -> bool:
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uff5e"
        or char in "“”‘’《》〈〉【】、。·…—"
    )


def _spaces(run: str, before: str, after: str, keep: bool) -> str:
    if "\n" in run:
        return "\n"
    if keep or not before or not after:
        return " "
    return "" if _is_wide(before) or _is_wide(after) else " "


def normalise(text: str, keep_spaces: bool = False) -> str:
    """The normal form of ``text``; ``keep_spaces`` leaves one space between Han characters (headlines)."""
    return normalise_with_offsets(text, keep_spaces)[0]


def normalise_with_offsets(text: str, keep_spaces: bool = False) -> tuple[str, list[int]]:
    """As ``normalise``, with ``offsets[i]``, the code point of ``text`` that character ``i`` stands for."""
    text = text.translate(_TABLE)
    pieces: list[str] = []
    offsets: list[int] = []
    kept = [i for i, c in enumerate(text) if not _DROP.match(c)] if _DROP.search(text) else None
    if kept is not None:
        text = "".join(text[i] for i in kept)
    last = 0
    for match in _WIDE_OR_SPACE.finditer(text):
        start, end = match.span()
        run = match.group()
        before = text[start - 1] if start else ""
        after = text[end] if end < len(text) else ""
        if run in _WIDE:
            beside_han = (before and _is_wide(before)) or (after and _is_wide(after) and run not in ",:")
            new = _WIDE[run] if beside_han else run
        else:
            new = _spaces(run, before, after, keep_spaces)
            if not before or not after:
                new = ""
        pieces += (text[last:start], new)
        offsets += range(last, start)
        offsets += [start] * len(new)
        last = end
    pieces.append(text[last:])
    offsets += range(last, len(text))
    if kept is not None:
        offsets = [kept[i] for i in offsets]
    return "".join(pieces), offsets

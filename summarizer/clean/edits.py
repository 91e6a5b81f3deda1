"""A text under repair: each change is logged as an Edit with offsets into the page it came from."""

from __future__ import annotations

from collections.abc import Iterable

from ..types import Cleaned, Edit, Page

Change = tuple[int, int, str]
"""``(start, end, replacement)`` in the text under repair, ``start < end``; an empty one deletes."""


class Manuscript:
    """The text so far, where each of its characters stands in the page, and the edits made."""

    def __init__(self, page: Page):
        self.page = page
        self.text = page.text
        self.offsets: list[int] | range = range(len(page.text))
        self.edits: list[Edit] = []

    def apply(self, changes: Iterable[Change], repair: str, reason: str) -> None:
        """Make ``changes`` (sorted, not overlapping) and log each. Time is linear in the text."""
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for start, end, replacement in changes:
            pieces.append(self.text[done:start])
            offsets.extend(self.offsets[done:start])
            pieces.append(replacement)
            offsets.extend(self.offsets[min(start + i, end - 1)] for i in range(len(replacement)))
            first, last = self.offsets[start], self.offsets[end - 1] + 1
            self.edits.append(Edit(first, last, replacement, repair, reason))
            done = end
        if not done:
            return
        pieces.append(self.text[done:])
        offsets.extend(self.offsets[done:])
        self.text, self.offsets = "".join(pieces), offsets

    def finish(self) -> Cleaned:
        """The frozen result; edits sorted by where they start in the page."""
        edits = tuple(sorted(self.edits, key=lambda edit: (edit.start, edit.end)))
        return Cleaned(self.text, tuple(self.offsets), edits, self.page)

"""What every reading must hold: offsets inside the text, and no character of the page unaccounted for."""

from summarizer.types import Cleaned, Page, SplitPage


def unaccounted(page: Page, cleaned: Cleaned, result: SplitPage | None = None) -> list[int]:
    """Positions of the page that stand in no body, no removal and no edit (without ``result``: not in
    the cleaned text either)."""
    seen = bytearray(len(page.text))
    for edit in cleaned.edits:
        assert 0 <= edit.start < edit.end <= len(page.text)
        seen[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
    if result is None:
        for offset in cleaned.offsets:
            seen[offset] = 1
        return [index for index, flag in enumerate(seen) if not flag]
    removals = list(result.removed)
    for article in result.articles:
        assert len(article.offsets) == len(article.body)
        removals += article.removed
        for offset in article.offsets:
            seen[offset] = 1
    for removal in removals:
        assert 0 <= removal.start < removal.end <= len(page.text) and removal.reason
        seen[removal.start : removal.end] = b"\1" * (removal.end - removal.start)
    return [index for index, flag in enumerate(seen) if not flag]

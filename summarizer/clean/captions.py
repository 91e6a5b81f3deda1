"""Photo captions among the lines of a page: they are set to a measure of their own, often a few
characters off that of the column they interrupt, and end in a credit (… 摄)."""

from __future__ import annotations

from collections.abc import Sequence

from ..roles import is_caption, is_photo_credit, starts_caption
from .lines import Line

LONGEST = 6
"""Lines of the longest caption looked for."""
_CREDIT_ENDS = ("摄", "摄）", "摄)", "摄影", "摄影）", "供图", "供图）", "图片", "图片）", "照片")


def caption_lines(lines: Sequence[Line]) -> dict[int, bool]:
    """For each line of a caption, and the line after it, whether it goes on the line before.

    Lines that aren't there are for the caller to judge.
    """
    found: dict[int, bool] = {}
    for last, line in enumerate(lines):
        if not line.text.endswith(_CREDIT_ENDS) or len(line.text) > 70:
            continue
        if line.text[-1] == "摄" and last + 1 < len(lines) and lines[last + 1].text[0] in "氏像影制取入":
            continue  # a word broken by the column: 摄氏度, 摄影
        first = _first_line(lines, last)
        if first is None or any(number in found for number in range(first, last + 1)):
            continue
        found[first] = False
        found.update({number: True for number in range(first + 1, last + 1)})
        # A credit of its own line follows a whole sentence; after half a one it is the broken credit's end.
        if is_photo_credit(line.text) and first < last and lines[last - 1].ended:
            found[last] = False
        if last + 1 < len(lines):
            found[last + 1] = False
    return found


def _first_line(lines: Sequence[Line], last: int) -> int | None:
    """Where the caption that ends at ``last`` starts; None if no reading makes it a caption."""
    readings = []
    for first in range(last, max(-1, last - LONGEST), -1):
        part = lines[first : last + 1]
        if first < last and not _one_measure(part):
            break
        if is_caption("".join(line.text for line in part)) or (
            first == last and is_photo_credit(part[0].text)
        ):
            readings.append(first)
        if starts_caption(lines[first].text):
            return first if readings else None
    if not readings:
        return None
    return max(readings, key=lambda first: _likely(lines, first, last))


def _one_measure(part: Sequence[Line]) -> bool:
    """True where all lines but the last have about one width and the last is no wider (credits may be)."""
    widths = [line.width for line in part[:-1]]
    return max(widths) - min(widths) <= 2.0 and (
        part[-1].width <= max(widths) + 1.5 or is_photo_credit(part[-1].text)
    )


def _likely(lines: Sequence[Line], first: int, last: int) -> float:
    """How likely a caption starts at ``first``: after an ended or broken-off text, with whole sentences."""
    before = lines[first - 1] if first else None
    score = 0.0
    if before is None or before.ended or not before.full:
        score += 2.0
    if first < last:
        own, column = lines[first].width, lines[first].measure
        score += 1.5 if not column or abs(own - column) > 1.5 else -0.5 * (last - first)
        if before is not None and abs(before.width - own) <= 1.0:
            score -= 1.5
    credit = is_photo_credit(lines[last].text)
    if credit and first == last:
        score -= 1.0
    return score + 0.1 * (first - last)

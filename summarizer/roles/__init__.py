"""What a line of a newspaper page is by its wording alone: byline, dateline, caption, furniture, advert.

The tables are shared by ``clean`` (which never joins such a line to body text) and ``split`` (which
takes it out of the body). All patterns are bounded, so a line of any length costs linear time.
"""

from __future__ import annotations

from .furniture import (
    LONGEST,
    TURN_END,
    TURN_START,
    ends_turn,
    is_advert,
    is_crumb,
    is_furniture,
    is_turn,
    sells,
)
from .names import credit_start, dateline_end, is_byline, is_name, lead_credit_end
from .photos import is_caption, is_photo_credit, starts_caption
from .shape import KICKER_END, ends_sentence, is_dash, is_list_item, is_section, open_bracket


def is_box(line: str) -> bool:
    """True where a line opens with ■ ● ▲ and the like and is neither a byline nor a turn."""
    return line[:1] in tuple("■●▲◆★▶►☆◎※") and not is_byline(line) and not is_turn(line)


def opens_part(line: str) -> bool:
    """True where a line can only be the start of a part of the page, so nothing may be joined before it."""
    opened = is_box(line) or line[:1] in ("□", "☐") or is_dash(line) or is_section(line) or is_list_item(line)
    return (
        opened
        or is_byline(line, marked_only=True)
        or dateline_end(line) > 0
        or _apart(line)
        or starts_caption(line)
    )


def stands_alone(line: str) -> bool:
    """True for a line that is a whole part by itself, so nothing may be joined after it."""
    return (
        is_byline(line, marked_only=True) or _apart(line) or (is_caption(line) and not starts_caption(line))
    )


def _apart(line: str) -> bool:
    return is_furniture(line) or is_advert(line)


__all__ = [
    "KICKER_END",
    "LONGEST",
    "TURN_END",
    "TURN_START",
    "credit_start",
    "dateline_end",
    "ends_sentence",
    "ends_turn",
    "is_advert",
    "is_box",
    "is_byline",
    "is_caption",
    "is_crumb",
    "is_dash",
    "is_furniture",
    "is_list_item",
    "is_name",
    "is_photo_credit",
    "is_section",
    "is_turn",
    "lead_credit_end",
    "open_bracket",
    "opens_part",
    "sells",
    "stands_alone",
    "starts_caption",
]

"""Headlines that stop in mid-air, finished with the article's own next words where the line has room.

A beam that ends at 特朗普视察马里兰州沃尔特 copied a run of the article and left it too early. What follows there up to
the next mark is what it lacks. It is added only behind a run long enough to be that sentence and no other.
"""

from __future__ import annotations

import re

from ..chars import occurrences, width

RUN = 5  # characters copied in one piece before the end, at least
_LONGEST = 14
_CLAUSE_END = re.compile(r"[\s，。！？；：,!?;:“”‘’《》「」『』（）]|$")
_JOINED = frozenset("·、")  # the article goes on inside a name or a list
_DIGIT = re.compile(r"\d")


def complete(text: str, body: str, limit: float) -> str | None:
    """``text`` carried on to the end of the clause it was copied from, at most ``limit`` full-width units.

    None where it ends as some clause of ``body`` does, where its last characters are the model's own wording,
    where there is no room, or where figures of two places would meet.
    """
    run = next((text[-n:] for n in range(min(_LONGEST, len(text)), RUN - 1, -1) if text[-n:] in body), "")
    if not run:
        return None
    ends = [at + len(run) for at in occurrences(body, run)]
    if any(not _goes_on(body, end) for end in ends):
        return None
    more = body[ends[0] : _CLAUSE_END.search(body, ends[0]).start()]
    if _DIGIT.search(more) and _DIGIT.search(text):
        return None
    return text + more if width(text + more) <= limit else None


def _goes_on(body: str, place: int) -> bool:
    following = body[place : place + 1]
    return following.isalnum() or following in _JOINED

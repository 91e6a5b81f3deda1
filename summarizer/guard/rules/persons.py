"""Other forms of a person's name: 章书记, 马老汉, the family name of a foreigner, a given name alone."""

from __future__ import annotations

import re

from ..facts import Facts
from ..lexicon import lies_whole, word
from ..posts import FOREIGN, SURNAMES, TITLE
from ..text import fold
from .support import NOTHING, Support

_ADDRESS = re.compile(
    r"([\u4e00-\u9fff])(?:帅|爵爷|老汉|大爷|大妈|大娘|奶奶|爷爷|阿姨|师傅|指导|队|姐|哥|总|皇|神)$"
)


def titled(name: str, kind: str, facts: Facts) -> Support:
    """章书记 for 市委书记章明远: the surname stands beside that post."""
    title = TITLE.search(name)
    if title and title.start() in (1, 2):
        surname, post = re.escape(name[: title.start()]), title.group()
        found = re.search(rf"{post}{surname}\w|{surname}\w{{1,2}}{post}", facts.body)
        if found:
            return (found.span(),), "姓加职务 / surname with post"
    return NOTHING


def nickname(name: str, kind: str, facts: Facts) -> Support:
    """海帅, 马老汉 where the body has 海因克斯, 马生才: one character of a name with a form of address."""
    found = _ADDRESS.match(name) if kind in ("person", "org", "place") else None
    whole = re.search(rf"{found.group(1)}[\u4e00-\u9fff·]{{1,3}}", facts.body) if found else None
    return ((whole.span(),), "称呼 / a form of address") if whole else NOTHING


def foreigner(name: str, kind: str, facts: Facts) -> Support:
    """The family name of a foreign person given in full."""
    parts = [p for p in re.split(r"[·\-]", fold(name)) if len(p) >= 2]
    if kind == "person" and len(parts) > 1 and facts.where(parts[-1]):
        return facts.where(parts[-1]), "外国人名的姓 / family name"
    if kind == "person" and len(name) == 2:  # 麦迪 for 麦克格雷迪, 阿德 for 阿尔德里奇
        for found in FOREIGN.finditer(facts.body):
            if len(found.group()) > 3 and found.group()[0] == name[0] and name[1] in found.group()[1:]:
                return (found.span(),), "外国人名的简称 / short form of a foreign name"
    return NOTHING


def given(name: str, kind: str, facts: Facts) -> Support:
    """朴灿烈 where the body calls him 灿烈 throughout, and nobody else so."""
    if kind != "person" or len(name) != 3 or word(name[1:]):
        return NOTHING
    spans = facts.where(name[1:], 20)
    alone = spans and all(facts.body[max(0, s - 1) : s] not in SURNAMES for s, _ in spans)
    whole = alone and any(lies_whole(facts.body, s) for s, _ in spans)
    return (spans[:1], "只称名 / the given name alone") if whole else NOTHING

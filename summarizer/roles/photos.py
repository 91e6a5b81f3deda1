"""Photo captions and photo credits."""

from __future__ import annotations

import re

from ..chars import Lazy
from .names import HAN, NAMES, PAPER, ROLE, SURE_NAMES

LONGEST = 150
"""Characters of the longest caption that is known by its credit; one known by its start is shorter."""
LONGEST_OPENED = 90

# 零下六摄 is no credit: the name is announced by a role, or it has a surname and nothing runs into it.
_PHOTOGRAPHER = rf"(?:{ROLE}[:： 　]*{NAMES}|(?<![{HAN}]){SURE_NAMES})"
_GIVEN = r"(?:图片|照片|本文图片?).{0,4}由.{2,20}提供"
_END = Lazy(
    rf"(?:{_PHOTOGRAPHER}[ 　]*[/／]?(?:摄影|摄|供图|制图|绘)|{_GIVEN}"
    r"|资料图片?|资料照片|网络图片|视频截图|新华社发)[）)。 　]*$"
)
_CREDIT = Lazy(
    rf"[（(]?(?:(?:{PAPER}[ 　]?)?(?:{ROLE})?[:： 　/／]*{NAMES}[ 　]*[/／]?(?:摄影|摄|供图)"
    rf"|资料图片?|资料照片|新华社发.{{0,14}}|{_GIVEN})[）)。]*$"
)
_START = re.compile(
    r"[▲▼◀▶◄►△▽]|图为|上图|下图|左图|右图|图[①-⑨]|图[一二三四五六1-6][：:]|本组图|组图|本版图|题图|压题照片"
)


def is_caption(line: str) -> bool:
    """True for a photo caption or photo credit (… 摄, 图为…, 资料图片)."""
    if len(line) > LONGEST:
        return False
    return bool(_END.search(line[-40:])) or (len(line) <= LONGEST_OPENED and starts_caption(line))


def is_photo_credit(line: str) -> bool:
    """True for a line that only credits a photo, its caption standing on the lines above."""
    return len(line) <= 40 and bool(_CREDIT.match(line))


def starts_caption(line: str) -> bool:
    """True where a line opens as captions do (图为, 上图, ▲)."""
    return bool(_START.match(line))

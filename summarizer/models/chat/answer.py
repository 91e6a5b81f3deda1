"""Reading a chat model's answer: JSON where it is JSON, and what can honestly be saved where it isn't."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.S)
_FENCE = re.compile(r"^\s*```\w*\s*\n?|\n?\s*```\s*$")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.S)
_NUMBERED = re.compile(
    r"^\s*(?:[-*•·]|[(（]?\d{1,2}[)）.、:：](?!\d)|[①-⑳]|第?[一二三四五六七八九十]{1,2}[、.：:条])\s*"
)
_TALK = re.compile(r"^(好的|当然|以下是|下面是|这是|根据(您|你|稿件)|希望|如需|注[:：]|说明[:：]|Here|Sure)")
_LABEL = re.compile(r"^(?:候选)?(?:标题|摘要|引题|副题|要点|选项)\s*[一二三四五六七八九十\d]{0,2}\s*[:：]\s*")
_QUOTES = {'"': '"', "'": "'"}


@dataclass(frozen=True)
class Answer:
    """``items`` in the model's order; ``closed`` says that the last one is known not to be cut off."""

    items: tuple[str, ...]
    closed: bool


def items(text: str) -> Answer:
    """The list in ``text``: ``{"items": [...]}``, a bare array, a broken one's whole strings, or lines."""
    text = _FENCE.sub("", _THOUGHT.sub("", text).strip()).strip()
    found = _json(text)
    if found is not None:
        return Answer(_clean(found), True)
    start = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
    if start >= 0 and _STRING.search(text, start):
        return Answer(_clean(_strings(text[start:])), True)
    return Answer(_clean(_lines(text)), False)


def paragraph(text: str) -> str:
    """A plain answer as one paragraph, without thoughts, fences and labels."""
    text = _FENCE.sub("", _THOUGHT.sub("", text).strip()).strip()
    found = _json(text)
    if found:
        return _clean(found)[0] if _clean(found) else ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return _bare("".join(line for line in lines if not (len(lines) > 1 and _is_talk(line))))


def _json(text: str) -> list[str] | None:
    """Strings of the first JSON value in ``text`` that is a list or an object around one; None for none."""
    for match in re.finditer(r"[{\[]", text):
        try:
            value, _ = json.JSONDecoder().raw_decode(text, match.start())
        except ValueError:
            continue
        if isinstance(value, dict):
            value = next((v for v in value.values() if isinstance(v, list)), list(value.values()))
        return [_text_of(entry) for entry in value]
    return None


def _text_of(entry: object) -> str:
    """The text of an array's entry; models write objects such as {"title": …} too."""
    if isinstance(entry, dict):
        entry = next((value for value in entry.values() if isinstance(value, str)), "")
    return entry if isinstance(entry, str) else ""


def _strings(text: str) -> list[str]:
    """Closed strings of a cut-off JSON text; keys (a colon follows) are not among them."""
    found = []
    for match in _STRING.finditer(text):
        if not text[match.end() :].lstrip().startswith(":"):
            try:
                found.append(json.loads(match.group()))
            except ValueError:
                continue
    return found


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbered = [_NUMBERED.sub("", line) for line in lines if _NUMBERED.match(line)]
    return numbered or [line for line in lines if not _is_talk(line)]


def _is_talk(line: str) -> bool:
    return bool(_TALK.match(line)) or line.endswith(("：", ":"))


def _bare(text: str) -> str:
    text = text.strip().replace("**", "")
    text = _LABEL.sub("", text).strip()
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    return text


def _clean(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(_bare, found) if text))

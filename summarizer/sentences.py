"""Chinese sentences with their places in the text.

The spans are in order, do not overlap, and hold every character that is not white space. A quotation
or bracket is kept whole, a closing mark stays with its sentence, and a tail without an end mark is a
sentence of its own. A line that titles a section is a heading; sections count up at headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .chars import END_MARKS, HAN, LINE_BREAKS, QUOTES, matched_pairs, width
from .types import Sentence, Span

# A quotation longer than this is most likely one whose closing mark was lost: it is split inside.
MAX_QUOTE = 240
MAX_HEADING = 30  # full-width units

_LINE = re.compile(f"[^{LINE_BREAKS}]+")
_END = re.compile(rf"[{END_MARKS}]+[{END_MARKS}…]*|(?:…+|\.{{3,}})[{END_MARKS}]*|[.．]")
_CLOSING = re.compile(r"[”’」』》〉）)】〕\]］}｝\"＂]*")
_URL = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|e\.g|i\.e)|\b[A-Za-z])$"
)
_SPEECH = re.compile(
    r"[^，。！？,!?“”]{0,16}?(?:说|表示|介绍|告诉|强调|指出|[问喊叫]道|道|称|坦言|感慨|认为|回忆|问)"
)
_LIST_NUMBER = re.compile(r"\s*[（(]?\d{1,3}")
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节编部条]"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|[（(]\d{1,2}[）)]|[①-⑳])"
)
_SECTION = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节编部])"
)


def sentences(body: str) -> tuple[Sentence, ...]:
    """Sentences of ``body`` in reading order; ``()`` where it holds only white space.

    Units: code points. Line breaks always end a sentence. Runs in linear time.
    """
    found: list[Sentence] = []
    section, closed, after_heading = 0, False, True
    for line in _LINE.finditer(body):
        spans = list(_line_spans(line.group(), line.start()))
        if not spans:
            continue
        titles = _titles(body, spans, closed)
        for index, (start, end) in enumerate(spans):
            heading = index < titles
            if heading and not after_heading:
                section += 1
            found.append(Sentence(start, end, section, heading))
            after_heading = heading
        closed = titles == len(spans) or _is_closed(body[spans[-1][0] : spans[-1][1]])
    return _without_final_heading(found)


def _titles(body: str, spans: list[Span], closed: bool) -> int:
    """How many spans at the start of a line are a heading: 0 or 1."""
    start, end = spans[0]
    text = body[start:end]
    if width(text[: MAX_HEADING + 1]) > MAX_HEADING or width(text) > MAX_HEADING:
        return 0  # most sentences are too long by their beginning
    if len(spans) > 1:  # （一）坚持稳中求进。全年… : the first sentence titles the paragraph
        return int(_SECTION.match(text) is not None and text[-1] in "。")
    if _NUMBERED.match(text):
        return int(not _is_closed(text))
    # An unnumbered title is told from a hard-wrapped line by the end mark of the line before it.
    plain = closed and not _is_closed(text) and width(text) <= 20
    return int(plain and HAN.search(text) is not None and not re.search(r"[，；：,;:]$", text))


def _without_final_heading(found: list[Sentence]) -> tuple[Sentence, ...]:
    # A short line with nothing below it titles nothing: it is a tail (a signature, a last word).
    if found and found[-1].heading:
        last = found[-1]
        section = found[-2].section if len(found) > 1 else 0
        found[-1] = Sentence(last.start, last.end, section, False)
    return tuple(found)


def _is_closed(text: str) -> bool:
    bare = text.rstrip('”’」』》〉）)】〕]］}｝"＂ ')
    return bool(bare) and (bare[-1] in END_MARKS or bare[-1] in "…；;.")


def _line_spans(line: str, offset: int) -> Iterator[Span]:
    start = 0
    for cut in _cuts(line):
        yield from _trimmed(line, start, cut, offset)
        start = cut
    yield from _trimmed(line, start, len(line), offset)


def _trimmed(line: str, start: int, end: int, offset: int) -> Iterator[Span]:
    text = line[start:end]
    if text.strip():
        yield offset + start + len(text) - len(text.lstrip()), offset + start + len(text.rstrip())


def _cuts(line: str) -> Iterator[int]:
    """Where sentences end inside ``line``, in order."""
    inside, ends_quote = _protected(line)
    last = 0
    for mark in _END.finditer(line):
        if mark.start() < last or not _is_end(line, mark):
            continue
        cut = _CLOSING.match(line, mark.end()).end()
        span = inside[mark.start()]
        if span is not None:
            cut = _after_quote(line, span, mark, last) if ends_quote else None
        if cut is None or cut <= last:
            continue
        last = cut
        yield cut


def _protected(line: str) -> tuple[list[Span | None], bool]:
    """For each index the outermost short pair around it."""
    inside: list[Span | None] = [None] * len(line)
    if not any(mark in line for mark in "“‘「『《（([【〔［{"):
        return inside, False
    for start, end in matched_pairs(line):  # inner pairs come first, outer ones overwrite them
        if end - start <= MAX_QUOTE:
            inside[start : end + 1] = [(start, end)] * (end + 1 - start)
    return inside, True


def _after_quote(line: str, span: Span, mark: re.Match[str], last: int) -> int | None:
    """The cut after a pair that closes right behind an end mark, or None where the sentence goes on.

    “好。”他说。 stays one sentence: the words of attribution belong to the quotation that opens it.
    """
    start, end = span
    if line[start] not in QUOTES or _CLOSING.match(line, mark.end()).end() <= end:
        return None
    cut = _CLOSING.match(line, mark.end()).end()
    rest = line[cut : cut + 40]
    if rest[:1] and (rest[0] in "，、；：,;：的—" or (rest[0] in END_MARKS)):
        return None
    opens = not line[last:start].strip()
    if opens and _SPEECH.match(rest):
        return None
    quoted_word = end - start <= 12 and not opens and line[start - 1] not in "：:，,。！？"
    return None if quoted_word else cut


def _is_end(line: str, mark: re.Match[str]) -> bool:
    text = mark.group()
    before, after = line[max(0, mark.start() - 8) : mark.start()], line[mark.end() : mark.end() + 2]
    if text in ".．":
        return not _LIST_NUMBER.fullmatch(line, 0, mark.start()) and _is_full_stop(before, after)
    if text[0] in "!?" and _in_url(line, mark.start()):
        return False
    if text[0] in "….":  # 他说……还有 goes on; an ellipsis ends only with a mark or a new line
        return text[-1] in END_MARKS or not after.strip()
    return True


def _is_full_stop(before: str, after: str) -> bool:
    """A half-width stop ends a sentence after Chinese, or after Latin words when a new one begins."""
    if not before or before[-1].isspace():
        return False
    if HAN.match(before[-1]):
        return not after or HAN.match(after[0]) is not None or after[0] in "”“’》） 　"
    if not after.strip():
        return True
    return after[0].isspace() and not after[1:].islower() and not _ABBREVIATION.search(before)


def _in_url(line: str, index: int) -> bool:
    window = max(0, index - 200)
    return any(
        window + m.start() < index < window + m.end() - 1 for m in _URL.finditer(line[window : index + 50])
    )

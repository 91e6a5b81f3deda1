"""Composes newspaper pages as they come out of a PDF, with the truth beside them.

Each character of a composed page has a *kind* (body, dateline, headline, kicker, subhead, box, caption,
byline, furniture, advert, or space) and an *owner* (the number of its article, -1 for the page). The
messes are those of real extraction: hard-wrapped columns, blank lines between lines, headline blocks
before, after or far from their article, doubled shadow text, captions inside columns, furniture, adverts.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jieba

jieba.setLogLevel(30)
NO_START = "，。、；：？！…”’』」）》】％%—·"
NO_END = "“‘『「（《【"
REPORTERS = "沈知夏 何小满 陆云舟 方青禾 周一白 秦牧野 温如玉 林照晚 许知远 白露".split()
PHOTOGRAPHERS = "江一帆 叶南星 乔木 宋晚晴".split()
TOWNS = "青石县 临河区 枫桥镇 云溪市".split()


@dataclass(frozen=True, slots=True)
class Story:
    """An article with known parts; ``body`` has one paragraph per line."""

    id: str
    title: str
    body: str
    kicker: str = ""
    subhead: str = ""
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing put on the page beside bodies: its kind, article (-1: none), and characters' positions."""

    kind: str
    owner: int
    positions: tuple[int, ...]


@dataclass(slots=True)
class Composed:
    """The page's text with the truth: kind and owner per character, and the items in page order."""

    text: str
    kinds: list[str]
    owners: list[int]
    stories: list[Story]
    items: list[Item] = field(default_factory=list)

    def block(self, owner: int) -> dict[str, set[int]]:
        """Positions of the headline block of one story, by kind."""
        found: dict[str, set[int]] = {}
        for item in self.items:
            if item.owner == owner and item.kind in ("headline", "kicker", "subhead", "box"):
                found.setdefault(item.kind, set()).update(item.positions)
        return found


@dataclass(slots=True)
class _Line:
    text: str
    kinds: list[str]
    owner: int
    item: int = -1  # lines of one item share a number
    indent: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """What one page does to its text."""

    measure: int
    blank: bool
    indent: str
    place: str
    wide_digits: bool
    hang: bool


class Composer:
    """Composes pages from ``stories``; the same seed gives the same page."""

    def __init__(self, stories: Sequence[Story], seed: int):
        self._random = random.Random(seed)
        self._stories = stories
        self._item = 0
        self._style = self._page_style()

    def compose(self, fewest: int = 2, most: int = 5) -> Composed:
        """A page of ``fewest`` to ``most`` stories."""
        r = self._random
        stories = self._choose(r.randint(fewest, most))
        head, tail = self._furniture_top(), self._furniture_bottom()
        lines, late = list(head), []
        for number, story in enumerate(stories):
            block, place = self._block(number, story), self._place()
            column = self._column(number, story)
            if place == "end":
                late.append(block)
                lines += column
            else:
                lines += block + column if place == "before" else column + block
            if r.random() < 0.12:
                lines += self._advert()
        if r.random() < 0.3:
            r.shuffle(late)
        for block in late:
            lines += block
        if r.random() < 0.2:
            lines += self._advert()
        return self._print(lines + tail, stories)

    # --- style -------------------------------------------------------------------------------------

    def _page_style(self) -> _Style:
        r = self._random
        return _Style(
            measure=r.randint(12, 20),
            blank=r.random() < 0.7,
            indent=r.choice(["　　", "　　", "", "  ", ""]),
            place=r.choice(["before", "after", "end", "mixed", "before", "end"]),
            wide_digits=r.random() < 0.15,
            hang=r.random() < 0.5,
        )

    def _place(self) -> str:
        place = self._style.place
        return self._random.choice(["before", "after", "end"]) if place == "mixed" else place

    def _choose(self, count: int) -> list[Story]:
        r = self._random
        if r.random() < 0.4:
            family = r.choice(self._stories).id.rsplit("-", 1)[0]
            same = [story for story in self._stories if story.id.startswith(family)]
            if len(same) >= count:
                return r.sample(same, count)
        return r.sample(list(self._stories), count)

    # --- parts ---------------------------------------------------------------------------------------

    def _line(self, text: str, kind: str, owner: int = -1) -> _Line:
        return _Line(text, [kind] * len(text), owner, self._item)

    def _new(self) -> None:
        self._item += 1

    def _block(self, number: int, story: Story) -> list[_Line]:
        r = self._random
        self._new()
        mains, kicker = self._main_lines(story)
        rows = [(kicker, "kicker")] if kicker else []
        rows += [(main, "headline") for main in mains]
        if story.subhead:
            rows.append((r.choice(["——", "—", "── "]) + story.subhead, "subhead"))
        if story.boxes and r.random() < 0.5:
            mark = r.choice(["■", "●", "▲", "■ "])
            rows += [(mark + box, "box") for box in story.boxes]
        doubled = r.random() < 0.15
        return [
            self._line(self._shadow(text) if doubled and kind == "headline" else text, kind, number)
            for text, kind in rows
        ]

    def _main_lines(self, story: Story) -> tuple[list[str], str]:
        r = self._random
        parts, kicker = story.title.split(), story.kicker
        if (
            len(parts) >= 2
            and not kicker
            and re.search(r"(?:强调|指出|要求|时|会上|表示|主持|出席)$", parts[0])
        ):
            kicker, parts = parts[0], parts[1:]
        if len(parts) > 3 or any(len(part) < 3 for part in parts):
            parts = ["　".join(parts)]
        if len(parts) == 1 and len(parts[0]) >= 16 and r.random() < 0.6:
            parts = _halve(parts[0])
        return parts, kicker

    def _shadow(self, text: str) -> str:
        if self._random.random() < 0.5:
            return text + text
        return "".join(part * 2 for part in re.findall(r"[\w·]+|[^\w·]", text))

    def _column(self, number: int, story: Story) -> list[_Line]:
        r = self._random
        measure = r.randint(12, 20) if r.random() < 0.2 else self._style.measure
        paragraphs = [(part, ["body"] * len(part)) for part in story.body.split("\n") if part.strip()]
        paragraphs = [(part.strip(), kinds[: len(part.strip())]) for part, kinds in paragraphs]
        lines, opening = self._opening(number, paragraphs)
        self._closing(paragraphs)
        for text, kinds in paragraphs:
            lines += self._set(text, kinds, number, measure)
        if not opening and r.random() < 0.6:
            self._new()
            lines.append(self._line(self._byline(), "byline", number))
        if r.random() < 0.35:
            self._insert(lines, self._caption(number, story))
        return lines

    def _opening(self, number: int, paragraphs: list) -> tuple[list[_Line], bool]:
        """Byline line, dateline, both, or neither before the text."""
        r = self._random
        choice = r.random()
        lines = []
        own = re.match(r"(?:据)?(?:本报|新华社|中新|人民网|中国网络电视台|央视)", paragraphs[0][0])
        if choice < 0.4:
            self._new()
            lines.append(self._line(self._byline(), "byline", number))
        if (0.3 < choice < 0.9) and not own:
            sign = self._dateline()
            text, kinds = paragraphs[0]
            paragraphs[0] = (sign + text, ["dateline"] * len(sign) + kinds)
        return lines, choice < 0.9

    def _closing(self, paragraphs: list) -> None:
        r = self._random
        text, kinds = paragraphs[-1]
        extra, kind = "", "byline"
        choice = r.random()
        if choice < 0.12:
            extra = f"（{r.choice(REPORTERS)}）"
        elif choice < 0.2:
            extra = f"（本报记者 {r.choice(REPORTERS)}）"
        elif choice < 0.3:
            extra, kind = (
                r.choice(["（下转第3版）", "（下转第二版）", "（紧接第4版）", "下转第3版"]),
                "furniture",
            )
        paragraphs[-1] = (text + extra, kinds + [kind] * len(extra))

    def _byline(self) -> str:
        r = self._random
        one, two = r.sample(REPORTERS, 2)
        return r.choice(
            [
                f"□本报记者 {one}",
                f"□本报通讯员 {one}",
                f"□通讯员 {one} {two}",
                f"□本报记者 {one} 通讯员 {two}",
                f"本报记者 {one} 通讯员 {two}",
                f"本报记者 {one}",
                f"■本报记者 {one} {two}",
                f"□ {one}",
                f"●云溪日报全媒体记者 {one} 文/图",
                f"记者 {one} 通讯员 {two} 报道",
                f"本报记者 {one} 文 {two} 图",
                f"文/本报记者 {one}",
            ]
        )

    def _dateline(self) -> str:
        r = self._random
        one, two = r.sample(REPORTERS, 2)
        day = f"{r.randint(1, 12)}月{r.randint(1, 28)}日"
        return r.choice(
            [
                "本报讯 ",
                "本报讯　",
                f"本报讯（记者 {one}）",
                f"本报讯 （通讯员 {one}）",
                f"本报讯（记者 {one} 通讯员 {two}）",
                f"新华社云溪{day}电（记者{one}）",
                f"新华社云溪{day}电 ",
                f"本报{r.choice(TOWNS)}{day}电（记者{one}、{two}）",
                f"云溪日报讯（{one}）",
                f"中新社云溪{day}电 (记者 {one})",
            ]
        )

    def _caption(self, number: int, story: Story) -> list[_Line]:
        r = self._random
        who = r.choice(PHOTOGRAPHERS)
        sentences = [
            s for s in re.findall(r"[^。！？\n]{8,40}。", story.body) if "“" not in s and "”" not in s
        ]
        said = (
            r.choice(sentences)
            if sentences and r.random() < 0.6
            else f"{r.choice(TOWNS)}{story.title.split()[0][:14]}。"
        )
        credit = r.choice(
            [
                f"{who} 摄",
                f"本报记者 {who} 摄",
                f"（{who} 摄）",
                f"通讯员 {who} 摄",
                f"{who} 供图",
                f"记者{who}摄",
                "资料图片",
                f"新华社发（{who} 摄）",
            ]
        )
        lead = r.choice(["", "", "图为", "▲", "上图：", f"{r.randint(1, 12)}月{r.randint(1, 28)}日，"])
        text = lead + said + credit
        self._new()
        if r.random() < 0.3:
            return [self._line(lead + said, "caption", number), self._line(credit, "caption", number)]
        width = r.choice([60, 60, 24, 18, 14])
        return [self._line(text[a:b], "caption", number) for a, b in _wrap(text, width, 0, False)]

    def _insert(self, lines: list[_Line], extra: list[_Line]) -> None:
        """At a paragraph end, or (three in ten) anywhere between two lines of the column."""
        r = self._random
        starts = [i for i, line in enumerate(lines) if line.indent and i] + [len(lines)]
        at = r.randrange(1, len(lines) + 1) if r.random() < 0.3 and len(lines) > 1 else r.choice(starts)
        lines[at:at] = extra

    def _advert(self) -> list[_Line]:
        r = self._random
        self._new()
        phone = f"0571-{r.randint(2000000, 8999999)}"
        texts = r.choice(
            [
                ["云溪家电城金秋钜惠", "全场五折起 欢迎选购", f"咨询热线：{phone}"],
                ["旺铺招租", f"临河区云溪大道{r.randint(1, 300)}号 电话：{phone}"],
                [f"广告热线：{phone}"],
                ["枫桥人家 湖景现房热销", f"售楼热线 {phone} 地址：枫桥镇湖滨路1号"],
                [f"遗失声明：{r.choice(REPORTERS)}遗失身份证，声明作废。"],
                ["公益广告", "广告"][: r.randint(1, 2)],
            ]
        )
        return [self._line(text, "advert") for text in texts]

    def _furniture_top(self) -> list[_Line]:
        r = self._random
        pool = [
            f"第{r.randint(1, 8)}版 要闻",
            f"{r.randint(1, 8):02d}",
            f"{r.randint(1, 8):02d}版",
            f"2026年{r.randint(1, 12)}月{r.randint(1, 28)}日 星期{r.choice('一二三四五六日')}",
            "云溪日报",
            "要闻",
            "综合新闻",
            f"国内统一连续出版物号 CN 33-00{r.randint(10, 99)}",
            f"今日{r.choice('四八')}版",
            "YUNXI DAILY",
        ]
        return self._items(r.sample(pool, r.randint(0, 4)), "furniture")

    def _furniture_bottom(self) -> list[_Line]:
        r = self._random
        one, two, three = r.sample(REPORTERS, 3)
        pool = [
            f"责编：{one} 美编：{two} 校对：{three}",
            f"责任编辑 {one}",
            f"本版编辑：{one} 版式：{two}",
            f"新闻热线：0571-{r.randint(2000000, 8999999)}",
            "投稿邮箱：yxrb@example.com",
            f"社址：云溪市云溪大道{r.randint(1, 300)}号 邮编：310000",
            "下转第3版",
            "上接第1版",
            f"{r.randint(1, 16)}",
        ]
        return self._items(r.sample(pool, r.randint(0, 4)), "furniture")

    def _items(self, texts: Iterable[str], kind: str) -> list[_Line]:
        lines = []
        for text in texts:
            self._new()
            lines.append(self._line(text, kind))
        return lines

    # --- setting type --------------------------------------------------------------------------------

    def _set(self, text: str, kinds: list[str], owner: int, measure: int) -> list[_Line]:
        lines = []
        for number, (a, b) in enumerate(_wrap(text, measure, 2, self._style.hang)):
            lines.append(_Line(text[a:b], kinds[a:b], owner, -1, number == 0))
        return lines

    def _print(self, lines: Sequence[_Line], stories: list[Story]) -> Composed:
        page = Composed("", [], [], stories)
        pieces, found = [], {}
        at = 0
        for line in lines:
            lead = (self._style.indent if line.indent else "") if line.item < 0 else ""
            end = "\n\n" if self._style.blank else "\n"
            text = line.text.translate(_WIDE) if self._style.wide_digits else line.text
            pieces.append(lead + text + end)
            page.kinds += ["space"] * len(lead) + line.kinds + ["space"] * len(end)
            page.owners += [-1] * len(lead) + [line.owner] * len(text) + [-1] * len(end)
            at += len(lead)
            key = line.item if line.item >= 0 else -1
            if key >= 0:
                spots = [at + i for i, char in enumerate(text) if not char.isspace()]
                found.setdefault((key, line.kinds[0], line.owner), []).extend(spots)
            at += len(text) + len(end)
        page.text = "".join(pieces)
        page.items = [Item(kind, owner, tuple(spots)) for (_, kind, owner), spots in found.items()]
        return page


_WIDE = {ord("0") + i: 0xFF10 + i for i in range(10)}


def _wrap(text: str, measure: int, indent: int, hang: bool) -> list[tuple[int, int]]:
    """Lines of ``measure`` full-width units as spans; the first has room for an indent. Marks that may
    not start a line hang past the measure or take their neighbour down with them."""
    spans, start = [], 0
    while start < len(text):
        room = measure - (0 if spans else indent)
        end, used = start, 0.0
        while end < len(text) and used + _size(text[end]) <= room:
            used += _size(text[end])
            end += 1
        end = max(end, start + 1)
        if hang and end < len(text) and text[end] in "，。、；：？！”":
            end += 1
        while start + 1 < end < len(text) and text[end] in NO_START:
            end -= 1
        if end == start + 1:
            end = min(len(text), start + measure)
        while end - 1 > start + 1 and text[end - 1] in NO_END:
            end -= 1
        spans.append((start, min(end, len(text))))
        start = end
    return spans


def _size(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def _halve(text: str) -> list[str]:
    """A long headline in two lines: at a mark near its middle, else between two words."""
    middle = len(text) // 2
    marks = [i for i in range(middle - 3, middle + 4) if text[i - 1] in "：，！？" or text[i] in "“《"]
    spots = marks or [
        end for _, _, end in jieba.tokenize(text) if end < len(text) and text[end] not in NO_START
    ]
    if not spots:
        return [text]
    spot = min(spots, key=lambda i: abs(i - middle))
    return [text[:spot].rstrip("，"), text[spot:]]


def read_stories(path: Path) -> list[Story]:
    """Stories from a folder of ``*.json`` files, each one story (id, title, body, kicker, subhead, boxes)."""
    stories = []
    for file in sorted(path.glob("*.json")):
        row = json.loads(file.read_text(encoding="utf-8"))
        boxes = tuple(row.get("boxes", ()))
        stories.append(
            Story(row["id"], row["title"], row["body"], row.get("kicker", ""), row.get("subhead", ""), boxes)
        )
    return stories

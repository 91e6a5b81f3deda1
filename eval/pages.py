"""How well pages are read: composed pages with known truth → body, headline-block and kept-out figures.

Run as ``python -m eval.pages --data DIR --pages 200 --seed 1000``. Stories come from ``DIR/news-dev.jsonl``
(rows of the data contract, with ``kicker`` and ``subtitle`` where there are any) or, where that file is
missing, from ``DIR/*.json`` files, one story each.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.chars import fold_width
from summarizer.clean import clean
from summarizer.read import read_str
from summarizer.split import split
from summarizer.types import SplitPage
from tests.composer import Composed, Composer, Story, read_stories

BLOCK_KINDS = ("headline", "kicker", "subhead", "box")
OUT_KINDS = ("caption", "byline", "furniture", "advert")
_EDITED = re.compile(r"\n?[（(](?:责任编辑|编辑|视频编辑|文字编辑)[^（）()]*[）)]\s*$")
_SKIP = ("hupu", "finreport", "weibo", "dxy", "sina_finance")


@dataclass
class Tally:
    """Counts over pages: each figure is ``right`` of ``total``."""

    right: Counter = field(default_factory=Counter)
    total: Counter = field(default_factory=Counter)
    pages: list[dict[str, tuple[int, int]]] = field(default_factory=list)

    def add(self, counts: dict[str, tuple[int, int]]) -> None:
        self.pages.append(counts)
        for name, (right, total) in counts.items():
            self.right[name] += right
            self.total[name] += total

    def share(self, name: str) -> float:
        return self.right[name] / self.total[name] if self.total[name] else math.nan

    def interval(self, name: str, draws: int = 1000) -> tuple[float, float]:
        """95% bootstrap interval over pages (percentile method, Efron 1979), seeded."""
        rng = random.Random(0)
        rows = [page[name] for page in self.pages if name in page]
        shares = []
        for _ in range(draws):
            picked = [rows[rng.randrange(len(rows))] for _ in rows]
            total = sum(total for _, total in picked)
            shares.append(sum(right for right, _ in picked) / total if total else 1.0)
        shares.sort()
        return shares[int(0.025 * draws)], shares[int(0.975 * draws)]


def load(folder: Path) -> list[Story]:
    """Stories fit for a page: a title of 5–45 characters over a Chinese body of 120–1,600."""
    source = folder / "news-dev.jsonl"
    if not source.exists():
        return read_stories(folder)
    with source.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [story for story in map(_story, rows) if story is not None]


def _story(row: dict) -> Story | None:
    body = _EDITED.sub("", row["body"].strip())
    han = sum("\u4e00" <= char <= "\u9fff" for char in body)
    if not 120 <= len(body) <= 1600 or han < 0.7 * len(body) or not 5 <= len(row["title"]) <= 45:
        return None
    if row["id"].startswith(_SKIP) or body[-1] not in "。！？”）…":
        return None
    rng = random.Random(row["id"])
    short = re.findall(r"(?<=[。\n])[^。！？\n“”]{10,24}(?=。)", body)
    boxes = tuple(rng.sample(short, 2)) if len(short) > 3 and rng.random() < 0.25 else ()
    return Story(
        row["id"], row["title"].strip(), body, row.get("kicker") or "", row.get("subtitle") or "", boxes
    )


def judge(page: Composed, result: SplitPage, kept: set[int]) -> dict[str, tuple[int, int]]:
    """The figures of one page, of the characters that cleaning kept; see ``MEANING``."""
    # The shadow of a doubled headline is gone by then, so it counts neither way.
    page.kinds = [kind if i in kept else "space" for i, kind in enumerate(page.kinds)]
    match = _match(page, result)
    counts: dict[str, tuple[int, int]] = {}
    bodies = [_solid(page, article.offsets) for article in result.articles]
    counts["body"], counts["body, strict"] = _body(page, result, bodies, match)
    counts["paragraphs"] = _paragraphs(page, result, match)
    counts["headline blocks"], counts["headline roles"] = _blocks(page, result, match)
    everywhere = set().union(*bodies) if bodies else set()
    clear = Counter({kind: 0 for kind in OUT_KINDS})
    total: Counter = Counter()
    for item in page.items:
        if item.kind in OUT_KINDS:
            total[item.kind] += 1
            clear[item.kind] += not everywhere.intersection(item.positions)
    for kind in OUT_KINDS:
        if total[kind]:
            counts[kind] = (clear[kind], total[kind])
    counts["kept out"] = (sum(clear.values()), sum(total.values()))
    counts["articles"] = (int(len(result.articles) == len(page.stories)), 1)
    return counts


def _solid(page: Composed, positions: Sequence[int]) -> set[int]:
    return {i for i in positions if page.kinds[i] != "space" and not page.text[i].isspace()}


def _match(page: Composed, result: SplitPage) -> dict[int, int]:
    """Story → article, one to one, by the number of body characters in common, largest first."""
    common: Counter = Counter()
    for number, article in enumerate(result.articles):
        for i in article.offsets:
            if page.kinds[i] == "body":
                common[page.owners[i], number] += 1
    match: dict[int, int] = {}
    for (story, number), _ in common.most_common():
        if story not in match and number not in match.values():
            match[story] = number
    return match


def _body(page: Composed, result: SplitPage, bodies: list[set[int]], match: dict[int, int]):
    strict = loose = total = 0
    for story in range(len(page.stories)):
        own = {i for i, kind in enumerate(page.kinds) if kind == "body" and page.owners[i] == story}
        own = _solid(page, own)
        total += len(own)
        if story not in match:
            continue
        held = own & bodies[match[story]]
        strict += len(held)
        signs = (r for r in result.articles[match[story]].removed if r.kind in ("dateline", "byline"))
        loose += len(held | {i for r in signs for i in range(r.start, r.end) if i in own})
    return (loose, total), (strict, total)


def _paragraphs(page: Composed, result: SplitPage, match: dict[int, int]) -> tuple[int, int]:
    right = total = 0
    for number, story in enumerate(page.stories):
        paragraphs = [fold_width(part.strip()) for part in story.body.split("\n") if part.strip()]
        total += len(paragraphs)
        if number in match:
            found = set(fold_width(result.articles[match[number]].body).split("\n"))
            # A dateline or credit taken off either end leaves the paragraph joined all the same.
            right += sum(any(part[k:] in found for k in range(min(45, len(part)))) for part in paragraphs)
    return right, total


def _blocks(page: Composed, result: SplitPage, match: dict[int, int]):
    whole = roles = 0
    for story in range(len(page.stories)):
        truth = page.block(story)
        found: dict[str, set[int]] = {}
        if story in match:
            for removal in result.articles[match[story]].removed:
                if removal.kind in BLOCK_KINDS:
                    found.setdefault(removal.kind, set()).update(
                        _solid(page, range(removal.start, removal.end))
                    )
        truth = {kind: _solid(page, spots) for kind, spots in truth.items()}
        same = set().union(*truth.values()) == (set().union(*found.values()) if found else set())
        whole += same
        roles += same and truth == found
    return (whole, len(page.stories)), (roles, len(page.stories))


def measure(stories: Sequence[Story], pages: int, seed: int, show: Path | None = None) -> Tally:
    """Compose, read and judge pages with seeds ``seed`` …; writes each page and its reading to ``show``."""
    tally = Tally()
    for number in range(seed, seed + pages):
        page = Composer(stories, number).compose()
        cleaned = clean(read_str(page.text, f"composed {number}"))
        result = split(cleaned)
        counts = judge(page, result, set(cleaned.offsets))
        tally.add(counts)
        if show:
            _write(show / f"{number}.txt", page, result, counts)
    return tally


def _write(path: Path, page: Composed, result: SplitPage, counts: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [str(counts), page.text, "=" * 40]
    for article in result.articles:
        parts += [
            f"主题 {article.headline}\n引题 {article.kicker}\n副题 {article.subhead}\n署名 {article.byline}"
        ]
        parts += [
            f"电头 {article.dateline}\n图 {article.captions}\n提要 {article.boxes}",
            article.body,
            "-" * 20,
        ]
    parts += [f"{removal.kind}: {removal.text}" for removal in result.removed] + list(result.warnings)
    path.write_text("\n".join(parts), encoding="utf-8")


MEANING = {
    "body": "body characters in the right article (datelines and credits taken off count as kept)",
    "body, strict": "the same, as body text only",
    "paragraphs": "paragraphs joined again exactly, in the right article",
    "headline blocks": "headline blocks whole and with the right article",
    "headline roles": "of all blocks, also kicker, main line, subhead and box told apart",
    "kept out": "captions, bylines, furniture and adverts kept out of every body",
    "articles": "pages with the right number of articles",
}


def report(tally: Tally, signature: str) -> str:
    """One line per figure: share, 95% interval, counts, meaning."""
    lines = [signature]
    for name in [*MEANING, *OUT_KINDS]:
        if tally.total[name]:
            low, high = tally.interval(name)
            counts = f"{tally.right[name]:,}/{tally.total[name]:,}"
            lines.append(
                f"{name:16} {tally.share(name):7.2%}  [{low:.2%}, {high:.2%}]  {counts:>17}  {MEANING.get(name, '')}"
            )
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 1 where a figure misses its goal (``--gate``)."""
    parser = argparse.ArgumentParser(prog="python -m eval.pages", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with news-dev.jsonl or *.json stories"
    )
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1000, help="first seed; under 1000 are for development")
    parser.add_argument("--show", type=Path, help="folder for each page and its reading")
    parser.add_argument(
        "--gate", action="store_true", help="fail under 95%% body, 90%% blocks, 98%% kept out"
    )
    args = parser.parse_args(argv)
    stories = load(args.data)
    if not stories:
        print(
            f"{args.data} 中没有可用的稿件 / no stories there: give a folder with news-dev.jsonl",
            file=sys.stderr,
        )
        return 2
    tally = measure(stories, args.pages, args.seed, args.show)
    print(
        report(
            tally,
            f"composed pages: {args.pages}, seeds {args.seed}–{args.seed + args.pages - 1}, {len(stories)} stories",
        )
    )
    goals = {"body": 0.95, "headline blocks": 0.90, "kept out": 0.98}
    return int(args.gate and any(tally.share(name) < goal for name, goal in goals.items()))


if __name__ == "__main__":
    raise SystemExit(main())

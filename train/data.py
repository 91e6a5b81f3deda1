"""Rows in the contract's format → cleaned training examples, with a report of what was dropped and why."""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from summarizer.models.normal import normalise

from .crumbs import strip_body, strip_title

MIN_BODY = 30  # characters; less is no report
TITLE_RANGE = (5, 42)  # characters
MIN_SUPPORT = 0.6  # share of the title's characters that stand in the body
LEAD_KEY = 48  # characters of the lead that make two stories the same
BODY_CHARS = 1600
_KEY = re.compile(r"[^\w]|_")

STYLE_OF = (
    ("rmrb", "daily"),
    ("xwlb_chinadata", "broadcast"),
    ("cctv_2009", "broadcast"),
    ("xwlb_briefs", "brief"),
    ("hupu", "sport"),
    ("nankai", "campus"),
    ("weibo", "social"),
    ("checked_weibo", "social"),
    ("cctv_weibo", "social"),
    ("dxy", "social"),
)


def style_of(source: str) -> str:
    """The style token of a row's source; everything else is web news. An empty source is plain."""
    if not source:
        return "plain"
    return next((style for head, style in STYLE_OF if source.startswith(head)), "web")


def rows(path: Path) -> Iterator[dict]:
    """Rows of a JSONL file, plain or .xz, or of the desk's choices; a broken line raises ValueError with its number."""
    if path.suffix in (".sqlite", ".db"):
        yield from choices(path)
        return
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise ValueError(f"{path}:{number}: not a JSON row ({error.msg})") from error


def choices(path: Path) -> Iterator[dict]:
    """Rows of the desk's SQLite log where the editor allowed the text to be kept: the headline taken is the title.

    The last decision on a body stands for it; choices between two models or styles are no headlines.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file")
    fields = "id, body, headline, kicker, subhead, summary"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as log:
        try:
            found = log.execute(
                f"SELECT {fields} FROM choices WHERE id IN (SELECT max(id) FROM choices WHERE body IS NOT NULL"
                " AND headline <> '' AND kind <> 'compared' GROUP BY body) ORDER BY id"
            ).fetchall()
        except sqlite3.DatabaseError as error:
            raise ValueError(f"{path}: not a log of choices ({error})") from error
    for number, body, headline, kicker, subhead, summary in found:
        row = {
            "id": f"choice-{number}",
            "body": body,
            "title": headline,
            "kicker": kicker,
            "subtitle": subhead,
        }
        yield {k: v for k, v in (row | {"summary": summary}).items() if v}


def lead_key(body: str) -> str:
    """Two bodies with one key tell one story: a hash of the lead's letters and digits."""
    return hashlib.blake2b(_KEY.sub("", body)[:LEAD_KEY].encode(), digest_size=8).hexdigest()


def title_key(title: str) -> str:
    return _KEY.sub("", title)


def support(title: str, body: str) -> float:
    """Share of the title's letters, digits and Han characters that stand in ``body``."""
    letters = [c for c in title if c.isalnum()]
    held = set(body)
    return sum(c in held for c in letters) / max(1, len(letters))


def clean_row(row: dict) -> tuple[dict | None, str]:
    """The cleaned example of a row, or None and the reason for dropping it."""
    title = row.get("title") or row.get("headline") or ""
    body = normalise(strip_body(row.get("body") or "")[:BODY_CHARS])
    title = normalise(strip_title(title), keep_spaces=True)
    if len(body) < MIN_BODY:
        return None, "body too short"
    if not TITLE_RANGE[0] <= len(title) <= TITLE_RANGE[1]:
        return None, "title too short or too long"
    if body.startswith(title):
        body = body[len(title) :].lstrip("\n，。：；、 ")
        if len(body) < MIN_BODY:
            return None, "body is the title"
    if support(title, body[:800]) < MIN_SUPPORT:
        return None, "title not from the body"
    han = sum("\u4e00" <= c <= "\u9fff" for c in body)
    if han < 0.4 * len(body):
        return None, "not Chinese prose"
    example = {
        "id": str(row.get("id", "")),
        "style": style_of(row.get("source", "")),
        "source": row.get("source", ""),
    }
    example |= {"body": body, "title": title}
    for field, name in (("kicker", "kicker"), ("subtitle", "subhead"), ("summary", "summary")):
        if row.get(field):
            example[name] = normalise(row[field], keep_spaces=field != "summary").strip("—\n ")
    return example, ""


def held_out(paths: Iterable[Path]) -> tuple[set[str], set[str]]:
    """Lead keys and title keys of the rows that may never be trained on."""
    leads, titles = set(), set()
    for path in paths:
        for row in rows(path):
            leads.add(lead_key(normalise(strip_body(row.get("body") or "")[:BODY_CHARS])))
            titles.add(title_key(normalise(strip_title(row.get("title") or ""))))
    titles.discard("")
    return leads, titles


def prepare(train: Iterable[Path], dev: Iterable[Path], out: Path) -> dict:
    """Write ``out/train.jsonl`` and ``out/report.json``; returns the report.

    A row is dropped when its story's lead stands in a held-out row, or its title does and is long enough (10
    letters) not to be a recurring one, or an earlier row has the same lead.
    """
    leads, titles = held_out(dev)
    dropped: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    seen: set[str] = set()
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "train.jsonl", "w", encoding="utf-8") as sink:
        for path in train:
            for row in rows(path):
                example, reason = clean_row(row)
                if example is not None:
                    key, title = lead_key(example["body"]), title_key(example["title"])
                    if key in leads:
                        reason = "leak: lead is in a held-out row"
                    elif title in titles and len(title) >= 10:
                        reason = "leak: title is in a held-out row"
                    elif key in seen:
                        reason = "duplicate"
                if reason:
                    dropped[reason] += 1
                    continue
                seen.add(key)
                kept[example["source"]] += 1
                sink.write(json.dumps(example, ensure_ascii=False) + "\n")
    report = {"kept": sum(kept.values()), "kept_by_source": dict(kept), "dropped": dict(dropped)}
    report["leaks_left"] = leaks(out / "train.jsonl", leads, titles)
    (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=2), encoding="utf-8")
    return report


def leaks(path: Path, leads: set[str], titles: set[str]) -> int:
    """How many written rows share a lead, or a long title, with a held-out row: must be 0."""
    return sum(
        lead_key(row["body"]) in leads
        or (title_key(row["title"]) in titles and len(title_key(row["title"])) >= 10)
        for row in rows(path)
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="JSONL(.xz) rows to learn from")
    parser.add_argument("--dev", type=Path, nargs="*", default=[], help="held-out rows, never trained on")
    parser.add_argument("--out", type=Path, default=Path("runs/data"))


def run(args: argparse.Namespace) -> int:
    print(json.dumps(prepare(args.train, args.dev, args.out), ensure_ascii=False, indent=2))
    return 0

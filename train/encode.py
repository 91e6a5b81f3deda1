"""Clean rows → arrays of ids on disk, with grounding flags and salience labels, ready for ``fit``.

The folder holds ``source.bin target.bin grounded.bin keep.bin`` (concatenated) and ``index.npy``: one row per example
with (source start, source length, target start, target length, task, length bucket, style).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np

from summarizer.chars import width
from summarizer.models import control
from summarizer.models.normal import normalise

from .align import align
from .data import clean_row, rows
from .pieces import Pieces, choose_common

MAX_SOURCE, MAX_TARGET, ALIGN_CHARS, BATCH = 448, 96, 360, 512
TASKS = tuple(control.TASKS)
STYLES = tuple(control.STYLES)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”」』）]?")


def gap_sentence(body: str) -> str | None:
    """PEGASUS-style target: of the first ten sentences, the one that shares most bigrams with the others."""
    sentences = [s.strip() for s in _SENTENCE.findall(body[:700]) if 12 <= len(s.strip()) <= 90][:10]
    if len(sentences) < 4:
        return None
    grams = [{s[i : i + 2] for i in range(len(s) - 1)} for s in sentences]
    counts = Counter(g for gram in grams for g in gram)
    scores = [sum(counts[g] > 1 for g in gram) / (len(gram) + 8) for gram in grams]
    return sentences[int(np.argmax(scores))]


def examples(paths: list[Path], summaries: list[Path], gap_every: int):
    """(task, source text, target text, style) of every row; a gap sentence from each ``gap_every``-th."""
    number = 0
    for path in paths:
        for row in rows(path):
            number += 1
            yield "headline", row["body"], row["title"], row["style"]
            for task in ("kicker", "subhead"):
                if 4 <= len(row.get(task, "")) <= 50:
                    yield task, row["title"] + control.SEPARATOR + row["body"], row[task], row["style"]
            gap = gap_sentence(row["body"]) if gap_every and number % gap_every == 0 else None
            if gap:
                yield "summary", row["body"], gap, row["style"]
    for path in summaries:
        for row in rows(path):
            example, _ = clean_row({"title": "（无）" + (row.get("body") or "")[:8], **row})
            body = example["body"] if example else ""
            text = normalise(row.get("summary") or "")
            if body and 12 <= len(text) <= 160:
                yield "summary", body, text, example["style"]


def count_missing(paths: list[Path], pieces: Pieces, limit: int = 30000) -> Counter[str]:
    """How often target pieces stand outside their source, over ``limit`` rows spread over the data."""
    counts: Counter[str] = Counter()
    for path in paths:
        for number, row in enumerate(rows(path)):
            if number % 6 or number // 6 > limit:
                continue
            allowed = pieces.allowed(pieces.tokenizer.encode(row["body"][:700]).ids)
            for index in pieces.tokenizer.encode(row["title"]).ids:
                if index not in allowed:
                    piece = pieces.text[index]
                    counts[piece] += 1
                    counts.update(c for c in piece if len(piece) > 1 and c in pieces.id)
    return counts


class Writer:
    """Appends encoded examples to the arrays of a folder."""

    def __init__(self, out: Path):
        out.mkdir(parents=True, exist_ok=True)
        self.out = out
        self.files = {n: open(out / f"{n}.bin", "wb") for n in ("source", "target", "grounded", "keep")}
        self.index: list[tuple[int, ...]] = []
        self.at = [0, 0]

    def add(
        self,
        source: list[int],
        keep: np.ndarray,
        target: list[int],
        grounded: list[bool],
        meta: tuple[int, int, int],
    ):
        self.files["source"].write(np.array(source, np.uint16).tobytes())
        self.files["keep"].write(keep.astype(np.uint8).tobytes())
        self.files["target"].write(np.array(target, np.uint16).tobytes())
        self.files["grounded"].write(np.array(grounded, np.uint8).tobytes())
        self.index.append((self.at[0], len(source), self.at[1], len(target), *meta))
        self.at = [self.at[0] + len(source), self.at[1] + len(target)]

    def close(self) -> None:
        for file in self.files.values():
            file.close()
        np.save(self.out / "index.npy", np.array(self.index, np.int64))


def encode_batch(
    batch: list[tuple[str, str, str, str]], pieces: Pieces, writer: Writer, stats: Counter[str]
) -> None:
    texts = [source[:1100].replace("\n", control.NEWLINE) for _, source, _, _ in batch]
    encodings = pieces.tokenizer.encode_batch(texts)
    flags = align([t[:ALIGN_CHARS] for t in texts], [target[:64] for _, _, target, _ in batch])
    for (task, _, target, style), encoding, kept in zip(batch, encodings, flags, strict=True):
        ids = encoding.ids[:MAX_SOURCE]
        spans = np.array(encoding.offsets[:MAX_SOURCE])
        total = np.concatenate([[0], np.cumsum(kept)])
        ends = np.minimum(spans, len(kept))
        share = (total[ends[:, 1]] - total[ends[:, 0]]) / np.maximum(1, spans[:, 1] - spans[:, 0])
        written, grounded = pieces.write(target, pieces.allowed(ids))
        stats[task] += 1
        stats["target pieces"] += len(written)
        stats["not grounded"] += len(written) - sum(grounded)
        if len(written) > MAX_TARGET or sum(grounded) < 0.75 * len(written):
            stats["left out: too long or not grounded"] += 1
            continue
        length = control.bucket(task, width(target))
        meta = (TASKS.index(task), length, STYLES.index(style if style in STYLES else "plain"))
        writer.add(ids, share >= 0.5, written, grounded, meta)


def encode(
    pieces: Pieces, data: list[Path], summaries: list[Path], out: Path, gap_every: int
) -> Counter[str]:
    """Encode rows into the folder ``out``; returns, and writes to ``report.json``, what was counted."""
    writer, stats = Writer(out), Counter()
    found = examples(data, summaries, gap_every)
    while batch := list(islice(found, BATCH)):
        encode_batch(batch, pieces, writer, stats)
    writer.close()
    (out / "report.json").write_text(json.dumps(stats, ensure_ascii=False, indent=2), "utf-8")
    return stats


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, nargs="+", default=[Path("runs/data/train.jsonl")])
    parser.add_argument("--summaries", type=Path, nargs="*", default=[], help="rows with a human summary")
    parser.add_argument("--tokenizer", type=Path, default=Path("runs/tokenizer"))
    parser.add_argument("--out", type=Path, default=Path("runs/ids"))
    parser.add_argument(
        "--gap-every", type=int, default=12, help="a gap sentence from every Nth row; 0 for none"
    )
    parser.add_argument(
        "--keep-common", action="store_true", help="keep the tokenizer's list of common pieces"
    )


def run(args: argparse.Namespace) -> int:
    pieces = Pieces(args.tokenizer)
    if not (args.keep_common and pieces.common):
        common = choose_common(count_missing(args.data, pieces))
        (args.tokenizer / "common.json").write_text(json.dumps(common, ensure_ascii=False), "utf-8")
        pieces = Pieces(args.tokenizer)
    print(json.dumps(encode(pieces, args.data, args.summaries, args.out, args.gap_every), ensure_ascii=False))
    return 0

"""ROUGE of a model on held-out rows, by kind of source, with the lead sentence and the extractor beside it.

One decoding, fixed in advance: four beams, the best one, length bucket of ``--chars``, style plain.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

from eval.baselines import lead as baseline
from eval.metrics import rouge
from eval.metrics.tokens import characters
from summarizer import models
from summarizer.sentences import sentences
from summarizer.types import Decoding, Request

from .crumbs import strip_body
from .data import clean_row, rows

GROUPS = {
    "web": ("chinanews",),
    "CCTV": ("xwlb", "cctv_2009"),
    "university": ("nankai",),
    "People's Daily": ("rmrb",),
    "social media": ("cctv_weibo", "checked_weibo", "dxy"),
    "sport": ("hupu",),
    "portals": (),
}

BESIDE_CHARS = 22  # full-width units asked of a kicker or subhead


def group(source: str) -> str:
    """The kind of a row's source; ``portals`` for all others."""
    return next((name for name, heads in GROUPS.items() if source.startswith(heads) and heads), "portals")


def sample(path: Path, each: int) -> list[dict]:
    """The first ``each`` usable rows of every group, cleaned of datelines as a page reader would."""
    found: dict[str, list[dict]] = defaultdict(list)
    for row in rows(path):
        kind = group(row.get("source", ""))
        if len(found[kind]) < each:
            example, _ = clean_row(row)
            if example:
                found[kind].append({**example, "group": kind})
    return [row for kind in GROUPS for row in found[kind]]


def opening(backend, body: str, pieces: int) -> str:
    """Whole sentences from the start of ``body`` within ``pieces`` tokens (the first one cut if it must be)."""
    end = 0
    for sentence in sentences(body):
        if backend.count(body[: sentence.end]) > pieces:
            break
        end = sentence.end
    while not end or backend.count(body[:end]) > pieces:
        end = int(end * 0.9) if end else min(len(body), pieces)
    return body[:end]


def headlines(backend, data: list[dict], chars: int, pieces: int, style: bool) -> list[str]:
    requests = [
        Request(
            "headline", opening(backend, r["body"], pieces), chars, style=r["style"] if style else "plain"
        )
        for r in data
    ]
    out: list[str] = []
    for start in range(0, len(requests), 64):
        answers = backend.generate(requests[start : start + 64], Decoding(candidates=1, beams=4))
        out += [a[0].text if a else "" for a in answers]
    return out


def summaries(backend, path: Path, limit: int, pieces: int) -> dict[str, dict[str, list[float]]]:
    """ROUGE of written, extracted and leading summaries of ``limit`` units against human ones."""
    extractor = models.load("extractive")
    data = [
        {"body": strip_body(r["body"]), "title": r["summary"], "group": "human summaries"}
        for r in rows(path)
        if r.get("summary") and 20 <= len(r["summary"]) <= 150 and len(r.get("body") or "") > 200
    ]
    decoding = Decoding(candidates=1, beams=4)
    asked = [Request("summary", opening(backend, r["body"], pieces), limit) for r in data]
    written = [g[0].text if g else "" for g in backend.generate(asked, decoding)]
    whole = [Request("summary", r["body"], limit) for r in data]
    extracted = [g[0].text if g else "" for g in extractor.generate(whole, decoding)]
    leading = [baseline.sentence(r["body"], "summary", limit) for r in data]
    systems = {"model": written, "lead sentences": leading, "extractive": extracted}
    return {name: by_group(data, texts) for name, texts in systems.items()}


def beside(backend, path: Path, pieces: int) -> dict[str, dict[str, list[float]]]:
    """ROUGE of kickers and subheads written to go with the human headline, and of the lead sentence in their place."""
    found = {"model": {}, "lead sentence": {}}
    for task, field in (("kicker", "kicker"), ("subhead", "subtitle")):
        data = []
        for row in rows(path):
            example, _ = clean_row(row) if row.get(field) else (None, "")
            if example and 4 <= len(example[task]) <= 50:
                data.append(
                    {**example, "headline": example["title"], "title": example[task], "group": task + "s"}
                )
        asked = [
            Request(task, opening(backend, r["body"], pieces), BESIDE_CHARS, r["headline"], r["style"])
            for r in data
        ]
        written = [g[0].text if g else "" for g in backend.generate(asked, Decoding(candidates=1, beams=4))]
        found["model"] |= by_group(data, written)
        found["lead sentence"] |= by_group(data, [baseline.sentence(r["body"], "headline", 0) for r in data])
    return found


def by_group(data: list[dict], texts: list[str]) -> dict[str, list[float]]:
    """[ROUGE-1, -2, -L] of each group."""
    scores = {}
    for kind in dict.fromkeys(r["group"] for r in data):
        pairs = [(t, r["title"]) for t, r in zip(texts, data, strict=True) if r["group"] == kind]
        if pairs:
            found = rouge.corpus([p for p, _ in pairs], [g for _, g in pairs])
            scores[kind] = [round(found[name], 2) for name in ("rouge-1", "rouge-2", "rouge-l")]
    return scores


def invented(data: list[dict], texts: list[str]) -> float:
    """Share of headlines with a character, Latin run or number that their body lacks: an upper bound of invention."""
    return sum(
        bool(set(characters(t)) - set(characters(r["body"]))) for t, r in zip(texts, data, strict=True)
    ) / len(data)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="embedded", help="embedded or a model folder")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--data", type=Path, required=True, help="held-out rows in the contract's format")
    parser.add_argument("--each", type=int, default=200, help="rows of each kind of source")
    parser.add_argument("--chars", type=int, default=20)
    parser.add_argument("--pieces", type=int, default=160, help="source pieces shown to the model")
    parser.add_argument("--summaries", type=Path, help="held-out rows with a human summary")
    parser.add_argument("--summary-chars", type=int, default=80)
    parser.add_argument("--style", action="store_true", help="give the style token of the row's source")
    parser.add_argument("--show", type=int, default=0, help="print this many headlines of each kind")
    parser.add_argument("--out", type=Path, help="write the scores as JSON, for export --card")


def run(args: argparse.Namespace) -> int:
    data = sample(args.data, args.each)
    backend = models.load(args.model, args.engine)
    started = time.monotonic()
    texts = headlines(backend, data, args.chars, args.pieces, args.style)
    seconds = time.monotonic() - started
    extractor = models.load("extractive")
    lead = [baseline.sentence(r["body"], "headline", 0) for r in data]
    best = [
        a[0].text if a else ""
        for a in extractor.generate(
            [Request("headline", r["body"], args.chars) for r in data], Decoding(candidates=1)
        )
    ]
    systems = {
        "model": by_group(data, texts),
        "lead sentence": by_group(data, lead),
        "extractive": by_group(data, best),
    }
    drawn = f"n:{len(data)}|beams:4|chars:{args.chars}|pieces:{args.pieces}"
    signature = f"ROUGE-1/2/L|tok:char|punct:drop|case:lower|agg:macro|{drawn}"
    result = {
        "signature": signature,
        "systems": systems,
        "documents_per_second": round(len(data) / seconds, 2),
    }
    if args.summaries:
        result["summaries"] = summaries(backend, args.summaries, args.summary_chars, args.pieces)
    if {"kicker", "subhead"} <= set(getattr(backend, "tasks", ())):
        result["kickers and subheads"] = beside(backend, args.data, args.pieces)
    result["headlines with a character the body lacks"] = round(invented(data, texts), 4)
    for kind in GROUPS:
        for text, row in [(t, r) for t, r in zip(texts, data, strict=True) if r["group"] == kind][
            : args.show
        ]:
            print(f"{kind}\t{text}\t[{row['title']}]")
    print(json.dumps(result, ensure_ascii=False, indent=1))
    if args.out:
        args.out.write_text(json.dumps(result, ensure_ascii=False), "utf-8")
    return 0

"""Writes ``summarizer/forms/lexicon.bin``: the dictionary of the installed jieba, for look-ups without loading it."""

from __future__ import annotations

import argparse
import logging
import warnings
from pathlib import Path

from summarizer.forms import lexicon


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=lexicon.FILE, metavar="FILE", help="where the file goes")


def run(args: argparse.Namespace) -> int:
    found = dictionary()
    args.out.write_bytes(lexicon.pack(*found))
    words = sum(map(bool, found[0].values()))
    print(f"{args.out}: {words} words, {len(found[0])} entries, {args.out.stat().st_size} bytes")
    return 0


def dictionary() -> tuple[dict[str, int], int, dict[str, str]]:
    """Counts (beginnings of words with 0), total count and tags of jieba's default dictionary, from its text."""
    with warnings.catch_warnings():  # jieba 0.42 may import pkg_resources, which warns
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()  # never its cache file, which anybody may have written
    counts, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    with tokenizer.get_dict_file() as lines:
        rows = (line.decode("utf-8").split() for line in lines)
        tags = {row[0]: row[2] for row in rows if len(row) == 3}
    return counts, total, tags

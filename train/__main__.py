"""``python -m train STEP``: data, tokenizer, encode, fit, export. ``make model`` runs them in this order."""

from __future__ import annotations

import argparse
import importlib
import sys

STEPS = {
    "data": "clean rows, drop duplicates and leaks, report why",
    "tokenizer": "learn the pieces and the list of common ones",
    "encode": "turn clean rows into arrays of ids",
    "fit": "train, resumable, within a time budget",
    "assist": "lend a running fit another core: gradients on batches of its own",
    "draw": "candidates of a model for training rows, scored, for fit --contrast",
    "average": "the mean of several runs' weights",
    "export": "write the model folder with its card and checksums",
    "lexicon": "turn jieba's dictionary into the file that words are looked up in",
    "keep": "fit the table of word weights that the extractive backend picks by",
    "score": "ROUGE of a model on held-out rows, by source",
}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    argv = sys.argv[1:] if argv is None else argv
    for name, text in STEPS.items():
        sub = steps.add_parser(name, help=text, description=text)
        if name in argv[:1]:
            importlib.import_module(f"train.{name}").add_arguments(sub)
    args = parser.parse_args(argv)
    try:
        return importlib.import_module(f"train.{args.step}").run(args)
    except (ValueError, FileNotFoundError) as error:
        print(f"train {args.step}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

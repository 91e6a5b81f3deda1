"""SentencePiece pieces with byte fallback, saved as a ``tokenizers`` file that transformers and CTranslate2 users load.

transformers' T5 tokenizer drops byte fallback, so the pieces go into a ``tokenizers`` Unigram of our own. The normal
form is ours (``summarizer.models.normal``), so SentencePiece's own is identity: Chinese punctuation stays as it is.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from summarizer.models import control

from .data import rows

PAD, EOS, UNK = "<pad>", "</s>", "<unk>"
MAX_PIECE = 4  # characters; Chinese words, not phrases, so that a headline can be cut anywhere a word ends


def _lines(path: Path, bodies: int, seed: int):
    """Titles of all rows, and the opening 300 characters of ``bodies`` random ones."""
    count = sum(1 for _ in rows(path))
    chosen = set(random.Random(seed).sample(range(count), min(bodies, count)))
    for index, row in enumerate(rows(path)):
        yield row["title"].replace(" ", "　")
        if index in chosen:
            yield from row["body"][:300].split("\n")


def learn(path: Path, out: Path, vocab: int, bodies: int, seed: int = 1) -> None:
    """Train on ``path`` and write ``out/spiece.model`` and ``out/tokenizer.json``."""
    import sentencepiece as spm

    out.mkdir(parents=True, exist_ok=True)
    spm.SentencePieceTrainer.train(
        sentence_iterator=_lines(path, bodies, seed),
        model_prefix=str(out / "spiece"),
        vocab_size=vocab,
        model_type="unigram",
        character_coverage=0.9993,
        byte_fallback=True,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        split_digits=True,
        split_by_whitespace=True,
        max_sentencepiece_length=MAX_PIECE,
        user_defined_symbols=list(control.TOKENS),
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        num_threads=1,
        shuffle_input_sentence=False,
        minloglevel=1,
    )
    build(out / "spiece.model").save(str(out / "tokenizer.json"))


def build(model: Path):
    """The ``tokenizers.Tokenizer`` with the pieces and scores of a SentencePiece model."""
    import sentencepiece as spm
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    pieces = spm.SentencePieceProcessor(model_file=str(model))
    vocab = [(pieces.id_to_piece(i), pieces.get_score(i)) for i in range(pieces.vocab_size())]
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=2, byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never", split=False)
    tokenizer.decoder = decoders.Sequence(
        [decoders.ByteFallback(), decoders.Replace("▁", " "), decoders.Fuse()],
    )
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in (PAD, EOS, UNK)])
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in control.TOKENS])
    return tokenizer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("runs/data/train.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("runs/tokenizer"))
    parser.add_argument("--vocab", type=int, default=12000)
    parser.add_argument(
        "--bodies", type=int, default=60000, help="articles whose opening is read beside all titles"
    )


def run(args: argparse.Namespace) -> int:
    learn(args.data, args.out, args.vocab, args.bodies)
    print(json.dumps({"vocab": args.vocab, "out": str(args.out)}))
    return 0

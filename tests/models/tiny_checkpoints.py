"""Tiny checkpoints with the true tokenizer layout of each family, as ``save_pretrained`` writes them.

Weights are random and large enough that greedy decoding wanders; no text of these models means anything.
"""

from __future__ import annotations

import json
from pathlib import Path

import made_up_texts as texts

from summarizer.models.inspection import PROBE


def write_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def train_pieces(folder: Path, name: str, size: int = 420, **options) -> Path:
    """A SentencePiece Unigram model of the texts; ids of the marks as the family has them."""
    import sentencepiece

    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(texts.PARAGRAPHS * 3), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus),
        model_prefix=str(folder / "trained"),
        vocab_size=size,
        character_coverage=1.0,
        hard_vocab_limit=False,
        minloglevel=2,
        num_threads=1,
        **options,
    )
    corpus.unlink()
    (folder / "trained.vocab").unlink()
    return (folder / "trained.model").rename(folder / name)


def characters() -> list[str]:
    everyday = "".join(texts.PARAGRAPHS).lower() + PROBE
    return sorted({c for c in everyday if not c.isspace()})


def bert_vocab(words: tuple[str, ...] = ()) -> list[str]:
    """BERT's layout: [PAD], unused entries, [UNK] at 100, [CLS], [SEP], [MASK], then the tokens."""
    head = ["[PAD]", *(f"[unused{i}]" for i in range(1, 100)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    digits = [f"##{c}" for c in "0123456789abcdefghijklmnopqrstuvwxyz"]
    latin = [c for c in "abcdefghijklmnopqrstuvwxyz0123456789" if c not in characters()]
    return head + characters() + latin + digits + ["gdp", "2024", *words]


def save_t5(folder: Path, vocab_size: int, **options) -> None:
    import torch
    from transformers import MT5Config, MT5ForConditionalGeneration, T5Config, T5ForConditionalGeneration

    torch.manual_seed(3)
    multilingual = options.pop("multilingual", False)
    config_class, model_class = (
        (MT5Config, MT5ForConditionalGeneration) if multilingual else (T5Config, T5ForConditionalGeneration)
    )
    config = config_class(
        vocab_size=vocab_size, d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4, **options
    )
    model = model_class(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            # Freshly drawn cross-attention is so weak that every source gets the same text.
            weight.mul_(6.0 if "EncDecAttention" in name else 1.0)
    model.save_pretrained(folder)


def save_bart_like(folder: Path, kind: str, vocab_size: int, **options) -> None:
    import torch
    import transformers

    torch.manual_seed(3)
    config = getattr(transformers, f"{kind}Config")(
        vocab_size=vocab_size,
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=512,
        init_std=0.4,
        **options,
    )
    model = getattr(transformers, f"{kind}ForConditionalGeneration")(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.mul_(2.0 if "encoder_attn.v_proj" in name else 1.0)
    model.save_pretrained(folder)


def _t5_marks(**more) -> dict:
    return {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1, **more}


def t5(folder: Path) -> None:
    train_pieces(folder, "spiece.model", **_t5_marks(normalization_rule_name="nmt_nfkc"))
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", "extra_ids": 100})
    prefix = {"summarization": {"prefix": "summarize: "}}
    save_t5(folder, 560, feed_forward_proj="relu", task_specific_params=prefix, decoder_start_token_id=0)


def mengzi(folder: Path) -> None:
    train_pieces(folder, "spiece.model", **_t5_marks(normalization_rule_name="nmt_nfkc"))
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", "extra_ids": 100})
    save_t5(folder, 560, feed_forward_proj="gated-gelu", tie_word_embeddings=False, decoder_start_token_id=0)


def mt5(folder: Path) -> None:
    """mT5-XLSum: no sentinels of the tokenizer's own, more embedding rows than pieces, byte fallback."""
    train_pieces(
        folder, "spiece.model", size=700, byte_fallback=True, **_t5_marks(normalization_rule_name="nmt_nfkc")
    )
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", "extra_ids": 0})
    save_t5(folder, 800, multilingual=True, tie_word_embeddings=False, decoder_start_token_id=0)


def t5_pegasus(folder: Path) -> None:
    vocab = bert_vocab(("云溪", "昨日", "全市", "会议", "增长", "同比", "群众", "工程", "投产", "青石"))
    (folder / "vocab.txt").write_text("\n".join(vocab) + "\n", encoding="utf-8")
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "T5PegasusTokenizer"})
    save_t5(folder, len(vocab) + 5, multilingual=True, tie_word_embeddings=False, eos_token_id=1)


def uer_t5(folder: Path) -> None:
    vocab = bert_vocab()
    (folder / "vocab.txt").write_text("\n".join(vocab) + "\n", encoding="utf-8")
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "BertTokenizer"})
    save_t5(folder, len(vocab), decoder_start_token_id=101, eos_token_id=102)


def bart(folder: Path) -> None:
    vocab = bert_vocab()
    (folder / "vocab.txt").write_text("\n".join(vocab) + "\n", encoding="utf-8")
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "do_lower_case": True})
    marks = {"bos_token_id": 101, "eos_token_id": 102, "pad_token_id": 0, "decoder_start_token_id": 102}
    save_bart_like(folder, "Bart", len(vocab), forced_eos_token_id=102, **marks)


def randeng(folder: Path) -> None:
    vocab = bert_vocab(("云溪市", "昨日", "全市", "会议", "增长", "同比", "群众", "工程", "GDP", "青石县"))
    (folder / "vocab.txt").write_text("\n".join(vocab) + "\n", encoding="utf-8")
    save_bart_like(folder, "Pegasus", len(vocab), pad_token_id=0, eos_token_id=1, decoder_start_token_id=0)


def pegasus(folder: Path) -> None:
    train_pieces(folder, "spiece.model", **_t5_marks(normalization_rule_name="identity"))
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "PegasusTokenizer", "offset": 103})
    save_bart_like(folder, "Pegasus", 540, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0)


def _mbart(folder: Path, tokenizer_class: str, languages: int, start) -> None:
    import sentencepiece

    path = train_pieces(folder, "sentencepiece.bpe.model", unk_id=0, bos_id=1, eos_id=2, pad_id=-1)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(path)).get_piece_size()
    size = pieces + 1 + languages + 1
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": tokenizer_class})
    marks = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2}
    save_bart_like(folder, "MBart", size, decoder_start_token_id=start(pieces), scale_embedding=True, **marks)


def mbart50(folder: Path) -> None:
    _mbart(folder, "MBart50Tokenizer", 52, lambda pieces: 2)


def mbart25(folder: Path) -> None:
    _mbart(folder, "MBartTokenizer", 25, lambda pieces: pieces + 1 + 24)


BUILDERS = {
    "t5": (t5, "t5"),
    "mengzi": (mengzi, "mengzi"),
    "mt5": (mt5, "mt5"),
    "t5_pegasus": (t5_pegasus, "t5_pegasus"),
    "uer_t5": (uer_t5, "t5"),
    "bart": (bart, "bart"),
    "randeng": (randeng, "randeng"),
    "pegasus": (pegasus, "pegasus"),
    "mbart50": (mbart50, "mbart"),
    "mbart25": (mbart25, "mbart"),
}

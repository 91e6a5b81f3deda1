"""T5 and T5 v1.1 over SentencePiece pieces; also the T5 checkpoints that use a BERT vocabulary (UER)."""

from __future__ import annotations

from .base import Checkpoint, Family, Layout, need
from .spm import CONTROL, USER_DEFINED, build, read
from .vocabulary import UnigramVocabulary, Vocabulary, WordPieceVocabulary, bert_vocab, unigram_from_json


def _extended(checkpoint: Checkpoint, pieces: list, sentinels: int) -> list:
    """``pieces`` with T5's sentinels, highest number first, then the tokens that a user added."""
    pieces = pieces + [(f"<extra_id_{i}>", 0.0, CONTROL) for i in range(sentinels - 1, -1, -1)]
    added = checkpoint.tokenizer_config.get("added_tokens_decoder", {})
    for index in sorted(map(int, added)):
        if index == len(pieces):
            entry = added[str(index)]
            pieces.append((entry["content"], 0.0, CONTROL if entry.get("special") else USER_DEFINED))
    return pieces


def vocabulary(checkpoint: Checkpoint, sentinels: int = 100) -> Vocabulary:
    """The tokenizer of a T5-like folder: SentencePiece first, then tokenizer.json, or a BERT vocabulary."""
    if checkpoint.is_bert_layout:
        return WordPieceVocabulary(*bert_vocab(checkpoint.path))
    if checkpoint.sentencepiece is None:
        return unigram_from_json(checkpoint.path / "tokenizer.json")
    model = read(checkpoint.sentencepiece)
    count = int(checkpoint.tokenizer_config.get("extra_ids", sentinels))
    return UnigramVocabulary(build(model, _extended(checkpoint, list(model.pieces), count)))


def layout(checkpoint: Checkpoint, vocab: Vocabulary) -> Layout:
    """Pieces end in </s> and the decoder starts at <pad>; the BERT layout frames with [CLS] and [SEP]."""
    if checkpoint.is_bert_layout:
        return bert_layout(checkpoint, vocab)
    pad, end = need(vocab, "<pad>"), need(vocab, "</s>")
    start = int(checkpoint.setting("decoder_start_token_id", pad))
    sentinels = tuple(i for i in range(vocab.size) if "<extra_id_" in vocab.token(i))
    return Layout((start,), end, pad, after=(end,), suppress=(pad, need(vocab, "<unk>"), *sentinels))


def bert_layout(checkpoint: Checkpoint, vocab: Vocabulary) -> Layout:
    """[CLS] text [SEP]; the decoder starts where config.json says, else at [CLS], and ends at [SEP]."""
    begin, end, pad = need(vocab, "[CLS]"), need(vocab, "[SEP]"), need(vocab, "[PAD]")
    start = int(checkpoint.setting("decoder_start_token_id", begin))
    start = start if start in (begin, end, pad) else begin
    return Layout((start,), end, pad, before=(begin,), after=(end,), suppress=_barred(vocab, pad))


def _barred(vocab: Vocabulary, pad: int) -> tuple[int, ...]:
    return tuple(i for i in (pad, vocab.id("[UNK]"), vocab.id("[MASK]")) if i is not None)


def prefix(checkpoint: Checkpoint) -> str:
    """The task prefix that the checkpoint itself records, "" where it records none."""
    tasks = checkpoint.config.get("task_specific_params") or {}
    return str((tasks.get("summarization") or {}).get("prefix", ""))


FAMILY = Family(
    name="t5",
    recognise=lambda checkpoint: checkpoint.model_type == "t5",
    vocabulary=vocabulary,
    layout=layout,
    prefix=prefix,
)

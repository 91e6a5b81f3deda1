"""Pegasus: its own SentencePiece layout (103 ids before the pieces), or a BERT vocabulary (UER)."""

from __future__ import annotations

from . import t5
from .base import Checkpoint, Family, Layout, need
from .spm import CONTROL, build, read
from .vocabulary import UnigramVocabulary, Vocabulary, WordPieceVocabulary, bert_vocab, unigram_from_json


def vocabulary(checkpoint: Checkpoint) -> Vocabulary:
    """<pad>, </s>, two masks and <unk_2>…<unk_102> stand before the pieces from the third on."""
    if checkpoint.is_bert_layout:
        return WordPieceVocabulary(*bert_vocab(checkpoint.path))
    if checkpoint.sentencepiece is None:
        return unigram_from_json(checkpoint.path / "tokenizer.json")
    model = read(checkpoint.sentencepiece)
    offset = int(checkpoint.tokenizer_config.get("offset", 103))
    marks = ["<pad>", "</s>", "<mask_1>", "<mask_2>"] + [f"<unk_{i}>" for i in range(2, offset)]
    return UnigramVocabulary(build(model, [(m, 0.0, CONTROL) for m in marks] + list(model.pieces[2:])))


def layout(checkpoint: Checkpoint, vocab: Vocabulary) -> Layout:
    """Pieces then </s>; the decoder starts at <pad>."""
    if checkpoint.is_bert_layout:
        return t5.bert_layout(checkpoint, vocab)
    pad, end = need(vocab, "<pad>"), need(vocab, "</s>")
    names = ("<unk>", "<mask_1>", "<mask_2>", *(f"<unk_{i}>" for i in range(2, 103)))
    marks = tuple(i for i in map(vocab.id, names) if i is not None)
    return Layout((pad,), end, pad, after=(end,), suppress=(pad, *marks))


FAMILY = Family(
    name="pegasus",
    recognise=lambda checkpoint: checkpoint.model_type == "pegasus",
    vocabulary=vocabulary,
    layout=layout,
    ct2_fields={"normalize_before": True, "normalize_embedding": False},
)

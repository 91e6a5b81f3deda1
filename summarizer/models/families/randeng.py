"""Randeng-Pegasus: Pegasus over jieba words and a BERT vocabulary whose first entries are Pegasus's marks.

The vocabulary file names them after BERT: [PAD] is the padding and start mark, [unused1] the end mark,
[unused2] and [unused3] the two masks. No AutoTokenizer reads that; ids follow the authors' description in
https://github.com/IDEA-CCNL/Fengshenbang-LM (fengshen/examples/pegasus).
"""

from __future__ import annotations

from .base import Checkpoint, Family, Layout, need
from .vocabulary import JiebaVocabulary, Vocabulary, bert_vocab


def recognise(checkpoint: Checkpoint) -> bool:
    """Pegasus with vocab.txt whose end mark is not BERT's [SEP]."""
    if checkpoint.model_type != "pegasus" or not (checkpoint.path / "vocab.txt").is_file():
        return False
    vocab, _ = bert_vocab(checkpoint.path)
    return checkpoint.setting("eos_token_id", 1) == vocab.get("[unused1]")


def layout(checkpoint: Checkpoint, vocab: Vocabulary) -> Layout:
    pad, end = need(vocab, "[PAD]"), need(vocab, "[unused1]")
    barred = (vocab.id(token) for token in ("[UNK]", "[unused2]", "[unused3]", "[MASK]", "[CLS]", "[SEP]"))
    return Layout((pad,), end, pad, after=(end,), suppress=(pad, *(i for i in barred if i is not None)))


FAMILY = Family(
    name="randeng",
    recognise=recognise,
    vocabulary=lambda checkpoint: JiebaVocabulary(*bert_vocab(checkpoint.path)),
    layout=layout,
    ct2_fields={"normalize_before": True, "normalize_embedding": False},
)

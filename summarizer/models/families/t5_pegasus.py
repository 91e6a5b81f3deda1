"""T5-PEGASUS: the mT5 architecture over a BERT vocabulary that also holds whole jieba words.

Its users always pass the start and end marks by hand ([CLS] and [SEP]); what config.json says is not right in
every port. https://github.com/ZhuiyiTechnology/t5-pegasus
"""

from __future__ import annotations

from .base import Checkpoint, Family, Layout, need
from .vocabulary import JiebaVocabulary, Vocabulary, bert_vocab, has_words


def recognise(checkpoint: Checkpoint) -> bool:
    if checkpoint.model_type not in ("mt5", "t5"):
        return False
    if checkpoint.tokenizer_class == "T5PegasusTokenizer":
        return True
    return (checkpoint.path / "vocab.txt").is_file() and has_words(bert_vocab(checkpoint.path)[0])


def layout(checkpoint: Checkpoint, vocab: Vocabulary) -> Layout:
    begin, end, pad = need(vocab, "[CLS]"), need(vocab, "[SEP]"), need(vocab, "[PAD]")
    barred = tuple(i for i in (pad, vocab.id("[UNK]"), vocab.id("[MASK]")) if i is not None)
    return Layout((begin,), end, pad, before=(begin,), after=(end,), suppress=barred)


FAMILY = Family(
    name="t5_pegasus",
    recognise=recognise,
    vocabulary=lambda checkpoint: JiebaVocabulary(*bert_vocab(checkpoint.path)),
    layout=layout,
)

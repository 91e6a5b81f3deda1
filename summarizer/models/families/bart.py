"""Chinese BART (fnlp, UER): a BERT vocabulary without token_type_ids; the decoder starts at [SEP].

CPT shares this tokenizer but not the architecture: its encoder is a BERT that transformers does not hold, so
it would need remote code and is refused.
"""

from __future__ import annotations

from ...errors import ModelError
from .base import Checkpoint, Family, Layout, need
from .vocabulary import Vocabulary, WordPieceVocabulary, bert_vocab


def recognise(checkpoint: Checkpoint) -> bool:
    """BART by config. Raises ModelError for CPT."""
    if checkpoint.model_type not in ("bart", "cpt"):
        return False
    if checkpoint.model_type == "cpt" or "CPTForConditionalGeneration" in checkpoint.config.get(
        "architectures", []
    ):
        raise ModelError(
            "CPT 需要远程代码，本程序不执行；请改用 fnlp/bart-base-chinese / CPT needs remote code"
        )
    return True


def vocabulary(checkpoint: Checkpoint) -> Vocabulary:
    """BERT word pieces. Raises ModelError for the byte-level vocabulary of English BART."""
    if not checkpoint.is_bert_layout and not (checkpoint.path / "vocab.txt").is_file():
        raise ModelError(
            "此 BART 用英文字节词表，写不了中文 / this BART has an English byte-level vocabulary"
        )
    return WordPieceVocabulary(*bert_vocab(checkpoint.path))


def layout(checkpoint: Checkpoint, vocab: Vocabulary) -> Layout:
    """[CLS] text [SEP]; a forced first token (``forced_bos_token_id``) is given to the decoder."""
    begin, end, pad = need(vocab, "[CLS]"), need(vocab, "[SEP]"), need(vocab, "[PAD]")
    start = [int(checkpoint.setting("decoder_start_token_id", end))]
    forced = checkpoint.setting("forced_bos_token_id")
    start += [] if forced is None else [int(forced)]
    barred = tuple(i for i in (pad, vocab.id("[UNK]"), vocab.id("[MASK]")) if i is not None)
    return Layout(tuple(start), end, pad, before=(begin,), after=(end,), suppress=barred)


FAMILY = Family(
    name="bart",
    recognise=recognise,
    vocabulary=vocabulary,
    layout=layout,
    ct2_fields={"normalize_before": False, "normalize_embedding": True},
)

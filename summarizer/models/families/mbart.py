"""mBART-25 and mBART-50: fairseq's id order over SentencePiece, with language marks.

mBART-50 frames the source as ``zh_CN text </s>`` and forces zh_CN as the first token; mBART-25 frames it as
``text </s> zh_CN`` and starts the decoder at zh_CN.
"""

from __future__ import annotations

from .base import Checkpoint, Family, Layout, need
from .spm import CONTROL, UNKNOWN, build, read
from .vocabulary import UnigramVocabulary, Vocabulary, unigram_from_json

_LANGUAGES_25 = """
ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR lt_LT lv_LV my_MM ne_NP
nl_XX ro_RO ru_RU si_LK tr_TR vi_VN zh_CN
""".split()
_LATER = """
af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN mn_MN mr_IN pl_PL ps_AF pt_XX sv_SE sw_KE
ta_IN te_IN th_TH tl_XX uk_UA ur_PK xh_ZA gl_ES sl_SI
""".split()
_LANGUAGES_50 = _LANGUAGES_25 + _LATER
CHINESE = "zh_CN"


def is_fifty(checkpoint: Checkpoint) -> bool:
    """Whether the folder is mBART-50: by its tokenizer's name, else by its decoder's start mark </s>."""
    if checkpoint.tokenizer_class in ("MBartTokenizer", "MBart50Tokenizer"):
        return checkpoint.tokenizer_class == "MBart50Tokenizer"
    return checkpoint.setting("decoder_start_token_id") == 2


def vocabulary(checkpoint: Checkpoint) -> Vocabulary:
    if checkpoint.sentencepiece is None:
        return unigram_from_json(checkpoint.path / "tokenizer.json")
    model = read(checkpoint.sentencepiece)
    marks = [("<s>", 0.0, CONTROL), ("<pad>", 0.0, CONTROL), ("</s>", 0.0, CONTROL), ("<unk>", 0.0, UNKNOWN)]
    languages = _LANGUAGES_50 if is_fifty(checkpoint) else _LANGUAGES_25
    tail = [(name, 0.0, CONTROL) for name in (*languages, "<mask>")]
    return UnigramVocabulary(build(model, marks + list(model.pieces[3:]) + tail))


def layout(checkpoint: Checkpoint, vocab: Vocabulary) -> Layout:
    end, pad, chinese = need(vocab, "</s>"), need(vocab, "<pad>"), need(vocab, CHINESE)
    marks = (vocab.id(name) for name in ("<s>", "<unk>", "<mask>"))
    barred = (pad, *(i for i in marks if i is not None))
    if is_fifty(checkpoint):
        return Layout((end, chinese), end, pad, before=(chinese,), after=(end,), suppress=barred)
    return Layout((chinese,), end, pad, after=(end, chinese), suppress=barred)


FAMILY = Family(
    name="mbart",
    recognise=lambda checkpoint: checkpoint.model_type == "mbart",
    vocabulary=vocabulary,
    layout=layout,
    ct2_fields={"normalize_before": True, "normalize_embedding": True},
    default_budget=1024,
)

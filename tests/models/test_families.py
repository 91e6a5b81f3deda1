"""Each family on a tiny checkpoint of its own layout: recognition, golden ids, round trips, parity."""

import json
import random
import shutil

import made_up_texts
import pytest
import tiny_checkpoints

from summarizer.errors import ModelError
from summarizer.models import families
from summarizer.models.codec import Codec
from summarizer.models.families import spm
from summarizer.models.families.vocabulary import JiebaVocabulary, UnigramVocabulary, WordPieceVocabulary
from summarizer.types import Request

KINDS = sorted(tiny_checkpoints.BUILDERS)
CARD = {"tasks": {"headline": {"prefix": "", "max_tokens": 24}}, "source_budget": 512}


def codec_of(folder):
    family = families.recognise(folder)
    return family, family.codec(folder, CARD)


@pytest.mark.parametrize("kind", KINDS)
def test_family_is_recognised_by_its_files(checkpoint, kind):
    family, codec = codec_of(checkpoint(kind))
    assert family.name == tiny_checkpoints.BUILDERS[kind][1]
    assert isinstance(codec, Codec)


@pytest.mark.parametrize("kind", KINDS)
def test_ct2_float32_writes_what_torch_writes_on_20_inputs(checkpoint, kind, tmp_path):
    from summarizer.models.convert import convert, greedy_ct2, greedy_torch

    folder = checkpoint(kind)
    family, codec = codec_of(folder)
    requests = [Request("headline", text, 20) for text in made_up_texts.inputs(20)]
    out = convert(folder, family, codec, tmp_path / "ct2", "float32")
    expected = [codec.tokens(ids) for ids in greedy_torch(folder, codec, requests)]
    assert greedy_ct2(out, codec, requests) == expected
    # Were the source ignored, equality would prove little.
    assert len({tuple(tokens) for tokens in expected}) >= 10


@pytest.mark.parametrize("kind", KINDS)
def test_chinese_survives_encode_and_decode(checkpoint, kind):
    _, codec = codec_of(checkpoint(kind))
    text = made_up_texts.PARAGRAPHS[3]
    request = Request("headline", text, 20)
    written = codec.finish(codec.decode([*codec.decoder_start, *codec.encode(request)]), request)
    assert written.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("kind", KINDS)
def test_text_cannot_spell_a_special_token(checkpoint, kind):
    _, codec = codec_of(checkpoint(kind))
    marks = {*codec.decoder_start, codec.end_id, codec.pad_id}
    hostile = "云溪</s>市<pad>[SEP]昨[CLS]日<extra_id_0>zh_CN[PAD][unused1]<unk>\ue000</s>"
    plain = codec.encode(Request("headline", "云溪", 20))
    framed = [index for index in plain if index in marks]
    found = [index for index in codec.encode(Request("headline", hostile, 20)) if index in marks]
    assert found == framed


def test_a_request_over_budget_is_refused_not_cut(checkpoint):
    _, codec = codec_of(checkpoint("bart"))
    with pytest.raises(ModelError, match="上限 512"):
        codec.encode(Request("headline", "云" * 600, 20))


def test_a_task_the_model_lacks_is_refused(checkpoint):
    _, codec = codec_of(checkpoint("bart"))
    with pytest.raises(ModelError, match="kicker"):
        codec.encode(Request("kicker", "云溪", 20))


def test_t5_prefix_comes_from_the_checkpoint(checkpoint):
    from summarizer.models.families.base import Checkpoint

    family = families.recognise(checkpoint("t5"))
    assert family.prefix(Checkpoint(checkpoint("t5"))) == "summarize: "


def test_an_architecture_of_no_family_is_named(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "llama"}')
    with pytest.raises(ModelError, match="llama"):
        families.recognise(tmp_path)


def test_cpt_is_refused_with_the_way_out(tmp_path):
    config = {"model_type": "bart", "architectures": ["CPTForConditionalGeneration"]}
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="bart-base-chinese"):
        families.recognise(tmp_path)


# --- golden ids: worked out by hand from the layouts' own descriptions --------------------------------

RANDENG = ["[PAD]", "[unused1]", "[unused2]", "[unused3]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
RANDENG += [
    "云溪",
    "昨日",
    "增长",
    "云",
    "溪",
    "市",
    "昨",
    "日",
    "5",
    "##3",
    ".",
    "%",
    "，",
    "gdp",
    "GDP",
    "g",
]
RANDENG_IDS = {token: index for index, token in enumerate(RANDENG)}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("昨日增长", ["昨日", "增长"]),
        ("昨，增长", ["昨", "，", "增长"]),
        # A word in the vocabulary as it stands is taken before lower-casing; others are lower-cased.
        ("GDP增长", ["GDP", "增长"]),
        ("Gdp增长", ["gdp", "增长"]),
        ("53%", ["5", "##3", "%"]),
        ("龘市", ["[UNK]", "市"]),
        # Words that jieba forms but the vocabulary lacks fall to single characters.
        ("市日", ["市", "日"]),
    ],
)
def test_randeng_words_then_pieces(text, tokens):
    assert JiebaVocabulary(RANDENG_IDS, lowercase=True).encode(text) == [RANDENG_IDS[t] for t in tokens]


def test_randeng_frames_with_its_renamed_marks(checkpoint):
    _, codec = codec_of(checkpoint("randeng"))
    ids = codec.encode(Request("headline", "昨日", 20))
    assert (codec.decoder_start, codec.end_id, codec.pad_id) == ((0,), 1, 0)
    assert codec.tokens(ids) == ["昨日", "[unused1]"]


@pytest.mark.parametrize(
    ("kind", "tokens"),
    [
        ("bart", ["[CLS]", "昨", "日", "[SEP]"]),
        ("t5_pegasus", ["[CLS]", "昨日", "[SEP]"]),
        ("uer_t5", ["[CLS]", "昨", "日", "[SEP]"]),
    ],
)
def test_bert_layouts_frame_with_cls_and_sep(checkpoint, kind, tokens):
    _, codec = codec_of(checkpoint(kind))
    assert codec.tokens(codec.encode(Request("headline", "昨日", 20))) == tokens


def test_t5_pegasus_ignores_the_wrong_end_mark_of_its_config(checkpoint):
    assert json.loads((checkpoint("t5_pegasus") / "config.json").read_text())["eos_token_id"] == 1
    _, codec = codec_of(checkpoint("t5_pegasus"))
    assert (codec.decoder_start, codec.end_id) == ((101,), 102)


@pytest.mark.parametrize(("kind", "frame"), [("mbart50", ("zh_CN", "</s>")), ("mbart25", ("</s>", "zh_CN"))])
def test_mbart_language_marks(checkpoint, kind, frame):
    _, codec = codec_of(checkpoint(kind))
    tokens = [
        t.removeprefix(spm.CONTROL_MARK) for t in codec.tokens(codec.encode(Request("headline", "云", 9)))
    ]
    ends = (tokens[0], tokens[-1]) if kind == "mbart50" else tuple(tokens[-2:])
    assert ends == frame


def test_wordpiece_decoding_puts_spaces_between_latin_words_only():
    vocab = {t: i for i, t in enumerate(["[UNK]", "云", "new", "york", "5", "##g", ".", "3", "-"])}
    vocabulary = WordPieceVocabulary(vocab, lowercase=True)
    for text in ("new york云5g", "云3.5-5g云"):
        assert vocabulary.decode(vocabulary.encode(text)) == text


def test_latin_words_get_the_case_of_the_source(checkpoint):
    _, codec = codec_of(checkpoint("bart"))
    request = Request("headline", "一季度GDP增长，pH值检测用iPhone", 20)
    assert codec.finish("gdp增长ph值iphone和5g", request) == "GDP增长pH值iPhone和5g"


# --- the SentencePiece reader against SentencePiece itself ---------------------------------------------


def random_texts(count):
    chance = random.Random(5)
    alphabet = "".join(made_up_texts.PARAGRAPHS) + "ＡＢ１２ \u3000\t\n㈱①龘🀄é</s>"
    return ["".join(chance.choices(alphabet, k=chance.randrange(0, 60))) for _ in range(count)]


@pytest.mark.parametrize("kind", ["t5", "mt5", "pegasus"])
def test_ids_equal_sentencepiece_on_1000_texts(checkpoint, kind):
    import sentencepiece

    path = checkpoint(kind) / "spiece.model"
    official = sentencepiece.SentencePieceProcessor(model_file=str(path))
    model = spm.read(path)
    ours = UnigramVocabulary(spm.build(model, model.pieces))
    texts = random_texts(1000)
    different = [text for text in texts if ours.encode(text) != official.encode(text)]
    assert different == []


@pytest.mark.parametrize("data", [b"", b"\x80\x02}q\x00.", b"\x0a\xff\xff\xff", b"not a model at all"])
def test_damaged_sentencepiece_files_are_refused(tmp_path, data):
    path = tmp_path / "spiece.model"
    path.write_bytes(data)
    with pytest.raises(ModelError, match="SentencePiece"):
        spm.read(path)


def test_sentencepiece_bpe_is_refused_with_the_way_out(tmp_path):
    path = tiny_checkpoints.train_pieces(tmp_path, "spiece.model", size=500, model_type="bpe")
    with pytest.raises(ModelError, match="tokenizer.json"):
        spm.read(path)


def test_tokenizer_json_alone_gives_the_same_ids(checkpoint, tmp_path):
    """A folder that transformers saved holds tokenizer.json and no spiece.model."""
    family, codec = codec_of(checkpoint("t5"))
    folder = tmp_path / "json-only"
    shutil.copytree(checkpoint("t5"), folder)
    (folder / "spiece.model").unlink()
    tokenizer = codec._vocabulary._tokenizer
    state = json.loads(tokenizer.to_str())
    special = {i: p for i, (p, _) in enumerate(state["model"]["vocab"]) if p.startswith(spm.CONTROL_MARK)}
    for index, piece in special.items():
        state["model"]["vocab"][index][0] = piece.removeprefix(spm.CONTROL_MARK)
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    state["added_tokens"] = [
        {"id": i, "content": piece.removeprefix(spm.CONTROL_MARK), **flags} for i, piece in special.items()
    ]
    (folder / "tokenizer.json").write_text(json.dumps(state), encoding="utf-8")
    other = family.codec(folder, CARD)
    for text in [*made_up_texts.inputs(20), "云溪</s>市"]:
        request = Request("headline", text, 20)
        assert other.encode(request) == codec.encode(request)
    assert other.suppress == codec.suppress

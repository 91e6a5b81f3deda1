"""The engines over the embedded model: one text from all, and the rules that decoding keeps."""

import shutil
from itertools import pairwise

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from summarizer.errors import ModelError
from summarizer.models import resolve
from summarizer.models.desk.backend import DeskBackend
from summarizer.models.engine import stammers
from summarizer.models.folder import open_folder
from summarizer.models.salience import HELD, OVERLAP, spans
from summarizer.models.torch import TorchBackend
from summarizer.types import Decoding, Request
from tests.train.conftest import story

GREEDY = Decoding(candidates=1, beams=1)
ARTICLE = (
    "9月18日，云溪市召开数字经济发展大会，市委书记章明远出席并讲话，市长陆文清主持会议。会议发布了《云溪市数字经济三年行动计划》，"
    "提出到2028年全市数字经济核心产业增加值达到860亿元，占地区生产总值的比重提高到12%。会上，24个项目集中签约，总投资316亿元。"
)


@pytest.fixture(scope="module", params=[DeskBackend, TorchBackend])
def backend(request):
    with_close = request.param(resolve("embedded"))
    yield with_close
    with_close.close()


@pytest.mark.parametrize("task", ["headline", "kicker", "subhead", "summary"])
def test_writes_only_characters_of_its_source_or_the_common_list(backend, task):
    request = Request(task, ARTICLE, 40, context="云溪市召开数字经济发展大会" if task != "headline" else "")
    common = {
        c for token in backend.codec.tokens(backend.folder.card["common"]) for c in token.replace("▁", " ")
    }
    for generated in backend.generate([request], Decoding(candidates=4, samples=4))[0]:
        assert set(generated.text) <= set(request.text + request.context) | common


def test_one_request_is_not_changed_by_its_neighbours(backend):
    requests = [
        Request("headline", ARTICLE, 20),
        *(Request("headline", story(i)["body"], 20) for i in range(5)),
    ]
    together = backend.generate(requests, Decoding(samples=2))
    alone = [backend.generate([request], Decoding(samples=2))[0] for request in requests]
    assert [[g.text for g in found] for found in together] == [[g.text for g in found] for found in alone]
    for ours, theirs in zip(together, alone, strict=True):
        assert [g.score for g in ours] == pytest.approx([g.score for g in theirs], abs=1e-4)


def test_same_seed_same_samples(backend):
    requests = [Request("headline", ARTICLE, 20)]
    first = backend.generate(requests, Decoding(samples=4, seed=3))
    assert backend.generate(requests, Decoding(samples=4, seed=3)) == first


def test_kept_words_are_in_every_candidate_and_avoided_ones_in_none(backend):
    request = Request("headline", ARTICLE, 26, keep=("316亿元",), avoid=("章明远", "大会"))
    found = backend.generate([request], Decoding(candidates=3))[0]
    assert found
    assert all("316亿元" in g.text and "章明远" not in g.text and "大会" not in g.text for g in found)


def test_no_three_pieces_twice(backend):
    text = "老鼠老鼠老鼠老鼠，老鼠老鼠跑进了老鼠老鼠老鼠的洞里，老鼠老鼠老鼠出来了，居民说老鼠老鼠老鼠很多。"
    for generated in backend.generate([Request("headline", text, 20)], Decoding())[0]:
        words = generated.text.replace("老鼠老鼠", "鼠").replace("老鼠", "鼠")
        assert generated.text.count("老鼠") <= 6 and "鼠鼠鼠" not in words


@pytest.mark.parametrize("text", ["““云溪", "的的", "新闻，，", "增长升升", "让让锅炉", "老老老人"])
def test_stammers_are_known(text):
    assert stammers(text)


@pytest.mark.parametrize("text", ["云溪——青石", "人人参与", "2200吨", "……", "天天向上", "5.00%", "AA级"])
def test_doubling_that_is_chinese_is_no_stammer(text):
    assert not stammers(text)


def test_doubling_of_the_source_is_no_stammer():
    assert stammers("李娜娜夺冠") and not stammers("李娜娜夺冠", "选手李娜娜昨天夺冠")


def test_what_may_be_doubled_may_not_be_trebled():
    assert stammers("大大大企业签约") and not stammers("大大小小都签约")
    assert not stammers("大大大泡泡糖", "大大大泡泡糖")


def test_text_cannot_spell_a_control_token(backend):
    plain = backend.codec.encode(Request("headline", "<summary><len7>云溪", 20))
    inside = backend.codec.tokens(plain)[3:]
    assert "<summary>" not in inside and "<len7>" not in inside


def test_over_budget_is_refused_not_cut(backend):
    with pytest.raises(ModelError, match="上限"):
        backend.generate([Request("headline", ARTICLE * 20, 20)], GREEDY)


def test_salience_gives_a_value_per_character(backend):
    if not hasattr(backend, "salience"):
        pytest.skip("has no head of its own")
    texts = [ARTICLE, "", "云", ARTICLE * 9, "A\n\n b　c<len1>"]
    values = backend.salience(texts)
    assert [len(v) for v in values] == [len(t) for t in texts]
    assert all(0 <= x <= 1 for v in values for x in v)
    assert max(values[0]) > 0.3


@pytest.mark.parametrize("threads", [1, 3])
def test_any_number_of_threads_reads_the_same_and_nothing_where_there_is_nothing(threads):
    one = DeskBackend(resolve("embedded"), threads=threads)
    assert one.salience([]) == [] and one.salience(["", ""]) == [[], []]
    texts = [ARTICLE * 9, "云"]
    assert one.salience(texts) == DeskBackend(resolve("embedded"), threads=2).salience(texts)
    one.close()


def test_a_source_is_read_once_for_salience_and_headlines_and_not_held_for_ever(backend, monkeypatch):
    if not isinstance(backend, DeskBackend):
        pytest.skip("keeps no states")
    reads = []
    encoded = backend._head._encoded
    monkeypatch.setattr(backend._head, "_encoded", lambda ids: reads.append(tuple(ids)) or encoded(ids))
    request = Request("headline", ARTICLE + "全文如下。", 14, style="daily")
    opening = tuple(backend.codec.encode(request))
    (values,) = backend.salience([request.text * 4], [request])
    assert len(values) == 4 * len(request.text)
    assert reads.count(opening) == 1 and len(reads) > 3
    plain = backend.generate([request], GREEDY)
    assert reads.count(opening) == 1  # taken over
    for number in range(HELD):
        backend._head.states(encoded_of(backend, f"第{number}号楼今天启用。"))
    assert backend.generate([request], GREEDY) == plain
    assert reads.count(opening) == 2


def encoded_of(backend, text):
    return backend.codec.encode(Request("headline", text, 14))


@pytest.mark.parametrize(
    ("length", "first"), [(0, 0), (1, 0), (240, 0), (241, 0), (900, 0), (900, 257), (90, 90)]
)
def test_windows_cover_the_text_and_overlap(length, first):
    found = spans(length, first)
    assert [a for a, _ in found[:1]] == [0] * bool(length) and [b for _, b in found[-1:]] == [length] * bool(
        length
    )
    assert not first or found[0] == (0, first)
    assert all(b - OVERLAP == c and d > b for (_, b), (c, d) in pairwise(found))


def test_spans_of_pieces_cover_the_text_in_order(backend):
    for text in (ARTICLE, "１２３％，ＧＤＰ 增长\n\n　　第二段", "\ufeff云\x00溪<n>市", "龘"):
        spans = backend.codec.spans(text)
        assert len(spans) == backend.codec.count(text)
        assert all(0 <= a <= b <= len(text) for a, b in spans)
        assert spans == sorted(spans)


# --- the folder --------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(resolve("embedded"), tmp_path / "model")


def test_damaged_file_is_refused(copy):
    with open(copy / "ct2-encoder-int8" / "model.bin", "r+b") as file:
        file.seek(1000)
        file.write(b"\x00\xff\x00\xff")
    with pytest.raises(ModelError, match="model.bin"):
        open_folder(copy)


def test_missing_file_is_named(copy):
    (copy / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="tokenizer.json"):
        open_folder(copy)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "weights.pt", "ct2-encoder-int8/extra.pkl", "x.ckpt"])
def test_pickles_are_refused(copy, name):
    (copy / name).write_bytes(b"x")
    with pytest.raises(ModelError, match="safetensors"):
        open_folder(copy)


def test_card_that_points_outside_is_refused(copy):
    import json

    card = json.loads((copy / "summarizer.json").read_text("utf-8"))
    card["sha256"]["../../etc/passwd"] = "0"
    (copy / "summarizer.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(ModelError, match="passwd"):
        open_folder(copy)

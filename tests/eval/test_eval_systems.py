"""Baselines, oracles, peers and model systems on our own rows."""

import re
import sys
import types

import eval_rows as fixtures
import pytest

from eval import data, peers, product, systems
from eval.baselines import graph, lead, oracle
from eval.metrics import rouge, tokens
from summarizer.errors import MissingDependency, ModelError, SettingsError, SummarizerError
from summarizer.types import Decoding, Request

BODY = "青石县引水工程正式通水。“水来了！”村民说。惠及4个乡镇12,600人。天气晴好。引水工程惠及村民。"


@pytest.fixture
def headline_set(tmp_path):
    return data.load(fixtures.write(tmp_path / "rows.jsonl", fixtures.rows()), "headline")


def test_lead_sentence_and_characters():
    assert lead.sentence(BODY, "headline", 20) == "青石县引水工程正式通水。"
    assert lead.sentence(BODY, "summary", 30) == "青石县引水工程正式通水。“水来了！”村民说。"
    assert lead.characters("GDP增长5%了", 3) == "GDP增"
    assert lead.sentence("  ", "headline", 20) == "" == lead.characters("", 5)


def test_random_is_seeded_by_the_body_not_by_its_place():
    first, again = (lead.shuffled(BODY, "headline", 20, 0) for _ in range(2))
    others = {lead.shuffled(BODY, "headline", 20, seed) for seed in range(9)}
    assert first == again and len(others) > 1


def test_textrank_and_lexrank_prefer_the_central_sentence():
    for rule in (graph.textrank, graph.lexrank):
        assert "引水工程" in rule(BODY, "headline", 20)
        assert rule("只有一句。", "headline", 20) == "只有一句。" and rule("", "summary", 50) == ""


def test_pagerank_equals_the_eigenvector():
    import numpy as np

    weights = np.random.default_rng(0).random((6, 6))
    step = weights / weights.sum(axis=1, keepdims=True)
    google = 0.15 / 6 + 0.85 * step
    values, vectors = np.linalg.eig(google.T)
    expected = np.real(vectors[:, np.argmax(np.real(values))])
    assert graph.pagerank(weights) == pytest.approx(expected / expected.sum(), abs=1e-6)


def test_span_oracle_equals_exhaustive_search():
    def worth(text, gold):
        found = rouge.scores(text, gold)
        return found["rouge-1"] + found["rouge-2"]

    gold = "引水工程惠及12600人"
    places = tokens.spans(BODY)
    spans = (
        BODY[start:end]
        for i, (_, start, _) in enumerate(places)
        for _, _, end in places[i : i + 2 * len(places)]
    )
    best = max(worth(span, gold) for span in spans)
    assert worth(oracle.span(BODY, gold), gold) == pytest.approx(best)


def test_oracles_bound_the_baselines(headline_set):
    options = systems.Options()
    golds = [row.gold for row in headline_set.rows]

    def reach(name):
        found = rouge.corpus(systems.load(name, options).write(headline_set.rows), golds)
        return found["rouge-1"] + found["rouge-2"]

    assert reach("oracle-span") >= reach("oracle") >= max(reach(n) for n in ("lead", "random", "textrank"))


def test_token_places_point_into_the_text():
    text = "惠及ＧＤＰ达12,600.5人，İ很好"
    found = tokens.spans(text)
    assert [text[s:e] for _, s, e in found][:5] == ["惠", "及", "ＧＤＰ", "达", "12,600.5"]
    assert [token for token, _, _ in found][2:5] == ["gdp", "达", "12600.5"]


def test_keys_change_with_options_and_names(headline_set):
    keys = {
        systems.load(name, options).key
        for name in ("lead", "random", "lead-20")
        for options in (systems.Options(), systems.Options("summary"), systems.Options(seed=1))
    }
    assert len(keys) == 9


@pytest.mark.parametrize("task", ["headline", "summary"])
def test_the_extractive_backend_is_a_system(task, tmp_path):
    rows = data.load(fixtures.write(tmp_path / "rows.jsonl", fixtures.rows(5)), task).rows
    system = systems.load("extractive", systems.Options(task))
    texts = system.write(rows)
    assert system.kind == "model" and all(texts) and len(texts) == 5
    system.close()


SPECS = [
    ("embedded", "embedded", ""),
    ("embedded:beam", "embedded", "beam"),
    ("models/mine:article", "models/mine", "article"),
    ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1", ""),
    ("http://127.0.0.1:8000/v1#qwen:7b:beam", "http://127.0.0.1:8000/v1#qwen:7b", "beam"),
    (":beam", ":beam", ""),
]


@pytest.mark.parametrize("spec, model, view", SPECS)
def test_a_view_is_told_from_the_model(spec, model, view):
    assert product.split(spec) == (model, view)


def test_the_three_views_of_the_embedded_model():
    """The product equals ``Summarizer.write``, the beam equals the backend’s own first output."""
    from summarizer import Summarizer

    body = fixtures.rows(1)[0]["body"]
    row = data.Row("a", body, "通水")
    options = systems.Options()
    views = {view: systems.load(f"embedded{view}", options) for view in ("", ":article", ":beam")}
    texts = {view: system.write([row, row]) for view, system in views.items()}
    with Summarizer("embedded") as desk:
        assert texts[""] == [desk.write(body).articles[0].headline] * 2
        drawn = desk.backend.generate(
            [Request("headline", product._shown(row, desk, options), 20)], Decoding(candidates=1)
        )
    assert texts[":beam"] == [drawn[0][0].text] * 2 and all(texts[":article"])
    assert len({system.key for system in views.values()}) == 3
    assert [system.name for system in views.values()] == [f"embedded-ct2{view}" for view in views]
    for system in views.values():
        system.close()


def test_the_bare_beam_is_asked_where_the_product_refuses():
    row = data.Row("a", "云溪市今天下雨。", "下雨")
    product_says, beam_says = (systems.load(f"embedded{v}", systems.Options()) for v in ("", ":beam"))
    assert product_says.write([row]) == [""] and beam_says.write([row])[0]


def test_a_missing_model_is_no_silent_fallback(tmp_path):
    with pytest.raises((ModelError, SummarizerError)):
        systems.load(str(tmp_path / "nothing"), systems.Options())


PACKAGES = {name: package for name, (_, package, _) in peers.PEERS.items()}


@pytest.mark.parametrize("task", ["headline", "summary"])
@pytest.mark.parametrize("name", PACKAGES)
def test_peers(name, task):
    """The real packages: what they write stands in the body, on one line, the same every time."""
    pytest.importorskip(PACKAGES[name], reason="pip install 'headline-desk[peers]'")
    row = data.Row("a", BODY, "通水")
    texts = systems.load(name, systems.Options(task, summary_chars=60)).write([row, row])
    assert texts[0] == texts[1] and texts[0] and "\n" not in texts[0]
    clauses = [part for part in re.split("[，。！”]", texts[0]) if part]
    assert all(part in BODY for part in clauses), texts[0]
    # What fills a budget is more than a headline; jionlp and snownlp cut by their own units.
    assert (task == "headline") == (len(clauses) < 3) or name == "jionlp"


class StandIn:
    """A package that keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def SnowNLP(self, body):
        return types.SimpleNamespace(summary=lambda count: self._answer((body, count), ["通水了", "天晴"]))

    def extract_summary(self, body, summary_length):
        print("a banner")
        return self._answer((body, summary_length), "通水了。\n天晴。")

    def _answer(self, asked, text):
        self.asked.append(asked)
        return text


def test_adapters_without_their_packages(monkeypatch, capsys):
    """What an adapter asks of its package, and what it makes of the answer."""
    made = StandIn()
    monkeypatch.setitem(sys.modules, "snownlp", types.SimpleNamespace(SnowNLP=made.SnowNLP))
    monkeypatch.setitem(sys.modules, "jionlp", types.SimpleNamespace(summary=made))
    row, options = data.Row("a", BODY, "通水"), systems.Options("summary", summary_chars=30)
    assert systems.load("snownlp", options).write([row]) == ["通水了，天晴"]
    assert systems.load("jionlp", options).write([row]) == ["通水了。天晴。"]
    assert made.asked[0] == (BODY, 3 * peers.count(BODY, "summary", 30)) and made.asked[1] == (BODY, 30)
    assert systems.load("snownlp", systems.Options()).write([row]) and made.asked[2] == (BODY, 1)
    assert "banner" not in capsys.readouterr().out


def test_sumy_is_asked_for_sentences_in_chinese(monkeypatch):
    def parser(body, tokenizer):
        return types.SimpleNamespace(document=(body, tokenizer))

    def summariser():
        return lambda document, count: [f"{document[1]}{count}", "。"]

    parts = {
        "sumy": {},
        "sumy.nlp": {},
        "sumy.parsers": {},
        "sumy.summarizers": {},
        "sumy.nlp.tokenizers": {"Tokenizer": lambda language: language},
        "sumy.parsers.plaintext": {"PlaintextParser": types.SimpleNamespace(from_string=parser)},
        "sumy.summarizers.lsa": {"LsaSummarizer": summariser},
    }
    for name, fields in parts.items():
        monkeypatch.setitem(sys.modules, name, types.SimpleNamespace(**fields))
    row = data.Row("a", BODY, "通水")
    assert systems.load("sumy-lsa", systems.Options()).write([row]) == ["chinese1。"]


@pytest.mark.parametrize("name", PACKAGES)
def test_a_missing_peer_names_its_install_command(name, monkeypatch):
    monkeypatch.setitem(sys.modules, PACKAGES[name], None)
    for module in [m for m in sys.modules if m.startswith(f"{PACKAGES[name]}.")]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependency, match=r"headline-desk\[peers\]"):
        systems.load(name, systems.Options())


def test_an_unknown_peer_is_named():
    with pytest.raises(SettingsError, match="gensim"):
        peers.load("gensim")


def test_an_endpoint_is_a_system(tmp_path):
    """An OpenAI-compatible server: its first answer is scored, unchecked."""
    import json

    pytest.importorskip("openai", reason="pip install 'headline-desk[openai]'")
    from scripted_server import Act, items, serving

    from eval.__main__ import main

    rows = fixtures.write(tmp_path / "rows.jsonl", fixtures.rows(3))
    with serving(lambda body, n: Act(items("青石县引水工程开工"))) as server:
        url = f"{server.url}#tiny"
        call = [
            "run",
            "--data",
            str(rows),
            "--system",
            f"{url}:beam",
            "--resamples",
            "10",
            "--no-faithfulness",
        ]
        assert main([*call, "--out", str(tmp_path / "out")]) == 0
    (result,) = json.loads((tmp_path / "out" / "scores.json").read_text())
    (name,) = (n for n in result["systems"] if n.startswith("http"))
    assert result["systems"][name]["kind"] == "model"
    (cache,) = (tmp_path / "out" / "predictions").rglob("*.jsonl")
    texts = [json.loads(line)["prediction"] for line in cache.read_text().splitlines()]
    assert len(texts) == 3 and "青石县引水工程开工" in texts

"""``models add``: what it takes over, proves and writes, and what it refuses. The hub is a function."""

import json
import pickle
import shutil

import made_up_texts
import pytest

from summarizer.errors import ModelError
from summarizer.models import load, store
from summarizer.models.add import Options, add
from summarizer.types import Decoding, Request

FAMILIES = ["t5", "mengzi", "mt5", "t5_pegasus", "uer_t5", "bart", "randeng", "pegasus", "mbart50", "mbart25"]
GREEDY = Decoding(candidates=1, beams=1, no_repeat_ngram=0)


def quiet(line):
    pass


@pytest.fixture(scope="module")
def added(checkpoint, tmp_path_factory):
    """``added(kind)``: the folder that ``add`` made of a tiny checkpoint, once a module."""
    home = tmp_path_factory.mktemp("models")
    patch = pytest.MonkeyPatch()
    patch.setenv("SUMMARIZER_MODELS", str(home))
    done = {}

    def build(kind):
        if kind not in done:
            done[kind] = add(str(checkpoint(kind)), Options(name=kind), say=quiet)
        return done[kind]

    yield build
    patch.undo()


@pytest.mark.parametrize("kind", FAMILIES)
def test_each_family_goes_through_add_and_writes_through_both_engines(added, kind):
    folder = added(kind)
    card = json.loads((folder / "summarizer.json").read_text(encoding="utf-8"))
    assert card["ct2"]["float32_equal"] == 3
    assert store.verify(folder) == []
    requests = [Request("headline", text, 20) for text in made_up_texts.inputs(4)]
    for engine in ("ct2", "torch"):
        backend = load(kind, engine)
        assert backend.info.engine == engine and backend.info.name == kind
        found = backend.generate(requests, Decoding(candidates=2, beams=2))
        # Random weights stammer, and the engines drop stammers: how many texts are left is chance.
        assert len(found) == 4 and all(len(texts) <= 2 for texts in found)
        assert "\ue000" not in "".join(g.text for texts in found for g in texts)
        backend.close()


@pytest.mark.parametrize("kind", FAMILIES)
def test_the_engines_agree_greedily_on_20_inputs_in_float32(added, kind, tmp_path):
    """The engines themselves, over the float32 conversion: what users run, not the converter's own check."""
    from summarizer.models import families
    from summarizer.models.convert import convert
    from summarizer.models.ct2 import Ct2Backend
    from summarizer.models.folder import open_folder
    from summarizer.models.torch import TorchBackend

    folder = tmp_path / "model"
    shutil.copytree(added(kind), folder)
    opened = open_folder(folder)
    family = families.family(opened.card["family"])
    convert(folder, family, families.codec(opened), folder / "ct2-float32", "float32")
    requests = [Request("headline", text, 20) for text in made_up_texts.inputs(20)]
    fast = Ct2Backend(folder, part="ct2-float32").generate(requests, GREEDY)
    reference = TorchBackend(folder).generate(requests, GREEDY)
    assert [[g.text for g in texts] for texts in fast] == [[g.text for g in texts] for texts in reference]


def test_a_pickle_beside_safetensors_is_left_behind(checkpoint, tmp_path, models_home):
    source = tmp_path / "source"
    shutil.copytree(checkpoint("bart"), source)
    (source / "pytorch_model.bin").write_bytes(pickle.dumps({"a": 1}))
    (source / "modeling_x.py").write_text("print('never run')")
    said = []
    folder = add(str(source), Options(convert=False), say=said.append)
    names = {p.name for p in folder.iterdir()}
    assert "pytorch_model.bin" not in names and "modeling_x.py" not in names
    assert any("pytorch_model.bin" in line for line in said)


def bare(source, **config):
    source.mkdir()
    (source / "config.json").write_text(json.dumps({"model_type": "bart", **config}))
    return source


def test_pickles_only_are_refused(tmp_path, models_home):
    source = bare(tmp_path / "m")
    (source / "pytorch_model.bin").write_bytes(pickle.dumps({}))
    with pytest.raises(ModelError, match="pickle"):
        add(str(source), Options(), say=quiet)
    assert list(models_home.iterdir()) == []


def test_a_pickle_named_safetensors_is_refused(tmp_path, models_home):
    source = bare(tmp_path / "m")
    (source / "model.safetensors").write_bytes(pickle.dumps({"w": [1.0] * 100}))
    with pytest.raises(ModelError, match="safetensors"):
        add(str(source), Options(), say=quiet)


@pytest.mark.parametrize("name", ["config.json", "tokenizer_config.json"])
def test_remote_code_is_refused(tmp_path, models_home, name):
    source = bare(tmp_path / "m")
    state = {"model_type": "bart", "auto_map": {"AutoModel": "modeling_x.Model"}}
    (source / name).write_text(json.dumps(state))
    with pytest.raises(ModelError, match="auto_map"):
        add(str(source), Options(), say=quiet)


def test_an_english_vocabulary_is_refused(checkpoint, tmp_path, models_home):
    source = tmp_path / "english"
    shutil.copytree(checkpoint("bart"), source)
    lines = (source / "vocab.txt").read_text(encoding="utf-8").split("\n")
    english = [line if line.isascii() else f"word{i}" for i, line in enumerate(lines)]
    (source / "vocab.txt").write_text("\n".join(english), encoding="utf-8")
    with pytest.raises(ModelError, match="汉字"):
        add(str(source), Options(convert=False), say=quiet)


def test_a_taken_name_asks_for_replace(checkpoint, models_home):
    folder = add(str(checkpoint("bart")), Options(name="m", convert=False), say=quiet)
    with pytest.raises(ModelError, match="--replace"):
        add(str(checkpoint("bart")), Options(name="m", convert=False), say=quiet)
    again = add(str(checkpoint("randeng")), Options(name="m", convert=False, replace=True), say=quiet)
    assert again == folder and store.card(again)["family"] == "randeng"
    assert [p.name for p in models_home.iterdir()] == ["m"]


@pytest.mark.parametrize("name", ["embedded", "../up", "", ".", "a b", "中文"])
def test_names_that_would_confuse_are_refused(name):
    with pytest.raises(ModelError, match="--name"):
        store.check_name(name)


def test_a_conversion_that_writes_otherwise_is_not_added(checkpoint, models_home, monkeypatch):
    from summarizer.models import convert

    monkeypatch.setattr(convert, "greedy_ct2", lambda folder, codec, requests: [["别的"]] * len(requests))
    with pytest.raises(ModelError, match="不一致"):
        add(str(checkpoint("bart")), Options(), say=quiet)
    assert list(models_home.iterdir()) == []


def test_a_hub_name_is_fetched_at_its_commit_and_recorded(checkpoint, models_home):
    asked = []

    def fake_hub(name, revision, into):
        asked.append((name, revision))
        shutil.copytree(checkpoint("bart"), into, dirs_exist_ok=True)
        head = "---\nlicense: apache-2.0\nlanguage:\n- zh\n---\n# A card\n"
        (into / "README.md").write_text(head, encoding="utf-8")
        return "c0ffee"

    options = Options(convert=False, revision="main", tasks=("headline",), prefixes={"headline": "标题："})
    folder = add("someone/bart-zh", options, say=quiet, fetch=fake_hub)
    card = store.card(folder)
    assert asked == [("someone/bart-zh", "main")]
    assert card["source"] == {"from": "someone/bart-zh", "revision": "c0ffee"}
    assert (card["licence"], card["languages"], list(card["tasks"])) == ("apache-2.0", ["zh"], ["headline"])
    assert card["tasks"]["headline"]["prefix"] == "标题："


def test_a_finished_model_folder_is_verified_and_taken_over(checkpoint, models_home, tmp_path):
    """What training exports, or another machine's ``add`` made."""
    made = add(str(checkpoint("bart")), Options(name="made", convert=False), say=quiet)
    exported = tmp_path / "exported"
    shutil.copytree(made, exported)
    (exported / "notes.txt").write_text("not listed in the card")
    taken = add(str(exported), Options(name="taken"), say=quiet)
    assert store.verify(taken) == [] and not (taken / "notes.txt").exists()
    assert store.card(taken)["name"] == "taken"
    assert {**store.card(taken), "name": "", "source": ""} == {**store.card(made), "name": "", "source": ""}
    (exported / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="校验和"):
        add(str(exported), Options(name="damaged"), say=quiet)


def test_a_word_that_is_neither_folder_nor_hub_name(models_home):
    with pytest.raises(ModelError, match="不是文件夹"):
        add("no-such-folder", Options(), say=quiet)


def test_loading_never_reaches_the_hub(models_home, monkeypatch):
    """Only ``add`` may fetch: an unknown name ends in one line, whatever the network is."""
    import socket

    monkeypatch.setattr(socket, "socket", None)
    with pytest.raises(ModelError, match="没有模型"):
        load("someone/bart-zh")


# --- the hub's own functions, replaced -------------------------------------------------------------------


def hub_with(monkeypatch, files, calls, fail=None):
    import types

    import huggingface_hub

    class Api:
        def model_info(self, name, revision=None):
            if fail:
                raise fail
            siblings = [types.SimpleNamespace(rfilename=file) for file in files]
            return types.SimpleNamespace(sha="c0ffee", siblings=siblings)

    monkeypatch.setattr(huggingface_hub, "HfApi", Api)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", lambda name, **options: calls.append(options))


def test_fetch_takes_one_commit_and_no_pickles(monkeypatch, tmp_path):
    from summarizer.models import hub

    calls = []
    hub_with(monkeypatch, ["model.safetensors", "pytorch_model.bin", "modeling.py"], calls)
    assert hub.fetch("a/b", None, tmp_path) == "c0ffee"
    assert calls[0]["revision"] == "c0ffee" and calls[0]["local_dir"] == tmp_path
    assert not any(pattern.endswith((".bin", ".py", "*")) for pattern in calls[0]["allow_patterns"])


def test_fetch_downloads_nothing_where_there_are_only_pickles(monkeypatch, tmp_path):
    from summarizer.models import hub

    calls = []
    hub_with(monkeypatch, ["pytorch_model.bin"], calls)
    with pytest.raises(ModelError, match="safetensors"):
        hub.fetch("a/b", None, tmp_path)
    assert calls == []


def test_fetch_says_in_one_line_that_the_network_is_down(monkeypatch, tmp_path):
    from summarizer.models import hub

    hub_with(monkeypatch, [], [], fail=OSError("no route"))
    with pytest.raises(ModelError, match="网络"):
        hub.fetch("a/b", None, tmp_path)


# --- the command ----------------------------------------------------------------------------------------


def command(*argv):
    from summarizer.cli import main

    return main(["models", *argv])


def test_list_show_verify_tell_what_is_there(checkpoint, models_home, capsys):
    add(str(checkpoint("bart")), Options(name="yunxi", convert=False), say=quiet)
    assert command("list", "--format", "json") == 0
    facts = next(f for f in json.loads(capsys.readouterr().out) if f["name"] == "yunxi")
    assert facts["family"] == "bart" and facts["engines"] == ["torch"] and facts["bytes"] > 10_000
    assert command("show", "yunxi") == 0
    shown = capsys.readouterr().out
    assert "sha256" in shown and "model.safetensors" in shown and "licence: unknown" in shown
    assert command("verify", "yunxi") == 0
    assert "完好" in capsys.readouterr().out


def test_verify_names_changed_missing_and_unlisted_files(checkpoint, models_home, capsys):
    folder = add(str(checkpoint("bart")), Options(name="yunxi", convert=False), say=quiet)
    (folder / "config.json").write_text("{}")
    (folder / "vocab.txt").unlink()
    (folder / "extra.safetensors").write_bytes(b"x")
    assert command("verify", "yunxi") == 1
    out = capsys.readouterr().out
    assert "文件已改动 config.json" in out and "缺少文件 vocab.txt" in out and "多出文件 extra" in out


def test_an_evaluation_is_recorded_with_interval_and_signature(checkpoint, models_home, tmp_path, capsys):
    folder = add(str(checkpoint("bart")), Options(name="yunxi", convert=False), say=quiet)
    figure = {
        "label": "ROUGE-L",
        "value": 21.37,
        "low": 3.3,
        "high": 51.96,
        "signature": "ROUGE-L|tok:char|n:4",
    }
    systems = {"lead": {"measures": {}}, "yunxi-torch": {"measures": {"char/rouge-l": figure}}}
    data = {"name": "rows", "task": "headline", "rows": 4, "sha256": "fc17"}
    (tmp_path / "scores.json").write_text(json.dumps([{"data": data, "systems": systems}]))
    assert command("record", "yunxi", str(tmp_path)) == 0
    assert store.verify(folder) == []  # the card is not among the checked files
    capsys.readouterr()
    assert command("list") == 0
    assert "ROUGE-L 21.4 [3.3, 52.0] rows n=4" in capsys.readouterr().out
    assert store.card(folder)["evaluation"][0]["measures"][0]["signature"].startswith("ROUGE-L|")
    (tmp_path / "scores.json").write_text("{}")
    assert command("record", "yunxi", str(tmp_path)) == 2


def test_an_unknown_model_is_one_line(models_home, capsys):
    assert command("show", "nobody") == 2
    assert len(capsys.readouterr().err.strip().split("\n")) == 1

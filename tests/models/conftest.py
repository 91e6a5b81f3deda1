import pytest


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory):
    """``checkpoint(kind)``: the folder of a tiny checkpoint, built once a session."""
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    pytest.importorskip("sentencepiece")
    import tiny_checkpoints

    built = {}

    def build(kind):
        if kind not in built:
            built[kind] = tmp_path_factory.mktemp(kind)
            tiny_checkpoints.BUILDERS[kind][0](built[kind])
        return built[kind]

    return build


@pytest.fixture
def models_home(tmp_path, monkeypatch):
    """An empty folder of added models."""
    monkeypatch.setenv("SUMMARIZER_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"

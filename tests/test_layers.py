"""Dependencies point one way, and importing the library loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "summarizer"
# Plain data and code-point tables, then tables and tools about words that several stages share.
BASE = {"types", "errors", "settings", "chars", "blas"}
WORDS = {"centrality", "forms", "weigh", "compress", "roles", "yamlfile", "style", "manner", "refuse"}
STAGES = {"read", "clean", "split", "sentences", "select", "guard", "rank", "render"}
ABOVE = {"pipeline", "batch", "cli"}
HEAVY = {"torch", "transformers", "gradio", "jieba", "ctranslate2"}


def modules():
    return [p for p in sorted(PACKAGE.rglob("*.py")) if "weights" not in p.parts]


def part(path: Path) -> str:
    inside = path.relative_to(PACKAGE).parts
    return inside[0].removesuffix(".py")


def imports(path: Path):
    """``(dotted name, whether it is imported when the module is)``, relative names resolved."""
    here = ("summarizer", *path.relative_to(PACKAGE).with_suffix("").parts)
    package = here[:-1] if path.name != "__init__.py" else here[:-1]
    tree = ast.parse(path.read_text("utf-8"))
    inner = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, id(node) not in inner
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            for name in node.names:
                yield f"{base}.{name.name}", id(node) not in inner


def inside(path: Path):
    """Parts of the package that a module imports, its own left out."""
    for name, _ in imports(path):
        pieces = name.split(".")
        if pieces[0] == "summarizer" and len(pieces) > 1 and pieces[1] != part(path):
            yield pieces[1]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_dependencies_point_one_way(path):
    mine, used = part(path), {name for name in inside(path) if not name.startswith("__")}
    if mine in BASE:
        assert used <= BASE
    elif mine in WORDS:
        assert used <= BASE | WORDS
    elif mine in STAGES:
        assert used <= BASE | WORDS
    elif mine == "models":
        assert used <= BASE | WORDS | {"sentences", "prompting"}
    elif mine == "pipeline":
        assert not used & {"batch", "cli"}
    elif mine == "batch":
        assert "cli" not in used


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_library_knows_nothing_above_it(path):
    assert not {name.split(".")[0] for name, _ in imports(path)} & {"eval", "train", "app", "desk", "tests"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_packages_are_imported_late_and_only_by_their_owners(path):
    now = {name.split(".")[0] for name, at_once in imports(path) if at_once} & HEAVY
    allowed = {"models": {"torch", "transformers", "ctranslate2"}}.get(part(path), set())
    assert now <= allowed
    anywhere = {name.split(".")[0] for name, _ in imports(path)} & {"torch", "transformers"}
    assert not anywhere or part(path) == "models"


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_library_loads_nothing_heavy():
    assert not loaded_after("import summarizer; summarizer.Summarizer; summarizer.Report") & HEAVY
    assert not loaded_after("from summarizer.cli import main; main(['--help'])") & HEAVY


def test_writing_by_extraction_loads_no_model_runtime():
    code = (
        "from summarizer import Summarizer\n"
        "text = '云溪市委书记章明远昨日主持召开市委常委会会议，研究部署岁末年初安全生产工作，市长陆文清出席会议。'\n"
        "assert Summarizer(model='extractive').write(text).articles[0].headline"
    )
    assert not loaded_after(code) & {"torch", "transformers", "gradio", "ctranslate2"}


@pytest.mark.skipif(
    not (PACKAGE / "weights" / "ct2-encoder-int8").is_dir(), reason="the embedded model is not installed"
)
def test_writing_with_ct2_loads_no_torch():
    code = (
        "import io\n"
        "from summarizer.cli import main\n"
        "text = '云溪市委书记章明远昨日主持召开市委常委会会议，研究部署岁末年初安全生产工作，市长陆文清出席会议。'\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()))\n"
        "assert main(['write', '-', '--engine', 'ct2']) == 0"
    )
    assert not loaded_after(code) & {"torch", "transformers", "gradio"}


def test_the_exported_names():
    import summarizer

    assert summarizer.__all__ == ["Candidate", "Draft", "Finding", "Report", "Summarizer", "SummarizerError"]
    assert all(getattr(summarizer, name) is not None for name in summarizer.__all__)
    with pytest.raises(AttributeError):
        summarizer.nothing  # noqa: B018

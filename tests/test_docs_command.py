"""The generated page of the command is current, and the library page's examples run."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_the_command_page_is_what_the_parsers_say():
    spec = importlib.util.spec_from_file_location("command_page", DOCS / "command_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "command.md").read_text("utf-8") == module.page(), "run: python docs/command_page.py"


def test_the_examples_of_the_library_page_run(monkeypatch, tmp_path):
    text = (DOCS / "library.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.S)
    assert len(blocks) >= 3
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/library.md", "exec"), space)  # noqa: S102

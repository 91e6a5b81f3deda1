"""Fixtures: invented rows, and the command with the test double in place of the library."""

import argparse
from pathlib import Path

import pytest
from batch_doubles import FACTORY
from batch_inputs import write_rows

from summarizer import batch


@pytest.fixture
def rows(tmp_path) -> Path:
    """100 rows as JSON lines."""
    return write_rows(tmp_path / "rows.jsonl", 100)


@pytest.fixture
def run(monkeypatch):
    """``run("IN", "-o", "OUT", …) -> exit code``; one worker and small batches unless said otherwise."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))

    def call(*words: object, factory: str = FACTORY) -> int:
        parser = argparse.ArgumentParser()
        batch.add_arguments(parser)
        parser.set_defaults(factory=factory, workers=1, batch_size=8, window=40, quiet=True)
        return batch.run(parser.parse_args([str(word) for word in words]))

    return call

"""The ledger: all of a shard or nothing, one process at a time, differences by name."""

import sqlite3

import pytest

from summarizer.batch.ledger import Ledger
from summarizer.batch.records import Done, Row
from summarizer.errors import BatchError
from summarizer.types import ModelInfo

MODEL = ModelInfo("m", "0", "fake")


@pytest.fixture
def ledger(tmp_path):
    found = Ledger(tmp_path / "out.jsonl.ledger")
    yield found
    found.close()


def done(number, *seqs, error=None):
    return Done(number, tuple(Row(s, str(s), f"f:{s}", b"row %d" % s, error) for s in seqs), MODEL)


def test_rows_come_back_in_order_and_without_gaps(ledger):
    ledger.commit(done(0, 3, 0), b"d0")
    assert list(ledger.ready(0)) == [b"row 0"]
    ledger.commit(done(1, 1, 2), b"d1")
    assert list(ledger.ready(0)) == [b"row 0", b"row 1", b"row 2", b"row 3"]
    ledger.spooled(4, 24)
    assert list(ledger.ready(4)) == []
    assert (ledger.number("next"), ledger.number("offset"), ledger.done()) == (4, 24, 4)


def test_a_shard_enters_whole_or_not_at_all(ledger):
    ledger.commit(done(0, 0, 1), b"d0")
    with pytest.raises(sqlite3.IntegrityError):
        ledger.commit(done(1, 2, 1, error="x"), b"d1")
    assert ledger.digest(1) is None
    assert list(ledger.ready(0)) == [b"row 0", b"row 1"]
    assert ledger.failed() == 0


def test_what_is_committed_survives_without_closing(ledger, tmp_path):
    """The file as it lies after a kill: copied while the writer still holds it open."""
    ledger.commit(done(0, 0), b"d0")
    for name in ("out.jsonl.ledger", "out.jsonl.ledger-wal"):
        (tmp_path / f"copy-{name}").write_bytes((tmp_path / name).read_bytes())
    copy = Ledger(tmp_path / "copy-out.jsonl.ledger")
    assert copy.digest(0) == b"d0"
    copy.close()


def test_a_second_opening_is_refused_while_the_first_lives(ledger):
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        Ledger(ledger.path)


def test_other_options_are_refused_by_name(ledger):
    ledger.settle("options", {"seed": 0, "text": ("body", "text"), "model": "a"})
    ledger.settle("options", {"seed": 0, "text": ("body", "text"), "model": "a"})
    with pytest.raises(BatchError, match="model：账本 'a'，现在 'b'；seed：账本 0，现在 1") as said:
        ledger.settle("options", {"seed": 1, "text": ("body", "text"), "model": "b"})
    assert "text" not in str(said.value).split("/")[0]


def test_duplicates_are_told_with_both_places(ledger):
    assert ledger.register([("a", 0, "f:1"), ("b", 1, "f:2")]) == []
    assert ledger.register([("a", 2, "g:9"), ("c", 3, "g:10")]) == [("a", "f:1", "g:9")]


def test_retried_rows_take_the_place_of_failures(ledger):
    ledger.commit(done(0, 0, 1, 2, error="坏"), b"d")
    ledger.retry(done(0, 0).rows + done(0, 2, error="还是坏").rows)
    assert bytes(ledger.to_retry(3)) == bytes([0, 1, 0])
    ledger.settle_retry()
    assert [(seq, error) for seq, _, _, error in ledger.failures()] == [(1, "坏"), (2, "还是坏")]
    assert ledger.retried(0) is None

"""Windows and shards: each record once, whatever the sizes; and reading ahead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.batch.ahead import read_ahead
from summarizer.batch.records import Record, Shard
from summarizer.batch.windows import Sizes, shards
from summarizer.errors import SettingsError

LENGTHS = st.lists(st.integers(0, 50), max_size=60)
SIZES = st.builds(Sizes, *[st.integers(1, 40) for _ in range(4)])


def records(lengths):
    return [Record(seq, str(seq), "", size=length) for seq, length in enumerate(lengths)]


@given(LENGTHS, SIZES)
def test_each_record_stands_in_one_shard_of_its_window(lengths, sizes):
    found = list(shards(records(lengths), sizes))
    assert [shard.number for shard in found] == list(range(len(found)))
    assert sorted(r.seq for shard in found for r in shard.records) == list(range(len(lengths)))
    for shard in found:
        assert len(shard.records) <= sizes.shard_records
        assert len(shard.records) == 1 or sum(r.size for r in shard.records) <= sizes.shard_chars
        assert [r.size for r in shard.records] == sorted((r.size for r in shard.records), reverse=True)
        seqs = [r.seq for r in shard.records]
        assert max(seqs) - min(seqs) < sizes.window_records


@given(LENGTHS, SIZES)
def test_windows_follow_each_other(lengths, sizes):
    """All of a window comes before any of the next: what the ledger holds back stays bounded."""
    order = [r.seq for shard in shards(records(lengths), sizes) for r in shard.records]
    assert all(abs(place - seq) < sizes.window_records for place, seq in enumerate(order))


def test_only_one_window_is_held():
    pulled = 0

    def endless():
        nonlocal pulled
        while True:
            yield Record(pulled, str(pulled), "", size=1)
            pulled += 1

    next(shards(endless(), Sizes(window_records=10, shard_records=4)))
    assert pulled <= 10


def test_sizes_are_checked():
    with pytest.raises(SettingsError, match="shard_records 必须至少为 1，收到 0"):
        Sizes(shard_records=0)


def test_the_digest_tells_any_change_apart():
    def digest(*found):
        return Shard(0, found).digest()

    base = digest(Record(0, "a", "", "正文"), Record(1, "b", "", "另一篇"))
    assert base == digest(Record(0, "a", "elsewhere", "正文"), Record(1, "b", "", "另一篇"))
    assert base != digest(Record(0, "a", "", "正文另"), Record(1, "b", "", "一篇"))
    assert base != digest(Record(0, "a", "", "正文"), Record(1, "b", "", "另一篇", error="坏"))


def test_read_ahead_keeps_order_and_hands_over_errors():
    def broken():
        yield from range(5)
        raise OSError("gone")

    found = []
    with pytest.raises(OSError, match="gone"):
        for item in read_ahead(broken(), 2):
            found.append(item)
    assert found == [0, 1, 2, 3, 4]

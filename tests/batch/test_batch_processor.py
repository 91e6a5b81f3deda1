"""Each worker on its own processor."""

import multiprocessing
import os

import pytest

from summarizer.batch import processor

pytestmark = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux binds processes")


def claimed(folder, processors, pipe):
    os.sched_setaffinity(0, processors)
    pipe.send((processor.claim(folder), os.sched_getaffinity(0)))
    try:
        pipe.recv()  # until the test closes its end
    except EOFError:
        pass


def start(folder, processors):
    """A process that claims and holds on; with what it got, and the pipe that keeps it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=claimed, args=(folder, processors, theirs))
    child.start()
    theirs.close()
    assert ours.poll(60)
    return child, ours, ours.recv()


def test_workers_claim_different_processors_until_there_are_none(tmp_path):
    """Of one more workers than processors the last is left unbound; a claim ends with its process."""
    processors = os.sched_getaffinity(0)
    started = [start(tmp_path, processors) for _ in range(len(processors) + 1)]
    found = [got for _, _, got in started]
    assert [number for number, _ in found] == [*sorted(processors), None]
    assert [bound for number, bound in found if number is not None] == [{n} for n in sorted(processors)]
    assert found[-1][1] == processors
    started[0][0].kill()
    started[0][0].join()
    started.append(start(tmp_path, processors))
    assert started[-1][2][0] == min(processors)
    for child, pipe, _ in started:
        pipe.close()
        child.join(60)


def test_without_a_place_for_locks_nothing_is_bound(tmp_path):
    before = os.sched_getaffinity(0)
    assert processor.claim(tmp_path / "missing") is None
    assert os.sched_getaffinity(0) == before

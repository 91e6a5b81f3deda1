"""One thread inside, as many as before outside."""

import threading

import numpy as np  # noqa: F401
import pytest
from threadpoolctl import ThreadpoolController

from summarizer.blas import one_thread


def threads():
    return {pool["num_threads"] for pool in ThreadpoolController().select(user_api="blas").info()}


@pytest.fixture
def several():
    with ThreadpoolController().select(user_api="blas").limit(limits=3):
        yield


def test_the_limit_holds_inside_and_is_taken_away_by_the_outermost(several):
    with one_thread():
        with one_thread():
            assert threads() == {1}
        assert threads() == {1}
    assert threads() == {3}


def test_an_error_inside_leaves_the_limit_as_it_was(several):
    with pytest.raises(ValueError), one_thread(), one_thread():
        raise ValueError
    assert threads() == {3}
    with one_thread():
        assert threads() == {1}


def test_each_thread_limits_itself(several):
    seen, entered, leave = [], threading.Event(), threading.Event()

    def stay():
        with one_thread():
            seen.append(threads())
            entered.set()
            leave.wait(10)
            seen.append(threads())

    other = threading.Thread(target=stay)
    with one_thread():
        other.start()
        assert entered.wait(10)
    leave.set()
    other.join()
    assert seen == [{1}, {1}] and threads() == {3}

"""One thread inside, as many as before outside."""

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

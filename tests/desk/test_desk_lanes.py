"""The queue and the rate limit."""

import threading

import pytest

from desk.errors import Busy, TooMany
from desk.lanes import Lane, Rates


def test_a_lane_runs_one_job_at_a_time_in_order():
    lane, seen, inside = Lane("m", 10), [], []

    def job(n):
        inside.append(n)
        assert len(inside) == 1
        seen.append(n)
        inside.remove(n)
        return n

    futures = [lane.submit(lambda n=n: job(n)) for n in range(8)]
    assert [future.result(5) for future in futures] == list(range(8)) == seen


def test_a_full_lane_refuses_with_a_time_to_return():
    lane, gate = Lane("m", 2), threading.Event()
    running = [lane.submit(gate.wait) for _ in range(2)]
    with pytest.raises(Busy) as error:
        lane.submit(gate.wait)
    assert error.value.status == 503 and 1 <= error.value.retry_after <= 60
    gate.set()
    assert all(future.result(5) for future in running)
    assert lane.submit(lambda: "again").result(5) == "again"


def test_a_cancelled_job_leaves_the_queue():
    lane, gate = Lane("m", 2), threading.Event()
    running, waiting = lane.submit(gate.wait), lane.submit(lambda: 1)
    assert waiting.cancel() and lane.depth == 1
    gate.set()
    assert running.result(5)


def test_a_failing_job_frees_its_place():
    lane = Lane("m", 1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            lane.submit(lambda: 1 / 0).result(5)
    assert lane.submit(lambda: 2).result(5) == 2


def test_a_client_over_its_rate_is_told_when_to_return():
    now = [0.0]
    rates = Rates(60, clock=lambda: now[0])
    for _ in range(60):
        rates.take("a")
    with pytest.raises(TooMany) as error:
        rates.take("a")
    assert error.value.status == 429 and error.value.retry_after == 1
    rates.take("b")  # another client is not held up
    now[0] = 1.0
    rates.take("a")


def test_forgotten_clients_bound_the_memory():
    rates = Rates(60, clients=3)
    for n in range(100):
        rates.take(str(n))
    assert len(rates._buckets) == 3

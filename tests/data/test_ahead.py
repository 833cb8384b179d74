import threading
import time

import pytest

from tinyclf.data import ahead
from tinyclf.data.ahead import core_taken, map_ahead


def test_answers_come_in_order():
    def slow_when_even(k):
        time.sleep(0.002 * (k % 2 == 0))
        return k * k

    assert list(map_ahead(slow_when_even, range(30), 2)) == [k * k for k in range(30)]


def test_it_works_only_a_few_items_ahead():
    drawn = []
    walker = map_ahead(str, (drawn.append(k) or k for k in range(100)), 2)
    assert next(walker) == "0"
    assert len(drawn) <= 6
    walker.close()


def test_an_error_comes_in_its_place():
    walker = map_ahead(lambda k: 1 // k, [1, 0, 1], 2)
    assert next(walker) == 1
    with pytest.raises(ZeroDivisionError):
        next(walker)


def test_closing_waits_for_its_threads():
    started = threading.Event()

    def work(k):
        started.set()
        time.sleep(0.02)
        return k

    walker = map_ahead(work, range(1000), 2)
    next(walker)
    walker.close()
    assert started.is_set()
    assert not [t for t in threading.enumerate() if t.name.startswith("tinyclf-ahead")]


def most_at_once(workers):
    """Walk some items, and return how many were worked on at a time, at most."""
    lock, now, most = threading.Lock(), 0, 0

    def work(_):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.005)
        with lock:
            now -= 1

    list(map_ahead(work, range(12), workers))
    return most


@pytest.fixture
def cores(monkeypatch):
    return lambda count: monkeypatch.setattr(ahead, "_CORES", ahead._Cores(count))


def test_it_works_on_as_many_threads_as_asked_for_where_there_are_cores(cores):
    cores(8)
    assert most_at_once(3) == 3


def test_it_works_on_no_more_threads_than_there_are_cores(cores):
    cores(2)
    assert most_at_once(4) == 2


def test_a_core_that_something_else_computes_on_is_left_to_it(cores):
    cores(2)
    with core_taken():
        assert most_at_once(2) == 1
    assert most_at_once(2) == 2


def test_it_goes_on_where_every_core_is_taken(cores):
    cores(1)
    with core_taken(), core_taken():
        assert most_at_once(2) == 1


def test_closing_drops_what_waits_for_a_core_that_another_walk_holds(cores):
    cores(2)
    held, free, begun, left = (threading.Event() for _ in range(4))
    computed = []

    def hold(_):
        held.set()
        free.wait(10)

    def work(k):
        if k == 1:
            begun.set()
            left.wait(10)
        computed.append(k)

    other = threading.Thread(target=lambda: list(map_ahead(hold, [0], 1)))
    other.start()
    assert held.wait(10)
    walker = map_ahead(work, range(9), 1)
    next(walker)
    assert begun.wait(10)
    with core_taken():
        left.set()
        time.sleep(0.05)
        walker.close()
        assert computed == [0, 1]
        assert not free.is_set()
    free.set()
    other.join()

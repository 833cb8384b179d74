import threading
import time

import pytest

from tinyclf.data.ahead import map_ahead


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

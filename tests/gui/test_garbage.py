from __future__ import annotations

import gc
import threading
import weakref

import pytest

from tinyclf_gui.jobs import garbage
from tinyclf_gui.jobs.garbage import CollectHere


class Node:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp):
    collector = CollectHere(qapp)
    yield collector
    collector.stop()
    collector.deleteLater()


def litter(count=2000):
    nodes = [Node() for _ in range(count)]
    return weakref.ref(nodes[0])


def test_other_threads_do_not_collect(collector):
    left = litter()
    busy = threading.Thread(target=litter)
    busy.start()
    busy.join()
    assert left() is not None


def test_garbage_goes_in_time(collector, qtbot):
    left = litter()
    qtbot.waitUntil(lambda: left() is None)


def test_memory_is_given_back_once_much_has_come_and_gone(collector, qtbot, monkeypatch):
    given = []
    gc.collect()  # nothing has come and gone yet
    monkeypatch.setattr(garbage, "give_back", lambda: given.append(gc.get_count()[1]))

    def more() -> bool:
        litter()
        return bool(given)

    collector.collect()
    assert not given  # the youngest alone is no reason
    qtbot.waitUntil(more, timeout=20_000)
    assert given == [0]  # the middle generation has just been collected


def test_afterwards_python_does_it_by_itself(qapp):
    CollectHere(qapp).stop()
    assert gc.isenabled()

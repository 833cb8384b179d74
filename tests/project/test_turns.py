"""Who waits for the file comes in between two parts of something long that is written."""

import threading
import time
from types import SimpleNamespace

import pytest

from tinyclf.project import CollectionStore, database


@pytest.fixture
def store(tmp_path):
    with CollectionStore.create(tmp_path / "stamps.tinyclf") as store:
        yield store


def rest_with(monkeypatch, rest):
    monkeypatch.setattr(database, "time", SimpleNamespace(sleep=rest))


def until(true):
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_who_waits_comes_in_between_two_parts(store, monkeypatch):
    order = []
    other = threading.Thread(target=lambda: order.append(store.last_act))
    rest_with(monkeypatch, lambda _: other.join(10))
    with store._writing_a_part():
        other.start()
        until(lambda: store._lock.is_wanted)
    order.append("next part")
    assert order == [0, "next part"]
    assert not store._lock.is_wanted


def test_nobody_rests_for_nobody(store, monkeypatch):
    rests = []
    rest_with(monkeypatch, rests.append)
    with store._writing_a_part(), store._reading():
        pass
    assert rests == []

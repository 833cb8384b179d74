import threading
from collections.abc import Iterator

import pytest

from tinyclf_gui.jobs.wanted_queue import WantedQueue

PATIENCE = 10.0


class Gate:
    """Serves one key after the other, each when it is let through."""

    def __init__(self) -> None:
        self.served: list[int] = []
        self.delivered: dict[int, int] = {}
        self._begun = threading.Semaphore(0)
        self._let = threading.Semaphore(0)

    def make(self, key: int) -> int:
        self.served.append(key)
        self._begun.release()
        self._let.acquire(timeout=PATIENCE)
        return 10 * key

    def deliver(self, key: int, made: int) -> None:
        self.delivered[key] = made

    def let(self) -> None:
        self._let.release()

    def wait(self) -> None:
        assert self._begun.acquire(timeout=PATIENCE)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def queue(gate: Gate) -> Iterator[WantedQueue[int, int]]:
    queue = WantedQueue(gate.make, gate.deliver, threads=1, name="test")
    yield queue
    for _ in range(10):
        gate.let()
    queue.stop()


def test_what_is_wanted_is_served_in_order(gate: Gate, queue: WantedQueue[int, int]) -> None:
    queue.want([3, 1, 2])
    for _ in range(3):
        gate.wait()
        gate.let()
    assert gate.served == [3, 1, 2]


def test_what_is_wanted_no_more_is_not_begun(gate: Gate, queue: WantedQueue[int, int]) -> None:
    queue.want([1, 2, 3])
    gate.wait()
    queue.want([9])
    gate.let()
    gate.wait()
    assert gate.served == [1, 9]


def test_what_is_in_work_is_not_begun_again(gate: Gate, queue: WantedQueue[int, int]) -> None:
    queue.want([1])
    gate.wait()
    queue.want([1, 2])
    gate.let()
    gate.wait()
    assert gate.served == [1, 2]


def test_stopping_drops_what_waits(gate: Gate) -> None:
    queue = WantedQueue(gate.make, gate.deliver, threads=1, name="test")
    queue.want([1, 2])
    gate.wait()
    gate.let()
    gate.let()
    queue.stop()
    queue.stop()
    assert gate.served in ([1], [1, 2])
    assert gate.delivered[1] == 10
    assert not any(thread.name == "test-0" for thread in threading.enumerate())

"""A job that works for long says so."""

from collections.abc import Iterator

import pytest

from tinyclf.domain import Progress
from tinyclf.training import silence
from tinyclf.training.silence import Silence

REPORT = Progress("Training", 1, 3)


class Clock:
    """A clock that only goes when work is done."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now

    def work(self, *seconds: float) -> Iterator[None]:
        for each in seconds:
            self.now += each
            yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(silence, "time", clock)
    return clock


def test_it_speaks_only_where_silence_has_lasted(clock: Clock) -> None:
    assert list(Silence().broken(clock.work(0.01, 0.01), REPORT)) == []
    assert list(Silence().broken(clock.work(0.02, 0.02, 0.02, 0.02), REPORT)) == [REPORT] * 2


def test_silence_lasts_from_work_to_work_until_somebody_speaks(clock: Clock) -> None:
    quiet = Silence()
    assert list(quiet.broken(clock.work(0.02), REPORT)) == []
    assert list(quiet.broken(clock.work(0.02), REPORT)) == [REPORT]
    list(quiet.broken(clock.work(0.02), REPORT))
    quiet.end()
    assert list(quiet.broken(clock.work(0.02), REPORT)) == []

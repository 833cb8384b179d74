"""Small jobs of which only the newest matters."""

import threading
import time

import pytest

from tinyclf.domain import Progress
from tinyclf.errors import StorageError
from tinyclf_gui.jobs.newest import NewestJob


@pytest.fixture
def jobs(qapp):
    made = NewestJob()
    yield made
    made.stop()


def giving(result):
    yield Progress("Working", 0, 0)
    return result


def failing():
    yield Progress("Working", 0, 0)
    raise StorageError("The disk is gone: plug it in.")


def not_begun():
    raise StorageError("The disk is gone: plug it in.")


def test_what_a_job_brings_is_told(qtbot, jobs):
    with qtbot.waitSignal(jobs.done) as told:
        jobs.want(lambda: giving(3))
    assert told.args == [3]


@pytest.mark.parametrize("begin", [failing, not_begun])
def test_why_a_job_failed_is_told_and_the_next_one_runs(qtbot, jobs, begin):
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.want(begin)
    assert told.args == ["The disk is gone: plug it in."]
    with qtbot.waitSignal(jobs.done):
        jobs.want(lambda: giving(3))


class Halted:
    """A job that goes on until it is let go, and writes down how it ended."""

    def __init__(self):
        self.begun, self.free, self.closed = threading.Event(), threading.Event(), False

    def walk(self):
        try:
            while not self.free.is_set():
                self.begun.set()
                yield Progress("Working", 0, 0)
                time.sleep(0.001)
        except GeneratorExit:
            self.closed = True
            raise
        return "late"


@pytest.fixture
def halted():
    return Halted()


def told_by(jobs):
    told = []
    jobs.done.connect(told.append)
    return told


def test_another_job_takes_the_place_of_the_running_one(qtbot, jobs, halted):
    told = told_by(jobs)
    jobs.want(halted.walk)
    assert halted.begun.wait(5)
    with qtbot.waitSignal(jobs.done):
        jobs.want(lambda: giving("new"))
    assert halted.closed
    assert told == ["new"]


def test_what_is_wanted_again_and_again_comes_to_its_end_each_time(qtbot, jobs, halted):
    told = told_by(jobs)
    jobs.want_after(halted.walk)
    assert halted.begun.wait(5)
    jobs.want_after(lambda: giving("left out"))
    jobs.want_after(lambda: giving("new"))
    halted.free.set()
    qtbot.waitUntil(lambda: told == ["late", "new"])


def test_what_is_dropped_is_never_told_and_nobody_waits_for_it(qtbot, jobs, halted):
    told = told_by(jobs)
    jobs.want(halted.walk)
    assert halted.begun.wait(5)
    jobs.drop()
    assert jobs.busy
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told == []


def test_a_result_that_is_on_its_way_when_it_is_dropped_is_not_told(qtbot, jobs):
    told = told_by(jobs)
    jobs.want(lambda: giving("old"))
    jobs._runner._run.thread.wait(100)  # it may have ended, and its word may wait for the window
    with qtbot.waitSignal(jobs.done):
        jobs.want(lambda: giving("new"))
    assert told == ["new"]

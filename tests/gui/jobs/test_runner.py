import gc
import os
import sys
import threading
import time

import numpy  # noqa: F401  (its BLAS is what is limited)
import pytest
from PySide6.QtCore import QObject, QThread, Slot
from shiboken6 import delete
from threadpoolctl import threadpool_info

from tinyclf.domain import Progress
from tinyclf.errors import TrainingError
from tinyclf_gui.jobs import worker
from tinyclf_gui.jobs.runner import JobRunner


class Listener(QObject):
    """Writes down what it hears, and in which thread."""

    def __init__(self, runner):
        super().__init__()
        self.heard = []
        self.reports = []
        self.threads = set()
        runner.started.connect(self.on_started)
        runner.reported.connect(self.on_reported)
        runner.finished.connect(self.on_finished)
        runner.failed.connect(self.on_failed)
        runner.cancelled.connect(self.on_cancelled)
        runner.idle.connect(self.on_idle)

    def note(self, *what):
        self.heard.append(what)
        self.threads.add(threading.current_thread())

    @Slot(str)
    def on_started(self, title):
        self.note("started", title)

    @Slot(object)
    def on_reported(self, report):
        self.reports.append(report)
        self.threads.add(threading.current_thread())

    @Slot(object)
    def on_finished(self, result):
        self.note("finished", result)

    @Slot(str, str)
    def on_failed(self, message, details):
        self.note("failed", message, details)

    @Slot()
    def on_cancelled(self):
        self.note("cancelled")

    @Slot()
    def on_idle(self):
        self.note("idle")


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    made.stop()


@pytest.fixture
def listener(runner):
    return Listener(runner)


def run(runner, job, qtbot):
    with qtbot.waitSignal(runner.idle):
        runner.start("Working", job)


def counting(n):
    for i in range(n):
        yield Progress("Counting", i + 1, n)
    return n


def endless(log, started=None):
    try:
        while True:
            if started is not None:
                started.set()
            yield Progress("Forever", 0, 0)
            time.sleep(0.001)
    finally:
        log.append(threading.current_thread())


def test_a_job_ends_with_its_result(runner, listener, qtbot):
    run(runner, counting(3), qtbot)
    assert listener.heard == [("started", "Working"), ("finished", 3), ("idle",)]
    assert not runner.busy


def test_every_signal_arrives_on_the_gui_thread(runner, listener, qtbot):
    run(runner, counting(3), qtbot)
    assert listener.threads == {threading.main_thread()}


def test_the_job_runs_in_another_thread(runner, listener, qtbot):
    def where():
        yield Progress("Looking", 0, 1)
        return threading.current_thread()

    run(runner, where(), qtbot)
    assert listener.heard[1][1] is not threading.main_thread()


def test_the_last_report_always_comes(runner, listener, qtbot):
    run(runner, counting(10_000), qtbot)
    assert listener.reports[-1].done == 10_000


def test_reports_come_at_most_thirty_times_a_second(runner, listener, qtbot):
    def flood():
        end = time.monotonic() + 0.4
        sent = 0
        while time.monotonic() < end:
            sent += 1
            yield Progress("Flooding", sent, 0)
        return sent

    run(runner, flood(), qtbot)
    assert len(listener.reports) <= 0.4 * 30 + 3
    assert listener.heard[1][1] == listener.reports[-1].done


def test_a_report_before_a_long_silence_is_heard_during_it(runner, listener, qtbot):
    go_on = threading.Event()

    def silent():
        yield Progress("One", 1, 2)
        yield Progress("Two", 2, 2)
        go_on.wait(10)

    runner.start("Working", silent())
    qtbot.waitUntil(lambda: bool(listener.reports) and listener.reports[-1].what == "Two")
    with qtbot.waitSignal(runner.idle):
        go_on.set()


def test_a_job_cancelled_at_once_never_runs_in_the_windows_thread(runner, listener, qtbot):
    closed_in = []
    with qtbot.waitSignal(runner.idle, timeout=1000):
        runner.start("Working", endless(closed_in))
        runner.cancel()
    assert listener.heard[1:] == [("cancelled",), ("idle",)]
    assert threading.main_thread() not in closed_in


def test_cancel_runs_the_jobs_finally(runner, listener, qtbot):
    closed_in, started = [], threading.Event()
    runner.start("Working", endless(closed_in, started))
    assert started.wait(10)
    with qtbot.waitSignal(runner.idle, timeout=1000):
        runner.cancel()
    assert len(closed_in) == 1
    assert closed_in[0] is not threading.main_thread()


def test_an_error_of_ours_is_told_in_its_own_words(runner, listener, qtbot):
    def ungraded():
        yield Progress("Looking", 0, 1)
        raise TrainingError("All grades are 4: grade a few photos of another grade.")

    run(runner, ungraded(), qtbot)
    _, message, details = listener.heard[1]
    assert message == "All grades are 4: grade a few photos of another grade."
    assert "TrainingError" in details


def test_an_unexpected_error_carries_its_traceback_in_the_details(runner, listener, qtbot):
    def broken():
        yield Progress("Looking", 0, 1)
        raise ZeroDivisionError("1 / 0")

    run(runner, broken(), qtbot)
    _, message, details = listener.heard[1]
    assert "unexpected" in message
    assert "1 / 0" in message
    assert "in broken" in details


def test_an_error_while_closing_is_told_too(runner, listener, qtbot):
    started = threading.Event()

    def sticky():
        try:
            while True:
                started.set()
                yield Progress("Holding", 0, 0)
        finally:
            raise OSError("the disk is full")

    runner.start("Working", sticky())
    assert started.wait(10)
    with qtbot.waitSignal(runner.idle):
        runner.cancel()
    assert listener.heard[1][0] == "failed"
    assert "the disk is full" in listener.heard[1][1]


def test_a_second_job_is_refused_while_one_runs(runner, qtbot):
    runner.start("Training", endless([]))
    with pytest.raises(RuntimeError, match="Training"):
        runner.start("Reading", counting(1))
    with qtbot.waitSignal(runner.idle):
        runner.cancel()


def test_the_next_job_may_be_started_when_one_has_finished(runner, listener, qtbot):
    def start_next(result):
        if result == 1:
            runner.start("Second", counting(2))

    runner.finished.connect(start_next)
    run(runner, counting(1), qtbot)
    words = [what[0] for what in listener.heard]
    assert words == ["started", "finished", "started", "finished", "idle"]


def test_courtesies_hold_while_a_job_runs_and_are_put_back(runner, listener, qtbot):
    def blas_threads():
        return [lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"]

    def measuring():
        yield Progress("Measuring", 0, 1)
        return sys.getswitchinterval(), blas_threads()

    before = sys.getswitchinterval(), blas_threads()
    run(runner, measuring(), qtbot)
    interval, threads = listener.heard[1][1]
    assert interval == pytest.approx(0.0005)
    assert set(threads) == {1}
    assert (sys.getswitchinterval(), blas_threads()) == before


def test_courtesies_are_put_back_after_an_error(runner, qtbot):
    def broken():
        yield Progress("Looking", 0, 1)
        raise ValueError

    before = sys.getswitchinterval()
    run(runner, broken(), qtbot)
    assert sys.getswitchinterval() == before


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are Linux's")
def test_the_worker_makes_way_and_the_window_does_not(runner, listener, qtbot):
    def niceness():
        yield Progress("Looking", 0, 1)
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    run(runner, niceness(), qtbot)
    assert listener.heard[1][1] >= 15
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 15


def test_destroying_the_runner_leaves_no_thread(qapp):
    closed_in, started = [], threading.Event()
    runner = JobRunner()
    runner.start("Working", endless(closed_in, started))
    assert started.wait(10)
    delete(runner)
    assert len(closed_in) == 1


def test_destroying_the_parent_leaves_no_thread(qapp):
    closed_in, started = [], threading.Event()
    parent = QObject()
    runner = JobRunner(parent)
    runner.start("Working", endless(closed_in, started))
    assert started.wait(10)
    delete(parent)
    assert len(closed_in) == 1


def test_forgetting_the_runner_leaves_no_thread(qapp):
    closed_in, started = [], threading.Event()
    runner = JobRunner()
    runner.start("Working", endless(closed_in, started))
    assert started.wait(10)
    del runner
    gc.collect()
    assert len(closed_in) == 1


def test_stopping_is_silent_and_a_late_word_is_not_taken_for_the_next_jobs(runner, listener, qtbot):
    runner.start("First", endless([]))
    runner.stop()
    assert not runner.busy
    run(runner, counting(2), qtbot)
    assert [what[0] for what in listener.heard] == ["started", "started", "finished", "idle"]


def test_many_jobs_in_a_row_leave_no_threads(runner, qtbot):
    for _ in range(20):
        run(runner, counting(5), qtbot)
    assert not runner.findChildren(QThread)
    assert not runner.busy


@pytest.mark.parametrize("gives_back", [True, False])
def test_memory_is_given_back_after_the_jobs_that_take_much(qtbot, monkeypatch, gives_back):
    given, runner = [], JobRunner(gives_back=gives_back)
    monkeypatch.setattr(worker, "give_back", lambda: given.append(threading.current_thread()))
    with qtbot.waitSignal(runner.idle):
        runner.start("Working", counting(3))
    assert len(given) == gives_back
    assert threading.main_thread() not in given

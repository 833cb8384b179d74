import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from tinyclf.domain import Progress
from tinyclf.errors import TrainingError
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.widgets.act_toast import ActToast
from tinyclf_gui.widgets.job_bar import JobBar
from tinyclf_gui.widgets.meter import Meter
from tinyclf_gui.widgets.time_left import TimeLeft, in_words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(shown):
    return shown(JobBar())


def seen(bar):
    """Return the texts that can be seen."""
    parts = [*bar.findChildren(QLabel), *bar.findChildren(QPushButton)]
    return {part.text() for part in parts if part.isVisible() and part.text()}


def test_nothing_is_seen_without_a_job(bar):
    assert seen(bar) == set()


def test_a_job_says_what_and_how_far(bar):
    bar.begin("Import")
    assert seen(bar) == {"Import", "Cancel"}
    bar.report(Progress("Reading photos", 30, 400))
    assert "Reading photos 30 / 400" in seen(bar)
    bar.report(Progress("Looking around", 30, 0))
    assert "Looking around" in seen(bar)


def test_cancel_answers_at_once_and_asks_once(bar, qtbot):
    bar.begin("Import")
    with qtbot.waitSignal(bar.cancelRequested):
        qtbot.mouseClick(bar.findChild(QPushButton, "cancelButton"), LEFT)
    assert "Stopping…" in seen(bar)
    assert not bar.findChild(QPushButton, "cancelButton").isEnabled()


def test_an_error_stays_until_it_is_closed(bar, qtbot):
    bar.fail("All grades are 4.", "the traceback")
    assert seen(bar) == {"All grades are 4.", "Copy details"}
    qtbot.mouseClick(bar.findChild(QPushButton, "copyDetailsButton"), LEFT)
    assert QGuiApplication.clipboard().text() == "the traceback"
    qtbot.mouseClick(bar.findChild(QToolButton, "closeJobButton"), LEFT)
    assert seen(bar) == set()


def test_an_error_leaves_the_running_job_in_sight(bar):
    bar.begin("Train")
    bar.report(Progress("Training", 30, 400))
    bar.fail("The disk is full.", "the traceback")
    assert seen(bar) == {"Training 30 / 400", "Cancel", "The disk is full.", "Copy details"}
    assert bar.findChild(Meter).isVisible()


def test_a_job_leaves_a_note_and_an_error_to_be_read(bar, qtbot):
    for tell in (bar.show_note, bar.complain):
        tell("The copy of today could not be made.")
        bar.begin("Import")
        assert "The copy of today could not be made." in seen(bar)
        bar.end()
        assert seen(bar) == {"The copy of today could not be made."}
        qtbot.mouseClick(bar.findChild(QToolButton, "closeJobButton"), LEFT)
        assert seen(bar) == set()


def test_a_bar_that_gives_way_stays_for_its_error(shown):
    bar = shown(JobBar(gives_way=True))
    bar.end()
    assert not bar.isVisible()
    bar.complain("The disk is full.")
    assert seen(bar) == {"The disk is full."}
    bar.clear()
    assert not bar.isVisible()


def test_an_error_that_is_true_no_more_is_withdrawn(bar):
    bar.fail("The disk is full.", "")
    bar.withdraw("The disk is full.")
    assert seen(bar) == set()


def test_another_error_and_a_job_stay_then(bar):
    bar.fail("All grades are 4.", "")
    bar.withdraw("The disk is full.")
    assert seen(bar) == {"All grades are 4."}
    bar.begin("Train")
    bar.withdraw("All grades are 4.")
    assert "Train" in seen(bar)


def test_a_second_error_can_be_copied_like_the_first(bar, qtbot):
    copy = bar.findChild(QPushButton, "copyDetailsButton")
    bar.fail("One", "1")
    qtbot.mouseClick(copy, LEFT)
    bar.fail("Two", "2")
    assert copy.text() == "Copy details"


def test_it_follows_a_runner(bar, qtbot):
    runner = JobRunner(bar)
    bar.attach(runner)
    started = threading.Event()

    def endless():
        while True:
            started.set()
            yield Progress("Training", 1, 2)

    with qtbot.waitSignal(runner.reported):
        runner.start("Train", endless())
    assert "Training 1 / 2" in seen(bar)
    with qtbot.waitSignal(runner.cancelled):
        qtbot.mouseClick(bar.findChild(QPushButton, "cancelButton"), LEFT)
    assert seen(bar) == set()


def test_it_shows_a_runners_error(bar, qtbot):
    runner = JobRunner(bar)
    bar.attach(runner)

    def failing():
        yield Progress("Training", 1, 2)
        raise TrainingError("All grades are 4.")

    with qtbot.waitSignal(runner.idle):
        runner.start("Train", failing())
    assert seen(bar) == {"All grades are 4.", "Copy details"}

    def working():
        yield Progress("Training", 1, 2)

    with qtbot.waitSignal(runner.idle):
        runner.start("Train", working())  # once more: what is told is another training's
        assert "All grades are 4." not in seen(bar)


def test_a_quiet_job_is_not_seen_and_clears_no_error(bar, qtbot):
    runner = JobRunner()
    bar.attach(runner)
    bar.fail("All grades are 4.", "")

    def learning():
        yield Progress("Learning", 1, 2)

    with qtbot.waitSignal(runner.idle):
        runner.start("Learning", learning(), quiet=True)
        assert "Learning" not in seen(bar)
    assert "All grades are 4." in seen(bar)


def test_a_job_begun_as_another_ends_is_seen(bar, qtbot):
    runner = JobRunner()
    begun = []

    def working():
        yield Progress("Working", 1, 2)

    def another(_result):
        if not begun:
            begun.append("Second")
            runner.start("Second", working())
            begun.append("Second" in seen(bar))

    runner.finished.connect(another)
    bar.attach(runner)
    ends = []
    runner.finished.connect(lambda _: ends.append(seen(bar)))
    with qtbot.waitSignal(runner.idle):
        runner.start("First", working())
    assert begun == ["Second", True]
    assert "Cancel" in ends[0]
    assert seen(bar) == set()


def test_the_toast_offers_the_way_back(shown, qtbot):
    toast = shown(ActToast())
    assert seen(toast) == set()
    toast.show_act("312 graded 4")
    assert seen(toast) == {"312 graded 4", "·", "Undo"}
    with qtbot.waitSignal(toast.undoRequested):
        qtbot.mouseClick(toast.findChild(QPushButton, "undoLink"), LEFT)
    toast.show_act("Taken back", can_undo=False)
    assert seen(toast) == {"Taken back"}


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_the_time_left_is_extrapolated():
    clock = Clock()
    left = TimeLeft(clock)
    assert left.seconds(Progress("Reading", 0, 100)) is None
    clock.now = 10.0
    assert left.seconds(Progress("Reading", 25, 100)) == pytest.approx(30.0)


def test_nobody_knows_the_time_left_without_a_total_or_a_start():
    clock = Clock()
    left = TimeLeft(clock)
    clock.now = 10.0
    assert left.seconds(Progress("Looking", 25, 0)) is None
    assert left.seconds(Progress("Reading", 25, 100)) is None


def test_another_stage_is_timed_anew():
    clock = Clock()
    left = TimeLeft(clock)
    left.seconds(Progress("Reading", 0, 100))
    clock.now = 100.0
    left.seconds(Progress("Training", 0, 10))
    clock.now = 102.0
    assert left.seconds(Progress("Training", 5, 10)) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "almost done"),
        (7.4, "7 s left"),
        (38, "40 s left"),
        (59, "1 min left"),
        (170, "3 min left"),
        (3599, "1 h left"),
        (4700, "1 h 20 min left"),
    ],
)
def test_durations_are_told_in_round_words(seconds, words):
    assert in_words(seconds) == words

"""The foot of the window: two jobs, what went wrong, and the last act share its width."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tinyclf.domain import Progress
from tinyclf_gui.main_window import MainWindow
from tinyclf_gui.widgets.elided_label import ElidedLabel

FULL = (
    "The disk is full: /home/collector/Stamps.tinyclf could not be written. Free some space, then "
    "grade on: nothing graded so far is lost."
)


@pytest.fixture
def window(qtbot, home):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.toast.show_act("stamp_0012.jpg graded 4, 3 exam photos left out")
    return window


def begin_both(window):
    for bar, words in ((window.reading_bar, "Preparing photos"), (window.job_bar, "Training")):
        bar.begin(words)
        bar.report(Progress(words, 3_200, 100_000))
        bar._left.setText("about 12 min left")
        bar._show_parts()


def is_whole(part):
    return part.isVisible() and part.width() >= part.minimumSizeHint().width()


@pytest.mark.parametrize("width", [880, 900, 1280])
def test_beside_two_jobs_an_error_can_be_read_and_copied(window, qtbot, width):
    window.resize(width, 600)
    begin_both(window)
    window.job_bar.fail(FULL, "OSError")
    qtbot.wait(20)
    assert is_whole(window.job_bar.findChild(QPushButton, "copyDetailsButton"))
    assert window.job_bar.findChild(ElidedLabel, "messageWords").width() > 200
    cancels = [bar.findChild(QPushButton, "cancelButton") for bar in bars(window)]
    assert all(is_whole(cancel) for cancel in cancels)
    assert is_whole(window.toast.findChild(QPushButton, "undoLink"))


def bars(window):
    return window.reading_bar, window.job_bar


def test_two_jobs_in_a_narrow_window_say_what_they_are_before_how_long_they_take(window, qtbot):
    begin_both(window)
    left = window.job_bar.findChild(QLabel, "jobTimeLeft")
    window.resize(1280, 600)
    qtbot.waitUntil(left.isVisible)
    window.resize(900, 600)
    qtbot.waitUntil(lambda: not left.isVisible())
    what = window.reading_bar.findChild(ElidedLabel, "jobWhat")
    qtbot.waitUntil(lambda: what.shown_text() == what.text())


def test_once_a_message_is_closed_the_last_act_is_told_again(window, qtbot):
    window.resize(900, 600)
    act = next(one for one in window.toast.findChildren(ElidedLabel) if "graded" in one.text())
    window.job_bar.fail(FULL, "")
    qtbot.waitUntil(lambda: act.width() == 0)
    window.job_bar.clear()
    qtbot.waitUntil(lambda: act.shown_text() == act.text())
    assert window.findChild(QWidget, "actToast").isVisible()

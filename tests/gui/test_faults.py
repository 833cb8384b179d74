"""What goes wrong is said in the window, and nothing is lost or pretended."""

from __future__ import annotations

import signal
import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tinyclf.errors import StorageError
from tinyclf_gui.app import teller

Key = Qt.Key
OPEN_AND_SAY_SO = """
import sys
from PySide6.QtCore import QTimer
from tinyclf_gui import app
from tinyclf_gui.desk import Desk
Desk.begin = lambda *_, **__: print("open", flush=True)
sys.exit(app.main(None))
"""


def fail_to_write(collector, monkeypatch):
    def full(*_arguments):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(type(collector.session), "record", full)


def test_a_grade_that_cannot_be_kept_is_told_and_the_focus_stays(collector, monkeypatch):
    collector.workspace.pages.label.set_auto_advance(True)
    collector.focus("a1")
    fail_to_write(collector, monkeypatch)
    collector.press(Key.Key_5)
    assert "The disk is full." in collector.job_words()
    assert collector.grid.current_photo == collector.photo("a1")
    assert collector.code("a1") == 0


def test_after_that_grading_goes_on(collector, monkeypatch):
    collector.focus("a1")
    with monkeypatch.context() as patch:
        fail_to_write(collector, patch)
        collector.press(Key.Key_5)
    collector.press(Key.Key_5)
    assert collector.code("a1") == 5


def test_the_error_goes_as_soon_as_a_grade_is_kept_again(collector, monkeypatch):
    with monkeypatch.context() as patch:
        fail_to_write(collector, patch)
        collector.press(Key.Key_5)
    assert "The disk is full." in collector.job_words()
    collector.press(Key.Key_5)
    assert "The disk is full." not in collector.words()


def test_a_fault_of_the_program_is_told_with_its_details(collector, capsys):
    try:
        raise ZeroDivisionError("a fault")
    except ZeroDivisionError as error:
        teller(collector.window)(type(error), error, error.__traceback__)
    assert "Something unexpected went wrong: a fault" in collector.job_words()
    assert collector.find(QPushButton, "copyDetailsButton").isEnabled()
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_systems_wish_to_end_closes_the_window():
    for wish in (signal.SIGINT, signal.SIGTERM):
        command = [sys.executable, "-c", OPEN_AND_SAY_SO]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as window:
            assert window.stdout is not None
            assert window.stdout.readline() == "open\n"
            window.send_signal(wish)
            assert window.wait(30) == 0


def test_a_table_of_grades_is_taken_over_as_one_act(collector, tmp_path):
    table = tmp_path / "grades.csv"
    table.write_text("photo,grade\na1.png,1\na2.png,2\n")
    collector.desk.take_grades(table)
    collector.wait_until_idle()
    assert (collector.code("a1"), collector.code("a2")) == (1, 2)
    assert len(collector.session.history()) == 1


def test_a_table_says_which_of_its_grades_were_known(collector, tmp_path):
    table, toast = tmp_path / "grades.csv", collector.window.toast
    for rows, told in (
        ("a1.png,1\n", "a1 taken over from a table"),
        ("a1.png,1\na2.png,2\na3.png,3\n", "2 taken over from a table · 1 grade was known already"),
        ("a1.png,1\na2.png,2\n", "2 grades were known already"),
    ):
        table.write_text("photo,grade\n" + rows)
        collector.desk.take_grades(table)
        collector.wait_until_idle()
        assert toast.accessibleDescription() == told


def test_a_table_with_a_bad_row_is_refused_with_its_line(collector, tmp_path):
    table = tmp_path / "grades.csv"
    table.write_text("photo,grade\na1.png,1\na2.png,9\n")
    collector.desk.take_grades(table)
    collector.wait_until_idle()
    assert "line 3" in collector.words()
    assert collector.code("a1") == 0
    collector.desk.close()
    assert "line 3" not in collector.words()

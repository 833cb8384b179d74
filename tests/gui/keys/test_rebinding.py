"""A key bound anew is another everywhere at once, and still after a restart."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.keys.presses import CONTROL, SHIFT, Key, press, typed
from tinyclf_gui.widgets.cheat_sheet import cheat_sheet
from tinyclf_gui.widgets.grade_bar import GradeButton


def send(event):
    QCoreApplication.sendEvent(QApplication.focusWidget(), event)


@pytest.fixture
def keys(collector):
    return collector.window.keys


def test_the_grid_and_the_loupe_follow(collector, keys):
    keys.bind("unsure", "Q")
    keys.unbind("unsure", "U")
    collector.focus("a1")
    collector.press(Key.Key_U)
    assert collector.code("a1") == 0
    collector.press(Key.Key_Q)
    assert collector.code("a1") == -1
    collector.focus("a2")
    collector.press(Key.Key_E, Key.Key_Q)
    assert collector.code("a2") == -1


def test_the_menu_follows(collector, keys):
    keys.bind("grade-5", "F")
    keys.unbind("grade-5", "5")
    keys.bind("export", "Ctrl+K")
    menu = collector.window.menu
    assert menu.action("grade-5").text().endswith("\tF")
    assert [one.toString() for one in menu.action("export").shortcuts()] == ["Ctrl+E", "Ctrl+K"]


def test_what_the_menu_says_besides_stays(collector, keys):
    collector.focus("a1")
    collector.press(Key.Key_3)
    keys.bind("undo", "Ctrl+U")
    assert collector.window.menu.action("undo").text() == "Undo: a1 graded 3"


def test_tips_and_the_reminder_follow(trained):
    keys = trained.window.keys
    keys.bind("grade-5", "F")
    keys.unbind("grade-5", "5")
    keys.bind("accept", "A")
    keys.unbind("accept", "Enter")
    assert trained.window.findChild(QLabel, "keysHint").text() == (
        "1 2 3 4 F moves · A accepts · ? keys"
    )
    assert trained.find(GradeButton, "gradeButton5").toolTip().endswith("(F)")


def test_the_cheat_sheet_follows(collector, keys):
    keys.bind("step-down", "D")
    keys.unbind("worn", "Ctrl+Shift+W")
    lines = {words: key for _, key, words in cheat_sheet(keys)}
    assert lines["One grade lower"] == "[ or Alt+Down or D"
    assert "Looks most worn first" not in lines
    assert lines["Go on by themselves on Review"] == "1–5 [ ]"
    keys.unbind("step-up", "]")
    keys.unbind("step-up", "Alt+Up")
    assert ("1–5 [", "Go on by themselves on Review") in [line[1:] for line in cheat_sheet(keys)]


def test_a_peek_ends_with_its_own_key(collector, keys):
    keys.bind("peek", "Q")
    collector.focus("a1")
    collector.press(Key.Key_Q)
    assert collector.workspace.browser.loupe.isVisible()
    collector.press(Key.Key_Q)
    assert collector.grid.isVisible()


def test_a_binding_is_there_after_a_restart(collector, sit_down, folder):
    collector.window.keys.bind("unsure", "Q")
    collector.window.close()
    later = sit_down()
    later.desk.take_folder(folder)
    later.wait_until_idle()
    later.click("suggestedChip")
    later.focus("a1")
    later.press(Key.Key_Q)
    assert later.code("a1") == -1


@pytest.fixture
def russian(collector, monkeypatch):
    """A person with a Russian keyboard, on X11."""
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    collector.focus("a1")
    return collector


def test_on_a_russian_keyboard_letters_grade_and_open_the_loupe(russian):
    send(typed("г", at="U"))
    assert russian.code("a1") == -1
    send(typed("у", at="E"))
    assert russian.workspace.browser.loupe.isVisible()
    send(typed("п", at="G"))
    assert russian.grid.isVisible()


def test_on_a_russian_keyboard_the_menu_answers(russian):
    send(typed("г", at="U"))
    send(press(ord("Я"), "", CONTROL, at="Z"))
    assert russian.code("a1") == 0
    send(press(ord("Я"), "", CONTROL | SHIFT, at="Z"))
    assert russian.code("a1") == -1
    send(press(ord("Ф"), "", CONTROL, at="A"))
    assert len(russian.selected()) == 20


def test_on_a_french_keyboard_pages_need_no_shift(russian):
    send(press(Key.Key_Eacute, "é", CONTROL, at="2"))
    assert russian.window.page == "train"


def test_a_menu_key_does_nothing_where_its_entry_is_off(russian):
    russian.choose("close")
    russian.window.setFocus(Qt.FocusReason.OtherFocusReason)
    QCoreApplication.sendEvent(russian.window, press(ord("Ф"), "", CONTROL, at="T"))
    assert russian.window.page is None


def test_the_comparison_follows(collector, keys):
    keys.bind("compare-photos", "V")
    keys.bind("link", "J")
    collector.focus("a1")
    collector.press(Key.Key_V)
    compare = collector.workspace.browser.compare
    assert compare.isVisible()
    collector.press(Key.Key_J)
    assert not compare.linked
    collector.press(Key.Key_V)
    assert collector.grid.isVisible()

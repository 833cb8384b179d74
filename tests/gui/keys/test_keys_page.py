"""Where keys are bound anew."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout

from tinyclf_gui.dialogs.keys_page import KeysPage
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.action_list import ActionList
from tinyclf_gui.widgets.key_recorder import KeyRecorder

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def keys(qapp, tmp_path):
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    return KeyBindings(Settings(store))


@pytest.fixture
def page(qtbot, keys):
    """The page in a dialog, with the loupe's action in focus."""
    dialog = QDialog()
    made = KeysPage(keys)
    QVBoxLayout(dialog).addWidget(made)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    made.findChild(ActionList).choose("loupe")
    yield made
    dialog.close()


@pytest.fixture
def record(page, qtbot):
    """Ask for another key, and press it."""

    def do(key, held=Qt.KeyboardModifier.NoModifier):
        recorder = page.findChild(KeyRecorder)
        qtbot.mouseClick(recorder, LEFT)
        qtbot.keyClick(recorder, key, held)

    return do


def said(page):
    return page.findChild(QLabel, "keyWords").text()


def click(qtbot, page, name):
    qtbot.mouseClick(page.findChild(QPushButton, name), LEFT)


def shown(page):
    names = page.findChild(ActionList)._items
    return [name for name, item in names.items() if not item.isHidden()]


def test_a_free_key_is_given_at_once(page, record, keys):
    record(Key.Key_K)
    assert keys.keys_of("loupe") == ("E", "K")
    assert page.findChild(QPushButton, "removeKeyK").isVisible()


def test_keys_may_be_held_together(page, record, keys):
    record(Key.Key_F5, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert keys.keys_of("loupe") == ("E", "Ctrl+Shift+F5")


def test_a_key_that_is_taken_can_be_taken_over(page, record, keys, qtbot):
    record(Key.Key_G)
    assert said(page) == "G is for “Grid” now."
    assert keys.keys_of("loupe") == ("E",)
    click(qtbot, page, "takeKeyButton")
    assert (keys.keys_of("loupe"), keys.keys_of("grid")) == (("E", "G"), ())


def test_or_left(page, record, keys, qtbot):
    record(Key.Key_G)
    click(qtbot, page, "leaveKeyButton")
    assert (keys.keys_of("loupe"), keys.keys_of("grid")) == (("E",), ("G",))
    assert said(page) == ""


def test_shift_and_a_grades_key_is_not_free(page, record, keys):
    record(Key.Key_4, Qt.KeyboardModifier.ShiftModifier)
    assert said(page) == "Shift+4 is for “Grade 4” and going on now."
    assert keys.keys_of("loupe") == ("E",)


@pytest.mark.parametrize(
    ("key", "why"), [(Key.Key_Tab, "from one thing"), (Key.Key_Left, "among the photos")]
)
def test_a_key_that_cannot_be_given_says_why(page, record, keys, key, why):
    record(key)
    assert why in said(page)
    assert keys.keys_of("loupe") == ("E",)


def test_escape_stops_waiting_and_leaves_the_dialog_open(page, record, keys):
    record(Key.Key_Escape)
    assert page.isVisible()
    assert keys.keys_of("loupe") == ("E",)
    assert page.findChild(KeyRecorder).text() == "Add a key"


def test_a_key_it_has_already_is_no_news(page, record, keys):
    record(Key.Key_E)
    assert said(page) == "It has E already."


def test_a_key_is_taken_away(page, keys, qtbot):
    click(qtbot, page, "removeKeyE")
    assert keys.keys_of("loupe") == ()


def test_the_usual_keys_come_back(page, record, keys, qtbot):
    record(Key.Key_G)
    click(qtbot, page, "takeKeyButton")
    page.findChild(ActionList).choose("grid")
    click(qtbot, page, "resetKeysButton")
    assert said(page) == "Taken from “Loupe” again."
    assert (keys.keys_of("loupe"), keys.keys_of("grid")) == (("E",), ("G",))


def test_all_usual_keys_come_back(page, record, keys, qtbot):
    record(Key.Key_K)
    click(qtbot, page, "resetAllKeysButton")
    assert keys.keys_of("loupe") == ("E",)
    assert not page.findChild(QPushButton, "resetAllKeysButton").isEnabled()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("loupe", "loupe"),
        ("lower", "step-down"),
        ("ctrl+shift+z", "redo"),
        ("photo grade 4", "grade-4"),
    ],
)
def test_an_action_is_found_by_name_group_or_key(page, words, found):
    page.findChild(QLineEdit, "keySearch").setText(words)
    assert found in shown(page)
    assert len(shown(page)) < 8


def test_nothing_found_is_said(page):
    page.findChild(QLineEdit, "keySearch").setText("blubb")
    assert shown(page) == []
    assert said(page) == "No action has these words or keys."


def test_enter_on_an_action_waits_for_its_key(page, keys, qtbot):
    actions = page.findChild(ActionList)
    actions.setFocus()
    qtbot.keyClick(actions, Key.Key_Return)
    qtbot.keyClick(page.findChild(KeyRecorder), Key.Key_K)
    assert keys.keys_of("loupe") == ("E", "K")

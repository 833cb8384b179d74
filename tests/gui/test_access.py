"""Every widget has a name: for tests, for assistive tools, and for people who do not see it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from tinyclf_gui.models.actions import MENUS

INTERACTIVE = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


def interactive(window: QWidget) -> list[QWidget]:
    """Return what a person can use in a window, less the inner parts of Qt's own widgets."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, QScrollBar)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
    ]


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()!r} in {widget.parent().objectName()!r}"
        for widget in interactive(window)
        if not widget.objectName() or not spoken(widget)
    ]


def spoken(widget: QWidget) -> str:
    heard = QAccessible.queryAccessibleInterface(widget)
    return heard.text(QAccessible.Text.Name) if heard else ""


def test_every_widget_of_every_page_has_a_name(trained):
    assert len(interactive(trained.window)) > 60
    assert nameless(trained.window) == []


def test_every_widget_of_welcome_has_a_name(collector):
    collector.choose("close")
    assert nameless(collector.window) == []


@pytest.mark.parametrize("page", ["label", "train", "review"])
def test_names_are_of_one_widget_a_page(trained, page):
    trained.go_to(page)
    names = [widget.objectName() for widget in interactive(trained.window) if widget.isVisible()]
    assert len(names) == len(set(names))


def test_every_menu_entry_has_a_name_and_a_deed(collector, monkeypatch):
    obeyed = []
    monkeypatch.setattr(collector.desk, "_deeds", Deeds(collector.desk._deeds, obeyed))
    for entries in MENUS.values():
        for entry in filter(None, entries):
            action = collector.window.menu.action(entry.key)
            assert action.objectName().endswith("Action")
            action.setEnabled(True)
            action.trigger()
            assert obeyed[-1] == entry.key


class Deeds(dict):
    def __init__(self, deeds, obeyed):
        super().__init__(deeds)
        self.obeyed = obeyed

    def __getitem__(self, key):
        assert callable(super().__getitem__(key))
        return lambda: self.obeyed.append(key)


def test_without_a_collection_only_what_opens_one_is_enabled(welcome):
    for entries in MENUS.values():
        for entry in filter(None, entries):
            enabled = welcome.window.menu.action(entry.key).isEnabled()
            assert enabled is not entry.needs_collection


def test_where_there_is_no_grid_nothing_can_be_graded(collector):
    collector.go_to("train")
    assert not collector.window.menu.action("grade-5").isEnabled()
    collector.go_to("label")
    assert collector.window.menu.action("grade-5").isEnabled()


def test_the_menu_grades(collector):
    collector.focus("a1")
    collector.choose("grade-5")
    assert collector.code("a1") == 5


def test_tab_reaches_everything(collector):
    collector.grade_truly("a")
    reached = set()
    for _ in range(30):
        collector.press(collector.key("Tab"))
        reached.add(collector.window.focusWidget().objectName())
    assert reached >= {
        "photoGrid",
        "autoAdvanceToggle",
        "suggestedChip",
        "gradeButton1",
        "gradeButton5",
        "trainButton",
        "labelSegment",
        "settingsButton",
    }


def test_a_page_gives_the_keyboard_to_its_photos(trained):
    for page in ("label", "review"):
        trained.go_to(page)
        assert trained.window.focusWidget() is trained.grid

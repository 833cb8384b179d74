"""The window where it is small, and where there is nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tinyclf_gui.models.photo_list import Role
from tinyclf_gui.widgets.photo_inspector import LEAST_HEIGHT


def test_a_narrow_top_bar_says_in_brief_how_good_it_is(trained):
    quality = trained.find(QLabel, "qualityLabel")
    trained.window.resize(1280, 800)
    trained.qtbot.waitUntil(lambda: "cross-checked" in quality.text())
    trained.window.resize(900, 600)
    trained.qtbot.waitUntil(lambda: quality.text().endswith("right"))
    assert "cross-checked" in quality.accessibleName()


def test_the_grades_are_in_sight_on_a_low_review_page(trained):
    trained.window.resize(900, 600)
    inspector = trained.workspace.pages.review._inspector
    trained.qtbot.waitUntil(lambda: inspector.preview.height() == 0)
    trained.window.resize(1280, 1000)
    trained.qtbot.waitUntil(lambda: inspector.preview.height() >= LEAST_HEIGHT)


def test_the_grades_stay_where_they_are_from_photo_to_photo(trained):
    bar = trained.find(QWidget, "gradeBar")
    places = set()
    for press in (Qt.Key.Key_3, Qt.Key.Key_Return, Qt.Key.Key_U, Qt.Key.Key_Left):
        trained.press(press)
        trained.workspace.collection.recount()
        trained.qtbot.wait(50)
        places.add(bar.mapTo(trained.window, bar.rect().topLeft()).y())
    assert len(places) == 1


def test_no_grades_are_offered_where_no_photo_is_shown(collector):
    bar = collector.workspace.pages.label._inspector.grade_bar
    assert bar.isVisible()
    collector.find(QWidget, "searchField").setText("no such photo")
    collector.qtbot.waitUntil(lambda: not bar.isVisible())
    collector.find(QWidget, "searchField").setText("")
    collector.qtbot.waitUntil(bar.isVisible)


def test_a_photo_that_is_pinned_says_so_until_it_is_no_longer(collector):
    collector.focus("a1")
    collector.press(Qt.Key.Key_4)
    collector.focus("a1")
    collector.press(Qt.Key.Key_P)
    index = collector.grid.model().index(0)
    assert index.data(Role.TILE).pinned
    assert "pinned as an example" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    collector.focus("a1")
    collector.press(Qt.Key.Key_P)
    assert not index.data(Role.TILE).pinned

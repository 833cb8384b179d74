"""The window where it is small, and where there is nothing to show."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tinyclf.training.presets import DEFAULT_PRESET, PRESETS
from tinyclf_gui import main_window
from tinyclf_gui.main_window import MainWindow
from tinyclf_gui.models.photo_list import Role
from tinyclf_gui.pages.label.page import PREVIEW_HEIGHT
from tinyclf_gui.widgets.confusion_matrix import ConfusionMatrix
from tinyclf_gui.widgets.filter_chips import FilterChips
from tinyclf_gui.widgets.loss_chart import LossChart
from tinyclf_gui.widgets.photo_inspector import LEAST_HEIGHT
from tinyclf_gui.widgets.training_charts import WORDS_FIT, TrainingCharts

SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
HERE = Qt.FindChildOption.FindDirectChildrenOnly


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
    trained.qtbot.waitUntil(lambda: not inspector.preview.isVisible())
    trained.qtbot.waitUntil(lambda: is_whole(inspector.grade_bar))
    trained.window.resize(1280, 1000)
    trained.qtbot.waitUntil(inspector.preview.isVisible)
    trained.qtbot.waitUntil(lambda: inspector.preview.height() >= LEAST_HEIGHT)


@pytest.mark.parametrize("page", ["label", "review"])
def test_examples_can_be_had_in_the_smallest_window(trained, page):
    trained.window.resize(880, 560)
    trained.go_to(page)
    trained.press(Qt.Key.Key_E, Qt.Key.Key_B)
    references = trained.workspace.browser.loupe.references
    trained.qtbot.waitUntil(lambda: is_whole(references.ladder))
    trained.press(Qt.Key.Key_G)
    if page == "review":
        fold = trained.workspace.pages.review.references
        trained.press(Qt.Key.Key_B)
        trained.qtbot.waitUntil(lambda: is_whole(fold.panel.ladder))


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_C])
def test_in_a_low_window_a_large_photo_has_the_room_of_the_filters(trained, key):
    trained.go_to("label")
    chips = trained.workspace.pages.label.findChild(FilterChips)
    for size, leaves in (((1280, 800), False), ((900, 600), True)):
        trained.window.resize(*size)
        trained.workspace.browser.grid.select_positions([(0, 1)], SELECT)
        trained.press(key)
        trained.qtbot.waitUntil(lambda leaves=leaves: chips.isVisible() is not leaves)
        trained.press(Qt.Key.Key_G)
        trained.qtbot.waitUntil(chips.isVisible)


def test_the_next_step_is_in_sight_on_a_low_review_page(trained):
    side = trained.workspace.pages.review._side
    body = side.body
    usual = [body.itemAt(place).widget() for place in range(body.count())]
    trained.window.resize(900, 600)
    trained.qtbot.waitUntil(lambda: is_whole(side._effort))
    assert body.indexOf(side._effort) < body.indexOf(side._audit)
    trained.window.resize(1280, 800)
    trained.qtbot.wait(20)
    assert [body.itemAt(place).widget() for place in range(body.count())] == usual


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


def is_whole(widget):
    """Whether nothing of a widget is cut off by what scrolls around it."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize("size", [(1024, 700), (1280, 800)])
def test_the_photo_of_a_wall_is_seen_whole_or_not_at_all(trained, size):
    trained.go_to("review")
    trained.window.resize(*size)
    inspector = trained.workspace.pages.review._inspector
    trained.qtbot.waitUntil(lambda: is_whole(inspector.grade_bar))
    preview = inspector.preview
    assert preview.height() == 0 or is_whole(preview)


def test_a_check_at_random_leaves_room_for_the_grades(trained):
    trained.go_to("review")
    trained.window.resize(900, 600)
    trained.workspace.pages.review._look_at_random()
    inspector = trained.workspace.pages.review._inspector
    trained.qtbot.waitUntil(lambda: is_whole(inspector.grade_bar))
    assert not trained.workspace.pages.review._side._effort.isVisible()


def test_on_a_screen_that_is_too_small_the_window_scrolls(collector, monkeypatch):
    room = QSize(712, 432)  # 1456 x 960 at 200 %
    monkeypatch.setattr(main_window, "room_on_screen", lambda _: room)
    window = MainWindow()
    collector.qtbot.addWidget(window)
    assert (window.minimumWidth(), window.minimumHeight()) == (712, 432)
    area = window.centralWidget()
    window.show()
    window.resize(712, 432)
    assert area.horizontalScrollBar().maximum() > 0
    assert area.verticalScrollBar().maximum() == 0
    window.resize(900, 600)
    assert area.horizontalScrollBar().maximum() == 0


def test_a_usual_window_never_scrolls_as_a_whole(trained):
    area = trained.window.centralWidget()
    for size in ((880, 560), (1280, 800)):
        trained.window.resize(*size)
        for page in ("label", "train", "review"):
            trained.go_to(page)
            trained.qtbot.wait(10)
            assert area.horizontalScrollBar().maximum() == 0
            assert area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [(1456, 960), (1280, 800), (900, 600)])
def test_the_grades_stand_still_whatever_is_told_below_them(collector, size):
    collector.window.resize(*size)
    bar = collector.find(QWidget, "gradeBar")
    side = collector.workspace.pages.label._side
    places = set()
    for told in ("", "Not counted. " * 10, "Not counted. " * 30):
        side._left_out.setText(told)
        side._left_out.setVisible(bool(told))
        side._agreement.setVisible(bool(told))
        collector.qtbot.wait(50)
        places.add(bar.mapTo(collector.window, bar.rect().topLeft()).y())
    assert len(places) == 1


@pytest.fixture
def teller(trained):
    """A person beside whose photo much can be told, which leaves it less room."""

    def tell_much(side):
        side._left_out.setText("Not counted. " * 20)
        side._left_out.show()
        trained.qtbot.wait(50)

    trained.window.resize(1280, 800)
    trained.go_to("label")
    trained.side = trained.workspace.pages.label._side
    trained.preview = trained.side._inspector.preview
    trained.tell_much = tell_much
    trained.qtbot.waitUntil(lambda: trained.preview.height() == PREVIEW_HEIGHT)
    return trained


def test_the_photo_has_all_room_that_is_left_once_it_settles(teller):
    teller.tell_much(teller.side)
    assert teller.preview.height() == PREVIEW_HEIGHT
    teller.side.settle()
    teller.qtbot.waitUntil(lambda: LEAST_HEIGHT < teller.preview.height() < PREVIEW_HEIGHT)
    assert teller.side._area.verticalScrollBar().maximum() == 0


def test_nothing_moves_below_the_mouse(teller, monkeypatch):
    monkeypatch.setattr(teller.side, "underMouse", lambda: True)
    teller.tell_much(teller.side)
    teller.side.settle()
    teller.qtbot.wait(50)
    assert teller.preview.height() == PREVIEW_HEIGHT
    monkeypatch.setattr(teller.side, "underMouse", lambda: False)
    QApplication.sendEvent(teller.side, QEvent(QEvent.Type.Leave))
    teller.qtbot.waitUntil(lambda: teller.preview.height() < PREVIEW_HEIGHT)


def test_in_a_low_window_it_is_said_how_the_table_of_errors_is_read(trained):
    trained.go_to("train")
    trained.window.resize(900, 600)
    axes = trained.find(QLabel, "matrixAxes")
    assert axes.shown_text() == axes.text()
    trained.window.resize(1280, 960)
    trained.qtbot.waitUntil(lambda: not axes.isVisible())


@pytest.mark.parametrize("size", [(880, 560), (900, 600), (1280, 800)])
def test_beside_a_comparison_curves_and_matrix_keep_the_room_they_need(trained, size):
    trained.go_to("train")
    trained.window.resize(*size)
    charts = trained.workspace.pages.train.findChild(TrainingCharts)
    charts.begin_curves(PRESETS[DEFAULT_PRESET].config)
    charts.end_curves(trained.workspace.collection.session.model)
    charts.begin_comparison({key: key for key in PRESETS})
    trained.qtbot.wait(50)
    for kind in (LossChart, ConfusionMatrix):
        drawn = charts.findChild(kind)
        assert drawn.height() >= (drawn.minimumHeight() or drawn.minimumSizeHint().height())
        assert_none_overlap(drawn.parentWidget())
    low = charts.height() < WORDS_FIT
    line = charts.findChild(QLabel, "matrixTraining")
    assert line.isVisible() is not low
    assert line.text() in charts.findChild(ConfusionMatrix).toolTip()


def assert_none_overlap(card):
    shown = [child for child in card.findChildren(QWidget, options=HERE) if child.isVisible()]
    for above, below in pairwise(sorted(shown, key=lambda child: child.y())):
        assert above.geometry().bottom() < below.geometry().top()


def test_in_a_low_window_the_next_step_is_seen_whole(collector):
    side = collector.workspace.pages.label._side
    side._left_out.setText("Not counted: 4 graded for the exam, which is never learnt from.")
    side._shows_left_out = True
    collector.window.resize(900, 600)
    collector.qtbot.waitUntil(lambda: not side._left_out.isVisible())
    collector.qtbot.waitUntil(lambda: is_whole(side._advice))
    collector.window.resize(1280, 960)
    collector.qtbot.waitUntil(side._left_out.isVisible)


@pytest.mark.parametrize("size", [(1456, 960), (1280, 800), (900, 600)])
def test_the_grades_stand_still_on_a_wall_whatever_is_told_around_them(trained, size):
    trained.go_to("review")
    trained.window.resize(*size)
    bar = trained.find(QWidget, "gradeBar")
    side = trained.workspace.pages.review._side
    places = set()
    for words in ("", "Learned from your last 10 corrections: 61 proposals changed", ""):
        side.say_learnt(words)
        side._effort.setVisible(bool(words) or size[1] > 900)
        trained.qtbot.wait(50)
        places.add(bar.mapTo(trained.window, bar.rect().topLeft()).y())
    assert len(places) == 1
    assert is_whole(bar)

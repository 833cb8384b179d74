"""What gives way, and what stands where, when there is little room or all is read leftwards."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tinyclf.domain import Grade, PhotoId
from tinyclf_gui.models.tile import Tile
from tinyclf_gui.theme import DARK
from tinyclf_gui.widgets.confusion_matrix import ConfusionMatrix
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.filter_bar import FilterBar
from tinyclf_gui.widgets.grade_mark import MARK_PIXELS
from tinyclf_gui.widgets.grid_layout import GridLayout
from tinyclf_gui.widgets.mirrored import mirrored
from tinyclf_gui.widgets.starter_meters import StarterMeters
from tinyclf_gui.widgets.steady_label import SteadyLabel
from tinyclf_gui.widgets.tile_painter import TilePainter, TileState
from tinyclf_gui.widgets.verdict_line import VerdictLine

LEFTWARDS = Qt.LayoutDirection.RightToLeft
RIGHTWARDS = Qt.LayoutDirection.LeftToRight
GRADED = Tile(PhotoId("a"), "IMG_1", 4, False, 0, 0.0, 0, False)
BOX = GridLayout(1, 200, 160).box(0)


def ink(image: QImage) -> tuple[int, float]:
    """Return how many pixels are painted, and the share of the width they stand at on average."""
    ground = image.pixelColor(0, 0)
    painted = [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != ground
    ]
    return len(painted), sum(painted) / len(painted) / image.width()


def grabbed(widget: QWidget, direction: Qt.LayoutDirection) -> QImage:
    widget.setLayoutDirection(direction)
    return widget.grab().toImage()


def tile_of(tile: Tile, direction: Qt.LayoutDirection) -> QImage:
    image = QImage(BOX.x + BOX.width, BOX.y + BOX.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setLayoutDirection(direction)
    TilePainter(DARK, QFont(), 1.0).paint(painter, BOX, tile, TileState(), None)
    painter.end()
    return image.copy(BOX.x + 4, BOX.y + BOX.height - 28, BOX.width - 8, 22)  # the caption


def of_two_lines() -> ElidedLabel:
    return ElidedLabel(two_lines=True)


def test_what_stands_at_the_left_stands_as_far_from_the_right():
    whole, one = QRectF(10, 0, 100, 20), QRectF(15, 2, 30, 10)
    assert mirrored(one, whole, RIGHTWARDS) == one
    assert mirrored(one, whole, LEFTWARDS) == QRectF(75, 2, 30, 10)


def test_a_verdict_keeps_its_words_when_read_leftwards(qtbot):
    line = VerdictLine()
    qtbot.addWidget(line)
    line.resize(400, 40)
    line.show_tile(GRADED)
    usual, turned = ink(grabbed(line, RIGHTWARDS)), ink(grabbed(line, LEFTWARDS))
    assert turned[0] == pytest.approx(usual[0], rel=0.05)
    assert turned[1] == pytest.approx(0.5, abs=0.06)


def test_a_starter_meter_fills_from_the_side_of_its_mark(qtbot):
    meters = StarterMeters()
    qtbot.addWidget(meters)
    meters.resize(300, meters.sizeHint().height())
    meters.set_counts({})
    middle = MARK_PIXELS // 2
    assert grabbed(meters, RIGHTWARDS).pixelColor(3, middle) == DARK.grade(1)
    assert grabbed(meters, LEFTWARDS).pixelColor(300 - 4, middle) == DARK.grade(1)
    meters.set_counts({Grade.BARELY_VISIBLE: 10})
    low = meters.height() - 3
    assert grabbed(meters, RIGHTWARDS).pixelColor(3, low) == DARK.grade(1)
    assert grabbed(meters, RIGHTWARDS).pixelColor(50, low) == DARK.line
    assert grabbed(meters, LEFTWARDS).pixelColor(300 - 4, low) == DARK.grade(1)


def test_the_mark_of_a_tile_stands_where_reading_begins(qapp):
    assert ink(tile_of(GRADED, RIGHTWARDS))[1] < 0.4
    assert ink(tile_of(GRADED, LEFTWARDS))[1] > 0.6


def test_a_pinned_photo_bears_a_pin_behind_its_name(qapp):
    plain, pinned = (tile_of(GRADED._replace(pinned=on), RIGHTWARDS) for on in (False, True))
    assert plain != pinned
    beginning = 0, 0, BOX.width // 2, 22
    assert plain.copy(*beginning) == pinned.copy(*beginning)


def test_the_focus_is_seen_on_the_fullest_cell(qtbot):
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.set_confusion([[9, 0, 0, 0, 0]] + [[0] * 5] * 4)
    matrix.show()
    matrix.activateWindow()
    cell = matrix.findChild(QWidget, "confusionCell11")
    cell.setFocus()
    qtbot.waitUntil(cell.hasFocus)
    frame = cell.grab().toImage()
    assert frame.pixelColor(1, cell.height() // 2) == DARK.text
    assert frame.pixelColor(2, cell.height() // 2) == DARK.window


def test_a_label_that_keeps_its_room_makes_another_give_way(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    first, second = ElidedLabel("Reading photos 1,217 / 100,000"), ElidedLabel("kept in " * 20)
    layout = QHBoxLayout(row)
    layout.addWidget(first)
    layout.addWidget(second)
    first.keep(300)
    row.resize(420, 40)
    row.show()
    assert first.shown_text() == first.text()
    assert second.shown_text() != second.text()


@pytest.mark.parametrize("make", [lambda: SteadyLabel(2), lambda: of_two_lines()])
def test_words_of_two_lines_take_no_more_room_than_none(qtbot, make):
    label = make()
    qtbot.addWidget(label)
    heights = []
    for words in ("", "short", "so many words that they need another line"):
        label.setText(words)
        room = label.heightForWidth(160) if label.hasHeightForWidth() else label.sizeHint().height()
        heights.append(room)
    assert len(set(heights)) == 1


def test_latin_words_stand_at_the_right_where_all_is_read_leftwards(qtbot, qapp):
    qapp.setLayoutDirection(LEFTWARDS)
    try:
        label = SteadyLabel(2)
        qtbot.addWidget(label)
        label.setText("short")
        label.resize(400, 40)
        assert ink(label.grab().toImage())[1] > 0.8
    finally:
        qapp.setLayoutDirection(RIGHTWARDS)


def test_a_line_feed_parts_two_lines_each_cut_by_itself(qtbot):
    label = of_two_lines()
    qtbot.addWidget(label)
    label.resize(160, 40)
    label.setText("graded 4\nBad photo, not learnt from: blurred, too dark, glare")
    first, second = label.shown_text().split("\n")
    assert first == "graded 4"
    assert second.startswith("Bad photo")
    assert second.endswith("…")
    assert label.toolTip() == label.text()


def test_a_search_leaves_the_toggle_its_words_where_there_is_little_room(qtbot):
    place = QWidget()
    bar = FilterBar(place)  # no layout of a window keeps it from being squeezed
    qtbot.addWidget(place)
    place.show()
    for named in (None, 23_456):
        bar.show_count(12_345, 100_000, narrowed=True, named=named)
        bar.resize(560, bar.sizeHint().height())
        qtbot.wait(1)
        assert bar.advance.width() >= bar.advance.sizeHint().width()
        assert bar.advance.geometry().right() < bar.width()

"""Curves, matrix, comparison, meters: what a person reads."""

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton

from tinyclf.domain import Grade, Interval
from tinyclf.training.curves import EpochReport
from tinyclf_gui import theme
from tinyclf_gui.widgets.chart_points import ChartPoint, chart_point_of, merged_curve, nice_top
from tinyclf_gui.widgets.comparison_table import (
    LEAST_TITLE,
    ROW_HEIGHT,
    ComparisonRow,
    ComparisonTable,
    WholeRows,
)
from tinyclf_gui.widgets.confusion_matrix import ConfusionMatrix
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.loss_chart import LossChart, _apart
from tinyclf_gui.widgets.starter_meters import StarterMeters

LEFT = Qt.MouseButton.LeftButton
CONFUSION = [[31, 7, 1, 0, 0], [6, 40, 14, 2, 0], [1, 12, 55, 16, 1], [0, 1, 13, 60, 11]]
CONFUSION += [[0, 0, 1, 9, 52]]


def right(point):
    return point.accuracy


def test_a_curve_is_drawn_by_the_first_fold_and_redrawn_by_the_next():
    points = [ChartPoint(1, e, accuracy=0.5) for e in (1, 2, 3, 4)]
    points += [ChartPoint(2, e, accuracy=0.6) for e in (1, 2.5)]
    assert merged_curve(points, right) == [(1, 0.6), (2.5, 0.6), (3, 0.5), (4, 0.5)]


def test_what_is_not_known_is_not_drawn():
    points = [ChartPoint(1, 1), ChartPoint(1, 2, accuracy=math.nan), ChartPoint(1, 3, 0.4)]
    assert merged_curve(points, right) == [(3, 0.4)]
    assert merged_curve([], right) == []


def test_an_axis_ends_at_a_round_number():
    tops = [nice_top(value) for value in (0, 0.09, 1.0, 2.1, 7, 95)]
    assert tops == pytest.approx([1, 0.1, 1, 2.4, 8, 100])


def test_a_report_of_the_core_becomes_a_point():
    report = EpochReport("Training", 3, 10, fold=2, folds=5, epoch=3, epochs=40, accuracy=0.7)
    assert chart_point_of(report) == ChartPoint(2, 3, accuracy=0.7)


@pytest.fixture
def chart(shown):
    return shown(LossChart(), 420, 200)


def filled(chart, epochs):
    chart.begin(epochs)
    for e in range(1, epochs + 1):
        chart.add(ChartPoint(1, e, 0.8, 0.7, 1 / e, 2 / e))
    return chart


def test_an_empty_chart_teaches(chart):
    assert "While it trains" in chart.accessibleDescription()
    assert not chart.grab().isNull()


@pytest.mark.parametrize("measure", ["right", "loss"])
@pytest.mark.parametrize("epochs", [1, 2, 300])
@pytest.mark.parametrize("width", [120, 420])
def test_a_chart_is_drawn_at_any_length_and_width(chart, measure, epochs, width):
    chart.set_measure(measure)
    empty = chart.grab().toImage()
    filled(chart, epochs)
    chart.resize(width, 140)
    assert chart.grab().toImage() != empty


def test_a_chart_tells_its_figures_in_words(chart):
    filled(chart, 10)
    assert chart.accessibleDescription() == "trained on 80 %, never seen 70 %"
    chart.set_measure("loss")
    assert chart.accessibleDescription() == "trained on 0.10, never seen 0.20"


def test_the_axes_begin_where_the_curves_do(chart):
    chart.begin(150)
    for e in (75, 150):
        chart.add(ChartPoint(1, e, 0.97, 0.54))
    lines = chart._lines(theme.current())
    assert chart._bottom(lines) == 0.4
    chart.set_measure("loss")
    assert chart._bottom(lines) == 0
    assert not chart.grab().isNull()


def test_the_figures_under_the_pointer_are_told(chart):
    filled(chart, 10)
    before = chart.grab().toImage()
    pointer = QPointF(150, 80)
    no = Qt.MouseButton.NoButton
    chart.mouseMoveEvent(
        QMouseEvent(QMouseEvent.Type.MouseMove, pointer, pointer, no, no, Qt.KeyboardModifier(0))
    )
    assert chart.grab().toImage() != before


def test_names_of_curves_do_not_touch(chart):
    chart_area = chart.rect().toRectF()
    for heights in ([50, 52], [52, 50], [0, 0], [199, 200]):
        placed = _apart(heights, chart_area)
        assert abs(placed[0] - placed[1]) >= 18
        assert min(placed) >= 0
        assert max(placed) <= 200


def test_a_narrow_chart_names_its_curves_above_them(chart):
    filled(chart, 10)
    chart.resize(240, 160)
    image = chart.grab().toImage()
    above = {image.pixel(x, y) for x in range(240) for y in range(18)}
    chart.clear()
    chart.resize(240, 161)
    empty = chart.grab().toImage()
    assert len(above) > len({empty.pixel(x, y) for x in range(240) for y in range(18)})


@pytest.fixture
def matrix(shown):
    made = ConfusionMatrix()
    made.set_confusion(CONFUSION)
    return shown(made, 300, 220)


def cell(matrix, truth, proposed):
    return matrix.findChild(QPushButton, f"confusionCell{truth}{proposed}")


def test_a_click_on_a_cell_asks_for_its_photos(matrix, qtbot):
    with qtbot.waitSignal(matrix.cellClicked) as heard:
        qtbot.mouseClick(cell(matrix, 2, 3), LEFT)
    assert heard.args == [Grade.POOR, Grade.FAIR]


def test_an_empty_cell_has_no_photos_to_show(matrix, qtbot):
    with qtbot.assertNotEmitted(matrix.cellClicked):
        qtbot.mouseClick(cell(matrix, 1, 5), LEFT)


def test_the_arrow_keys_go_from_cell_to_cell(matrix, qtbot):
    matrix.activateWindow()
    cell(matrix, 1, 1).setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(matrix.focusWidget(), key)
    assert matrix.focusWidget() is cell(matrix, 2, 2)
    with qtbot.waitSignal(matrix.cellClicked) as heard:
        qtbot.keyClick(matrix.focusWidget(), Qt.Key.Key_Return)
    assert heard.args == [Grade.POOR, Grade.POOR]


def test_the_edge_of_the_matrix_holds(matrix, qtbot):
    cell(matrix, 1, 1).setFocus()
    qtbot.keyClick(cell(matrix, 1, 1), Qt.Key.Key_Up)
    assert matrix.focusWidget() is cell(matrix, 1, 1)


def test_a_cell_speaks(matrix):
    assert cell(matrix, 4, 3).accessibleName() == "You graded 4, it proposed 3. Photos: 13"
    assert cell(matrix, 4, 4).accessibleName().endswith(". Right")
    assert matrix.accessibleDescription() == "238 of 333 photos right"


def test_right_answers_differ_from_mistakes_by_their_frame(matrix):
    matrix.set_confusion([[7] * 5] * 5)
    for proposed in (3, 4):
        made = cell(matrix, 4, proposed)
        picture = made.grab().toImage()
        corner = picture.pixelColor(1, picture.height() - 2)
        assert (corner == theme.current().accent) is (proposed == 4)


@pytest.mark.parametrize("confusion", [None, [[0] * 5] * 5, [[123456] * 5] * 5])
def test_a_matrix_may_be_empty_or_full(matrix, confusion):
    matrix.set_confusion(confusion)
    assert not matrix.grab().isNull()


def row(key, **known):
    return ComparisonRow(key, key.title(), **known)


@pytest.fixture
def table(shown):
    made = ComparisonTable()
    made.set_rows(
        [
            row(
                "balanced",
                right=Interval(0.76, 0.73, 0.79),
                agreement=Interval(0.62, 0.5, 0.7),
                off_by=Interval(0.31, 0.25, 0.4),
                seconds=2.4,
                memory_bytes=1_200_000,
                note="best",
                reasons="Better than Fast with 93 % probability",
                best=True,
            ),
            row("fast", seconds=0.9, seconds_per_photo=0.0004, size_bytes=300_000),
        ]
    )
    return shown(made, 600, 160)


def texts(table, number):
    return [table.item(number, column).text() for column in range(table.columnCount())]


def test_figures_are_told_as_a_collector_reads_them(table):
    waiting = ["…"] * 4
    assert texts(table, 0) == [
        "Balanced", "best", "76 % ± 3", "…", "62 ± 10", "0.31", "2.4 s", "…", "1.2 MB", "…",
    ]  # fmt: skip
    assert texts(table, 1) == ["Fast", "", *waiting, "0.9 s", "0.4 ms", "…", "0.3 MB"]


def test_what_a_figure_is_sure_of_is_said_on_hover(table):
    assert table.item(0, 2).toolTip() == "76 % ± 3: with 95 % probability between 73 % and 79 %"
    assert table.item(0, 4).toolTip() == "62: with 95 % probability between 50 and 70"
    assert table.item(0, 5).toolTip() == "0.31: with 95 % probability between 0.25 and 0.40"
    assert table.item(0, 1).toolTip() == "Better than Fast with 93 % probability"
    assert "quadratic kappa" in table.horizontalHeaderItem(4).toolTip()


def test_the_best_is_bold(table):
    assert table.item(0, 0).font().bold() or table.item(0, 0).font().weight() > 500
    assert table.item(1, 0).font().weight() <= 500


def test_a_row_is_chosen_by_click_and_by_enter(table, qtbot):
    with qtbot.waitSignal(table.rowChosen) as heard:
        spot = table.visualItemRect(table.item(1, 0)).center()
        qtbot.mouseClick(table.viewport(), LEFT, pos=QPoint(spot))
    assert heard.args == ["fast"]
    with qtbot.waitSignal(table.rowChosen):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_new_figures_keep_the_chosen_row(table):
    table.set_chosen("fast")
    table.set_rows([row("fast"), row("balanced")])
    assert table.chosen == "fast"
    table.set_rows([])
    assert table.chosen is None


def test_meters_know_what_is_missing(shown):
    meters = shown(StarterMeters(goal=20), 240, 160)
    meters.set_counts({Grade.FLAWLESS: 14, Grade.GOOD: 22})
    assert meters.missing == {1: 20, 2: 20, 3: 20, 5: 6}
    assert "grade 5: 14 / 20" in meters.accessibleDescription()
    meters.set_goal(10)
    assert Grade.FLAWLESS not in meters.missing


def test_a_long_line_is_cut_and_told_whole_in_the_tool_tip(shown):
    label = shown(ElidedLabel("A name that is much too long for this place"), 80, 20)
    assert label.shown_text().endswith("…")
    assert label.toolTip() == label.text()
    label.resize(600, 20)
    assert label.shown_text() == label.text()
    assert label.toolTip() == ""


@pytest.mark.parametrize("height", range(90, 220, 13))
def test_a_comparison_cuts_no_row_in_two(shown, height):
    table = ComparisonTable()
    holder = shown(WholeRows(table), 1200, height)
    table.set_rows([ComparisonRow(str(n), f"Configuration {n}") for n in range(5)])
    shown_rows = (table.height() - table.whole_height(0)) / ROW_HEIGHT
    assert shown_rows == int(shown_rows)
    assert table.height() <= holder.height()


def test_titles_give_way_to_the_figures(shown):
    table = shown(ComparisonTable(), 880, 120)
    table.set_rows([ComparisonRow("a", "A configuration with a very long title of its own")])
    assert not table.horizontalScrollBar().maximum()
    assert table.columnWidth(0) >= LEAST_TITLE

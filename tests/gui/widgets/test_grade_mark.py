import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tinyclf.domain import GRADES, NO_VERDICT, Grade, Mark, verdict_code
from tinyclf_gui import theme
from tinyclf_gui.widgets.grade_mark import (
    GradeMark,
    MarkKind,
    mark_of,
    paint_grade_mark,
)


def painted(grade, kind, side=20, which=theme.DARK):
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_grade_mark(painter, QRectF(0, 0, side, side), which, grade, kind)
    painter.end()
    return image


def has(image, colour):
    name = QColor(colour).name()
    return any(
        image.pixelColor(x, y).name() == name and image.pixelColor(x, y).alpha() == 255
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize("grade", GRADES)
def test_a_solid_mark_is_filled_with_the_grades_colour(qapp, grade):
    assert painted(grade, MarkKind.SOLID).pixelColor(10, 2).name() == theme.DARK.grade(grade).name()


@pytest.mark.parametrize("grade", GRADES)
def test_an_outlined_mark_is_open(qapp, grade):
    image = painted(grade, MarkKind.OUTLINED)
    assert image.pixelColor(10, 3).alpha() == 0
    dark = theme.DARK
    assert has(image, theme.legible(dark.grade(grade), dark.panel, dark.text))


def test_no_two_marks_look_alike(qapp):
    pictures = [painted(g, k) for g in GRADES for k in (MarkKind.SOLID, MarkKind.OUTLINED)]
    others = (MarkKind.EMPTY, MarkKind.UNSURE, MarkKind.NOT_GRADABLE)
    pictures += [painted(1, kind) for kind in others]
    for i, picture in enumerate(pictures):
        assert all(picture != other for other in pictures[i + 1 :])


def test_marks_differ_without_colour_too(qapp):
    def grey(kind):
        return painted(4, kind).convertToFormat(QImage.Format.Format_Grayscale8)

    assert grey(MarkKind.SOLID) != grey(MarkKind.OUTLINED)


@pytest.mark.parametrize(
    ("code", "proposed", "kind"),
    [
        (Grade.GOOD, False, MarkKind.SOLID),
        (Grade.GOOD, True, MarkKind.OUTLINED),
        (NO_VERDICT, False, MarkKind.EMPTY),
        (verdict_code(Mark.UNSURE), False, MarkKind.UNSURE),
        (verdict_code(Mark.NOT_GRADABLE), False, MarkKind.NOT_GRADABLE),
    ],
)
def test_a_code_has_its_mark(code, proposed, kind):
    assert mark_of(int(code), proposed=proposed) is kind


def test_the_widget_follows_the_theme(qapp, qtbot):
    mark = GradeMark(Grade.GOOD, MarkKind.OUTLINED)
    qtbot.addWidget(mark)
    dark = mark.grab().toImage()
    theme.apply(qapp, theme.LIGHT)
    light = mark.grab().toImage()
    theme.apply(qapp, theme.DARK)
    assert dark != light
    assert mark.grab().toImage() == dark

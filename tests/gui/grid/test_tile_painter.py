import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from tinyclf.domain import Mark, PhotoId
from tinyclf_gui.models.tile import Tile
from tinyclf_gui.theme import DARK, LIGHT
from tinyclf_gui.widgets.grade_mark import MarkKind
from tinyclf_gui.widgets.grid_layout import GridLayout
from tinyclf_gui.widgets.tile_painter import TilePainter, TileState, caption, mark_shown

BOX = GridLayout(1, 200, 160).box(0)
NOT_GRADED = Tile(PhotoId("a"), "IMG_1", 0, False, 0, 0.0, 0, False)
GRADED = NOT_GRADED._replace(code=4)
PROPOSED = NOT_GRADED._replace(proposed=4, confidence=0.521, runner_up=3)
CENTRE = QPoint(BOX.x + BOX.width // 2, BOX.y + BOX.height // 2 - 18)


@pytest.mark.parametrize(
    ("tile", "mark", "words"),
    [
        (NOT_GRADED, (MarkKind.EMPTY, 0), ("IMG_1", "")),
        (GRADED, (MarkKind.SOLID, 4), ("IMG_1", "")),
        (PROPOSED, (MarkKind.OUTLINED, 4), ("52 %", "or 3")),
        (PROPOSED._replace(code=2), (MarkKind.SOLID, 2), ("IMG_1", "")),
        (PROPOSED._replace(code=Mark.UNSURE), (MarkKind.UNSURE, 0), ("IMG_1", "")),
        (
            NOT_GRADED._replace(code=Mark.NOT_GRADABLE),
            (MarkKind.NOT_GRADABLE, 0),
            ("IMG_1", ""),
        ),
    ],
)
def test_mark_and_words_tell_who_said_what(tile, mark, words) -> None:
    assert mark_shown(tile) == mark
    assert caption(tile) == words


@pytest.fixture
def painted(qapp: QApplication):
    def paint(tile: Tile, state: TileState, *, theme=DARK, scale=1.0, **shown) -> QImage:
        image = QImage(round(200 * scale), round(230 * scale), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(theme.window)
        painter = QPainter(image)
        TilePainter(theme, QFont(), scale).paint(painter, BOX, tile, state, **shown)
        painter.end()
        return image

    return paint


def red(width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(QColor("red"))
    return pixmap


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_ground_tells_the_selection_and_the_frame_the_focus(painted, theme) -> None:
    edge, ground = QPoint(BOX.x + 60, BOX.y), QPoint(BOX.x + 60, BOX.y + 6)
    plain = painted(GRADED, TileState(), theme=theme, pixmap=None)
    assert plain.pixelColor(edge) == plain.pixelColor(ground) == theme.panel
    focused = painted(GRADED, TileState(True, True), theme=theme, pixmap=None)
    assert focused.pixelColor(edge) == theme.accent
    assert focused.pixelColor(ground) == theme.selection
    away = painted(GRADED, TileState(True, True, False), theme=theme, pixmap=None)
    assert away.pixelColor(edge) == theme.edge


@pytest.mark.parametrize(("width", "height"), [(144, 96), (30, 20), (300, 200)])
def test_the_photo_is_fitted_into_the_middle_whole(painted, width, height) -> None:
    image = painted(GRADED, TileState(), pixmap=red(width, height))
    reds = [
        QPoint(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == QColor("red")
    ]
    side = GridLayout(1, 200, 160).photo_side
    area = QRect(reds[0], reds[-1])
    assert (area.width(), area.height()) == (side, pytest.approx(side * 2 / 3, abs=1))
    assert abs(area.center().x() - (BOX.x + BOX.width // 2)) <= 1


def test_a_photo_that_no_longer_matches_is_dimmed_but_not_its_mark(painted) -> None:
    bright = painted(GRADED, TileState(), pixmap=red(144, 144))
    dim = painted(GRADED._replace(dimmed=True), TileState(), pixmap=red(144, 144))
    assert dim.pixelColor(CENTRE).red() < 190 < bright.pixelColor(CENTRE).red()
    mark = QPoint(BOX.x + 12, BOX.y + BOX.height - 18)
    assert dim.pixelColor(mark) == bright.pixelColor(mark) == DARK.grade(4)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_what_is_dimmed_can_still_be_judged(painted, theme) -> None:
    grade = GRADED._replace(dimmed=True)
    paper, ink = QPixmap(144, 144), QPixmap(144, 144)
    paper.fill(QColor("white"))
    ink.fill(QColor("black"))
    light, dark = (
        painted(grade, TileState(), theme=theme, pixmap=one).pixelColor(CENTRE).lightness()
        for one in (paper, ink)
    )
    assert light - dark > 0.6 * 255


def test_waiting_is_calm_and_a_problem_is_drawn(painted) -> None:
    waiting = painted(GRADED, TileState(), pixmap=None)
    gone = painted(GRADED, TileState(), pixmap=None, problem="the photo is gone")
    assert waiting != gone
    colour = waiting.pixelColor(CENTRE)
    assert abs(colour.lightness() - DARK.panel.lightness()) < 16


def test_it_is_sharp_on_a_fine_screen(painted) -> None:
    image = painted(GRADED, TileState(), scale=2.0, pixmap=red(288, 288))
    assert image.pixelColor(2 * BOX.x + 200, 2 * BOX.y + 24) == QColor("red")


def test_a_painter_serves_one_theme_at_one_scale(qapp) -> None:
    painter = TilePainter(DARK, QFont(), 1.0)
    assert painter.fits(DARK, 1.0)
    assert not painter.fits(LIGHT, 1.0)
    assert not painter.fits(DARK, 2.0)


def test_a_stack_with_its_number_tells_that_there_are_near_duplicates(painted) -> None:
    alone, two, three = (
        painted(GRADED._replace(duplicates=duplicates), TileState(), pixmap=red(80, 120))
        for duplicates in (0, 2, 3)
    )
    assert alone != two
    assert two != three
    assert painted(GRADED._replace(duplicates=200), TileState(), pixmap=red(80, 120)) != three

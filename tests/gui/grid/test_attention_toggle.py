"""H in the loupe: where the program looks, or why that is not known."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage

from tinyclf.domain import PhotoId
from tinyclf.session.attention import Attention
from tinyclf_gui.models.attention_source import FINE, mist
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.loupe import Loupe

Key = Qt.Key


@pytest.fixture
def loupe(qtbot, model, loader, pool, table):
    loupe = Loupe(model, loader, pool=pool)
    qtbot.addWidget(loupe)
    loupe.resize(700, 400)
    with qtbot.waitExposed(loupe):
        loupe.show()
    loupe.setFocus()
    loupe.show_photo(table.ids[5])
    qtbot.waitUntil(lambda: loupe.view.zoom > 0)
    return loupe


def left_half_misty() -> QImage:
    return mist(Attention(PhotoId("a"), np.array([[0, 0, 1, 1]] * 4, np.float32) / 8))


def words(loupe: Loupe) -> str:
    label = loupe.findChild(ElidedLabel, "attentionWords")
    assert label is not None
    return label.text()


def colour_at(loupe: Loupe, share: float) -> QColor:
    """Return the colour of the view at a share of the photo's width, half way down."""
    sight, image = loupe.view._sight, loupe.view.grab().toImage()
    assert sight is not None
    return image.pixelColor(int(sight.corner.x + share * sight.size.x), image.height() // 2)


def test_h_asks_for_the_photo_in_view_and_then_for_none(qtbot, loupe, table):
    with qtbot.waitSignal(loupe.attention.wanted) as told:
        qtbot.keyClick(loupe, Key.Key_H)
    assert told.args == [table.ids[5]]
    with qtbot.waitSignal(loupe.attention.wanted) as told:
        qtbot.keyClick(loupe, Key.Key_H)
    assert told.args == [None]


def test_the_next_photo_is_asked_for_as_well(qtbot, loupe, table):
    loupe.attention.toggle()
    with qtbot.waitSignal(loupe.attention.wanted) as told:
        qtbot.keyClick(loupe, Key.Key_Right)
    assert told.args == [table.ids[6]]


def test_mist_lies_where_it_does_not_look(loupe, table):
    loupe.attention.toggle()
    before = [colour_at(loupe, share) for share in (0.1, 0.9)]
    loupe.attention.take(table.ids[5], left_half_misty())
    after = [colour_at(loupe, share) for share in (0.1, 0.9)]
    assert after[0].red() < before[0].red() - 80
    assert after[1] == before[1]
    assert words(loupe) == "Misty where it does not look"


def test_mist_lies_on_the_photo_alone(loupe, table):
    loupe.attention.toggle()
    before = colour_at(loupe, -0.02)
    loupe.attention.take(table.ids[5], left_half_misty())
    assert colour_at(loupe, -0.02) == before


def test_mist_of_another_photo_is_not_shown(loupe, table):
    loupe.attention.toggle()
    before = colour_at(loupe, 0.1)
    loupe.attention.take(table.ids[6], left_half_misty())
    assert colour_at(loupe, 0.1) == before


def test_off_again_the_photo_is_as_it_was(loupe, table):
    before = colour_at(loupe, 0.1)
    loupe.attention.toggle()
    loupe.attention.take(table.ids[5], left_half_misty())
    loupe.attention.toggle()
    assert colour_at(loupe, 0.1) == before
    assert words(loupe) == ""


def test_why_there_is_none_is_said_in_words(loupe, table):
    loupe.attention.toggle()
    loupe.attention.tell(table.ids[5], "Train with Thorough to see where it looks")
    assert loupe.attention.note.isVisible()
    assert loupe.attention.note.text() == "Train with Thorough to see where it looks"
    loupe.attention.toggle()
    assert not loupe.attention.note.isVisible()


def test_mist_is_thin_where_it_looks_most():
    image = left_half_misty()
    assert image.size() == QSize(4 * FINE, 4 * FINE)
    assert image.pixelColor(4 * FINE - 1, 10).alpha() == 0
    assert image.pixelColor(0, 10).alpha() == 255


def test_looking_everywhere_alike_makes_no_mist():
    image = mist(Attention(PhotoId("a"), np.full((3, 5), 1 / 15, np.float32)))
    assert image.size() == QSize(5 * FINE, 3 * FINE)
    assert image.pixelColor(20, 20).alpha() == 0

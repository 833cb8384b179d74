"""PySide6 6.12.0 on Python 3.11 drops references to True, False and None, and crashes later.

Each crossing between Python and Qt must leave their counts as they are. Where they are immortal
(Python 3.12 and newer) there is nothing to lose.
"""

import sys

import pytest
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

CROSSINGS = 3000
SLACK = 300
"""References that come and go meanwhile; a lost one for each crossing is ten times as many."""

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="True, False and None are immortal here"
)


class Crossing(QObject):
    flag = Signal(bool)
    thing = Signal(object)

    def __init__(self):
        super().__init__()
        self.heard = 0
        self.flag.connect(self.hear)
        self.thing.connect(self.hear_thing)

    @Slot(bool)
    def hear(self, value):
        self.heard += 1

    @Slot(object)
    def hear_thing(self, value):
        self.heard += 1


def counts():
    return [sys.getrefcount(value) for value in (True, False, None)]


def assert_kept(cross):
    cross()
    before = counts()
    for _ in range(CROSSINGS):
        cross()
    lost = [b - a for b, a in zip(before, counts(), strict=True)]
    assert max(map(abs, lost)) < SLACK, f"references lost (True, False, None): {lost}"


def test_signals_keep_references(qapp):
    crossing = Crossing()

    def cross():
        crossing.flag.emit(True)
        crossing.flag.emit(False)
        for value in (True, False, None):
            crossing.thing.emit(value)

    assert_kept(cross)
    assert crossing.heard == 5 * (CROSSINGS + 1)


def test_painter_calls_keep_references(qapp):
    image = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    line = QPolygonF([QPointF(0, 0), QPointF(9, 9)])

    def cross():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor("red"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(1, 1, 9, 9), 2, 2)
        painter.drawPolyline(line)
        painter.fillRect(QRectF(0, 0, 4, 4), QColor("blue"))

    assert_kept(cross)
    painter.end()


def test_properties_keep_references(qapp):
    crossing = Crossing()

    def cross():
        for value in (True, False, None):
            crossing.setProperty("given", value)
            crossing.property("given")
        crossing.blockSignals(False)
        crossing.signalsBlocked()

    assert_kept(cross)

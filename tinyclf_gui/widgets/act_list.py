"""The list of what was done: a mark, the words, and when; what was taken back is grey."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tinyclf_gui import theme as themes
from tinyclf_gui.models.act_history import ActHistory, Line, Role, Standing
from tinyclf_gui.theme import RADIUS

Index = QModelIndex | QPersistentModelIndex

_AIR = 12
_MARK = 8
"""Width of a mark, in pixels."""
_HEIGHT = 2.2
"""Of a row, in heights of the text."""
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ActList(QListView):
    """Lets a person choose an act; Enter or a click asks for its photos.

    Signals:
        photosWanted(int): The photos of the act with this number.
    """

    photosWanted = Signal(int)

    def __init__(self, history: ActHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyList")
        self.setAccessibleName(self.tr("What was done, newest first"))
        self.setModel(history)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._ask)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for photos; else as any list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing is looked for by typing."""

    def _ask(self, index: QModelIndex) -> None:
        line = index.data(Role.LINE)
        if line is not None and line.photos:
            self.photosWanted.emit(line.number)


class _Painter(QStyledItemDelegate):
    """Paints one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the same for every line."""
        return QSize(0, round(_HEIGHT * option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, mark, words and time."""
        line: Line = index.data(Role.LINE)
        theme = themes.current()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, rect)
        inside = rect.adjusted(_AIR, 0, -_AIR, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        edge = inside.right() - _MARK / 2 if mirrored else inside.left() + _MARK / 2
        _paint_mark(painter, QPointF(edge, inside.center().y()), line.standing)
        step = -_MARK - _AIR if mirrored else _MARK + _AIR
        words = inside.adjusted(0, 0, step, 0) if mirrored else inside.adjusted(step, 0, 0, 0)
        metrics = option.fontMetrics
        painter.setPen(theme.muted)
        when = self._when(line)
        painter.drawText(words, _TRAILING, when)
        room = words.width() - metrics.horizontalAdvance(when) - _AIR
        if mirrored:
            words.setLeft(words.right() - room)
        else:
            words.setWidth(room)
        painter.setPen(_ink(line.standing))
        elided = metrics.elidedText(line.words, Qt.TextElideMode.ElideMiddle, int(room))
        painter.drawText(words, _LEADING, elided)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        theme, state = themes.current(), option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.selection)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.hover)
        else:
            return
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _when(self, line: Line) -> str:
        if line.standing is not Standing.TAKEN_BACK:
            return line.when
        return self.tr("taken back · {when}").format(when=line.when)


def _ink(standing: Standing) -> QColor:
    theme = themes.current()
    return theme.text if standing in (Standing.HERE, Standing.STANDS) else theme.muted


def _paint_mark(painter: QPainter, middle: QPointF, standing: Standing) -> None:
    """A dot for what stands, a ring for what does not; where one is, it is in the accent colour."""
    theme, half = themes.current(), _MARK / 2
    colour = theme.accent if standing is Standing.HERE else theme.muted
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush if standing is Standing.TAKEN_BACK else colour)
    if standing is Standing.TRAINING:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(middle - QPointF(half, 0), middle + QPointF(half, 0))
    else:
        painter.drawEllipse(middle, half - 1, half - 1)

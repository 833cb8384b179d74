"""What is known of one photo in one line: its mark and the words for it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tinyclf.domain import NO_VERDICT, Mark
from tinyclf_gui import theme as themes
from tinyclf_gui.models.tile import Tile
from tinyclf_gui.widgets.grade_mark import paint_grade_mark
from tinyclf_gui.widgets.grade_words import percent
from tinyclf_gui.widgets.mirrored import mirrored
from tinyclf_gui.widgets.tile_painter import mark_shown

MARK_SIDE = 24
_AIR = 8


class VerdictLine(QWidget):
    """Mark and words, painted in the middle of the room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdictLine")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tile: Tile | None = None

    def show_tile(self, tile: Tile | None) -> None:
        """Show what this tile is about, or nothing."""
        self._tile = tile
        self.setAccessibleName("" if tile is None else self.words(tile))
        self.update()

    def words(self, tile: Tile) -> str:
        """Return the verdict, and the proposal if there is one, in words."""
        if tile.blind:
            return self.tr("your grade is hidden: what is it worth?")
        given = self._given(tile)
        if tile.believed:
            return f"{given} · " + self.tr("looks like {grade}").format(grade=tile.believed)
        if not tile.proposed:
            return given or self.tr("not graded yet")
        if given:
            proposed = self.tr("proposed {grade}").format(grade=tile.proposed)
            return given if tile.code == tile.proposed else f"{given} · {proposed}"
        return self.tr("proposed {grade}, {percent} sure, or {other}").format(
            grade=tile.proposed, percent=percent(tile.confidence), other=tile.runner_up
        )

    def sizeHint(self) -> QSize:
        """Return room for the mark and a few words."""
        return QSize(240, MARK_SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and words."""
        if self._tile is None:
            return
        theme, words = themes.current(), self.words(self._tile)
        painter = QPainter(self)
        metrics = self.fontMetrics()
        room = self.width() - MARK_SIDE - _AIR
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        taken = metrics.horizontalAdvance(words) + 1
        left = max(0, (room - taken) // 2)
        kind, grade = mark_shown(self._tile)
        area = QRectF(left, (self.height() - MARK_SIDE) // 2, MARK_SIDE, MARK_SIDE)
        beside = QRectF(area.right() + _AIR, 0, taken, self.height())
        whole, direction = QRectF(self.rect()), self.layoutDirection()
        paint_grade_mark(painter, mirrored(area, whole, direction), theme, grade, kind)
        painter.setPen(theme.text)
        painter.drawText(mirrored(beside, whole, direction), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _given(self, tile: Tile) -> str:
        if tile.code == NO_VERDICT:
            return ""
        if tile.code < NO_VERDICT:
            unsure = tile.code == Mark.UNSURE
            return self.tr("you are unsure") if unsure else self.tr("not gradable")
        if tile.in_bulk:
            return self.tr("accepted as {grade} with the rest").format(grade=tile.code)
        accepted = (
            self.tr("accepted as {grade}") if tile.verified else self.tr("your grade {grade}")
        )
        if tile.for_exam:
            return self.tr("{given} · counts for the exam").format(
                given=accepted.format(grade=tile.code)
            )
        return accepted.format(grade=tile.code)

"""A small photo that can be pressed: an example, or a look-alike."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui import theme as themes
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.plain_tip import plain_tip
from tinyclf_gui.widgets.grade_mark import paint_grade_mark

SIDE = 58
"""Of the photo's square, in logical pixels, unless there is room for more."""
CAPTION = 16
WIDER = 3
"""So much wider than the photo is a button with a caption, at each side."""
CORNER_MARK = 18
CAPTION_PIXELS = 11
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class PhotoButton(QAbstractButton):
    """Shows a photo's thumbnail; its mark and a caption, if wished.

    Attributes:
        photo_id: The photo.
        side: Of the photo's square, in logical pixels.
    """

    def __init__(
        self,
        photo_id: PhotoId,
        pool: ThumbnailPool,
        name: str,
        words: str,
        parent: QWidget | None = None,
        *,
        grade: int = 0,
        caption: str = "",
        dashed: bool = False,
    ) -> None:
        """Show a photo.

        Args:
            photo_id: Which.
            pool: Where its thumbnail comes from; who holds this button asks for it.
            name: Its role in camelCase.
            words: What it is, for tool tip and assistive tools.
            parent: Where this stands.
            grade: Of the mark in the corner; 0 for none.
            caption: A word or two below the photo.
            dashed: The program has chosen it: its frame is dashed.
        """
        super().__init__(parent)
        self.photo_id, self.side = photo_id, SIDE
        self._pool = pool
        self._grade = grade
        self._caption = caption
        self._dashed = dashed
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_side(self, side: int) -> None:
        """Be so large."""
        if side != self.side:
            self.side = side
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the photo's square, and the caption below."""
        if not self._caption:
            return QSize(self.side, self.side)
        return QSize(self.side + 2 * WIDER, self.side + CAPTION)

    def minimumSizeHint(self) -> QSize:
        """It is never squeezed."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too; leave the arrows to who holds the buttons."""
        if event.key() in _ARROWS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo, its frame, mark and caption."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        square = QRectF((self.width() - self.side) / 2, 0, self.side, self.side)
        outline = QPainterPath()
        outline.addRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.fillPath(outline, theme.hover if self.underMouse() else theme.window)
        self._paint_photo(painter, square.adjusted(3, 3, -3, -3))
        pen = QPen(theme.accent, 2) if self.hasFocus() else QPen(theme.line, 1)
        if self._dashed and not self.hasFocus():
            pen = QPen(theme.edge, 1, Qt.PenStyle.DashLine)
        painter.strokePath(outline, pen)
        if self._grade:
            left = square.left() + 3 if self.isLeftToRight() else square.right() - CORNER_MARK - 3
            area = QRectF(left, square.bottom() - CORNER_MARK - 3, CORNER_MARK, CORNER_MARK)
            paint_grade_mark(painter, area, theme, self._grade)
        if self._caption:
            self._paint_caption(painter)
        painter.end()

    def _paint_photo(self, painter: QPainter, area: QRectF) -> None:
        pixmap = self._pool.pixmap(self.photo_id, beside=True)
        if pixmap is None or pixmap.isNull():
            return
        size = pixmap.deviceIndependentSize().scaled(
            area.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        corner = area.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawPixmap(QRectF(corner, size), pixmap, QRectF(pixmap.rect()))

    def _paint_caption(self, painter: QPainter) -> None:
        painter.setFont(themes.sized(self.font(), CAPTION_PIXELS))
        painter.setPen(themes.current().muted)
        area = QRectF(0, self.side, self.width(), CAPTION)
        words = painter.fontMetrics().elidedText(
            self._caption, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, words)

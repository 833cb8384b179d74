"""One photo, as large as there is room: fitted, or at its own pixels where one points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QMargins, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui import theme as themes
from tinyclf_gui.jobs.photo_loader import Levels, PhotoLoader, Wanted
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.widgets.sight import Point, Sight

NOTCH = 1.25
"""How much a notch of the wheel enlarges."""
_NOTCH_ANGLE = 120
THICKEST = 0.65
"""Of mist: through it the photo is still to be seen."""


class PhotoView(QWidget):
    """Shows a photo; the wheel zooms at the pointer, a drag pulls the picture.

    Until the picture is decoded its thumbnail stands in its place, so that nothing jumps.

    Signals:
        zoomChanged(float): Device pixels a picture's pixel now; 0 without a picture.
    """

    zoomChanged = Signal(float)

    def __init__(
        self,
        loader: PhotoLoader,
        parent: QWidget | None = None,
        *,
        long_side: int | None = None,
        pool: ThumbnailPool | None = None,
        margin: int = 0,
    ) -> None:
        """Show nothing yet.

        Args:
            loader: Where pictures come from.
            parent: Where this stands.
            long_side: Pixels that suffice here; ``None``: the whole photo.
            pool: Where thumbnails to stand in come from.
            margin: Kept free around a fitted photo, in logical pixels.
        """
        super().__init__(parent)
        self.setObjectName("photoView")
        self.setAccessibleName(self.tr("Photo"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._loader = loader
        self._pool = pool
        self._long_side = long_side
        self._margin = margin
        self._photo_id: PhotoId | None = None
        self._neighbours: list[PhotoId] = []
        self._levels: Levels | None = None
        self._sight: Sight | None = None
        self._mist: QImage | None = None
        self._pulled_from: QPointF | None = None
        loader.ready.connect(self._take)

    def show_photo(self, photo_id: PhotoId | None, neighbours: Iterable[PhotoId] = ()) -> None:
        """Show a photo, fitted, or nothing.

        Args:
            photo_id: Which.
            neighbours: Those that will probably be seen next, likeliest first; read ahead.
        """
        self._photo_id = photo_id
        self._neighbours = list(neighbours)
        self._levels = None
        self._sight = None
        self._ask()
        if photo_id is not None:
            self._take(photo_id)
        self._see(self._sight)

    def set_mist(self, opacities: QImage | None) -> None:
        """Let mist lie on the photo, as thick as an image of opacities says; or none."""
        self._mist = opacities
        self.update()

    @property
    def zoom(self) -> float:
        """Device pixels a picture's pixel; 0 without a picture."""
        return 0.0 if self._sight is None else self._sight.scale

    @property
    def fitted(self) -> bool:
        """Whether all of the picture is seen."""
        return self._sight is None or self._sight.zoom is None

    def toggle_zoom(self) -> None:
        """Change between all of the picture and its own pixels, at the pointer if it is here."""
        pointer = QPointF(self.mapFromGlobal(QCursor.pos()))
        inside = QRectF(self.rect()).contains(pointer)
        if self._sight is not None:
            at = pointer if inside else QRectF(self.rect()).center()
            self._see(self._sight.toggled(self._device(at)))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge, or shrink below 1, keeping what is at a point (else in the middle) there."""
        if self._sight is not None:
            at = QRectF(self.rect()).center() if at is None else at
            self._see(self._sight.zoomed(self._sight.scale * factor, self._device(at)))

    def sizeHint(self) -> QSize:
        """Return a size that a photo can be judged at."""
        return QSize(480, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, what stands in for it, or why there is none."""
        painter = QPainter(self)
        if self._levels is not None and self._sight is not None:
            self._paint_picture(painter, self._levels, self._sight)
        elif self._photo_id is not None:
            self._paint_instead(painter, self._photo_id)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See the same in the other size."""
        super().resizeEvent(event)
        if self._sight is not None:
            self._see(self._sight.resized(self._view_size()))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is to be shown."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let others' pictures come first; seen again, the photo is fitted."""
        super().hideEvent(event)
        self._loader.want(self, [])
        if self._sight is not None:
            self._sight = replace(self._sight, zoom=None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom_by(NOTCH ** (event.angleDelta().y() / _NOTCH_ANGLE), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton and not self.fitted:
            self._pulled_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the picture."""
        if self._pulled_from is not None and self._sight is not None:
            by = self._device(event.position() - self._pulled_from)
            self._pulled_from = event.position()
            self._see(self._sight.panned(by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._pulled_from = None
        self._show_hand()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between all of the picture and its own pixels."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_zoom()

    def _ask(self) -> None:
        if not self.isVisible():
            return
        ids = [] if self._photo_id is None else [self._photo_id, *self._neighbours]
        self._loader.want(self, [Wanted(photo_id, self._long_side) for photo_id in ids])

    def _take(self, photo_id: str) -> None:
        """Show the picture if it is this photo's and has come."""
        if photo_id != self._photo_id or self._levels is not None:
            return
        self._levels = self._loader.picture(Wanted(self._photo_id, self._long_side))
        if self._levels is None:
            self.update()
            return
        size = self._levels[0].size()
        margin = self._margin * self.devicePixelRatioF()
        self._see(Sight(Point(size.width(), size.height()), self._view_size(), margin=margin))

    def _see(self, sight: Sight | None) -> None:
        self._sight = sight
        self._show_hand()
        self.update()
        self.zoomChanged.emit(self.zoom)

    def _show_hand(self) -> None:
        if self.fitted:
            self.unsetCursor()
        elif self._pulled_from is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _paint_picture(self, painter: QPainter, levels: Levels, sight: Sight) -> None:
        level = _level_for(levels, sight.scale)
        ratio = self.devicePixelRatioF()
        corner, size = sight.corner, sight.size
        target = QRectF(
            round(corner.x) / ratio, round(corner.y) / ratio, size.x / ratio, size.y / ratio
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, level, QRectF(level.rect()))
        if self._mist is not None:
            painter.setOpacity(THICKEST)
            mist = _tinted(self._mist, themes.current().window)
            painter.drawImage(target, mist, QRectF(mist.rect()))

    def _paint_instead(self, painter: QPainter, photo_id: PhotoId) -> None:
        problem = self._loader.problem(photo_id)
        thumbnail = None if self._pool is None else self._pool.pixmap(photo_id)
        if problem is not None:
            painter.setPen(themes.current().muted)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, problem)
        elif thumbnail is not None:
            self._paint_thumbnail(painter, thumbnail)

    def _paint_thumbnail(self, painter: QPainter, thumbnail: QPixmap) -> None:
        room = self.size().shrunkBy(QMargins() + self._margin)
        area = QRectF(QPointF(), thumbnail.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        area.moveCenter(QRectF(self.rect()).center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(area, thumbnail, QRectF(thumbnail.rect()))

    def _view_size(self) -> Point:
        return self._device(QPointF(max(1, self.width()), max(1, self.height())))

    def _device(self, point: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return Point(point.x() * ratio, point.y() * ratio)


def _tinted(opacities: QImage, colour: QColor) -> QImage:
    """Return a surface of one colour, as opaque as an image says."""
    surface = QImage(opacities.size(), QImage.Format.Format_ARGB32_Premultiplied)
    surface.fill(colour)
    painter = QPainter(surface)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, opacities)
    painter.end()
    return surface


def _level_for(levels: Levels, scale: float) -> QImage:
    """Return the smallest level that need not be enlarged (above half its size none is better)."""
    for number in reversed(range(len(levels))):
        if scale * 2**number <= 1.0:
            return levels[number]
    return levels[0]

"""One photo, as large as there is room: fitted, or at its own pixels where one points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QMargins, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QHideEvent,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
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
from tinyclf_gui.widgets.photo_paint import level_for, paint_words, tinted
from tinyclf_gui.widgets.sight import FITTED, Look, Point, Sight

NOTCH = 1.25
"""How much a notch of the wheel enlarges."""
PAN_SHARE = 0.125
"""Of the view: how far a key moves it over the picture."""
QUICK_PIXELS = 2048
"""Long side that suffices for most views: larger photos are read whole only when zoomed into."""
_NOTCH_ANGLE = 120
_NOTCH_PIXELS = 40
THICKEST = 0.65
"""Of mist: through it the photo is still to be seen."""


class PhotoView(QWidget):
    """Shows a photo; the wheel zooms at the pointer, a drag pulls the picture.

    Until the picture is decoded its thumbnail stands in its place, so that nothing jumps. Of a
    large photo a smaller picture comes first, and the whole one where one zooms into it.

    Signals:
        zoomChanged(float): Device pixels a picture's pixel now; 0 without a picture.
        lookChanged(object): A person zoomed or pulled: the ``Look`` is this one now.
    """

    zoomChanged = Signal(float)
    lookChanged = Signal(object)

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
        self._look = FITTED
        self._asked: list[Wanted] = []
        self._mist: QImage | None = None
        self._pulled_from: QPointF | None = None
        loader.ready.connect(self._take)
        loader.forgotten.connect(self._ask_again)

    def show_photo(
        self,
        photo_id: PhotoId | None,
        neighbours: Iterable[PhotoId] = (),
        *,
        keep_look: bool = False,
    ) -> None:
        """Show a photo or nothing.

        Args:
            photo_id: Which.
            neighbours: Those that will probably be seen next, likeliest first; read ahead.
            keep_look: See the same part of it as of the one before; else all of it.
        """
        self._photo_id = photo_id
        self._neighbours = list(neighbours)
        self._levels = None
        if not keep_look:
            self._look = FITTED
        size = self._known_size(photo_id)
        self._sight = None if size is None else self._sight_of(size)
        self._ask(anew=True)
        if photo_id is not None:
            self._take(photo_id)
        self._see(self._sight)

    @property
    def look(self) -> Look:
        """What is looked at; as wished while the picture is still to come."""
        return self._look

    def follow(self, look: Look) -> None:
        """Look at the same part as another view does."""
        self._look = look
        if self._sight is not None:
            self._see(self._sight.at(look))

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

    @property
    def pointer(self) -> QPointF | None:
        """Where the mouse is in this view, or ``None`` if it is elsewhere."""
        pointer = QPointF(self.mapFromGlobal(QCursor.pos()))
        return pointer if self.isVisible() and QRectF(self.rect()).contains(pointer) else None

    def toggle_zoom(self, at: QPointF | None = None) -> None:
        """Change between all of the picture and its own pixels at a point.

        Args:
            at: Else the pointer, if it is here; else the middle.
        """
        if self._sight is not None:
            at = at or self.pointer or QRectF(self.rect()).center()
            self._move(self._sight.toggled(self._device(at)))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge, or shrink below 1, keeping what is at a point (else in the middle) there."""
        if self._sight is not None:
            at = QRectF(self.rect()).center() if at is None else at
            self._move(self._sight.zoomed(self._sight.scale * factor, self._device(at)))

    def pan(self, across: int, down: int) -> None:
        """Look further to the right and further down, or back, by so many steps."""
        if self._sight is not None:
            view = self._sight.view
            by = Point(-across * PAN_SHARE * view.x, -down * PAN_SHARE * view.y)
            self._move(self._sight.panned(by))

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
            self._look = self._sight.look

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is to be shown."""
        super().showEvent(event)
        self._ask(anew=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let others' pictures come first; seen again, the photo is fitted."""
        super().hideEvent(event)
        self._loader.want(self, [])
        self._look = FITTED
        if self._sight is not None:
            self._sight = replace(self._sight, zoom=None)

    def event(self, event: QEvent) -> bool:
        """Zoom as two fingers on a trackpad do."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(max(0.1, 1 + event.value()), event.position())
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; what a trackpad adds after the fingers have left it is let go."""
        if event.phase() != Qt.ScrollPhase.ScrollMomentum:
            self.zoom_by(NOTCH ** _notches(event), event.position())
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
            self._move(self._sight.panned(by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._pulled_from = None
        self._show_hand()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between all of the picture and its own pixels."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_zoom(event.position())

    def _ask_again(self) -> None:
        self._ask(anew=True)

    def _ask(self, *, anew: bool = False) -> None:
        """Ask for what is to be seen; ``anew`` also if that was asked for before."""
        if not self.isVisible():
            return
        in_view = [] if self._photo_id is None else self._sizes_of(self._photo_id)
        ahead = [self._first_size(photo_id) for photo_id in self._neighbours]
        if len(in_view) > 1 and self._neighbours and not self.fitted:
            both = [self._photo_id, self._neighbours[0]]
            if self._loader.has_room(one for one in both if one is not None):
                ahead.append(Wanted(self._neighbours[0]))
        wanted = list(dict.fromkeys([*in_view, *ahead]))
        if anew or wanted != self._asked:
            self._asked = wanted
            self._loader.want(self, wanted, in_view=len(in_view))

    def _first_size(self, photo_id: PhotoId) -> Wanted:
        """Return the picture of a photo that is enough to see all of it."""
        if self._long_side is not None:
            return Wanted(photo_id, self._long_side)
        size = self._loader.measure(photo_id)
        large = size is not None and max(size) > QUICK_PIXELS
        return Wanted(photo_id, QUICK_PIXELS if large else None)

    def _sizes_of(self, photo_id: PhotoId) -> list[Wanted]:
        """Return the pictures to be had of the photo in view, one after the other."""
        first = self._first_size(photo_id)
        if first.long_side is None or self._long_side is not None or self._sight is None:
            return [first]
        shown = max(self._sight.size.x, self._sight.size.y)
        return [first, Wanted(photo_id)] if shown > first.long_side else [first]

    def _take(self, photo_id: str) -> None:
        """Show the largest picture of this photo that has come."""
        if photo_id != self._photo_id:
            return
        sizes = [self._first_size(self._photo_id)]
        if self._long_side is None:
            sizes.insert(0, Wanted(self._photo_id))
        levels = next(filter(None, map(self._loader.picture, sizes)), None)
        if levels is None:
            if self._loader.problem(self._photo_id) is not None and self._levels is None:
                self._see(None)
            self.update()
            return
        if self._levels is not None and self._levels[0].width() >= levels[0].width():
            return
        self._levels = levels
        size = self._known_size(self._photo_id)
        whole = levels[0].size()
        self._see(self._sight or self._sight_of(size or (whole.width(), whole.height())))

    def _known_size(self, photo_id: PhotoId | None) -> tuple[int, int] | None:
        """Return a photo's own width and height; ``None`` where they are not known or asked for."""
        if photo_id is None or self._long_side is not None:
            return None
        if self._loader.problem(photo_id) is not None:
            return None
        return self._loader.measure(photo_id)

    def _sight_of(self, size: tuple[int, int]) -> Sight:
        margin = self._margin * self.devicePixelRatioF()
        return Sight(Point(*size), self._view_size(), margin=margin).at(self._look)

    def _move(self, sight: Sight) -> None:
        """See what a person wishes to, and tell."""
        self._look = sight.look
        self._see(sight)
        self.lookChanged.emit(self._look)

    def _see(self, sight: Sight | None) -> None:
        self._sight = sight
        if sight is not None:
            self._ask()
        self._show_hand()
        self.update()
        self.zoomChanged.emit(self.zoom)

    def _show_hand(self) -> None:
        if self.fitted:
            self.unsetCursor()
        elif self._pulled_from is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _target(self, sight: Sight) -> QRectF:
        """Return where the picture is in this view, beginning on a whole device pixel."""
        ratio = self.devicePixelRatioF()
        corner, size = sight.corner, sight.size
        return QRectF(
            round(corner.x) / ratio, round(corner.y) / ratio, size.x / ratio, size.y / ratio
        )

    def _paint_picture(self, painter: QPainter, levels: Levels, sight: Sight) -> None:
        level = level_for(levels, sight.scale * sight.picture.x / levels[0].width())
        target = self._target(sight)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, level, QRectF(level.rect()))
        if self._mist is not None:
            painter.setOpacity(THICKEST)
            mist = tinted(self._mist, themes.current().window)
            painter.drawImage(target, mist, QRectF(mist.rect()))

    def _paint_instead(self, painter: QPainter, photo_id: PhotoId) -> None:
        problem = self._loader.problem(photo_id)
        thumbnail = None if self._pool is None else self._pool.pixmap(photo_id)
        if thumbnail is not None:
            self._paint_thumbnail(painter, thumbnail)
        if problem is not None:
            paint_words(painter, self.rect(), problem, over_photo=thumbnail is not None)

    def _paint_thumbnail(self, painter: QPainter, thumbnail: QPixmap) -> None:
        room = self.size().shrunkBy(QMargins() + self._margin)
        area = QRectF(QPointF(), thumbnail.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        area.moveCenter(QRectF(self.rect()).center())
        if self._sight is not None:
            area = self._target(self._sight)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(area, thumbnail, QRectF(thumbnail.rect()))

    def _view_size(self) -> Point:
        return self._device(QPointF(max(1, self.width()), max(1, self.height())))

    def _device(self, point: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return Point(point.x() * ratio, point.y() * ratio)


def _notches(event: QWheelEvent) -> float:
    """Return how far a wheel was turned; a trackpad may tell pixels alone."""
    angle = event.angleDelta()
    if angle.isNull():
        return event.pixelDelta().y() / _NOTCH_PIXELS
    return angle.y() / _NOTCH_ANGLE

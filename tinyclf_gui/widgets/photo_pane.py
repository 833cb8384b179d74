"""One of several photos side by side: its name, the photo, its verdict, in a frame."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tinyclf_gui import theme as themes
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.tile import Tile
from tinyclf_gui.theme import RADIUS
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.grade_words import percent
from tinyclf_gui.widgets.photo_view import PhotoView
from tinyclf_gui.widgets.styled import label
from tinyclf_gui.widgets.tile_painter import FOCUS_PIXELS
from tinyclf_gui.widgets.verdict_line import VerdictLine

MARGIN = 8
LOW, WIDE = 240, 260
"""Pixels: a pane lower than this, and at least as wide, has everything told in one line."""


class PhotoPane(QWidget):
    """A photo that can have the keyboard; its frame says whether deeds are for it.

    Attributes:
        view: The photo.

    Signals:
        entered(): It has the keyboard now.
    """

    entered = Signal()

    def __init__(
        self,
        loader: PhotoLoader,
        parent: QWidget | None = None,
        *,
        pool: ThumbnailPool | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._is_current = False
        self.view = PhotoView(loader, pool=pool)
        self.view.zoomChanged.connect(self._show_zoom)
        self._name = ElidedLabel("", "strong", Qt.TextElideMode.ElideMiddle)
        self._zoom = label("", "muted")
        self._verdict = VerdictLine()
        self._verdict.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._above = above = QHBoxLayout()
        above.setSpacing(MARGIN)
        above.addWidget(self._name)
        above.addStretch(0)
        above.addWidget(self._zoom)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(above)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._verdict)

    @property
    def name(self) -> str:
        """The photo's name."""
        return self._name.text()

    def show_tile(self, tile: Tile, number: int, count: int) -> None:
        """Show what is known of the photo, the ``number``-th of ``count`` compared."""
        self._name.setText(tile.name)
        self._verdict.show_tile(tile)
        self.setAccessibleName(f"{tile.name}, {self._verdict.words(tile)}")
        self.setAccessibleDescription(
            self.tr("Photo {n} of {count} compared").format(n=number, count=count)
        )
        self.setProperty("code", tile.code)

    def set_current(self, current: bool) -> None:
        """Say with the frame whether deeds are for this photo."""
        self._is_current = current
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the verdict beside the name where the photo needs the height more."""
        super().resizeEvent(event)
        beside = self.height() < LOW and self.width() >= WIDE
        self._name.setMaximumWidth(self.width() // 2 if beside else self.width())
        if beside == (self._above.indexOf(self._verdict) >= 0):
            return
        if beside:
            self._above.insertWidget(1, self._verdict, 1)
        else:
            self._layout.addWidget(self._verdict)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that deeds are for this photo now."""
        super().focusInEvent(event)
        self.update()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the frame, as of a tile."""
        theme, half = themes.current(), FOCUS_PIXELS / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.panel)
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if self._is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent if self.hasFocus() else theme.edge, FOCUS_PIXELS))
            inner = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(inner, RADIUS - half, RADIUS - half)
        painter.end()

    def _show_zoom(self, zoom: float) -> None:
        self._zoom.setText("" if self.view.fitted else percent(zoom))

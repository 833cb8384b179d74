"""The column at the side of a page: what is known above, what can be done below."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tinyclf_gui.widgets.styled import scrolling

WIDTH = 320
MARGIN = 16
SPACING = 12
SPARE = 24
"""Pixels kept below what stands still: so much more can be told before the column scrolls."""
LOW = 480
"""Pixels of room below which what gives way goes altogether: the others need them."""


class _Column(QWidget):
    """Scrolls only when it cannot be made lower: by itself Qt would keep its preferred height.

    Where it is lower than it prefers to be, Qt squeezes what is highest. So what is to give way
    instead is told its height: none at all where the window is low.
    """

    def __init__(self) -> None:
        super().__init__()
        self._yielding: tuple[QWidget, int, int] | None = None
        self._whole = False
        self._still = False

    def let_shrink(
        self, widget: QWidget, least: int, most: int, *, whole: bool, still: bool
    ) -> None:
        self._yielding = widget, least, most
        self._whole = whole
        self._still = still

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else -1

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and not self._still:
            self.make_room()
        return done

    def make_room(self) -> None:
        """Give what gives way the height that the others leave."""
        behind = self.parentWidget()
        if self._yielding is None or self._yielding[0].isHidden() or behind is None:
            return
        widget, least, most = self._yielding
        seen = behind.height()
        room = seen - self.heightForWidth(self.width()) + widget.minimumHeight()
        if self._still:
            widget.setFixedHeight(max(least, min(most, room - SPARE)) if seen >= LOW else 0)
            return
        height = max(room, least if seen >= LOW and not self._whole else 0)
        shown = height >= least
        widget.setMinimumHeight(least if shown else 0)
        widget.setMaximumHeight(min(most, height) if shown else 0)


class SidePanel(QFrame):
    """``body`` scrolls where the window is low; ``foot``, with the deeds, is always in view."""

    def __init__(
        self, kind: Literal["side", "sideLeft"] = "side", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setFixedWidth(WIDTH)
        self._is_to_settle = False
        self._column, deeds = _Column(), QWidget()
        self.body, self.foot = QVBoxLayout(self._column), QVBoxLayout(deeds)
        self.body.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        self.foot.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        self._area = scrolling(self._column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addWidget(deeds)
        for part in (self.body, self.foot):
            part.setSpacing(SPACING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room anew: where it scrolls, the body does not learn of it."""
        super().resizeEvent(event)
        self._column.make_room()

    def let_shrink(
        self,
        widget: QWidget,
        least: int,
        most: int,
        *,
        whole: bool = False,
        still: bool = False,
    ) -> None:
        """Let a widget of the body, which may be so low, give way first to all others.

        Args:
            widget: Somewhere in the body.
            least: Its smallest height; where the window is low it goes instead.
            most: Its height where there is room.
            whole: It is seen whole or not at all: it never has the others scroll.
            still: Its height changes only as the window's does and on :meth:`settle`, so that what
                is clicked below it stands still whatever the others say; more of them scrolls.
        """
        widget.setMinimumHeight(least)
        self._column.let_shrink(widget, least, most, whole=whole, still=still)

    def settle(self) -> None:
        """Give what gives way the height that the others leave now, once they are laid out.

        While the mouse is here nothing moves below it: it waits until that has left.
        """
        self._is_to_settle = self.underMouse()
        if not self._is_to_settle:
            QTimer.singleShot(0, self, self._column.make_room)

    def leaveEvent(self, event: QEvent) -> None:
        """Settle, if that had to wait."""
        super().leaveEvent(event)
        if self._is_to_settle:
            self.settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Settle: while it was out of sight the others may have come to say something else."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._column.make_room)

    def show_below(self, widget: QWidget) -> None:
        """Scroll, where the window is low, until what lies below a widget of the body is seen."""
        bar = self._area.verticalScrollBar()
        QTimer.singleShot(
            0, widget, lambda: bar.setValue(self._height_of(widget))
        )  # laid out by then

    def _height_of(self, widget: QWidget) -> int:
        """Return how far below the column's top a widget of it stands."""
        return widget.mapTo(self._column, QPoint()).y()

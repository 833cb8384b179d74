"""Counts that follow the hands on the page in view; another catches up when it is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from tinyclf.session import Status
from tinyclf_gui.models.open_collection import OpenCollection


class WhileSeen(QObject):
    """Has a page show the counts of a collection, at once or as soon as it is seen.

    Args:
        page: What is seen or not.
        collection: What counts.
        show: Shows the counts.
    """

    def __init__(
        self, page: QWidget, collection: OpenCollection, show: Callable[[Status], None]
    ) -> None:
        super().__init__(page)
        self._page, self._collection, self._show = page, collection, show
        self._behind = False
        page.installEventFilter(self)
        collection.counted.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up when the page is shown."""
        if event.type() == QEvent.Type.Show and self._behind:
            self._behind = False
            self._show(self._collection.status)
        return super().eventFilter(watched, event)

    @Slot(object)
    def _follow(self, status: Status) -> None:
        self._behind = not self._page.isVisible()
        if not self._behind:
            self._show(status)

"""Which photos of a wall stand in the Review page's grid, and in which order."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tinyclf.domain import Grade, PhotoId
from tinyclf_gui.browsing.chosen_order import ChosenOrder
from tinyclf_gui.models import orders
from tinyclf_gui.models.arranging import DOUBT
from tinyclf_gui.models.audit_round import AuditRound
from tinyclf_gui.models.filters import Filter
from tinyclf_gui.models.list_keys import DISAGREE, TO_CHECK, UNSEEN
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.tile import Telling
from tinyclf_gui.models.wall_lists import WHOLE_WALL, WallLists
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector
from tinyclf_gui.widgets.wall_bar import WallBar
from tinyclf_gui.widgets.wall_tabs import WallTabs

HANDS_FULL_MS = 250
"""While a button is held, nothing is sorted; it is looked again after this time."""


class ShownWall(QObject):
    """What tabs, chips and order let through to the grid; ``stop`` it at the end.

    Attributes:
        lists: What of a wall can be shown.
        order: The order chosen.
    """

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        audit_round: AuditRound,
        tabs: WallTabs,
        bar: WallBar,
        browser: PhotoBrowser,
        inspector: PhotoInspector,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._collection, self._audit_round = collection, audit_round
        self._tabs, self._bar = tabs, bar
        self._browser, self._inspector = browser, inspector
        self.lists = WallLists(collection, audit_round)
        self.order = ChosenOrder(
            collection,
            workbench,
            bar.order,
            browser,
            self,
            usual=DOUBT,
            has_way=lambda: not audit_round.is_on,
        )
        bar.changed.connect(self.show_rows)
        self.order.changed.connect(self.show_rows)
        browser.wayOutWanted.connect(self._show_whole_wall)

    def stop(self) -> None:
        """End what runs; may be called twice."""
        self.order.stop()

    def show_rows(self) -> None:
        """Show the wall anew: what is done leaves, the most doubtful come first."""
        table = self._collection.table
        matches = self._matches()
        self._browser.show_rows(
            self._chosen_order()(table, np.flatnonzero(matches(table))),
            matches,
            self.tr("Nothing is left to check on this wall.")
            if TO_CHECK in self._bar.checked
            else self.tr("No photo hangs on this wall."),
            self._telling(),
            way_out=self._way_out(),
        )
        self._inspector.refresh()

    def leave_lists_of_no_use(self) -> None:
        """Show what is to be checked of a wall that has none of what the chip that is down shows.

        That is one on which nothing was accepted unseen, or whose grades nobody disagrees with.
        """
        wall, checked = self._tabs.current, self._bar.checked
        status = self._collection.status
        no_unseen = UNSEEN in checked and not status.certificates[wall - 1].in_bulk
        no_doubt = DISAGREE in checked and not status.disagreements[wall - 1]
        if no_unseen or no_doubt:
            self._bar.set_checked({TO_CHECK})

    def sort_anew(self) -> None:
        """Sort the wall by what is proposed now; what a person looks at stays where it is."""
        if not self._page.isVisible() or self._audit_round.is_on:
            return  # sorted when the page is entered; an audit has an order of its own
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(HANDS_FULL_MS, self, self.sort_anew)
            return
        table, matches = self._collection.table, self._matches()
        rows = self._chosen_order()(table, np.flatnonzero(matches(table)))
        self._browser.sort_out_of_sight(rows, matches, self._telling())
        self._inspector.refresh()

    def reveal(self, photo_ids: list[PhotoId]) -> bool:
        """Scroll to photos, on the wall where the first of them hangs that hangs on any.

        Returns:
            Whether any is shown.
        """
        if self._collection.status.quality is None:
            return False  # nothing hangs
        if self._browser.reveal(photo_ids):
            return True
        table = self._collection.table
        walls = table.current[table.rows(photo_ids)]
        if not walls.any():
            return False
        self._audit_round.leave()
        self._tabs.set_current(Grade(int(walls[walls > 0][0])))
        self.show_rows()
        if self._browser.reveal(photo_ids):
            return True
        self._bar.set_checked({WHOLE_WALL})
        self.show_rows()
        return self._browser.reveal(photo_ids)

    def _matches(self) -> Filter:
        return self.lists.matches(self._tabs.current, self._bar.checked)

    def _telling(self) -> Telling:
        return self.lists.telling(self._bar.checked)

    def _way_out(self) -> str:
        hang = self._collection.status.walls[self._tabs.current - 1].photos
        return self.tr("Show the whole wall") if TO_CHECK in self._bar.checked and hang else ""

    def _show_whole_wall(self) -> None:
        self._bar.set_checked({WHOLE_WALL})
        self.show_rows()
        self._browser.setFocus()

    def _chosen_order(self) -> Order:
        """Return the order of a list that has one of its own, else the one chosen."""
        own = self.lists.order(self._bar.checked)
        return own or self.order.now or orders.most_doubtful_first

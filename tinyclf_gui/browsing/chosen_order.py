"""The order in which a page's photos stand: chosen by its button or a key, worked out, shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from tinyclf_gui.models.arranging import ALIKE, WORN, Arranging, Wish
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.order_button import OrderButton
from tinyclf_gui.widgets.photo_browser import PhotoBrowser


class ChosenOrder(QObject):
    """What a person wants to see first; ``stop`` it at the end.

    Attributes:
        arranging: Works the orders out.

    Args:
        collection: The photos.
        workbench: Tells how worn they look, once that is known.
        button: What chooses.
        browser: What shows them.
        parent: What it belongs to.
        usual: The order when none is chosen, and when one is refused.
        has_way: Whether photos stand in the order chosen now; not during a check at random.

    Signals:
        changed(): The photos are to be shown anew, in the order of now.
    """

    changed = Signal()

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        button: OrderButton,
        browser: PhotoBrowser,
        parent: QObject,
        *,
        usual: str,
        has_way: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(parent)
        self._session, self._workbench = collection.session, workbench
        self._button, self._browser = button, browser
        self._usual, self._has_way = Wish(usual), has_way
        self.arranging = Arranging(collection.session, self)
        self.arranging.ready.connect(self._show_ready)
        button.chosen.connect(self._choose)
        workbench.scored.connect(self._offer_wear)

    @property
    def now(self) -> Order | None:
        """The order chosen; ``None`` while it is being worked out."""
        return self.arranging.order(self._button.order)

    def stop(self) -> None:
        """End what runs; may be called twice."""
        self.arranging.stop()

    def set(self, wish: Wish) -> None:
        """Show photos in an order that a person chose before."""
        self._button.set_order(wish)
        self.changed.emit()

    def show_alike(self) -> bool:
        """Show what looks most like the photo in focus first; return whether there is one."""
        photo_id = self._browser.current_photo
        if photo_id is None or self._session.is_blind(photo_id) or not self._has_way():
            return False
        self._button.set_order(Wish(ALIKE))
        self._choose(Wish(ALIKE))
        return True

    def show_worn(self) -> None:
        """Show what looks most worn first, or no longer."""
        worn = self._button.order.key == WORN
        self.set(self._usual if worn else Wish(WORN))
        self._browser.begin()

    @Slot(object)
    def _choose(self, wish: Wish) -> None:
        """Show photos in this order; in the usual one if nothing may be compared with a photo."""
        photo_id = self._browser.current_photo
        if wish.key == ALIKE and photo_id is not None and not self.arranging.look_like(photo_id):
            self._button.set_order(self._usual)
        self.changed.emit()
        if self.now is not None:
            self._browser.begin()

    @Slot(str)
    def _show_ready(self, key: str) -> None:
        """Show the order that is known now, unless another was chosen meanwhile."""
        if key == self._button.order.key and self._has_way():
            self.changed.emit()
            self._browser.begin()

    @Slot()
    def _offer_wear(self) -> None:
        """Offer the order, once there is a score; a photo that has just come in may lack one."""
        self.arranging.wear = self._workbench.wear
        self._button.offer(WORN, on=bool(self._workbench.wear))

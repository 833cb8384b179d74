"""A button that says in which order photos are shown, with a menu of the others."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from tinyclf_gui.models.arranging import (
    ALIKE,
    DOUBT,
    EXPECTED,
    IMPORTED,
    NAME,
    TAKEN,
    WORN,
    Wish,
)
from tinyclf_gui.widgets.button import Button

LEAST_WIDTH = 96
"""In pixels; what does not fit is read on hover."""


def _words(key: str) -> tuple[str, str]:
    """Return what an order is called, and what it means."""
    return {
        DOUBT: (
            _tr("Most doubtful first"),
            _tr(
                "What could be most other grades comes first, whatever its per cent:\n"
                "so you find most mistakes in the least time.\n"
                "Hover over a photo to read all the grades it could be."
            ),
        ),
        EXPECTED: (_tr("Expected grade"), _tr("The worst first: your grade, else the expected")),
        ALIKE: (_tr("Like this photo"), _tr("What looks most like the photo in focus comes first")),
        TAKEN: (_tr("Date taken"), _tr("As the camera says, else as the file was last written")),
        NAME: (_tr("Name"), _tr("By file name, 2 before 10")),
        IMPORTED: (_tr("As imported"), _tr("As the photos came in; lists in their own order")),
        WORN: (
            _tr("Looks most worn first"),
            _tr(
                "A guess without any grade, by what drawings taught the program of damage. It is "
                "right for things photographed like stamps; for others, such as cards, it can be "
                "the wrong way round."
            ),
        ),
    }[key]


class OrderButton(Button):
    """Opens the menu of orders.

    Signals:
        chosen(object): A person chose an order, or turned it round: a ``Wish``.
        opened(): The menu is about to be seen.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, keys: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("orderButton")
        self.setProperty("kind", "menu")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._actions: dict[str, QAction] = {}
        self._own = self._whole = ""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.opened)
        group = QActionGroup(self)
        for key in keys:
            self._actions[key] = self._add(menu, key, *_words(key))
            group.addAction(self._actions[key])
        menu.addSeparator()
        self._backwards = self._add(menu, "backwards", self.tr("The other way round"), "")
        self.setMenu(menu)
        self.set_order(Wish(next(iter(self._actions))))

    @property
    def order(self) -> Wish:
        """The order chosen."""
        key = next(key for key, action in self._actions.items() if action.isChecked())
        return Wish(key, self._backwards.isChecked())

    def set_order(self, wish: Wish) -> None:
        """Choose an order, without a signal; one that is not offered is not taken."""
        if wish.key in self._actions:
            self._actions[wish.key].setChecked(True)
            self._backwards.setChecked(wish.backwards)
            self._say()

    def show_own(self, words: str) -> None:
        """Say which order of its own a list stands in, in place of that as imported; or no longer.

        Args:
            words: What it is called; empty: the list has none.
        """
        if words != self._own:
            self._own = words
            self._say()

    def minimumSizeHint(self) -> QSize:
        """Return room for a few words: the rest gives way where the window is small."""
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return room for all words."""
        metrics = self.fontMetrics()
        more = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text())
        return super().sizeHint() + QSize(more, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words with an ellipsis where they do not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        wanted = metrics.horizontalAdvance(self._whole)
        room = self.width() - (self.sizeHint().width() - wanted)
        elided = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(self._whole if wanted <= room else elided)  # Qt cuts what just fits
        self.updateGeometry()

    def offer(self, key: str, *, on: bool) -> None:
        """Offer an order, or not."""
        self._actions[key].setVisible(on)

    def _add(self, menu: QMenu, key: str, words: str, tip: str) -> QAction:
        action = menu.addAction(words)
        action.setObjectName(f"{key}Order")
        action.setCheckable(True)
        action.setToolTip(tip or words)
        action.triggered.connect(self._tell)
        return action

    def _say(self) -> None:
        wish = self.order
        words, tip = _words(wish.key)
        if wish == Wish(IMPORTED):
            words = self._own or words
        if IMPORTED in self._actions:  # turned round it is no list's own
            own = "" if wish.backwards else self._own
            self._actions[IMPORTED].setText(own or _words(IMPORTED)[0])
        arrow = " ↑" if wish.backwards else ""
        self._whole = f"{words}{arrow}".replace("&", "&&")
        self.setText(self._whole)
        self._fit()
        spoken = self.tr("Order: {order}").format(order=words)
        turned = self.tr("the other way round")
        self.setAccessibleName(f"{spoken}, {turned}" if wish.backwards else spoken)
        self.setToolTip(f"{self.accessibleName()}\n{tip}")

    @Slot()
    def _tell(self) -> None:
        self._say()
        self.chosen.emit(self.order)


def _tr(text: str) -> str:
    return QCoreApplication.translate("OrderButton", text)

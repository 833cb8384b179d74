"""A button with a menu of filters that are wanted now and then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tinyclf_gui.widgets.button import Button
from tinyclf_gui.widgets.filter_chips import Chip
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.staying_menu import StayingMenu


class FilterMenu(Button):
    """Opens the menu; what is ticked there is to be shown as a chip.

    Attributes:
        is_open: Whether it is seen, or about to be.

    Signals:
        opened(): It is about to be seen: what is not counted yet is to be counted.
        ticked(str, bool): The filter with this key was ticked, or no longer is.
    """

    opened = Signal()
    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moreFiltersButton")
        self.setProperty("kind", "menu")
        self.setText(self.tr("More"))
        self.setAccessibleName(self.tr("More filters"))
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._actions: dict[str, QAction] = {}
        self._menu = StayingMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        self.is_open = False
        self._menu.aboutToShow.connect(self._open)
        self._menu.aboutToHide.connect(self._close)

    def set_chips(self, kinds: Sequence[Sequence[Chip]], down: Iterable[str]) -> None:
        """Offer these filters, kind by kind, those that are down ticked.

        What finds nothing is not offered; what is not counted has no number.
        """
        chips = [chip for kind in kinds for chip in kind]
        if [chip.key for chip in chips] != list(self._actions):
            self._rebuild(kinds)
        ticked = set(down)
        for chip in chips:
            action = self._actions[chip.key]
            count = "" if chip.count is None else number(chip.count)
            action.setText(f"{chip.text.replace('&', '&&')}\t{count}")
            action.setToolTip(chip.tip or chip.text)
            action.setChecked(chip.key in ticked)
            action.setEnabled(chip.count != 0 or chip.key in ticked)

    @Slot()
    def _open(self) -> None:
        self.is_open = True
        self.opened.emit()

    @Slot()
    def _close(self) -> None:
        self.is_open = False

    def _rebuild(self, kinds: Sequence[Sequence[Chip]]) -> None:
        self._menu.clear()
        self._actions = {}
        for kind in kinds:
            self._menu.addSeparator()
            for chip in kind:
                action = self._menu.addAction("")
                action.setObjectName(f"{chip.key}Filter")
                action.setCheckable(True)
                action.setData(chip.key)
                action.triggered.connect(self._tell)
                self._actions[chip.key] = action

    @Slot(bool)
    def _tell(self, down: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.ticked.emit(action.data(), down)

"""The bar above the Label page's grid: search, chips, order; what is left out is seen here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tinyclf_gui.models.arranging import (
    ALIKE,
    DOUBT,
    EXPECTED,
    IMPORTED,
    NAME,
    TAKEN,
    WORN,
)
from tinyclf_gui.widgets.filter_chips import Chip, FilterChips
from tinyclf_gui.widgets.filter_menu import FilterMenu
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.order_button import OrderButton
from tinyclf_gui.widgets.search_field import SearchField
from tinyclf_gui.widgets.styled import label, push_button

ORDERS = (IMPORTED, DOUBT, EXPECTED, ALIKE, TAKEN, NAME, WORN)
SEARCH_WIDTHS = (96, 200)
"""Of the search field, in pixels: at least, and where there is room."""


class FilterBar(QFrame):
    """Search, how much is left out, order and auto-advance; the chips; a note on the list.

    Attributes:
        order: The button for the order.
        advance: The toggle for auto-advance.
        search: The field for names.

    Signals:
        changed(): Other chips are down.
        searched(str): Other words are searched for.
        cleared(): All photos are wanted.
        left(): A person is done with the search field.
        menuOpened(): The menu with more filters is about to be seen.
        nextWanted(): The photos suggested by now are to be shown.
        everywhereWanted(): The words are to be searched for in all photos: no chip is down then.
    """

    changed = Signal()
    searched = Signal(str)
    cleared = Signal()
    left = Signal()
    menuOpened = Signal()
    nextWanted = Signal()
    everywhereWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._bar_chips: list[Chip] = []
        self._menu_chips: list[Sequence[Chip]] = []
        self._down: frozenset[str] = frozenset()
        self.search = SearchField()
        self.search.setMinimumWidth(SEARCH_WIDTHS[0])
        self.search.setMaximumWidth(SEARCH_WIDTHS[1])
        self._chips = FilterChips(self.tr("Show"))
        self._more = FilterMenu()
        self._note = label("", "muted", wrap=True)
        self._note.setObjectName("listNote")
        self._next = push_button(self.tr("Show the next"), "nextSuggestedButton", "link")
        self._next.hide()
        self._count = label("", "muted")
        self._count.setObjectName("shownCount")
        self._all = push_button(self.tr("Show all"), "showAllButton", "link")
        self._everywhere = push_button(
            self.tr("Search all photos"), "searchEverywhereButton", "link"
        )
        self._everywhere.setToolTip(self.tr("Search among all photos: no filter is on then"))
        self._everywhere.hide()
        self._elsewhere, self._finds = 0, True
        self._told = ("", "")
        self._chips.put_behind(self._more)
        self.order = OrderButton(ORDERS)
        self.advance = QCheckBox(self.tr("Auto-advance"))
        self.advance.setObjectName("autoAdvanceToggle")
        self.advance.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves keys to the photos
        self.advance.setToolTip(self.tr("After a grade, go on to the next photo"))
        self._above = above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.search, 20)
        above.addWidget(self._count)
        above.addWidget(self._everywhere)
        above.addWidget(self._all)
        above.addStretch(1)
        above.addWidget(self.order)
        above.addWidget(self.advance)
        self._lines = lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 8, 16, 8)
        lines.setSpacing(8)
        lines.addLayout(above)
        lines.addWidget(self._chips)
        note = QHBoxLayout()
        note.setSpacing(12)
        note.addWidget(self._note, 1)
        note.addWidget(self._next)
        lines.addLayout(note)
        self._note.hide()
        self._listen()

    @property
    def checked(self) -> frozenset[str]:
        """The keys of the chips that are down."""
        return self._down

    @property
    def is_menu_open(self) -> bool:
        """Whether the menu with more filters is seen, or about to be."""
        return self._more.is_open

    def show_chips(self, on: bool) -> None:
        """Have the chips in view, or leave their room to what stands below."""
        self._chips.setVisible(on)

    def set_checked(self, keys: Iterable[str]) -> None:
        """Have exactly these chips down, without a signal."""
        self._down = frozenset(keys)
        self._show()

    def set_chips(self, chips: Sequence[Chip], more: Sequence[Sequence[Chip]]) -> None:
        """Show chips, those of the menu only while they are down.

        Args:
            chips: Those that always stand in the bar.
            more: Those of the menu, by kind.
        """
        self._bar_chips, self._menu_chips = list(chips), list(more)
        known = {chip.key for chip in self._all_chips()}
        self._down &= known
        self._show()

    def show_count(
        self, shown: int, total: int, *, narrowed: bool, named: int | None = None
    ) -> None:
        """Say how many photos are shown, and offer to show all where some are left out.

        Args:
            shown: How many.
            total: Of how many.
            narrowed: Whether chips or words leave some out.
            named: How many of all are called so, where chips leave out some of those.
        """
        self._elsewhere = 0 if named is None else max(0, named - shown)
        words = self.tr("{n} of {all}").format(n=number(shown), all=number(total))
        brief = number(shown)
        if self._elsewhere:
            words, brief = self.tr("{n} here").format(n=number(shown)), ""
            everywhere = self.tr("{n} in all photos").format(n=number(named or 0))
            self._everywhere.setText(everywhere)
        self._told = (words, brief) if narrowed else ("", "")
        self._count.setToolTip(words)
        self._count.setAccessibleName(words)
        self._all.setVisible(narrowed and not self._elsewhere)
        self._everywhere.setVisible(narrowed and bool(self._elsewhere))
        self._finds = bool(shown)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the order and the toggle the room where there is little."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Say in brief how many are shown, if need be."""
        margins = self._lines.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for words in self._told:
            self._count.setText(words)
            self._count.setVisible(bool(words))
            self._above.invalidate()
            if self._above.minimumSize().width() <= room:
                break

    def show_note(self, words: str, following: int = 0) -> None:
        """Say what must be known of the list in view; nothing, if there are no words.

        Args:
            words: What to say.
            following: So many other photos are suggested by now: they are offered.
        """
        self._next.setVisible(following > 0)
        if following:
            self._next.setText(self.tr("Show the next {n}").format(n=number(following)))
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _all_chips(self) -> list[Chip]:
        return [*self._bar_chips, *(chip for kind in self._menu_chips for chip in kind)]

    def _show(self) -> None:
        in_bar = {chip.key for chip in self._bar_chips}
        chips = [one for one in self._all_chips() if one.key in in_bar or one.key in self._down]
        self._chips.set_chips(chips)
        self._chips.set_checked(self._down)
        self._more.set_chips(self._menu_chips, self._down)

    def _listen(self) -> None:
        self._chips.changed.connect(self._choose)
        self._more.ticked.connect(self._tick)
        self._more.opened.connect(self.menuOpened)
        self._all.clicked.connect(self.cleared)
        self._everywhere.clicked.connect(self.everywhereWanted)
        self._next.clicked.connect(self.nextWanted)
        self.search.searched.connect(self.searched)
        self.search.left.connect(self.left)
        self.search.entered.connect(self._enter)

    @Slot()
    def _enter(self) -> None:
        """Go to what was found; if that is nothing here, look among all photos."""
        if self._elsewhere and not self._finds:
            self.everywhereWanted.emit()
        else:
            self.left.emit()

    @Slot(object)
    def _choose(self, down: frozenset[str]) -> None:
        self.set_checked(down)
        self.changed.emit()

    @Slot(str, bool)
    def _tick(self, key: str, down: bool) -> None:
        """Have a chip of the menu down, or not; those that stand alone leave."""
        alone = {chip.key for chip in self._bar_chips if chip.alone}
        self.set_checked((self.checked - alone) | {key} if down else self.checked - {key})
        self.changed.emit()

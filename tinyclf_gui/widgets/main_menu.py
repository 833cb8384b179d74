"""The menu bar: every action of the program, each with its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from tinyclf_gui.models.actions import MENUS, WHILE_HELD, Entry
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.key_chords import sequences_of
from tinyclf_gui.widgets.recent_menu import RecentMenu


class MainMenu(QObject):
    """Fills a menu bar, and follows when keys are bound anew.

    Attributes:
        recent: The collections opened before, below the entry that opens one.

    Signals:
        wanted(str): The entry with this key was chosen.
    """

    wanted = Signal(str)

    def __init__(self, bar: QMenuBar, window: QWidget, keys: KeyBindings | None = None) -> None:
        super().__init__(window)
        self._keys = keys or KeyBindings(parent=self)
        self.recent = RecentMenu(window)
        self._actions: dict[str, QAction] = {}
        self._entries: dict[str, Entry] = {}
        self._about: dict[str, str] = {}
        for title, entries in MENUS.items():
            self._fill(bar.addMenu(self.tr(title)), entries, window)
        self._show_keys()
        self._keys.changed.connect(self._show_keys)

    def action(self, key: str) -> QAction:
        """Return an entry's action."""
        return self._actions[key]

    def tell(self, key: str, what: str) -> None:
        """Have an entry say what it is about just now: "Undo: 312 graded 4"."""
        self._about[key] = what.replace("&", "&&")  # one would underline what follows
        self._show_words(self._entries[key])

    def set_open(self, is_open: bool) -> None:
        """Enable what needs a collection, or not; then nothing is about it any more."""
        for key in () if is_open else tuple(self._about):
            self.tell(key, "")
        for key, entry in self._entries.items():
            if entry.needs_collection:
                self._actions[key].setEnabled(is_open)

    def set_grid(self, is_seen: bool) -> None:
        """Enable what is for the photos of a grid, or not."""
        for key, entry in self._entries.items():
            if not entry.listens:
                self._actions[key].setEnabled(is_seen)

    def _fill(self, menu: QMenu, entries: tuple[Entry | None, ...], window: QWidget) -> None:
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            action = QAction(window)
            action.setObjectName(f"{_camel(entry.key)}Action")
            action.setAutoRepeat(entry.key in WHILE_HELD)
            action.triggered.connect(self._teller(entry.key))
            menu.addAction(action)
            if entry.key == "open-collection":
                menu.addMenu(self.recent)
                menu.aboutToShow.connect(self.recent.asked)
            self._actions[entry.key] = action
            self._entries[entry.key] = entry

    def _show_keys(self) -> None:
        for key, entry in self._entries.items():
            if entry.listens:
                chords = self._keys.keys_of(key)
                sequences = [sequence for chord in chords for sequence in sequences_of(chord)]
                self._actions[key].setShortcuts(sequences)
            self._show_words(entry)

    def _show_words(self, entry: Entry) -> None:
        """Show what an entry is called and about; where the menu does not listen, its key too."""
        words, what = self.tr(entry.words), self._about.get(entry.key)
        if what:
            words = self.tr("{0}: {1}").format(words, what)
        key = "" if entry.listens else self._keys.words(entry.key)
        self._actions[entry.key].setText(f"{words}\t{key}" if key else words)

    def _teller(self, key: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(key)


def _camel(key: str) -> str:
    first, *rest = key.split("-")
    return first + "".join(part.title() for part in rest)

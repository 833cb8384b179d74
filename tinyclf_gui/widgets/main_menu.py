"""Every action of the program with its key: the one table behind the menu and the cheat sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for the translators' tools, which know this name; Qt's own has no useful type."""
    return text


@dataclass(frozen=True)
class Entry:
    """One action.

    Attributes:
        key: Its name in the program.
        words: Its name for a person.
        keys: Its keyboard keys.
        listens: The menu itself takes the keys; else the photo grid does, and they are shown only.
        needs_collection: Only with an open collection.
    """

    key: str
    words: str
    keys: str = ""
    listens: bool = True
    needs_collection: bool = True


def _always(key: str, words: str, keys: str = "") -> Entry:
    return Entry(key, words, keys, needs_collection=False)


def _grid(key: str, words: str, keys: str) -> Entry:
    return Entry(key, words, keys, listens=False)


MENUS: dict[str, tuple[Entry | None, ...]] = {
    QT_TRANSLATE_NOOP("MainMenu", "&File"): (
        _always("open-folder", QT_TRANSLATE_NOOP("MainMenu", "Open a folder of photos…"), "Ctrl+O"),
        _always(
            "open-collection", QT_TRANSLATE_NOOP("MainMenu", "Open a collection…"), "Ctrl+Shift+O"
        ),
        _always("open-sample", QT_TRANSLATE_NOOP("MainMenu", "Sample stamps")),
        None,
        Entry("add-photos", QT_TRANSLATE_NOOP("MainMenu", "Add photos to this collection…")),
        Entry("find-moved", QT_TRANSLATE_NOOP("MainMenu", "Find moved photos…")),
        Entry("import-grades", QT_TRANSLATE_NOOP("MainMenu", "Take over grades from a table…")),
        Entry("problems", QT_TRANSLATE_NOOP("MainMenu", "Files that could not be read…")),
        Entry("export", QT_TRANSLATE_NOOP("MainMenu", "Export…"), "Ctrl+E"),
        Entry("close", QT_TRANSLATE_NOOP("MainMenu", "Close the collection"), "Ctrl+W"),
        None,
        _always("settings", QT_TRANSLATE_NOOP("MainMenu", "Settings…"), "Ctrl+,"),
        _always("quit", QT_TRANSLATE_NOOP("MainMenu", "Quit"), "Ctrl+Q"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Edit"): (
        Entry("undo", QT_TRANSLATE_NOOP("MainMenu", "Undo"), "Ctrl+Z"),
        Entry("redo", QT_TRANSLATE_NOOP("MainMenu", "Redo"), "Ctrl+Shift+Z"),
        None,
        _grid("select-all", QT_TRANSLATE_NOOP("MainMenu", "Select all"), "Ctrl+A"),
        _grid("invert", QT_TRANSLATE_NOOP("MainMenu", "Invert the selection"), "Ctrl+I"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Photo"): (
        _grid("grade-5", QT_TRANSLATE_NOOP("MainMenu", "Grade 5, flawless"), "5"),
        _grid("grade-4", QT_TRANSLATE_NOOP("MainMenu", "Grade 4"), "4"),
        _grid("grade-3", QT_TRANSLATE_NOOP("MainMenu", "Grade 3"), "3"),
        _grid("grade-2", QT_TRANSLATE_NOOP("MainMenu", "Grade 2"), "2"),
        _grid("grade-1", QT_TRANSLATE_NOOP("MainMenu", "Grade 1, barely visible"), "1"),
        None,
        _grid("accept", QT_TRANSLATE_NOOP("MainMenu", "Accept the proposal and go on"), "Enter"),
        _grid("clear", QT_TRANSLATE_NOOP("MainMenu", "Clear the grade"), "0"),
        _grid("unsure", QT_TRANSLATE_NOOP("MainMenu", "Unsure"), "U"),
        _grid("not-gradable", QT_TRANSLATE_NOOP("MainMenu", "Not gradable"), "X"),
        None,
        _grid("pin", QT_TRANSLATE_NOOP("MainMenu", "Pin as an example, or no longer"), "P"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&View"): (
        Entry("label", QT_TRANSLATE_NOOP("MainMenu", "Label page"), "Ctrl+1"),
        Entry("train", QT_TRANSLATE_NOOP("MainMenu", "Train page"), "Ctrl+2"),
        Entry("review", QT_TRANSLATE_NOOP("MainMenu", "Review page"), "Ctrl+3"),
        None,
        _grid("grid", QT_TRANSLATE_NOOP("MainMenu", "Grid"), "G"),
        _grid("loupe", QT_TRANSLATE_NOOP("MainMenu", "Loupe"), "E"),
        _grid("compare-photos", QT_TRANSLATE_NOOP("MainMenu", "Compare 2 to 4 photos"), "C"),
        Entry("examples", QT_TRANSLATE_NOOP("MainMenu", "Examples beside the photo"), "B"),
        Entry("larger", QT_TRANSLATE_NOOP("MainMenu", "Larger tiles"), "Ctrl++"),
        Entry("smaller", QT_TRANSLATE_NOOP("MainMenu", "Smaller tiles"), "Ctrl+-"),
        Entry("worn", QT_TRANSLATE_NOOP("MainMenu", "Looks most worn first"), "Ctrl+Shift+W"),
        _always("full-screen", QT_TRANSLATE_NOOP("MainMenu", "Full screen"), "F11"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Learn"): (
        Entry("train-now", QT_TRANSLATE_NOOP("MainMenu", "Train on all grades"), "Ctrl+T"),
        Entry("compare", QT_TRANSLATE_NOOP("MainMenu", "Compare configurations"), "Ctrl+Shift+T"),
        Entry("open-config", QT_TRANSLATE_NOOP("MainMenu", "Open a configuration…"), "Ctrl+L"),
        Entry("save-config", QT_TRANSLATE_NOOP("MainMenu", "Save the configuration…"), "Ctrl+S"),
        None,
        Entry("cancel", QT_TRANSLATE_NOOP("MainMenu", "Cancel the running job"), "Ctrl+."),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Check"): (
        Entry("exam", QT_TRANSLATE_NOOP("MainMenu", "Exam: grade photos blind"), "Ctrl+4"),
        Entry("again", QT_TRANSLATE_NOOP("MainMenu", "Show some again blind"), "Ctrl+5"),
        Entry("doubtful", QT_TRANSLATE_NOOP("MainMenu", "Doubtful grades"), "Ctrl+6"),
        Entry("unlike", QT_TRANSLATE_NOOP("MainMenu", "New photos unlike the others"), "Ctrl+7"),
        None,
        Entry("audit", QT_TRANSLATE_NOOP("MainMenu", "Check this wall at random"), "Ctrl+R"),
        Entry("accept-rest", QT_TRANSLATE_NOOP("MainMenu", "Accept the rest of it"), "Ctrl+Return"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Help"): (
        _always("shortcuts", QT_TRANSLATE_NOOP("MainMenu", "Keys…"), "?"),
        _always("about", QT_TRANSLATE_NOOP("MainMenu", "About Tiny Classifier…")),
    ),
}
"""The menus by title; ``None`` is a line between entries."""

ONLY_KEYS: tuple[Entry, ...] = (
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Grade and go on"), "Shift+1 … 5"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Look closely while held"), "Space"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Fit or full size, enlarged"), "Z"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Compare: zoom together or not"), "L"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Compare: leave a photo out"), "Delete"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Compare: the next photo here"), "PageDown"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Where it looks, in the loupe"), "H"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Extend the selection; pull a photo"), "Shift+Arrows"),
    Entry("", QT_TRANSLATE_NOOP("MainMenu", "Size of the tiles"), "Ctrl+Wheel"),
)
"""Keys that have no menu entry."""


class MainMenu(QObject):
    """Fills a menu bar.

    Signals:
        wanted(str): The entry with this key was chosen.
    """

    wanted = Signal(str)

    def __init__(self, bar: QMenuBar, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._needy: list[QAction] = []
        self._of_grid: list[QAction] = []
        for title, entries in MENUS.items():
            self._fill(bar.addMenu(self.tr(title)), entries, window)

    def action(self, key: str) -> QAction:
        """Return an entry's action."""
        return self._actions[key]

    def tell(self, key: str, what: str) -> None:
        """Have an entry say what it is about just now: "Undo: 312 graded 4"."""
        words = _tr(_WORDS[key])
        self._actions[key].setText(self.tr("{0}: {1}").format(words, what) if what else words)

    def set_open(self, is_open: bool) -> None:
        """Enable what needs a collection, or not."""
        for action in self._needy:
            action.setEnabled(is_open)

    def set_grid(self, is_seen: bool) -> None:
        """Enable what is for the photos of a grid, or not."""
        for action in self._of_grid:
            action.setEnabled(is_seen)

    def _fill(self, menu: QMenu, entries: tuple[Entry | None, ...], window: QWidget) -> None:
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            action = self._make(entry, window)
            menu.addAction(action)
            self._actions[entry.key] = action
            if entry.needs_collection:
                self._needy.append(action)
            if not entry.listens:
                self._of_grid.append(action)

    def _make(self, entry: Entry, window: QWidget) -> QAction:
        words = self.tr(entry.words)
        action = QAction(words if entry.listens else f"{words}\t{entry.keys}", window)
        action.setObjectName(f"{_camel(entry.key)}Action")
        if entry.listens and entry.keys:
            action.setShortcut(QKeySequence(entry.keys))
        action.triggered.connect(self._teller(entry.key))
        return action

    def _teller(self, key: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(key)


_WORDS = {entry.key: entry.words for entries in MENUS.values() for entry in entries if entry}


def cheat_sheet() -> list[tuple[str, str, str]]:
    """Return every key as (menu, key, words)."""
    groups = [
        (title, [one for one in entries if one and one.keys]) for title, entries in MENUS.items()
    ]
    groups.append((QT_TRANSLATE_NOOP("MainMenu", "In the grid"), list(ONLY_KEYS)))
    return [
        (_tr(title).replace("&", ""), entry.keys, _tr(entry.words).rstrip("…"))
        for title, entries in groups
        for entry in entries
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("MainMenu", text)


def _camel(key: str) -> str:
    first, *rest = key.split("-")
    return first + "".join(part.title() for part in rest)

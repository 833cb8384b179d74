"""Every action a key can ask for, with its usual keys: the one table behind menu and keyboard.

To add an action, add a line here, and say in ``Desk`` what it does. Its key works wherever the line
says, it stands in the menu and on the cheat sheet, and a person can bind it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for the translators' tools, which know this name; Qt's own has no useful type."""
    return text


class Scope(Flag):
    """Where the keyboard is when a key counts; ``WINDOW`` is anywhere."""

    WINDOW = auto()
    GRID = auto()
    LOUPE = auto()
    COMPARE = auto()
    PHOTOS = GRID | LOUPE | COMPARE


@dataclass(frozen=True)
class Entry:
    """One action.

    Attributes:
        key: Its name in the program; settings keep a person's keys under it, so it stays.
        words: Its name for a person.
        keys: Its usual keys, with a space between: "Ctrl++ Ctrl+=".
        scope: Where they count.
        needs_collection: Only with an open collection.
    """

    key: str
    words: str
    keys: str = ""
    scope: Scope = Scope.WINDOW
    needs_collection: bool = True

    @property
    def listens(self) -> bool:
        """Whether the menu itself takes the keys; else what shows photos does."""
        return Scope.WINDOW in self.scope

    @property
    def name(self) -> str:
        """Its name in the language of the window, as in a list."""
        return in_words(self.words).rstrip("…")


def _always(key: str, words: str, keys: str = "") -> Entry:
    return Entry(key, words, keys, needs_collection=False)


def _photos(key: str, words: str, keys: str) -> Entry:
    return Entry(key, words, keys, Scope.PHOTOS)


def _grid(key: str, words: str, keys: str) -> Entry:
    return Entry(key, words, keys, Scope.GRID)


def _large(key: str, words: str, keys: str) -> Entry:
    return Entry(key, words, keys, Scope.LOUPE | Scope.COMPARE)


def _compare(key: str, words: str, keys: str) -> Entry:
    return Entry(key, words, keys, Scope.COMPARE)


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
        Entry("problems", QT_TRANSLATE_NOOP("MainMenu", "Unread files and exact copies…")),
        Entry("export", QT_TRANSLATE_NOOP("MainMenu", "Export…"), "Ctrl+E"),
        Entry("close", QT_TRANSLATE_NOOP("MainMenu", "Close the collection"), "Ctrl+W"),
        None,
        _always("settings", QT_TRANSLATE_NOOP("MainMenu", "Settings…"), "Ctrl+,"),
        _always("quit", QT_TRANSLATE_NOOP("MainMenu", "Quit"), "Ctrl+Q"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Edit"): (
        Entry("undo", QT_TRANSLATE_NOOP("MainMenu", "Undo"), "Ctrl+Z"),
        Entry("redo", QT_TRANSLATE_NOOP("MainMenu", "Redo"), "Ctrl+Shift+Z Ctrl+Y"),
        Entry("history", QT_TRANSLATE_NOOP("MainMenu", "History…"), "Ctrl+H"),
        None,
        _grid("select-all", QT_TRANSLATE_NOOP("MainMenu", "Select all"), "Ctrl+A"),
        _grid("invert", QT_TRANSLATE_NOOP("MainMenu", "Invert the selection"), "Ctrl+I"),
        Entry(
            "duplicates", QT_TRANSLATE_NOOP("MainMenu", "Select its near-duplicates too"), "Ctrl+D"
        ),
        None,
        Entry("find", QT_TRANSLATE_NOOP("MainMenu", "Find by name"), "Ctrl+F"),
        Entry("show-all", QT_TRANSLATE_NOOP("MainMenu", "Show all photos"), "Ctrl+Shift+A"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Photo"): (
        _photos("grade-5", QT_TRANSLATE_NOOP("MainMenu", "Grade 5, flawless"), "5"),
        _photos("grade-4", QT_TRANSLATE_NOOP("MainMenu", "Grade 4"), "4"),
        _photos("grade-3", QT_TRANSLATE_NOOP("MainMenu", "Grade 3"), "3"),
        _photos("grade-2", QT_TRANSLATE_NOOP("MainMenu", "Grade 2"), "2"),
        _photos("grade-1", QT_TRANSLATE_NOOP("MainMenu", "Grade 1, barely visible"), "1"),
        None,
        _photos("accept", QT_TRANSLATE_NOOP("MainMenu", "Accept the proposal and go on"), "Enter"),
        _photos("step-down", QT_TRANSLATE_NOOP("MainMenu", "One grade lower"), "[ Alt+Down"),
        _photos("step-up", QT_TRANSLATE_NOOP("MainMenu", "One grade higher"), "] Alt+Up"),
        _photos("clear", QT_TRANSLATE_NOOP("MainMenu", "Clear the grade"), "0"),
        _photos("unsure", QT_TRANSLATE_NOOP("MainMenu", "Unsure"), "U"),
        _photos("not-gradable", QT_TRANSLATE_NOOP("MainMenu", "Not gradable"), "X"),
        None,
        _photos("pin", QT_TRANSLATE_NOOP("MainMenu", "Pin as an example, or no longer"), "P"),
        Entry("fine", QT_TRANSLATE_NOOP("MainMenu", "This photo is fine"), "Ctrl+Shift+F"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&View"): (
        Entry("label", QT_TRANSLATE_NOOP("MainMenu", "Label page"), "Ctrl+1"),
        Entry("train", QT_TRANSLATE_NOOP("MainMenu", "Train page"), "Ctrl+2"),
        Entry("review", QT_TRANSLATE_NOOP("MainMenu", "Review page"), "Ctrl+3"),
        None,
        _photos("grid", QT_TRANSLATE_NOOP("MainMenu", "Grid"), "G"),
        _photos("loupe", QT_TRANSLATE_NOOP("MainMenu", "Loupe"), "E"),
        _photos("compare-photos", QT_TRANSLATE_NOOP("MainMenu", "Compare 2 to 4 photos"), "C"),
        _photos("examples", QT_TRANSLATE_NOOP("MainMenu", "Examples beside the photo"), "B"),
        Entry("larger", QT_TRANSLATE_NOOP("MainMenu", "Larger tiles"), "Ctrl++ Ctrl+="),
        Entry("smaller", QT_TRANSLATE_NOOP("MainMenu", "Smaller tiles"), "Ctrl+-"),
        Entry("alike", QT_TRANSLATE_NOOP("MainMenu", "Like this photo first"), "Ctrl+Shift+L"),
        Entry("worn", QT_TRANSLATE_NOOP("MainMenu", "Looks most worn first"), "Ctrl+Shift+W"),
        _always("full-screen", QT_TRANSLATE_NOOP("MainMenu", "Full screen"), "F11"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Walls"): (
        Entry("wall-5", QT_TRANSLATE_NOOP("MainMenu", "Wall 5, flawless"), "Alt+5"),
        Entry("wall-4", QT_TRANSLATE_NOOP("MainMenu", "Wall 4"), "Alt+4"),
        Entry("wall-3", QT_TRANSLATE_NOOP("MainMenu", "Wall 3"), "Alt+3"),
        Entry("wall-2", QT_TRANSLATE_NOOP("MainMenu", "Wall 2"), "Alt+2"),
        Entry("wall-1", QT_TRANSLATE_NOOP("MainMenu", "Wall 1, barely visible"), "Alt+1"),
        None,
        Entry("next-wall", QT_TRANSLATE_NOOP("MainMenu", "Next wall"), "Alt+PgDown"),
        Entry("previous-wall", QT_TRANSLATE_NOOP("MainMenu", "Previous wall"), "Alt+PgUp"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Learn"): (
        Entry(
            "train-now",
            QT_TRANSLATE_NOOP("MainMenu", "Train on all grades but the exam's"),
            "Ctrl+T",
        ),
        Entry("compare", QT_TRANSLATE_NOOP("MainMenu", "Compare configurations"), "Ctrl+Shift+T"),
        Entry("open-config", QT_TRANSLATE_NOOP("MainMenu", "Open a configuration…"), "Ctrl+L"),
        Entry("save-config", QT_TRANSLATE_NOOP("MainMenu", "Save the configuration…"), "Ctrl+S"),
        None,
        Entry("cancel", QT_TRANSLATE_NOOP("MainMenu", "Cancel the running job"), "Ctrl+."),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Check"): (
        Entry("exam", QT_TRANSLATE_NOOP("MainMenu", "Exam: grade photos blind"), "Ctrl+4"),
        Entry(
            "again",
            QT_TRANSLATE_NOOP("MainMenu", "Test yourself: grade some again blind"),
            "Ctrl+5",
        ),
        Entry("doubtful", QT_TRANSLATE_NOOP("MainMenu", "Doubtful grades"), "Ctrl+6"),
        Entry("unlike", QT_TRANSLATE_NOOP("MainMenu", "New photos unlike the others"), "Ctrl+7"),
        Entry("bad", QT_TRANSLATE_NOOP("MainMenu", "Bad photos"), "Ctrl+8"),
        None,
        Entry("audit", QT_TRANSLATE_NOOP("MainMenu", "Check this wall at random"), "Ctrl+R"),
        Entry("accept-rest", QT_TRANSLATE_NOOP("MainMenu", "Accept the rest of it"), "Ctrl+Enter"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "&Help"): (
        _always("shortcuts", QT_TRANSLATE_NOOP("MainMenu", "Keys…"), "?"),
        _always("about", QT_TRANSLATE_NOOP("MainMenu", "About Tiny Classifier…")),
    ),
}
"""The menus by title; ``None`` is a line between entries."""

ONLY_KEYS: dict[str, tuple[Entry, ...]] = {
    QT_TRANSLATE_NOOP("MainMenu", "In the grid"): (
        Entry(
            "peek",
            QT_TRANSLATE_NOOP("MainMenu", "Look closely while held"),
            "Space",
            Scope.GRID | Scope.LOUPE,
        ),
        _grid("toggle", QT_TRANSLATE_NOOP("MainMenu", "Select this photo too"), "Ctrl+Space"),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "Enlarged"): (
        _large("zoom", QT_TRANSLATE_NOOP("MainMenu", "Fit or full size"), "Z"),
        _large("zoom-in", QT_TRANSLATE_NOOP("MainMenu", "Closer"), "+ ="),
        _large("zoom-out", QT_TRANSLATE_NOOP("MainMenu", "Farther"), "-"),
        Entry(
            "attention",
            QT_TRANSLATE_NOOP("MainMenu", "Where it looks, in the loupe"),
            "H",
            Scope.LOUPE,
        ),
    ),
    QT_TRANSLATE_NOOP("MainMenu", "While comparing"): (
        _compare("link", QT_TRANSLATE_NOOP("MainMenu", "Zoom together or each alone"), "L"),
        _compare("leave-out", QT_TRANSLATE_NOOP("MainMenu", "Leave a photo out"), "Del Backspace"),
    ),
}
"""Actions that have no menu entry, by group."""

WHILE_HELD = frozenset(("zoom-in", "zoom-out", "larger", "smaller", "undo", "redo"))
"""What a key does again and again while it is held; any other action it asks for once a press.

Who rests a finger on a grade has not looked at the photos that follow, and on a wall a step by one
grade goes on to the next one as well."""


def groups() -> Iterator[tuple[str, list[Entry]]]:
    """Yield all actions by group: the words of its title, its actions."""
    for title, entries in [*MENUS.items(), *ONLY_KEYS.items()]:
        yield in_words(title).replace("&", ""), [entry for entry in entries if entry]


def all_actions() -> dict[str, Entry]:
    """Return every action by its name in the program."""
    return {entry.key: entry for _, entries in groups() for entry in entries}


def in_words(text: str) -> str:
    """Return a text of this table in the language of the window."""
    return QCoreApplication.translate("MainMenu", text)

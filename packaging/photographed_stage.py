"""A stage that is photographed: each state large and small, dark and light."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from stage import Stage, child

from tinyclf.domain import Grade, PhotoId
from tinyclf_gui import theme
from tinyclf_gui.widgets.filter_menu import FilterMenu

SIZES = ((1280, 800), (900, 600))
REST = 0.25
"""Seconds after which what was asked for is painted."""
SOUND_FROM = 20
"""The first so many photos are in part spoilt ones and their like."""


class PhotographedStage(Stage):
    """What a person does on it, and the pictures taken."""

    def __init__(self, app: QApplication, home: Path, out: Path, only: str) -> None:
        super().__init__(app, home)
        self._out = out
        self._only = tuple(only.split(","))
        self.window.resize(*SIZES[0])
        self.window.show()
        self.window.activateWindow()

    def suggested(self) -> list[PhotoId]:
        """Return what is suggested to be graded."""
        return list(self.workspace.pages.label.shown.lists.suggested)

    def answer(self, most: int, wall: Grade, *, checking: bool = False) -> None:
        """Accept or correct what comes, and have it painted."""
        super().answer(most, wall, checking=checking)
        self.rest()

    def select(self, count: int) -> None:
        """Select photos that came in one after another, behind the spoilt ones."""
        ids = self.workspace.collection.table.ids
        self.browser.reveal(ids[SOUND_FROM : SOUND_FROM + count])

    def search(self, words: str, name: str) -> None:
        """Search for words."""
        child(self.workspace.pages.label, QWidget, "searchField").setProperty("text", words)
        self.rest()
        self.take(name)
        child(self.workspace.pages.label, QWidget, "searchField").setProperty("text", "")

    def focus(self, name: str, *roles: str) -> None:
        """Give the keyboard to a part in view, by Tab as it were, and take the picture."""
        for role in roles:
            for part in self.window.findChildren(QWidget, role):
                if part.isVisible():
                    inner = part.findChildren(QPushButton)
                    takes = part.focusPolicy() != Qt.FocusPolicy.NoFocus or not inner
                    target = part if takes else inner[0]
                    target.setFocus(Qt.FocusReason.TabFocusReason)
                    self.take(name, sizes=SIZES[:1])
                    return
        self.complain(name, f"no {' or '.join(roles)} in view")

    @contextmanager
    def opened(self, key: str) -> Iterator[QDialog]:
        """Open a dialog by its menu entry, and close it."""
        self.window.wanted.emit(key)
        self.rest()
        [dialog] = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        yield dialog
        dialog.close()
        self.rest()

    def ask(self, key: str) -> None:
        """Ask for an action of the menu."""
        self.window.wanted.emit(key)
        self.rest()

    def tick(self, key: str) -> None:
        """Tick a line of the menu of filters."""
        child(self.workspace.pages.label, FilterMenu).ticked.emit(key, True)
        self.rest()

    def press(self, name: str) -> None:
        """Press a button in view; where none is, say so and go on."""
        try:
            super().press(name)
        except LookupError:
            self.complain(name, "not in view")
        else:
            self.rest()

    def take(
        self,
        name: str,
        widget: QWidget | None = None,
        sizes: tuple[tuple[int, int], ...] = SIZES,
    ) -> None:
        """Save pictures of the window, or of a dialog, dark and light, large and small."""
        if not name.startswith(self._only):
            return
        for size in sizes if widget is None else sizes[:1]:
            self.window.resize(*size)
            for one in (theme.DARK, theme.LIGHT):
                theme.apply(self.app, one)
                self.rest()
                self._save(name, one.name, size[0], widget)
        self.window.resize(*SIZES[0])

    def snap(self, name: str) -> None:
        """Save one picture of what does not last."""
        if name.startswith(self._only):
            self._save(name, theme.current().name, self.window.width(), None)

    def _save(self, name: str, colours: str, width: int, widget: QWidget | None) -> None:
        path = self._out / f"{name}-{width}-{colours}.png"
        (widget or self.window).grab().save(str(path))

    def complain(self, name: str, words: str) -> None:
        """Say what could not be shown, and go on."""
        sys.stderr.write(f"{self._out.name} {name}: {words}\n")

    def wait(self) -> None:
        """Wait until nothing runs, and all is painted."""
        super().wait()
        self.rest()

    def rest(self, seconds: float = REST) -> None:
        """Let thumbnails come in and everything be painted."""
        start = monotonic()
        self.until(lambda: monotonic() - start > seconds)

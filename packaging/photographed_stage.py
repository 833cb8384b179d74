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

from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf_gui import theme
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.widgets.filter_menu import FilterMenu
from tinyclf_gui.widgets.photo_browser import PhotoBrowser

SIZES = ((1280, 800), (900, 600))
REST = 0.25
"""Seconds after which what was asked for is painted."""


class PhotographedStage(Stage):
    """What a person does on it, and the pictures taken."""

    def __init__(self, app: QApplication, home: Path, out: Path, only: str) -> None:
        super().__init__(app, home)
        self._out = out
        self._only = tuple(only.split(","))
        self.truth: dict[str, Grade] = {}
        self.window.resize(*SIZES[0])
        self.window.show()
        self.window.activateWindow()

    @property
    def browser(self) -> PhotoBrowser:
        """The photos in view."""
        browser = self.workspace.browser
        assert browser is not None, "this page has no photos"  # noqa: S101
        return browser

    def true(self, photo_id: PhotoId) -> Grade:
        """Return the grade a photo was damaged to."""
        table = self.workspace.collection.table
        stem = table.path(table.row_of[photo_id]).stem.split(" ")[0]
        return next((g for name, g in self.truth.items() if Path(name).stem == stem), Grade(3))

    def suggested(self) -> list[PhotoId]:
        """Return what is suggested to be graded, if anything, else the first photos."""
        grid = self.browser.grid
        shown = grid.in_sight()
        return list(shown) or list(self.workspace.collection.table.ids[:40])

    def grade(self, photo_ids: list[PhotoId], slips: int = 0) -> None:
        """Grade photos as they were damaged, but for some slips."""
        for number, photo_id in enumerate(photo_ids, 1):
            grade = self.true(photo_id)
            if slips and number % slips == 0:
                grade = Grade(6 - grade) if grade != 3 else GRADES[0]
            self.workspace.collection.do(GradePhotos([photo_id], grade))
        self.workspace.collection.recount()

    def answer(self, most: int, wall: Grade) -> None:
        """Accept or correct what comes, as a person would."""
        page = self.workspace.pages.review
        for _ in range(most):
            photo_id = self.browser.current_photo
            if photo_id is None or not self.browser.targets():
                break
            true = self.true(photo_id)
            if true is wall:
                self.browser.accept()
            else:
                self.browser.give(true, True)
            if most > 99 and not child(page, QWidget, "auditTitle").isVisible():
                break
        self.workspace.collection.recount()
        self.rest()

    def select(self, count: int) -> None:
        """Select the first photos of the list."""
        ids = [self.workspace.collection.table.ids[row] for row in range(20, 20 + count)]
        self.browser.reveal(ids)

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

"""The program with a home of its own, opened and acted on to be looked at."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tinyclf.domain import GRADES, Grade, Job, PhotoId
from tinyclf_gui import theme
from tinyclf_gui.app import make_application
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.desk import Desk
from tinyclf_gui.main_window import REVIEW, MainWindow
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.workspace import Workspace

REPORT = Path(__file__).with_name("benchmark.json")
"""What benchmark.yaml brought on a machine with 2 cores."""
TILE = 144
PATIENCE = 600.0
BREATH = 0.002
"""Seconds between two looks at what has happened."""

Child = TypeVar("Child", bound=QObject)


class Stage:
    """The window in the dark, nothing open yet, and a folder to draw stamps in.

    Attributes:
        app: The application.
        home: Whose settings and photos these are.
        photos: Where the stamps are to be drawn.
        window: The window.
        desk: What opens collections in it.
    """

    def __init__(self, app: QApplication, home: Path) -> None:
        self.app, self.home = app, home
        self.photos = home / "Stamps from an album"
        theme.apply(app, theme.DARK)
        self.window = MainWindow()
        settings = Settings(QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat))
        settings.tile_pixels = TILE
        settings.learn_meanwhile = False  # what comes in a pause would differ from run to run
        self.desk = Desk(self.window, settings)

    @staticmethod
    def at_home(home: Path) -> QApplication:
        """Make the application, all of whose settings and caches lie in a folder."""
        os.environ |= {"HOME": str(home), "TINYCLF_CACHE": str(home / "caches")}
        os.environ |= {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "CACHE")}
        return make_application()

    @property
    def workspace(self) -> Workspace:
        """The open collection."""
        workspace = self.desk.workspace
        assert workspace is not None, "nothing is open"  # noqa: S101
        return workspace

    @property
    def browser(self) -> PhotoBrowser:
        """The photos in view."""
        browser = self.workspace.browser
        assert browser is not None, "this page has no photos"  # noqa: S101
        return browser

    @cached_property
    def truth(self) -> dict[str, Grade]:
        """The stamps' grades by file name; first asked for when they are drawn."""
        return read_truth(self.photos)

    def true(self, photo_id: PhotoId) -> Grade:
        """Return the grade a photo was damaged to; of a spoilt one, that of its stamp.

        Raises:
            LookupError: it is none of the stamps.
        """
        table = self.workspace.collection.table
        path = table.path(table.row_of[photo_id])
        stamp = f"{path.stem.split(' ')[0]}.jpg"
        if stamp not in self.truth:
            raise LookupError(f"{path}: no grade is known of {stamp}")
        return self.truth[stamp]

    def grade(self, photo_ids: Iterable[PhotoId], slips: int = 0) -> None:
        """Grade photos as they were damaged, in one act a grade.

        Args:
            photo_ids: Which.
            slips: Every so many-th is given another grade; 0 for none.
        """
        given: dict[Grade, list[PhotoId]] = {grade: [] for grade in GRADES}
        for number, photo_id in enumerate(photo_ids, 1):
            grade = self.true(photo_id)
            if slips and number % slips == 0:
                grade = Grade(6 - grade) if grade != 3 else GRADES[0]
            given[grade].append(photo_id)
        for grade, photos in given.items():
            if photos:
                self.workspace.collection.do(GradePhotos(photos, grade))
        self.workspace.collection.recount()

    def show_fullest_wall(self) -> Grade:
        """Show the wall with most to check; return which that is."""
        self.window.show_page(REVIEW)
        walls = self.workspace.collection.status.walls
        wall = max(walls, key=lambda wall: wall.photos - wall.human).grade
        self.press(f"wallTab{int(wall)}")
        return wall

    def answer(self, most: int, wall: Grade, *, checking: bool = False) -> None:
        """Accept or correct what comes on a wall, as a person would.

        Args:
            most: So many photos at most.
            wall: The one shown.
            checking: Only as long as the wall is checked at random.
        """
        title = child(self.workspace.pages.review, QWidget, "auditTitle")
        for _ in range(most):
            photo_id = self.browser.current_photo
            if photo_id is None or not self.browser.targets():
                break
            true = self.true(photo_id)
            if true is wall:
                self.browser.accept()
            else:
                self.browser.give(true, True)
            if checking and not title.isVisible():
                break
        self.workspace.collection.recount()

    def press(self, name: str) -> None:
        """Press a button in view.

        Raises:
            LookupError: none of that name is.
        """
        buttons = [one for one in self.window.findChildren(QPushButton, name) if one.isVisible()]
        if not buttons:
            raise LookupError(f"{name}: not in view")
        buttons[0].click()

    def wait(self) -> None:
        """Wait until nothing runs."""
        self.until(lambda: self.workspace.workbench.idle)
        self.workspace.collection.recount()

    def until(self, done: Callable[[], bool]) -> None:
        """Run the event loop until something is done."""
        end = monotonic() + PATIENCE
        while not done():
            if monotonic() > end:
                raise SystemExit("the window does not come to rest")
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            sleep(BREATH)  # jobs run at the lowest priority: a busy loop would starve them


def child(parent: QObject, kind: type[Child], name: str = "") -> Child:
    """Return the only child of a kind, by name if there are others.

    Raises:
        ValueError: there is none, or there are several.
    """
    [found] = parent.findChildren(kind, name) if name else parent.findChildren(kind)
    return found


def walk(job: Job[object]) -> None:
    """Walk a job to its end."""
    for _ in job:
        pass


def read_truth(folder: Path) -> dict[str, Grade]:
    """Return the stamps' grades by file name."""
    with (folder / "truth.csv").open(newline="") as table:
        return {row["photo"]: Grade(int(row["grade"])) for row in csv.DictReader(table)}

"""The program with a home of its own, opened and acted on to be looked at."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication, QPushButton

from tinyclf.domain import Grade, Job
from tinyclf_gui import theme
from tinyclf_gui.desk import Desk
from tinyclf_gui.main_window import MainWindow
from tinyclf_gui.settings import Settings
from tinyclf_gui.workspace import Workspace

REPORT = Path(__file__).with_name("benchmark.json")
"""What benchmark.yaml brought on a machine with 2 cores."""
TILE = 144
PATIENCE = 600.0

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

    @property
    def workspace(self) -> Workspace:
        """The open collection."""
        workspace = self.desk.workspace
        assert workspace is not None, "nothing is open"  # noqa: S101
        return workspace

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

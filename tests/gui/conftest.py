"""The window's tests run without a screen, in one theme, on a small collection of plain photos."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tinyclf.data.encoder.builtin import BUILTIN_KEY
from tinyclf.data.encoder.layout import CHANNELS, MAP_NUMBERS, PLACES
from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf.session import Session
from tinyclf_gui import theme
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.desk import Desk
from tinyclf_gui.main_window import MainWindow
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.rhythm import USUAL, Rhythm
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.photo_grid import PhotoGrid
from tinyclf_gui.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

A_GRADE = 4
"""So many photos of each grade are in the collection, named like ``a5.png``."""
NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
Found = TypeVar("Found", bound=QObject)


def pytest_configure(config: pytest.Config) -> None:
    # The platform without a screen says so whenever a window has a smallest size.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


class MeanColours:
    """Stands in for the picture network: a photo is the mean colours of its rows."""

    key = BUILTIN_KEY
    dimension = 12
    long_side = 32

    def extract(self, image: Image.Image) -> NDArray[np.float32]:
        rows = np.asarray(image.resize((1, 4), Image.Resampling.BOX), np.float32)
        return rows.ravel() / np.float32(255)


class ColoursByPlace(MeanColours):
    """Likewise, and what is seen at each of four places."""

    key = "colours by place"
    dimension = MeanColours.dimension + MAP_NUMBERS

    def extract(self, image: Image.Image) -> NDArray[np.float32]:
        colours = super().extract(image)
        places = np.zeros((PLACES, CHANNELS), np.float32)
        places[:4, :3] = colours.reshape(4, 3)
        there = np.arange(PLACES) < 4
        return np.concatenate([colours, places.ravel(), there.astype(np.float32)])


@dataclass
class Collector:
    """A person at the window: what the hands do, and what the eyes find."""

    qtbot: QtBot
    window: MainWindow
    desk: Desk
    settings: Settings

    @property
    def workspace(self) -> Workspace:
        assert self.desk.workspace is not None
        return self.desk.workspace

    @property
    def session(self) -> Session:
        return self.workspace.collection.session

    @property
    def grid(self) -> PhotoGrid:
        browser = self.workspace.browser
        assert browser is not None
        return browser.grid

    def press(self, *keys: Qt.Key, hold: Qt.KeyboardModifier = NO_KEY) -> None:
        """Type keys into whatever has the keyboard."""
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, hold)

    def key(self, name: str) -> Qt.Key:
        return Qt.Key[f"Key_{name}"]

    def control(self, key: Qt.Key) -> None:
        self.press(key, hold=Qt.KeyboardModifier.ControlModifier)

    def find(self, kind: type[Found], name: str) -> Found:
        """Find what is in view by its name."""
        found = [one for one in self.window.findChildren(kind, name) if seen(one)]
        assert len(found) == 1, f"{name}: {len(found)} in view"
        return found[0]

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QPushButton, name), LEFT)

    def tick(self, name: str) -> None:
        """Tick a filter in the menu of the bar."""
        self._trigger("moreFiltersButton", f"{name}Filter")

    def order(self, name: str) -> None:
        """Choose an order."""
        self._trigger("orderButton", f"{name}Order")

    def _trigger(self, button: str, name: str) -> None:
        [action] = self.find(QPushButton, button).findChildren(QAction, name)
        assert action.isVisible()
        assert action.isEnabled()
        action.trigger()

    def choose(self, name: str) -> None:
        """Choose a menu entry."""
        action = self.window.menu.action(name)
        assert action.isEnabled(), f"{name} is not enabled"
        action.trigger()

    def go_to(self, page: str) -> None:
        self.window.show_page(page)

    def focus(self, name: str) -> None:
        """Put the focus on a photo."""
        assert self.grid.show_photo(self.photo(name)), f"{name} is not shown"

    def photo(self, name: str) -> PhotoId:
        table = self.session.table
        return next(table.ids[row] for row in range(len(table)) if table.path(row).stem == name)

    def code(self, name: str) -> int:
        """Return a photo's verdict as its code."""
        return int(self.session.table.codes[self.session.table.row_of[self.photo(name)]])

    def focused(self) -> str:
        """Return the name of the photo in focus."""
        photo_id = self.grid.current_photo
        assert photo_id is not None
        return self.name_of(photo_id)

    def name_of(self, photo_id: PhotoId) -> str:
        table = self.session.table
        return table.path(table.row_of[photo_id]).stem

    def shown(self) -> list[str]:
        """Return the names of the photos that the grid lists, in its order."""
        model = self.grid.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def selected(self) -> set[str]:
        return {self.name_of(photo_id) for photo_id in self.grid.targets()}

    def grade_truly(self, names: str) -> None:
        """Grade all photos whose names begin with one of these letters what they are."""
        table = self.session.table
        for row in range(len(table)):
            letter, grade = table.path(row).stem
            if letter in names:
                self.workspace.collection.do(GradePhotos([table.ids[row]], Grade(int(grade))))
        self.workspace.collection.recount()

    def train(self) -> None:
        """Train as from the menu, and wait for the proposals."""
        with self.qtbot.waitSignal(self.workspace.workbench.trained, timeout=30_000):
            self.choose("train-now")
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        workbench = self.workspace.workbench
        self.qtbot.waitUntil(lambda: workbench.idle, timeout=30_000)
        self.workspace.collection.recount()

    def job_words(self) -> str:
        """Return what the foot of the window says of jobs, and what went wrong."""
        labels = self.window.job_bar.findChildren(ElidedLabel)
        return " ".join(label.text() for label in labels if label.isVisible())

    def words(self) -> str:
        """Return all words in view, a line each."""
        labels = self.window.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


def seen(thing: QObject) -> bool:
    return not isinstance(thing, QWidget) or thing.isVisible()


@pytest.fixture(autouse=True)
def _collect_between_tests() -> Iterator[None]:
    """Garbage waits until a test's threads have ended (see ``tinyclf_gui.jobs.garbage``).

    Windows go as well: those that stay are styled anew with the next test's.
    """
    gc.disable()
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.enable()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that no test meets what a person keeps."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("TINYCLF_CACHE", str(home / "caches"))
    for encoder in ("builtin_encoder", "plain_encoder"):
        monkeypatch.setattr(f"tinyclf.session.features.{encoder}", lambda *_: MeanColours())
    monkeypatch.setattr("tinyclf.session.features.map_encoder", lambda _: ColoursByPlace())
    return home


@pytest.fixture
def photo() -> Callable[[Path], None]:
    """Make a photo like no other."""
    return lambda path: Image.new("RGB", (30, 30), (1, 2, 3)).save(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Photos a1 … d5: brighter is a better grade, and no two are alike."""
    folder = tmp_path / "photos"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(A_GRADE):
        for grade in GRADES:
            shade = 40 * int(grade) + 3 * number
            colour = np.array([shade, shade, 200 - 20 * number])
            grain = rng.integers(-10, 10, (16, 24, 1))  # smooth ones would be near-duplicates
            pixels = (colour + grain).clip(0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / f"{'abcd'[number]}{int(grade)}.png")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def rhythm() -> Rhythm:
    """When something is done unasked; a test may have it done at once."""
    return USUAL


@pytest.fixture
def sit_down(
    qapp: QApplication, qtbot: QtBot, home: Path, settings: Settings, rhythm: Rhythm
) -> Iterator[Callable[[], Collector]]:
    """Open the window; what is still open at the end is closed."""
    theme.apply(qapp, theme.DARK)
    windows: list[MainWindow] = []

    def start() -> Collector:
        window = MainWindow(KeyBindings(settings))
        windows.append(window)
        desk = Desk(window, settings, rhythm)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return Collector(qtbot, window, desk, settings)

    yield start
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def welcome(sit_down: Callable[[], Collector]) -> Collector:
    """A person who sees Welcome."""
    return sit_down()


@pytest.fixture
def collector(welcome: Collector, folder: Path) -> Collector:
    """A person who has opened the folder, and looks at all photos."""
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    welcome.click("suggestedChip")
    return welcome


@pytest.fixture
def trained(collector: Collector) -> Collector:
    """A person who graded the photos a… and b…, trained, and looks at the walls."""
    collector.grade_truly("ab")
    collector.go_to("train")
    collector.click("fastPreset")
    collector.train()
    collector.go_to("review")
    return collector

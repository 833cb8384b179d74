"""Draws every state of the window, to be looked at: ``python packaging/states.py DIR``.

A program is walked state by state with sample stamps, some of them spoilt, in light and dark, large
and small; once for each scale and direction, in a process of its own. Beside the pictures it makes
sheets of four (``sheets``), and some pictures as the colour-blind see them (``colour-blind``). It
takes some minutes. What is drawn is kept nowhere in the repository.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from contact_sheets import BLIND, draw_sheets, seen_by
from PIL import Image, ImageEnhance, ImageFilter
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QWidget
from screenshots import REPORT, child, read_truth, walk

from tinyclf.benchmark.report import read_report
from tinyclf.domain import GRADES, Grade, PhotoId, Progress
from tinyclf.samples import draw_samples
from tinyclf.session import Session
from tinyclf_gui import theme
from tinyclf_gui.app import make_application
from tinyclf_gui.commands import AcceptRest, GradePhotos
from tinyclf_gui.desk import Desk
from tinyclf_gui.dialogs.benchmark_page import BenchmarkPage
from tinyclf_gui.dialogs.settings import SettingsDialog
from tinyclf_gui.main_window import LABEL, REVIEW, TRAIN, MainWindow
from tinyclf_gui.models.benchmark_bench import BenchmarkBench, Measured
from tinyclf_gui.models.label_lists import COPIES, DISAGREE
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.filter_menu import FilterMenu
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.workspace import Workspace

SIZES = ((1280, 800), (900, 600))
WALKS = (("1", False), ("2", False), ("1", True), ("3", False))
"""Scale, and whether everything stands from right to left."""
STAMPS = 420
SLIPS = 17
"""Every so many-th grade is a slip."""
TILE = 144
PATIENCE = 600.0
REST = 0.25
"""Seconds after which what was asked for is painted."""


class Walk:
    """Goes from state to state and takes their pictures."""

    def __init__(self, app: QApplication, home: Path, out: Path, only: str) -> None:
        self._app, self._home, self._out = app, home, out
        self._only = tuple(only.split(","))
        self._photos = home / "Stamps from an album"
        theme.apply(app, theme.DARK)
        self._window = MainWindow()
        settings = Settings(QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat))
        settings.tile_pixels = TILE
        settings.learn_meanwhile = False  # what comes in a pause would differ from run to run
        self._desk = Desk(self._window, settings)
        self._window.resize(*SIZES[0])
        self._window.show()
        self._window.activateWindow()

    @property
    def workspace(self) -> Workspace:
        """The open collection."""
        workspace = self._desk.workspace
        assert workspace is not None, "nothing is open"  # noqa: S101
        return workspace

    @property
    def browser(self) -> PhotoBrowser:
        """The photos in view."""
        browser = self.workspace.browser
        assert browser is not None, "this page has no photos"  # noqa: S101
        return browser

    def go(self) -> None:
        """Take all pictures, in the order of an evening."""
        self.take("welcome")
        self.focus("welcome-focus", "sampleButton", "openFolderButton")
        self._draw_photos()
        self.first_hour()
        self.label()
        self.train()
        self.review()
        self.label_trained()
        self.large()
        self.footer()
        self.dialogs()
        self.missing()
        self._window.close()

    # The stops

    def first_hour(self) -> None:
        """Nothing yet; importing; the first thumbnails; suggestions."""
        empty = self._home / "Nothing here"
        empty.mkdir()
        self._desk.take_folder(empty)
        self.take("welcome-refused")
        self._desk.open_collection(make_empty(self._home / "New.tinyclf"))
        self.take("label-empty")
        self._desk.close()
        self._desk.take_folder(self._photos)
        self.until(lambda: len(self.workspace.collection.table) > 0)
        self.take("label-importing")
        self.wait()
        self.take("label-suggested")

    def label(self) -> None:
        """Graded photos and what is found among them."""
        self.grade(self.suggested())
        table = self.workspace.collection.table
        free = [i for row, i in enumerate(table.ids) if not table.codes[row]]
        self.grade(free[: STAMPS // 3], slips=SLIPS)
        self.ask("show-all")
        self.browser.grid.show_photo(table.ids[9])
        self.browser.pin()
        self.take("label-graded")
        self.browser.grid.show_photo(free[-1])
        self.take("label-not-graded-in-focus")
        self.select(7)
        self.take("label-selection")
        theme.apply(self._app, theme.DARK)
        self.browser.grid.scrollToBottom()
        self.snap("label-thumbnails-loading")
        self.press("gradedChip")
        self.take("label-filtered")
        self.search("stamp 01", "label-search")
        self.search("no such name", "label-without-match")
        self.ask("show-all")
        self.browser.grid.show_photo(table.ids[30])
        self.focus("label-focus-chip", "notGradedChip")
        self.focus("label-focus-search", "searchField")
        self.focus("label-focus-order", "orderButton")
        self.focus("label-focus-advance", "autoAdvanceToggle")
        self.focus("label-focus-grade", "gradeBar")
        self.focus("label-focus-train", "trainButton")
        self.focus("label-focus-page", "pageControl")
        self.ask("bad")
        self.take("label-bad")
        self.ask("show-all")
        self.tick(COPIES)
        self.take("label-near-duplicates")
        self.ask("show-all")
        self.browser.grid.show_photo(table.ids[0])
        self.browser.grid.select_copies()
        self.take("label-copies-selected")

    def train(self) -> None:
        """Nothing trained yet, at work, trained, compared."""
        self._window.show_page(TRAIN)
        self.take("train-idle")
        self.focus("train-focus-preset", "presetList")
        self.workspace.pages.train.train()
        theme.apply(self._app, theme.DARK)
        self.rest(1.5)
        self.snap("train-running")
        self.wait()
        self.take("train-trained")
        self.focus("train-focus-cell", "confusionCell11")
        self.press("compareButton")
        self.wait()
        self.take("train-compared")
        self.press("thoroughPreset")
        self.workspace.pages.train.train()  # what it looks at can be shown of this one
        self.wait()

    def review(self) -> None:
        """The walls."""
        self._window.show_page(REVIEW)
        walls = self.workspace.collection.status.walls
        wall = max(walls, key=lambda wall: wall.photos - wall.human).grade
        self.press(f"wallTab{int(wall)}")
        self.take("review-to-check")
        self.focus("review-focus-tab", f"wallTab{int(wall)}")
        self.focus("review-focus-accept", "acceptRestButton")
        self.browser.setFocus()
        self.answer(6, wall)
        self.take("review-toast")
        self.workspace.pages.review.say_learnt("12 corrections learnt: 31 proposals changed")
        self.take("review-learnt")
        self.press("referencesFold")
        self.take("review-examples")
        self.press("referencesFold")
        self.press("allChip")
        self.take("review-whole-wall")
        self.press("toCheckChip")
        self.ask("audit")
        self.take("review-audit")
        self.answer(400, wall)
        self.take("review-certificate")
        table = self.workspace.collection.table
        rest = [i for row, i in enumerate(table.ids) if table.current[row] == wall]
        self.workspace.collection.do(AcceptRest(rest))
        self.rest()
        self.take("review-accepted")
        self.press("unseenChip")
        self.take("review-accepted-unseen")
        self.press("toCheckChip")
        self.take("review-empty-wall")

    def label_trained(self) -> None:
        """What a training tells of the grades given, and the photos graded blind."""
        for key in ("doubtful", "again"):
            self.ask(key)
            self.take(f"label-{key}")
        self.ask("show-all")
        self.tick(DISAGREE)
        self.take("label-disagreements")
        self.workspace.pages.label.shown.show_mistakes(Grade(4), Grade(5))
        self.take("label-cell")
        self.ask("exam")
        self.press("setAsideButton")
        self.take("label-exam")
        self.ask("show-all")

    def large(self) -> None:
        """Loupe and comparison."""
        self._window.show_page(LABEL)
        self.ask("show-all")
        table = self.workspace.collection.table
        proposed = next(i for row, i in enumerate(table.ids) if not table.codes[row])
        self.browser.grid.show_photo(proposed)
        self.browser.open_loupe()
        self.take("loupe-fit")
        self.browser.loupe.view.toggle_zoom()
        self.take("loupe-full-size")
        self.browser.loupe.view.toggle_zoom()
        self.browser.loupe.beside.set_wished(True)
        self.take("loupe-examples")
        self.browser.loupe.beside.set_wished(False)
        self.browser.loupe.attention.toggle()
        self.rest(3.0)
        self.take("loupe-where-it-looks")
        self.browser.loupe.attention.toggle()
        self.browser.close_loupe()
        for count in (2, 3, 4):
            self.select(count)
            self.browser.open_compare()
            self.take(f"compare-{count}")
            self.browser.close_loupe()
        self.browser.grid.clearSelection()

    def footer(self) -> None:
        """Two jobs and the last act; an error."""
        self.grade(self.browser.targets())
        job, reading = self._window.job_bar, self._window.reading_bar
        job.begin("Training")
        job.report(Progress("Training", 12, 40))
        reading.begin("Preparing photos")
        reading.report(Progress("Preparing photos", 3200, 100_000))
        self.take("footer-two-jobs")
        reading.end()
        self.take("footer-one-job")
        job.fail(
            "The disk is full: /home/collector/Pictures/Stamps/Germany.tinyclf could not be "
            "written. Free some space, then grade on: nothing graded so far is lost.",
            "OSError: [Errno 28] No space left on device",
        )
        self.take("footer-error")
        job.end()

    def dialogs(self) -> None:
        """Everything that opens in front."""
        for key in ("history", "shortcuts", "about", "export", "problems"):
            with self.opened(key) as dialog:
                self.take(f"dialog-{key}", dialog)
        with self.opened("settings") as dialog:
            assert isinstance(dialog, SettingsDialog)  # noqa: S101
            self.take("settings-general", dialog)
            for page in ("keysPage", "storagePage"):
                dialog.show_page(child(dialog, QWidget, page))
                self.rest(1.0)
                self.take(f"settings-{page}", dialog)
            benchmark = child(dialog, BenchmarkPage)
            dialog.show_page(benchmark)
            self.take("settings-benchmark", dialog)
            child(benchmark, QAbstractButton, "benchmarkTryCheck").click()
            child(self._desk, BenchmarkBench).measured.emit(Measured(read_report(REPORT)))
            self.take("settings-benchmark-measured", dialog)

    def missing(self) -> None:
        """The folder is gone."""
        gone = self._photos.with_name("On a drive that is not there")
        self._photos.rename(gone)
        self.workspace.places.missing.look()
        self.until(lambda: not self.workspace.places.missing.busy)
        self._window.show_page(LABEL)
        self.take("label-missing")
        self.browser.open_loupe()
        self.take("loupe-missing")
        self.browser.close_loupe()
        self._window.show_page(REVIEW)
        self.take("review-missing")
        gone.rename(self._photos)

    # What the stops are made of

    def _draw_photos(self) -> None:
        """Draw stamps; spoil some, double some, and add files that are no photos."""
        walk(draw_samples(self._photos, STAMPS, seed=1))
        files = sorted(self._photos.glob("*.jpg"))
        for path in files[:3]:
            photo = Image.open(path)
            photo.resize((photo.width // 2, photo.height // 2)).save(
                path.with_name(f"{path.stem} again.jpg"), quality=80
            )
            photo.filter(ImageFilter.GaussianBlur(9)).save(path.with_name(f"{path.stem} blur.jpg"))
            dark = ImageEnhance.Brightness(photo).enhance(0.08)
            dark.save(path.with_name(f"{path.stem} dark.jpg"))
        (self._photos / "broken.jpg").write_bytes(files[0].read_bytes()[:900])
        (self._photos / "empty.png").write_bytes(b"")
        self._truth = read_truth(self._photos)

    def true(self, photo_id: PhotoId) -> Grade:
        """Return the grade a photo was damaged to."""
        table = self.workspace.collection.table
        stem = table.path(table.row_of[photo_id]).stem.split(" ")[0]
        return next((g for name, g in self._truth.items() if Path(name).stem == stem), Grade(3))

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
            for part in self._window.findChildren(QWidget, role):
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
        self._window.wanted.emit(key)
        self.rest()
        [dialog] = [one for one in self._window.findChildren(QDialog) if one.isVisible()]
        yield dialog
        dialog.close()
        self.rest()

    def ask(self, key: str) -> None:
        """Ask for an action of the menu."""
        self._window.wanted.emit(key)
        self.rest()

    def tick(self, key: str) -> None:
        """Tick a line of the menu of filters."""
        child(self.workspace.pages.label, FilterMenu).ticked.emit(key, True)
        self.rest()

    def press(self, name: str) -> None:
        """Press a button in view."""
        buttons = [one for one in self._window.findChildren(QPushButton, name) if one.isVisible()]
        if buttons:
            buttons[0].click()
            self.rest()
        else:
            self.complain(name, "not in view")

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
            self._window.resize(*size)
            for one in (theme.DARK, theme.LIGHT):
                theme.apply(self._app, one)
                self.rest()
                self._save(name, one.name, size[0], widget)
        self._window.resize(*SIZES[0])

    def snap(self, name: str) -> None:
        """Save one picture of what does not last."""
        if name.startswith(self._only):
            self._save(name, theme.current().name, self._window.width(), None)

    def _save(self, name: str, colours: str, width: int, widget: QWidget | None) -> None:
        path = self._out / f"{name}-{width}-{colours}.png"
        (widget or self._window).grab().save(str(path))

    def complain(self, name: str, words: str) -> None:
        """Say what could not be shown, and go on."""
        sys.stderr.write(f"{self._out.name} {name}: {words}\n")

    def wait(self) -> None:
        """Wait until nothing runs."""
        self.until(lambda: self.workspace.workbench.idle)
        self.workspace.collection.recount()
        self.rest()

    def rest(self, seconds: float = REST) -> None:
        """Let thumbnails come in and everything be painted."""
        start = monotonic()
        self.until(lambda: monotonic() - start > seconds)

    def until(self, done: object) -> None:
        """Run the event loop until something is done."""
        end = monotonic() + PATIENCE
        assert callable(done)  # noqa: S101
        while not done():
            if monotonic() > end:
                raise SystemExit("the window does not come to rest")
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_empty(path: Path) -> Path:
    """Make a collection without photos."""
    with Session.create(path):
        return path


def main(arguments: list[str]) -> int:
    """Walk once for each scale and direction, then make the sheets."""
    wanted = _parse(arguments)
    out = wanted.out.resolve()
    if wanted.walk:
        scale, direction = wanted.walk.split("-")
        _walk(out / wanted.walk, wanted.only, mirrored=direction == "rtl")
        return 0
    for scale, mirrored in WALKS:
        name = f"{scale}-{'rtl' if mirrored else 'ltr'}"
        if wanted.walks and name not in wanted.walks:
            continue
        command = [sys.executable, __file__, str(out), "--walk", name, "--only", wanted.only]
        done = subprocess.run(command, env=os.environ | {"QT_SCALE_FACTOR": scale}, check=False)  # noqa: S603
        if done.returncode:
            return done.returncode
        _draw_sheets(out, name)
    _draw_as_seen(out)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw every state of the window.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="only states whose names begin so, or so,…")
    parser.add_argument("--walks", nargs="*", help="only these: 1-ltr 2-ltr 1-rtl 3-ltr")
    parser.add_argument("--walk", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _walk(out: Path, only: str, *, mirrored: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"HOME": folder, "TINYCLF_CACHE": str(Path(folder) / "caches")}
        os.environ |= {f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "DATA", "CACHE")}
        app = make_application()
        if mirrored:
            app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        Walk(app, Path(folder), out, only).go()


def _draw_sheets(out: Path, name: str) -> None:
    """Four pictures a sheet: large and dark beside small and light, two states."""
    pictures = sorted((out / name).glob("*.png"))
    order = [one for one in pictures if one.stem.endswith(("1280-dark", "900-light"))]
    (out / "sheets").mkdir(exist_ok=True)
    draw_sheets(order, out / "sheets", name)


def _draw_as_seen(out: Path) -> None:
    """Some pictures as the colour-blind see them."""
    folder = out / "colour-blind"
    folder.mkdir(exist_ok=True)
    for state in ("label-graded", "review-whole-wall", "train-compared"):
        for path in (out / "1-ltr").glob(f"{state}-1280-dark.png"):
            for kind in BLIND:
                seen_by(kind, Image.open(path)).save(folder / f"{state}-{kind}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

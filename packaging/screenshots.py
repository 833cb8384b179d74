"""Draws the screenshots of the documentation anew: ``python packaging/screenshots.py DIR``.

Only sample stamps are shown, graded as they were damaged, and a report of benchmarks that was
measured once. No screen is needed. But for the measured times in the table of comparison, two runs
on one machine draw the same pictures.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from itertools import chain
from pathlib import Path
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from stage import REPORT, Stage, child, walk

from tinyclf.benchmark.kinds import Inference
from tinyclf.benchmark.report import read_report
from tinyclf.domain import GRADES
from tinyclf.samples import draw_samples
from tinyclf_gui import theme
from tinyclf_gui.dialogs.benchmark_page import BenchmarkPage
from tinyclf_gui.dialogs.settings import SettingsDialog
from tinyclf_gui.main_window import TRAIN
from tinyclf_gui.models.benchmark_bench import BenchmarkBench, Measured
from tinyclf_gui.widgets.benchmark_form import BenchmarkForm

SIZE = (1280, 800)
DIALOG_SIZE = (1080, 720)
STAMPS = 180
STARTERS = 75
WINDOW_COLOURS = 48
COLOURS = (208, 144, 96, 64, 40)
"""How many the photos get, the most that make a picture small enough."""
MOST_BYTES = 200_000
QUIET = 0.7
"""Seconds without another picture, after which all have come."""


class Tour(Stage):
    """Goes through the pages and takes their pictures, dark and light."""

    def __init__(self, app: QApplication, home: Path, out: Path) -> None:
        super().__init__(app, home)
        self._out = out
        self._latest = 0.0
        self.window.setFixedSize(*SIZE)
        self.window.show()

    def go(self) -> None:
        """Take all pictures."""
        self.take("welcome")
        walk(draw_samples(self.photos, STAMPS, seed=1))
        self.desk.take_folder(self.photos)
        for source in (self.workspace.pictures.thumbnails, self.workspace.pictures.photos):
            source.ready.connect(self._note_picture)
        self.wait()
        self.grade_starters()
        self.show_label()
        self.take("label")
        self.show_train()
        self.take("train")
        self.show_review()
        self.take("review")
        self.show_loupe()
        self.take("loupe")
        self.take("benchmark", self.show_benchmark())
        self.window.close()

    def grade_starters(self) -> None:
        """Give the first stamps the grades they were damaged to."""
        ids = self.workspace.collection.table.ids
        of_grade = ([one for one in ids if self.true(one) is grade] for grade in GRADES)
        self.grade(chain.from_iterable(some[: STARTERS // len(GRADES)] for some in of_grade))

    def show_label(self) -> None:
        """All photos, one of the graded ones in focus."""
        page = self.workspace.pages.label
        self.press("suggestedChip")
        page.browser.grid.show_photo(self.workspace.collection.table.ids[9])
        self.workspace.collection.recount()

    def show_train(self) -> None:
        """After a training and a comparison."""
        self.window.show_page(TRAIN)
        self.workspace.pages.train.train()
        self.wait()
        self.press("compareButton")
        self.wait()

    def show_review(self) -> None:
        """The wall with most to check, some of it done."""
        self.answer(8, self.show_fullest_wall())

    def show_loupe(self) -> None:
        """The photo in focus, large."""
        self.workspace.pages.review.browser.open_loupe()

    def show_benchmark(self) -> QWidget:
        """The Benchmark page of the settings, after a run; return the dialog."""
        self.window.wanted.emit("settings")
        dialog = child(self.window, SettingsDialog)
        page = child(dialog, BenchmarkPage)
        dialog.setFixedSize(*DIALOG_SIZE)
        dialog.show_page(page)
        report = read_report(REPORT)
        case = report.measurements[0].case
        assert isinstance(case, Inference)  # noqa: S101
        child(page, BenchmarkForm).set_values(nepochs=case.nepochs, dimension=case.shape.dimension)
        child(page, QAbstractButton, "benchmarkTryCheck").click()
        child(self.desk, BenchmarkBench).measured.emit(Measured(report))
        return dialog

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture of the window, or of another one, dark and light."""
        for one in (theme.DARK, theme.LIGHT):
            theme.apply(self.app, one)
            self.settle()
            save(widget or self.window, self._out / f"{name}-{one.name}.png")

    def settle(self) -> None:
        """Let everything be painted, until no picture has come for a moment."""
        self._note_picture()
        self.until(lambda: monotonic() - self._latest > QUIET)

    def _note_picture(self, _photo_id: str = "") -> None:
        self._latest = monotonic()


def save(window: QWidget, path: Path) -> None:
    """Save a picture of the window with as many colours as the size allows."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    picture = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    for colours in COLOURS:
        reduce(picture, colours).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            break
    sys.stdout.write(f"{path} {path.stat().st_size / 1000:.0f} kB\n")


def reduce(picture: Image.Image, colours: int) -> Image.Image:
    """Return a picture whose commonest colours, the window's, are kept, the photos' reduced."""
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    window = [colour for _, colour in counted[:WINDOW_COLOURS]]
    photos = picture.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=2)
    reduced = np.asarray(photos) + len(window)
    pixels = np.asarray(picture)
    for number, colour in enumerate(window):
        reduced[(pixels == colour).all(axis=2)] = number
    made = Image.fromarray(reduced.astype(np.uint8), "P")
    made.putpalette([*chain(*window), *(photos.getpalette() or [])][: 3 * 256])
    return made


def main(arguments: list[str]) -> int:
    """Take all pictures into the folder named."""
    out = Path(arguments[0] if arguments else "resources/docs").resolve()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        Tour(Tour.at_home(Path(folder)), Path(folder), out).go()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

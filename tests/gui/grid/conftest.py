"""A collection as the grid sees it, without a file, and the widgets over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tinyclf.domain import PhotoId
from tinyclf.errors import PhotoError
from tinyclf_gui import theme
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.widgets.photo_grid import PhotoGrid


class Columns:
    """Photos named photo_0, photo_1, …; "gone" photos have no picture."""

    def __init__(self, count: int) -> None:
        self.ids = [PhotoId(f"{number:032x}") for number in range(count)]
        self.row_of = {photo_id: row for row, photo_id in enumerate(self.ids)}
        self.names = [f"album/photo_{number}.jpg" for number in range(count)]
        self.places = [("/photos", name) for name in self.names]
        self.group = np.full(count, -1, np.int32)
        self.taken = np.arange(count, dtype=np.int64)
        self.codes = np.zeros(count, np.int8)
        self.verified = np.zeros(count, bool)
        self.exam, self.fine = np.zeros(count, bool), np.zeros(count, bool)
        self.faults = np.zeros(count, np.uint8)
        self.in_bulk = np.zeros(count, bool)
        self.probabilities = np.zeros((count, 5), np.float32)
        self.gone: set[PhotoId] = set()

    def __len__(self) -> int:
        return len(self.ids)

    def path(self, row: int) -> Path:
        return Path("/photos") / self.names[row]

    def propose(self, row: int, *probabilities: float) -> None:
        self.probabilities[row] = probabilities

    @property
    def bad(self) -> np.ndarray:
        return (self.faults > 0) & ~self.fine

    @property
    def has_proposal(self) -> np.ndarray:
        return self.probabilities.any(axis=1)

    @property
    def proposed(self) -> np.ndarray:
        return self._ranked(0)

    @property
    def runner_up(self) -> np.ndarray:
        return self._ranked(1)

    @property
    def confidence(self) -> np.ndarray:
        return self.probabilities.max(axis=1)

    @property
    def expected_grade(self) -> np.ndarray:
        return self.probabilities @ np.arange(1, 6, dtype=np.float32)

    @property
    def current(self) -> np.ndarray:
        judged = np.maximum(self.codes, 0)
        return np.where(self.codes != 0, judged, self.proposed).astype(np.int8)

    def _ranked(self, place: int) -> np.ndarray:
        likeliest = np.argsort(-self.probabilities, axis=1, kind="stable")[:, place] + 1
        return np.where(self.has_proposal, likeliest, 0).astype(np.int8)


@pytest.fixture
def table(request: pytest.FixtureRequest) -> Columns:
    """Forty photos, or as many as a test asks for."""
    return Columns(getattr(request, "param", 40))


@pytest.fixture
def model(qapp: QApplication, table: Columns) -> PhotoListModel:
    theme.apply(qapp, theme.DARK)
    model = PhotoListModel(table)
    model.set_rows(np.arange(len(table)))
    return model


@pytest.fixture
def picture() -> Image.Image:
    return Image.new("RGB", (60, 40), (200, 30, 30))


@pytest.fixture
def pool(qapp: QApplication, table: Columns, picture: Image.Image) -> Iterator[ThumbnailPool]:
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG")

    def load(photo_id: PhotoId) -> bytes:
        if photo_id in table.gone:
            raise PhotoError("the photo is gone")
        return jpeg.getvalue()

    pool = ThumbnailPool(load)
    yield pool
    pool.stop()


@pytest.fixture
def loader(qapp: QApplication, table: Columns, picture: Image.Image) -> Iterator[PhotoLoader]:
    def decode(photo_id: PhotoId, long_side: int | None) -> Image.Image:
        if photo_id in table.gone:
            raise PhotoError("the photo is gone")
        return picture

    loader = PhotoLoader(decode)
    yield loader
    loader.stop()


@pytest.fixture
def make_grid(qtbot: QtBot, pool: ThumbnailPool) -> Callable[[PhotoListModel], PhotoGrid]:
    """A shown grid of four columns."""

    def make(model: PhotoListModel) -> PhotoGrid:
        grid = PhotoGrid(model, pool, side=96)
        qtbot.addWidget(grid)
        grid.resize(4 * 104 + 40, 360)
        with qtbot.waitExposed(grid):
            grid.show()
        grid.setFocus()
        return grid

    return make


@pytest.fixture
def grid(make_grid: Callable[[PhotoListModel], PhotoGrid], model: PhotoListModel) -> PhotoGrid:
    return make_grid(model)

"""Sessions over a handful of small pictures, whose features are their pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tinyclf.data.features import FeatureCache
from tinyclf.domain import Grade, PhotoId
from tinyclf.session import Session
from tinyclf.training.config import TrainingConfig

PHOTOS = 25
CROWD = 220


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "data"))


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[FeatureCache]:
    """The vectors that are kept, to be filled by hand: another connection to the session's file."""
    with FeatureCache(tmp_path / "cache") as cache:
        yield cache


def draw(folder: Path, count: int) -> Path:
    """Draw pictures that are the brighter the better they are: number k has the grade k % 5 + 1."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(count):
        level = 40 + 40 * (number % 5)
        pixels = rng.integers(level - 10, level + 10, (40, 40, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:03d}.png")
    return folder


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = draw(tmp_path / "photos", PHOTOS)
    for path in folder.iterdir():
        path.rename(folder / path.name[1:])
    return folder


@pytest.fixture
def crowd(tmp_path: Path, finish: Callable[..., object]) -> Iterator[Session]:
    """A collection large enough for an exam."""
    with Session.create(tmp_path / "crowd.tinyclf") as session:
        finish(session.import_photos(draw(tmp_path / "crowd", CROWD)))
        session.refresh()
        yield session


@pytest.fixture
def truly() -> Callable[[Session, Iterable[PhotoId]], None]:
    """Give photos their true grades, one by one."""

    def grade(session: Session, photo_ids: Iterable[PhotoId]) -> None:
        for photo_id in list(photo_ids):
            session.grade([photo_id], Grade(session.table.row_of[photo_id] % 5 + 1))

    return grade


@pytest.fixture
def session(tmp_path: Path, photos: Path, finish: Callable[..., object]) -> Iterator[Session]:
    with Session.create(tmp_path / "small.tinyclf") as session:
        finish(session.import_photos(photos))
        session.refresh()
        yield session


@pytest.fixture
def config() -> TrainingConfig:
    """Trains in a moment."""
    return TrainingConfig(
        features="pixels", hidden=(), folds=2, epochs=5, least_steps=60, learning_rate=0.03
    )


@pytest.fixture
def grade_truly(session: Session) -> Callable[[int], None]:
    """Give the first so many photos their true grades."""

    def grade(count: int) -> None:
        for row in range(count):
            session.grade([session.table.ids[row]], Grade(row % 5 + 1))

    return grade


@pytest.fixture
def trained(session, grade_truly, config, finish) -> Session:
    """Fifteen photos are graded, the others have proposals."""
    grade_truly(15)
    finish(session.train(config, "mine"))
    finish(session.propose())
    session.refresh()
    return session

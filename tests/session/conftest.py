"""Sessions over a handful of small pictures, whose features are their pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tinyclf.domain import Grade
from tinyclf.session import Session
from tinyclf.training.config import TrainingConfig

PHOTOS = 25


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "data"))


@pytest.fixture
def finish() -> Callable[..., object]:
    """Walk a job to its end; return its result."""

    def walk(job):
        try:
            while True:
                next(job)
        except StopIteration as end:
            return end.value

    return walk


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Pictures that are the brighter the better they are: number k has the grade k % 5 + 1."""
    folder = tmp_path / "photos"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(PHOTOS):
        level = 40 + 40 * (number % 5)
        pixels = rng.integers(level - 10, level + 10, (40, 40, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:02d}.png")
    return folder


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

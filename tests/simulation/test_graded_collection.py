"""What a simulation reads of a collection."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tinyclf.domain import Grade, Mark
from tinyclf.errors import InputError, TrainingError
from tinyclf.session import Session
from tinyclf.simulation.graded_collection import FEWEST, ReadCollection, read_collection

PHOTOS = 30


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, finish) -> Iterator[Session]:
    """Pictures that are the brighter the better they are."""
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "data"))
    photos, rng = tmp_path / "photos", np.random.default_rng(0)
    photos.mkdir()
    for number in range(PHOTOS):
        level = 40 + 40 * (number % 5)
        pixels = rng.integers(level - 10, level + 10, (40, 40, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(photos / f"{number:02d}.png")
    with Session.create(tmp_path / "small.tinyclf") as session:
        finish(session.import_photos(photos))
        session.refresh()
        yield session


@pytest.fixture
def truth(session: Session) -> dict[str, Grade | Mark]:
    return {one: Grade(row % 5 + 1) for row, one in enumerate(session.table.ids)}


@pytest.fixture
def read(session: Session, finish) -> Callable[[dict], ReadCollection]:
    return lambda truth: finish(read_collection(session, truth, ("pixels",)))


def test_every_photo_is_there_with_its_true_class_and_what_is_seen_of_it(read, truth):
    found = read(truth)

    assert found.collection.truth.tolist() == [row % 5 for row in range(PHOTOS)]
    brightness = found.collection.features["pixels"].mean(axis=1)
    assert np.corrcoef(brightness, found.collection.truth)[0, 1] > 0.9
    assert (found.untold, found.left_out) == (0, ())


def test_what_a_person_has_graded_plays_no_part(session, read, truth):
    session.grade(session.table.ids[:5], Grade(1))

    assert read(truth).collection.truth.tolist() == [row % 5 for row in range(PHOTOS)]


def test_photos_without_a_true_grade_stay_out_and_are_counted(session, read, truth):
    unsure, unknown = session.table.ids[:2]
    truth[unsure] = Mark.UNSURE
    del truth[unknown]
    found = read(truth)

    assert len(found.collection) == len(found.collection.features["pixels"]) == PHOTOS - 2
    assert found.untold == 2


def test_photos_that_are_gone_stay_out_and_are_named(session, read, truth):
    session.table.path(3).unlink()
    found = read(truth)

    assert len(found.collection) == PHOTOS - 1
    assert [problem.path.name for problem in found.left_out] == ["03.png"]


def test_photos_that_belong_together_keep_doing_so(session, read, truth):
    session.group(dict.fromkeys(session.table.ids[:3], "one stamp"))
    units = read(truth).collection.units

    assert len(set(units[:3])) == 1
    assert len(set(units)) == PHOTOS - 2


def test_too_few_true_grades_are_refused(session, read, truth):
    few = {one: truth[one] for one in session.table.ids[: FEWEST - 1]}

    with pytest.raises(InputError, match=f"of {FEWEST - 1} photos .* takes {FEWEST}"):
        read(few)


def test_one_and_the_same_grade_of_all_is_refused(read, truth):
    with pytest.raises(TrainingError, match="grade 5"):
        read(dict.fromkeys(truth, Grade(5)))

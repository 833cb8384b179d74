"""Photos of one unit are never on both sides of a split."""

import numpy as np
import pytest
from PIL import Image

from tinyclf.data.caches import cache_folder
from tinyclf.data.difference_hash import hashes_of_poses
from tinyclf.data.storage import MEASURES, THUMBNAILS, clean
from tinyclf.domain import Grade
from tinyclf.session import Session
from tinyclf.training.bag import train_classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.metrics import exact

PICTURES = 40


@pytest.fixture
def leaky(tmp_path, finish):
    """Smooth pictures, each there twice: as it is, and saved anew as JPEG."""
    folder = tmp_path / "leaky"
    folder.mkdir()
    rng = np.random.default_rng(1)
    for number in range(PICTURES):
        coarse = Image.fromarray(rng.integers(0, 256, (9, 9, 3)).astype(np.uint8))
        picture = coarse.resize((160, 160), Image.Resampling.BICUBIC)
        picture.save(folder / f"{number:02d} a.png")
        picture.save(folder / f"{number:02d} b.jpg", quality=80)
    with Session.create(tmp_path / "leaky.tinyclf") as session:
        finish(session.import_photos(folder))
        session.refresh()
        yield session


@pytest.fixture
def memorizes():
    return TrainingConfig(
        features="pixels", hidden=(), dropout=0.0, input_dropout=0.0, mixup=0.0, loss="softmax",
        weight_decay=0.0, folds=4, epochs=10, least_steps=100, learning_rate=3e-2,
    )  # fmt: skip


def grade_by_chance(session):
    """Give both photos of a picture the same grade, which has nothing to do with the picture."""
    by_chance = np.random.default_rng(2).integers(1, 6, PICTURES)
    for row, name in enumerate(session.table.names):
        session.grade([session.table.ids[row]], Grade(int(by_chance[int(name[:2])])))


def test_near_duplicates_are_found_when_they_come_in(leaky):
    names, units = leaky.table.names, leaky.table.units
    by_unit = {}
    for name, unit in zip(names, units.tolist(), strict=True):
        by_unit.setdefault(unit, set()).add(name[:2])
    assert len(by_unit) == PICTURES
    assert all(len(pictures) == 1 for pictures in by_unit.values())


def test_a_planted_leak_does_not_look_like_skill(leaky, memorizes, finish):
    grade_by_chance(leaky)
    features = finish(leaky.read_features(memorizes)).matrix
    y = leaky.table.codes.astype(np.intp) - 1
    leaking = finish(train_classifier(features, y, memorizes, 0))
    assert exact(y, leaking.out_of_fold) > 0.6  # by the near-duplicate on the other side

    honest = finish(leaky.train(memorizes, "mine")).quality.exact
    assert honest.value < 0.4
    assert honest.low < 0.2 < honest.high  # what guessing gets
    [row] = finish(leaky.compare({"mine": memorizes}))
    assert row.quality.exact.value < 0.4


def test_near_duplicates_are_looked_for_again_only_when_photos_came_in(leaky, finish, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("looked again")

    [folder] = leaky.folders
    monkeypatch.setattr("tinyclf.session.grouping.find_duplicates", refuse)
    finish(leaky.import_photos(folder))
    Image.new("RGB", (50, 50)).save(folder / "new.png")
    with pytest.raises(AssertionError):
        finish(leaky.import_photos(folder))


def test_only_new_photos_are_hashed_after_a_restart(leaky, finish, monkeypatch):
    hashed, path, [folder] = [], leaky.path, leaky.folders

    def count(image):
        hashed.append(image)
        return hashes_of_poses(image)

    leaky.close()
    (folder / "new.jpg").write_bytes((folder / "00 b.jpg").read_bytes() + b"another file")
    monkeypatch.setattr("tinyclf.data.duplicates.hashes_of_poses", count)
    with Session.open(path) as session:
        finish(session.import_photos(folder))
        session.refresh()
        new = session.table.names.index("new.jpg")
        together = session.table.units == session.table.units[new]
        assert [session.table.names[row][:2] for row in np.flatnonzero(together)] == [
            "00",
            "00",
            "ne",
        ]
    assert len(hashed) == 1


def test_near_duplicates_are_found_after_what_was_measured_was_cleaned(leaky, finish):
    [folder] = leaky.folders
    units = leaky.table.units.tolist()
    finish(clean(cache_folder(), [MEASURES]))
    Image.new("RGB", (50, 50)).save(folder / "new.png")
    finish(leaky.import_photos(folder))
    leaky.refresh()
    assert leaky.table.units[: len(units)].tolist() == units


@pytest.fixture
def stopped(tmp_path, leaky, finish):
    """The same photos in another collection, their import stopped before any was compared."""
    [folder] = leaky.folders
    with Session.create(tmp_path / "stopped.tinyclf") as session:
        job = session.import_photos(folder)
        for report in job:
            if report.what == "Looking for near-duplicates":
                job.close()
        session.refresh()
        assert len(session.table) == 2 * PICTURES
        assert not session.is_compared
        yield session


def units(session):
    session.refresh()
    return len(set(session.table.units.tolist()))


def test_a_training_compares_photos_first_that_a_stopped_import_left(stopped, memorizes, finish):
    grade_by_chance(stopped)
    assert finish(stopped.train(memorizes, "mine")).quality.exact.value < 0.4
    assert units(stopped) == PICTURES


def test_a_comparison_compares_them_first(stopped, memorizes, finish):
    grade_by_chance(stopped)
    [row] = finish(stopped.compare({"mine": memorizes}))
    assert row.quality.exact.value < 0.4


def test_choosing_photos_compares_them_first(stopped, finish):
    finish(stopped.suggest(10))
    assert units(stopped) == PICTURES


def test_a_training_asked_for_before_photos_are_grouped_sees_the_groups(stopped, memorizes, finish):
    grade_by_chance(stopped)
    train = stopped.train(memorizes, "mine")
    finish(stopped.compare_photos())
    assert finish(train).quality.exact.value < 0.4


def test_a_second_comparison_waits_for_the_first(stopped, monkeypatch, finish):
    first, second = stopped.compare_photos(), stopped.compare_photos()
    next(first)
    monkeypatch.setattr("tinyclf.session.grouping.PATIENCE_S", 0.0)
    assert next(second).what == "Looking for near-duplicates"
    looked = finish(first)
    monkeypatch.setattr("tinyclf.session.grouping.find_duplicates", None)
    finish(second)
    assert looked is None
    assert units(stopped) == PICTURES


def test_a_comparison_that_was_stopped_lets_others_go_on(stopped, finish):
    job = stopped.compare_photos()
    next(job)
    job.close()
    finish(stopped.compare_photos())
    assert stopped.is_compared


@pytest.fixture
def unplugged(stopped, finish):
    """Half of the photos could not be read when all were compared."""
    [folder] = stopped.folders
    finish(clean(cache_folder(), [MEASURES, THUMBNAILS]))
    for photo in folder.glob("* b.jpg"):
        photo.rename(photo.with_suffix(".away"))
    finish(stopped.compare_photos())
    for photo in folder.glob("*.away"):
        photo.rename(photo.with_suffix(".jpg"))
    return stopped


def test_a_photo_that_cannot_be_read_is_compared_at_the_next_import(unplugged, finish):
    assert unplugged.is_compared  # as well as can be: no job tries for ever
    assert units(unplugged) == 2 * PICTURES
    finish(unplugged.import_photos(unplugged.folders[0]))
    assert units(unplugged) == PICTURES


def test_a_photo_that_cannot_be_read_is_compared_once_opened_anew(unplugged, finish):
    unplugged.close()
    with Session.open(unplugged.path) as session:
        assert not session.is_compared
        finish(session.compare_photos())
        assert units(session) == PICTURES


def test_a_photo_broken_for_good_does_not_have_all_compared_again(stopped, finish, monkeypatch):
    [folder] = stopped.folders
    finish(clean(cache_folder(), [MEASURES, THUMBNAILS]))
    (folder / "00 b.jpg").unlink()
    finish(stopped.compare_photos())
    assert units(stopped) == PICTURES + 1
    stopped.close()
    monkeypatch.setattr("tinyclf.data.duplicates.group_near", None)
    with Session.open(stopped.path) as session:
        finish(session.compare_photos())
        assert session.is_compared
        assert units(session) == PICTURES + 1


def test_photos_that_cannot_be_read_stay_with_their_copies(leaky, finish):
    [folder] = leaky.folders
    finish(clean(cache_folder(), [MEASURES, THUMBNAILS]))
    for photo in folder.glob("* b.jpg"):
        photo.unlink()
    Image.new("RGB", (50, 50)).save(folder / "new.png")
    finish(leaky.import_photos(folder))
    assert units(leaky) == PICTURES + 1


def test_what_the_user_groups_belongs_together(session):
    ids = session.table.ids
    session.group(dict.fromkeys(ids[3:6], "front and back"))
    assert session.table.units[3:6].tolist() == [3, 3, 3]
    session.group({ids[0]: "other", ids[1]: "other"})
    assert session.table.units[:6].tolist() == [0, 0, 2, 3, 4, 5]

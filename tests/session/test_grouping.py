"""Photos of one unit are never on both sides of a split."""

import numpy as np
import pytest
from PIL import Image

from tinyclf.data.caches import cache_folder
from tinyclf.data.difference_hash import hashes_of_poses
from tinyclf.data.storage import MEASURES, clean
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


def test_what_the_user_groups_belongs_together(session):
    ids = session.table.ids
    session.group(dict.fromkeys(ids[3:6], "front and back"))
    assert session.table.units[3:6].tolist() == [3, 3, 3]
    session.group({ids[0]: "other", ids[1]: "other"})
    assert session.table.units[:6].tolist() == [0, 0, 2, 3, 4, 5]

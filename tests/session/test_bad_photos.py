"""Nothing is learnt from a bad photo, unless a person says that it is fine."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from tinyclf.data.caches import cache_folder
from tinyclf.data.photo_faults.measure_cache import measures_file
from tinyclf.domain import Grade, PhotoFault
from tinyclf.errors import TrainingError
from tinyclf.session import Session
from tinyclf.session.exams import exam_candidates

PHOTOS = 24
BLURRED = 4
"""The first so many."""


def bad_photos(session):
    """Return the photos that nothing is learnt from."""
    return [session.table.ids[row] for row in np.flatnonzero(session.table.bad)]


@pytest.fixture
def folder(tmp_path):
    """Checkered cards that are the brighter the better they are; the first ones are blurred."""
    folder = tmp_path / "cards"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(PHOTOS):
        level = 60 + 40 * (number % 5)
        cells = rng.integers(level - 50, level + 40, (10, 10, 3)).astype(np.uint8)
        card = Image.fromarray(cells).resize((120, 120), Image.Resampling.NEAREST)
        if number < BLURRED:
            card = card.filter(ImageFilter.GaussianBlur(4))
        card.save(folder / f"{number:02d}.png")
    return folder


@pytest.fixture
def session(tmp_path, folder, finish):
    with Session.create(tmp_path / "cards.tinyclf") as session:
        finish(session.import_photos(folder))
        session.refresh()
        yield session


@pytest.fixture
def seen(session, finish):
    finish(session.look_for_bad_photos())
    session.refresh()
    return session


def grade(session, count=20):
    for row in range(count):
        session.grade([session.table.ids[row]], Grade(row % 5 + 1))


def first(session, count=BLURRED):
    return session.table.ids[:count]


def test_bad_photos_are_found(seen):
    assert bad_photos(seen) == first(seen)
    assert set(seen.table.faults[:BLURRED].tolist()) == {PhotoFault.BLURRED}


def test_refreshing_tells_which_rows_are_bad_now(session, finish):
    finish(session.look_for_bad_photos())
    assert session.has_seen_more
    assert session.refresh().tolist() == list(range(BLURRED))
    assert not session.has_seen_more
    assert session.refresh().tolist() == []


def test_nothing_is_learnt_from_them(session, config, finish):
    grade(session)
    result = finish(session.train(config, "mine"))  # nobody has looked for bad photos before
    assert (result.grades, result.bad) == (20 - BLURRED, BLURRED)


@pytest.mark.parametrize("is_measured", [True, False])
def test_a_refit_learns_nothing_from_them_either(seen, config, finish, is_measured):
    grade(seen)
    finish(seen.read_features(config))
    finish(seen.train(config, "mine"))
    path = seen.path
    seen.close()
    if not is_measured:
        measures_file(cache_folder()).unlink()
    with Session.open(path) as again:  # nobody has looked for bad photos yet
        assert finish(again.refit()).grades == 20 - BLURRED
        again.refresh()
        assert bad_photos(again) == first(again)


def test_a_refit_learns_from_those_that_are_fine(seen, config, finish):
    grade(seen)
    finish(seen.read_features(config))
    finish(seen.train(config, "mine"))
    seen.set_fine(first(seen, 1))
    assert finish(seen.refit()).grades == 20 - BLURRED + 1


def test_all_is_learnt_from_where_that_is_wanted(seen, config, finish):
    grade(seen)
    result = finish(seen.train(config, "mine", use_bad=True))
    assert (result.grades, result.bad) == (20, 0)


def test_a_photo_that_is_fine_is_learnt_from(seen, config, finish):
    grade(seen)
    assert seen.set_fine(first(seen, 1)).photo_ids == tuple(first(seen, 1))
    assert bad_photos(seen) == first(seen)[1:]
    assert finish(seen.train(config, "mine")).grades == 20 - BLURRED + 1


def test_it_is_fine_after_a_restart_as_well(seen, finish):
    seen.set_fine(first(seen, 1))
    path, bad = seen.path, first(seen)[1:]
    seen.close()
    with Session.open(path) as again:
        assert bad_photos(again) == []  # nobody has asked the cache yet
        finish(again.recall_bad_photos())
        again.refresh()
        assert bad_photos(again) == bad
        assert again.status().counts.bad.fine == 1


def test_that_it_is_fine_can_be_taken_back(seen):
    seen.set_fine(first(seen))
    seen.undo()
    assert bad_photos(seen) == first(seen)


def test_the_status_counts_them(seen):
    grade(seen, 2)
    bad = seen.status().counts.bad
    assert (bad.photos, bad.graded, bad.fine) == (BLURRED, 2, 0)
    assert bad.by_fault == ((PhotoFault.BLURRED, BLURRED),)
    assert seen.status().counts.can_learn_from == 0


def test_they_are_not_suggested(seen, finish):
    assert set(finish(seen.suggest(PHOTOS))) == set(seen.table.ids[BLURRED:])


def test_they_are_not_set_aside_for_the_exam(seen):
    candidates = set(exam_candidates(seen.table, seed=0))
    assert candidates == set(seen.table.ids[BLURRED:])


def test_a_grade_is_proposed_for_them_all_the_same(seen, config, finish):
    grade(seen)
    seen.grade(first(seen), None)
    finish(seen.train(config, "mine"))
    finish(seen.propose())
    seen.refresh()
    assert seen.table.has_proposal[:BLURRED].all()
    suggested = set(finish(seen.suggest(PHOTOS)))
    assert suggested
    assert not suggested & set(first(seen))


def test_configurations_are_compared_without_them(seen, config, finish, monkeypatch):
    grade(seen)
    learnt = []

    def compare_configs(reader, graded, *_):
        learnt.extend(graded.ids)
        yield from ()

    monkeypatch.setattr("tinyclf.session.session.learning.compare_configs", compare_configs)
    finish(seen.compare({"mine": config}))
    assert set(learnt) == set(seen.table.ids[BLURRED:20])


def test_who_graded_bad_photos_alone_is_told(seen, config, finish):
    grade(seen, BLURRED)
    with pytest.raises(TrainingError, match="4 look blurred, dark or otherwise bad") as told:
        finish(seen.train(config, "mine"))
    assert "--" not in str(told.value)  # it is said in the window as well


def test_photos_that_come_later_are_looked_at_too(seen, folder, finish):
    Image.new("RGB", (120, 120)).save(folder / "black.png")
    finish(seen.import_photos(folder))
    seen.refresh()
    finish(seen.look_for_bad_photos())
    seen.refresh()
    assert seen.table.faults[-1] == PhotoFault.DARK


def test_they_are_no_examples_for_other_networks(session, finish):
    grade(session)
    parts = finish(session.examples(side=8))
    assert len(parts.train) == 20 - BLURRED
    assert f"Of the graded photos {BLURRED} look bad and were left out." in parts.notes

"""However many photos there are, few of their vectors are in memory at a time."""

import numpy as np
import pytest

from tests.walking import walked
from tinyclf.data.encoder.builtin import BUILTIN_KEY
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.data.features import FeatureCache
from tinyclf.data.storage import MEASURES, clean
from tinyclf.domain import Progress
from tinyclf.errors import StorageError
from tinyclf.session import features, suggesting


@pytest.fixture
def in_small_parts(monkeypatch):
    monkeypatch.setattr(features, "PART", 7)


@pytest.fixture
def trained(session, config, truly, finish):
    truly(session, session.table.ids[:10])
    finish(session.train(config, "mine"))
    session.refresh()
    return session


def test_proposals_do_not_depend_on_how_many_are_read_at_once(trained, monkeypatch, finish):
    finish(trained.propose())
    trained.refresh()
    at_once = trained.table.probabilities
    monkeypatch.setattr(features, "PART", 7)
    assert finish(trained.propose()).proposed == 0  # the very same: nothing is written
    trained.refresh()
    assert np.array_equal(trained.table.probabilities, at_once)


def test_progress_is_that_of_the_whole(trained, in_small_parts):
    _, reports = walked(trained.propose())
    told = [report for report in reports if report.what == "Proposing grades"]
    assert [report.total for report in told] == [15] * len(told)
    assert [report.done for report in told] == sorted(report.done for report in told)
    assert told[-1].done == 15


def test_a_photo_that_is_gone_is_told_and_the_others_get_a_proposal(
    trained, in_small_parts, finish
):
    gone = trained.table.path(20)
    gone.unlink()
    result = finish(trained.propose())
    assert [problem.path for problem in result.left_out] == [gone]
    assert result.proposed == 14


def test_how_worn_photos_look_is_read_from_what_was_kept(session, vectors, finish):
    rng = np.random.default_rng(0)
    numbers = rng.normal(size=(len(session.table), BUILTIN_DIMENSION)).astype(np.float16)
    kept = dict(zip(session.table.ids, numbers, strict=True))
    vectors.put_many(BUILTIN_KEY, kept)
    worn = finish(session.wear())
    assert worn == {photo_id: float(vector[-1]) for photo_id, vector in kept.items()}


@pytest.fixture
def worn(session, vectors, finish):
    """How worn each photo looks, told once."""
    numbers = np.ones((len(session.table), BUILTIN_DIMENSION), np.float16)
    numbers[:, -1] = np.arange(len(numbers))
    kept = dict(zip(session.table.ids, numbers, strict=True))
    vectors.put_many(BUILTIN_KEY, kept)
    return finish(session.wear())


def all_photos(session):
    return session.table.photos(np.arange(len(session.table)))


def test_how_worn_photos_look_is_read_from_vectors_once(
    session, vectors, worn, finish, monkeypatch
):
    def refuse(*_):
        raise AssertionError("read again")

    monkeypatch.setattr(FeatureCache, "last_numbers", refuse)
    monkeypatch.setattr(FeatureCache, "get_many", refuse)
    assert finish(session.wear()) == worn
    vectors.execute("DELETE FROM vectors")
    assert finish(session._reader.wear(all_photos(session))) == worn  # also of vectors that went


def test_how_worn_photos_look_is_taken_anew_after_it_was_cleaned(session, worn, finish, tmp_path):
    assert finish(clean(tmp_path / "cache", [MEASURES])) > 0
    assert finish(session.wear()) == worn


def test_how_worn_photos_look_is_told_though_it_cannot_be_kept(
    session, vectors, finish, monkeypatch
):
    def refuse(*_):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(session._reader._scores, "put_many", refuse)
    numbers = np.ones((len(session.table), BUILTIN_DIMENSION), np.float16)
    kept = dict(zip(session.table.ids, numbers, strict=True))
    vectors.put_many(BUILTIN_KEY, kept)
    assert finish(session.wear()) == dict.fromkeys(session.table.ids, 1.0)


def test_scores_are_taken_part_by_part_and_kept_when_it_is_stopped(session, worn, monkeypatch):
    reader, photos = session._reader, all_photos(session)
    monkeypatch.setattr(features, "ASKED", 4)
    reader._scores.execute("DELETE FROM wear")
    job = reader.wear(photos)
    assert [next(job).done for _ in range(3)] == [4, 8, 12]
    job.close()
    assert len(reader._scores.get_many(BUILTIN_KEY, photos.ids)) == 12


def test_a_damaged_vector_is_computed_anew_for_its_score(
    session, vectors, worn, finish, monkeypatch
):
    reader, (damaged, *_) = session._reader, session.table.ids
    reader._scores.execute("DELETE FROM wear")
    vectors.put_many(BUILTIN_KEY, {damaged: np.ones(5, np.float16)})
    asked = []

    def compute(photos, _):
        asked.extend(photo.photo_id for photo in photos)
        vectors.put_many(BUILTIN_KEY, {damaged: np.full(BUILTIN_DIMENSION, 7, np.float16)})
        yield Progress("Looking at photos", 1, 1)

    monkeypatch.setattr(reader, "read", compute)
    assert finish(session.wear()) == worn | {damaged: 7.0}
    assert asked == [damaged]


def test_of_very_many_photos_some_at_random_stand_for_all(session, vectors, finish, monkeypatch):
    monkeypatch.setattr(suggesting, "SPREAD_OVER", 10)
    numbers = np.eye(len(session.table), BUILTIN_DIMENSION, dtype=np.float32)
    kept = dict(zip(session.table.ids, numbers, strict=True))
    vectors.put_many(BUILTIN_KEY, kept)
    suggested = finish(session.suggest(8))
    assert len(set(suggested)) == 8
    assert suggested == finish(session.suggest(8))


def test_the_encoder_sleeps_where_no_vector_is_missing(session, vectors, finish, monkeypatch):
    kept = dict.fromkeys(session.table.ids, np.ones(BUILTIN_DIMENSION, np.float32))
    vectors.put_many(BUILTIN_KEY, kept)
    monkeypatch.setattr(session._reader, "extractor", pytest.fail)
    assert set(finish(session.wear())) == set(session.table.ids)

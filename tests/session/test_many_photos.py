"""However many photos there are, few of their vectors are in memory at a time."""

import numpy as np
import pytest

from tests.walking import walked
from tinyclf.data.encoder.builtin import BUILTIN_KEY
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
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


def test_how_worn_photos_look_is_read_from_what_was_kept(session, finish):
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(len(session.table), BUILTIN_DIMENSION)).astype(np.float16)
    kept = dict(zip(session.table.ids, vectors, strict=True))
    session._reader._cache.put_many(BUILTIN_KEY, kept)
    worn = finish(session.wear())
    assert worn == {photo_id: float(vector[-1]) for photo_id, vector in kept.items()}


def test_of_very_many_photos_some_at_random_stand_for_all(session, finish, monkeypatch):
    monkeypatch.setattr(suggesting, "SPREAD_OVER", 10)
    vectors = np.eye(len(session.table), BUILTIN_DIMENSION, dtype=np.float32)
    kept = dict(zip(session.table.ids, vectors, strict=True))
    session._reader._cache.put_many(BUILTIN_KEY, kept)
    suggested = finish(session.suggest(8))
    assert len(set(suggested)) == 8
    assert suggested == finish(session.suggest(8))

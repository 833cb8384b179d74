"""A quick refit learns what training would, keeps what it brings, and touches no person's word."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade, JudgedOn
from tinyclf.errors import TrainingError
from tinyclf.session import Session
from tinyclf.session.refit import CORRECTIONS, due_after


def correct(session, count):
    """Give the first so many proposed photos their true grades."""
    table = session.table
    rows = np.flatnonzero(table.ungraded & table.has_proposal)[:count].tolist()
    for row in rows:
        session.grade([table.ids[row]], Grade(row % 5 + 1))
    return rows


@pytest.fixture
def refitted(trained, finish):
    correct(trained, 4)
    finish(trained.refit())
    trained.refresh()
    return trained


def test_it_learns_from_the_grades_given_since(trained, finish):
    correct(trained, 4)
    result = finish(trained.refit())
    trained.refresh()
    assert result.grades == 19
    assert result.proposed == 6
    assert result.model == trained.model.number == 2
    assert set(trained.table.proposed_by[trained.table.ungraded].tolist()) == {2}


def test_it_proposes_well(trained, finish):
    correct(trained, 4)
    finish(trained.refit())
    trained.refresh()
    rows = np.flatnonzero(trained.table.ungraded)
    assert np.mean(trained.table.proposed[rows] == rows % 5 + 1) >= 0.8


def test_accepted_proposals_are_learnt_like_any_other_grade(trained, finish):
    table = trained.table
    trained.accept([table.ids[row] for row in np.flatnonzero(table.ungraded)[:5]])
    assert finish(trained.refit()).grades == 20


def test_its_record_says_that_it_is_one(refitted):
    model = refitted.model
    assert model.is_quick
    assert model.preset == "mine"
    assert model.grades == 19
    assert model.quality.judged_on is JudgedOn.CROSS_VALIDATION
    assert model.cross_validated == model.quality.exact.value
    assert refitted.status().quality == model.quality


def test_the_training_before_is_still_known_and_counted_from(refitted):
    status = refitted.status()
    assert refitted._store.latest_training().number == 1
    assert status.new_verdicts == 4
    assert status.unlearnt == 0


def test_trainings_alone_make_the_learning_curve(refitted, config, finish):
    finish(refitted.train(config, "mine"))
    assert [model.is_quick for model in refitted._store.models()] == [False, True, False]
    assert refitted._store.latest_training().number == 3


def test_a_restart_shows_the_same(refitted, tmp_path):
    before = refitted.table.probabilities.copy()
    path = refitted.path
    refitted.close()
    with Session.open(path) as again:
        assert (again.table.probabilities == before).all()
        assert again.model.is_quick


def test_the_saved_model_says_what_is_proposed(refitted, finish):
    table = refitted.table
    rows = np.flatnonzero(table.ungraded)
    before = table.probabilities[rows].copy()
    finish(refitted.propose())
    refitted.refresh()
    np.testing.assert_allclose(refitted.table.probabilities[rows], before, atol=1e-5)


def test_equal_seeds_give_equal_proposals(trained, finish):
    correct(trained, 4)
    told = []
    for seed in (1, 1):
        finish(trained.refit(seed))
        trained.refresh()
        told.append(trained.table.probabilities.copy())
    assert (told[0] == told[1]).all()


def test_no_verdict_is_touched_even_if_given_while_it_learns(trained):
    correct(trained, 4)
    job = trained.refit()
    next(job)
    late = trained.table.ids[np.flatnonzero(trained.table.ungraded)[0]]
    trained.grade([late], Grade(2))
    before = trained.table.codes.copy()
    for _ in job:
        pass
    trained.refresh()
    assert (trained.table.codes == before).all()
    assert trained.undoable.kind is ActKind.GRADE


def test_grades_and_photos_that_come_while_it_learns_are_for_the_next_refit(
    trained, photos, finish
):
    job = trained.refit()
    correct(trained, 4)
    (photos / "new.png").write_bytes((photos / "02.png").read_bytes() + b"\0")
    finish(trained.import_photos(photos))
    trained.refresh()
    result = finish(job)
    assert (result.grades, result.proposed) == (15, 10)


def test_photos_in_sight_keep_their_proposals(trained, finish):
    correct(trained, 4)
    table = trained.table
    looked_at = [table.ids[row] for row in np.flatnonzero(table.ungraded)[:3]]
    before = table.probabilities[table.rows(looked_at)].copy()
    result = finish(trained.refit(in_sight=lambda: looked_at))
    trained.refresh()
    assert result.proposed == 3
    assert (trained.table.probabilities[trained.table.rows(looked_at)] == before).all()


def test_it_tells_how_many_proposals_changed(trained, finish):
    correct(trained, 4)
    before = trained.table.proposed.copy()
    result = finish(trained.refit())
    trained.refresh()
    open_rows = trained.table.ungraded
    assert result.changed == np.count_nonzero((trained.table.proposed != before)[open_rows])


def test_grades_taken_back_are_forgotten(refitted, finish):
    refitted.undo()
    refitted.undo()
    assert refitted.status().unlearnt == 2
    assert finish(refitted.refit()).grades == 17


def test_photos_that_come_in_are_seen_once_their_vectors_are_there(
    trained, photos, finish, config, tmp_path
):
    correct(trained, 4)
    finish(trained.refit())
    (photos / "new.png").write_bytes((photos / "02.png").read_bytes() + b"\0")
    finish(trained.import_photos(photos))
    trained.refresh()
    assert finish(trained.refit()).proposed == 6
    finish(trained.read_features(config))
    assert finish(trained.refit()).proposed == 7


def test_the_photos_are_projected_once(trained, finish, monkeypatch):
    correct(trained, 4)
    finish(trained.refit())
    projected = trained._projections.newest
    finish(trained.refit())
    assert trained._projections.newest is projected


def test_the_exam_and_what_belongs_to_it_are_never_learnt_from(crowd, truly, config, finish):
    finish(crowd.read_features(config))
    set_aside = crowd.reserve_exam(40)
    truly(crowd, set_aside)
    others = [one for one in crowd.table.ids if one not in set(set_aside)][:40]
    crowd.group({others[0]: "pair", set_aside[0]: "pair"})
    truly(crowd, others)
    finish(crowd.train(config, "mine"))
    result = finish(crowd.refit())
    crowd.refresh()
    assert result.grades == 39
    assert result.quality.judged_on is JudgedOn.EXAM
    assert not crowd.table.has_proposal[crowd.table.exam].any()


def test_a_cache_folder_that_was_removed_is_made_again(trained, finish, tmp_path):
    correct(trained, 4)
    shutil.rmtree(tmp_path / "cache")
    assert finish(trained.refit()).grades == 19


def test_what_saw_no_order_sees_none(trained, config, finish):
    finish(trained.train(replace(config, loss="softmax"), "unordered"))
    correct(trained, 4)
    assert finish(trained.refit()).grades == 19


def test_before_any_training_there_is_nothing_to_refit(session, grade_truly, finish):
    grade_truly(10)
    with pytest.raises(TrainingError, match="train first"):
        finish(session.refit())


def test_one_grade_alone_teaches_nothing(trained, finish):
    table = trained.table
    trained.grade([table.ids[row] for row in range(15)], Grade(1))
    with pytest.raises(TrainingError, match="at least two different grades"):
        finish(trained.refit())


def test_a_refit_is_due_after_a_few_corrections_and_of_many_grades_after_a_share():
    assert due_after(0) == due_after(500) == CORRECTIONS
    assert due_after(3_000) == 30

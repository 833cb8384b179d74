"""The exam is drawn by chance, graded blind, never learnt from, and believed once it is large."""

import numpy as np
import pytest

from tinyclf.domain import ActKind, JudgedOn, Mark
from tinyclf.errors import InputError
from tinyclf.session import Session
from tinyclf.session.exams import require_room, room_for_exam
from tinyclf.session.exporting import export_rows
from tinyclf.trust.advice import Step
from tinyclf.trust.exam import EXAM_PHOTOS, FIRST_EXAM_PHOTOS


@pytest.fixture
def examined(crowd, truly):
    """Fifty photos are graded, and forty others set aside."""
    truly(crowd, crowd.table.ids[:50])
    crowd.reserve_exam()
    return crowd


def test_an_exam_is_offered_from_thirty_starters_on(crowd, truly):
    truly(crowd, crowd.table.ids[:29])
    assert not crowd.status().exam.offered
    truly(crowd, crowd.table.ids[29:30])
    assert crowd.status().exam.offered


def test_a_small_collection_is_not_offered_one(trained):
    assert not trained.status().exam.offered


def test_photos_are_set_aside_until_there_are_so_many(crowd):
    assert len(crowd.reserve_exam(10)) == 10
    assert crowd.reserve_exam(10) == []
    assert len(crowd.reserve_exam(12)) == 2
    assert np.count_nonzero(crowd.table.exam) == 12


def test_a_marked_photo_does_not_count_and_is_replaced(crowd):
    [one, *_] = crowd.reserve_exam(10)
    crowd.grade([one], Mark.NOT_GRADABLE)
    assert len(crowd.reserve_exam(10)) == 1
    exam = crowd.status().exam
    assert (exam.reserved, exam.marked, exam.to_grade) == (11, 1, 10)


def test_only_photos_that_no_grade_touches_are_set_aside(crowd, truly):
    ids = crowd.table.ids
    truly(crowd, ids[:100])
    crowd.group({ids[0]: "one", **dict.fromkeys(ids[100:150], "one")})
    taken = crowd.reserve_exam(1000)
    assert sorted(taken) == sorted(ids[150:])


def test_one_photo_of_a_unit_is_enough(crowd):
    crowd.group(dict.fromkeys(crowd.table.ids[:219], "one"))
    assert len(crowd.reserve_exam(40)) == 2


def test_the_same_seed_sets_the_same_photos_aside(crowd, tmp_path, finish):
    [folder] = crowd.folders
    with Session.create(tmp_path / "again.tinyclf") as again:
        finish(again.import_photos(folder))
        again.refresh()
        assert crowd.reserve_exam(9, seed=3) == again.reserve_exam(9, seed=3)
        assert crowd.reserve_exam(18, seed=3) != again.reserve_exam(18, seed=4)


def test_nothing_is_proposed_for_the_exam(examined, config, finish):
    finish(examined.train(config, "mine"))
    proposed = finish(examined.propose()).proposed
    examined.refresh()
    assert proposed == 220 - 50 - EXAM_PHOTOS
    waiting = examined.exam_to_grade()
    assert not examined.table.has_proposal[examined.table.rows(waiting)].any()
    assert examined.accept(waiting) is None
    assert sum(wall.photos for wall in examined.status().walls) == 220 - EXAM_PHOTOS


def test_what_was_proposed_before_is_hidden_from_then_on(crowd, truly, config, finish):
    truly(crowd, crowd.table.ids[:50])
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    aside = crowd.reserve_exam()
    rows = crowd.table.rows(aside)
    assert aside
    assert not crowd.table.has_proposal[rows].any()
    assert (crowd.table.probabilities[rows] == 0).all()
    hidden = {one.photo_id: one for one in export_rows(crowd)}
    assert all(hidden[one].probabilities is None for one in aside)
    suggested = set(finish(crowd.suggest(220)))
    assert suggested
    assert not set(aside) & suggested


def test_no_training_learns_from_the_exam_nor_from_what_belongs_to_it(
    examined, truly, config, finish
):
    ids = examined.table.ids
    waiting = examined.exam_to_grade()
    truly(examined, waiting)
    examined.group({waiting[0]: "one", ids[0]: "one"})
    assert finish(examined.train(config, "mine")).grades == 49
    assert sum(examined.status().counts.learnable) == 49
    assert sum(examined.status().counts.graded) == 90


def test_few_answers_are_not_believed(examined, truly, config, finish):
    truly(examined, examined.exam_to_grade()[: EXAM_PHOTOS - 1])
    quality = finish(examined.train(config, "mine")).quality
    assert (quality.judged_on, quality.photos) == (JudgedOn.CROSS_VALIDATION, 50)


def test_forty_answers_judge_the_training(examined, truly, config, finish):
    truly(examined, examined.exam_to_grade())
    result = finish(examined.train(config, "mine"))
    assert (result.quality.judged_on, result.quality.photos) == (JudgedOn.EXAM, EXAM_PHOTOS)
    assert result.cross_validated.judged_on is JudgedOn.CROSS_VALIDATION
    assert examined.status().quality == result.quality
    model = examined.model
    assert (model.grades, model.cross_validated) == (50, result.cross_validated.exact.value)


def test_answers_given_later_judge_the_training_again(examined, truly, config, finish):
    finish(examined.train(config, "mine"))
    assert finish(examined.judge()) is None
    truly(examined, examined.exam_to_grade())
    assert examined.status().new_verdicts == 0
    quality = finish(examined.judge())
    assert quality.judged_on is JudgedOn.EXAM
    assert examined.status().quality == quality
    assert examined.model.cross_validated is not None


def test_a_training_older_than_the_exam_is_not_judged_on_it(crowd, truly, config, finish):
    truly(crowd, crowd.table.ids[:50])
    finish(crowd.train(config, "mine"))
    crowd.reserve_exam()
    truly(crowd, crowd.exam_to_grade())
    assert finish(crowd.judge()) is None
    assert crowd.status().quality.judged_on is JudgedOn.CROSS_VALIDATION


def test_a_photo_that_turns_out_to_belong_to_a_learnt_one_judges_nothing(
    examined, truly, config, finish
):
    finish(examined.train(config, "mine"))
    waiting = examined.exam_to_grade()
    truly(examined, waiting)
    examined.group({waiting[0]: "one", examined.table.ids[0]: "one"})
    assert finish(examined.judge()) is None  # 39 are left


def test_the_first_suggestions_seed_the_exam(crowd, truly, finish):
    first = finish(crowd.suggest(50))
    crowd.refresh()
    exam = crowd.table.exam[crowd.table.rows(first)]
    assert (len(set(first)), np.count_nonzero(exam)) == (50, 20)
    assert 0 < np.count_nonzero(exam[:25]) < 20  # nobody can tell which are which
    assert sorted(finish(crowd.suggest(50))) == sorted(first)  # to ask again changes nothing
    truly(crowd, first)
    crowd.refresh()
    second = finish(crowd.suggest(50))
    crowd.refresh()
    assert np.count_nonzero(crowd.table.exam) == FIRST_EXAM_PHOTOS
    assert not set(first) & set(second)


def test_a_photo_graded_meanwhile_is_not_set_aside(crowd, truly, finish):
    job = crowd.suggest(50)
    truly(crowd, crowd.table.ids[:200])
    suggested = finish(job)
    crowd.refresh()
    assert np.count_nonzero(crowd.table.exam) == 20
    assert crowd.table.ungraded[crowd.table.exam].all()
    assert len(suggested) == 50


def test_a_small_collection_is_suggested_without_an_exam(session, finish):
    finish(session.suggest(20))
    session.refresh()
    assert not session.table.exam.any()


def test_the_exam_is_advised_when_it_is_near(examined, truly, config, finish):
    finish(examined.train(config, "mine"))
    finish(examined.propose())
    examined.refresh()
    advice = examined.status().advice
    assert (advice.step, advice.count) == (Step.EXAM, EXAM_PHOTOS)
    truly(examined, examined.exam_to_grade())
    assert examined.status().advice.step is not Step.EXAM


def test_photos_of_an_audit_are_left_on_their_wall(crowd, truly, config, finish):
    truly(crowd, crowd.table.ids[:50])
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    audit = crowd.begin_audit(max(crowd.status().certificates, key=lambda w: w.proposals).grade)
    crowd.reserve_exam(1000)
    assert not crowd.table.exam[crowd.table.rows(audit.audit.photo_ids)].any()
    assert crowd.accept(audit.photos[:1], ActKind.ACCEPT) is not None


def test_an_exam_larger_than_what_is_left_is_refused(crowd, truly):
    with pytest.raises(InputError, match="takes 221 more photos; 220 photos are left"):
        require_room(crowd.table, 221)
    require_room(crowd.table, 55)
    with pytest.raises(
        InputError, match=r"Too few photos are left .* Grading them all is as quick"
    ):
        require_room(crowd.table, 56)
    crowd.reserve_exam(40)
    require_room(crowd.table, 40)
    truly(crowd, crowd.table.ids[:150])
    with pytest.raises(InputError, match="takes 60 more photos beside the 40 set aside before"):
        require_room(crowd.table, 100)


def test_photos_of_a_unit_are_one_in_the_room_for_an_exam(crowd):
    crowd.group(dict.fromkeys(crowd.table.ids[:219], "one"))
    assert room_for_exam(crowd.table) == 2


def test_a_complete_exam_asks_for_a_training_until_it_judges_one(crowd, truly, config, finish):
    truly(crowd, crowd.table.ids[:50])
    finish(crowd.train(config, "mine"))
    crowd.reserve_exam()
    finish(crowd.propose())
    crowd.refresh()
    assert crowd.status().advice.step is Step.EXAM
    truly(crowd, crowd.exam_to_grade())
    assert crowd.status().advice.step is Step.TRAIN
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    assert crowd.status().advice.step is not Step.TRAIN

from dataclasses import replace

from tinyclf.domain import ActKind, Grade, Mark
from tinyclf.trust.advice import ENOUGH_CORRECTIONS, Advice, Step


def test_everything_is_counted_once(trained):
    trained.grade(trained.table.ids[15:17], Mark.UNSURE)
    trained.grade(trained.table.ids[17:18], Mark.NOT_GRADABLE)
    now = trained.status()
    counts = now.counts
    assert (counts.photos, counts.human, counts.proposed, counts.waiting) == (25, 15, 7, 0)
    assert (counts.unsure, counts.not_gradable) == (2, 1)
    assert counts.graded == (3, 3, 3, 3, 3)
    assert sum(wall.photos for wall in now.walls) == 22


def test_what_lies_ahead_may_be_left_for_later(trained):
    now, later = trained.status(ahead=False), trained.status()
    assert (now.effort, now.stop) == (None, None)
    assert later.effort is not None
    assert replace(later, effort=None, stop=None, advice=now.advice) == now


def test_a_new_collection_waits_for_grades(session):
    now = session.status()
    assert (now.counts.waiting, now.counts.human, now.quality) == (25, 0, None)
    assert now.advice.step is Step.GRADE


def test_files_that_cannot_be_read_are_counted(session, photos, finish):
    (photos / "broken.png").touch()
    finish(session.import_photos(photos))
    assert session.status().files.problems == 1


def test_corrections_are_verdicts_that_are_not_what_was_proposed(trained):
    table = trained.table
    assert trained.status().new_verdicts == 0
    trained.grade([table.ids[15]], Grade(int(table.proposed[15])))
    trained.grade([table.ids[16]], Grade(int(table.proposed[16]) % 5 + 1))
    now = trained.status()
    assert (now.new_verdicts, now.corrections, now.unlearnt) == (2, 1, 1)


def test_a_proposal_that_was_signed_is_new_but_corrects_nothing(trained):
    trained.accept([trained.table.ids[15]])
    trained.grade([trained.table.ids[16]], Grade(int(trained.table.proposed[16]) % 5 + 1))
    now = trained.status()
    assert trained.table.verified[15]
    assert (now.new_verdicts, now.accepted_news, now.corrections) == (2, 1, 1)


def test_a_grade_that_was_taken_back_is_not_learnt_either(trained):
    trained.grade([trained.table.ids[0]], None)
    now = trained.status()
    assert (now.new_verdicts, now.corrections, now.unlearnt) == (1, 0, 1)


def test_of_photos_counted_earlier_there_are_never_fewer_than_none(trained):
    signed = [one for one in trained.table.ids if trained.table.ungraded[trained.table.row_of[one]]]
    trained.accept(signed, ActKind.ACCEPT_REST)
    before = trained.status()
    assert before.bulk.photos == len(signed) == 10
    assert sum(before.looked_at) == sum(before.starters) == 15
    trained.grade(trained.table.ids, None)
    now = trained.at_a_glance(before)
    assert now.bulk == before.bulk
    assert now.looked_at == now.starters == (0,) * 5


def test_after_retraining_nothing_is_new(trained, config, finish):
    trained.grade([trained.table.ids[16]], Grade(1))
    finish(trained.train(config, "mine"))
    assert trained.status().new_verdicts == 0


def test_grades_that_a_training_would_learn_from_are_counted_without_the_exam(trained):
    assert trained.status().counts.can_learn_from == 15
    trained._store.reserve_exam([trained.table.ids[20]], most=1)
    trained.refresh()
    trained.grade([trained.table.ids[20]], Grade(1))
    assert (trained.status().counts.can_learn_from, trained.status().counts.human) == (15, 16)


def test_to_retrain_is_advised_by_what_was_corrected_since_the_last_training(
    crowd, truly, config, finish
):
    truly(crowd, crowd.table.ids[:50])
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    for photo_id in crowd.table.ids[50 : 50 + ENOUGH_CORRECTIONS]:
        proposed = int(crowd.table.proposed[crowd.table.row_of[photo_id]])
        crowd.grade([photo_id], Grade(proposed % 5 + 1))
    finish(crowd.refit())
    crowd.refresh()
    now = crowd.status()
    assert now.unlearnt == 0  # the refit has learnt them, but that is less than a training
    assert now.advice == Advice(Step.RETRAIN, count=ENOUGH_CORRECTIONS)


def test_a_grade_never_learnt_from_is_missing_until_it_is_learnt(crowd, truly, config, finish):
    others = [one for row, one in enumerate(crowd.table.ids) if row % 5 != 2]
    truly(crowd, others[:40])
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    now = crowd.status()
    assert now.grades_missing == (Grade.FAIR,)
    assert (now.advice.step, now.advice.grades) == (Step.GRADE, (Grade.FAIR,))
    assert all(wall.grades_missing == (Grade.FAIR,) for wall in now.certificates)
    assert crowd.signing(Grade.GOOD).grades_missing == (Grade.FAIR,)
    crowd.grade(crowd.table.ids[2:15:5], Grade.FAIR)
    assert crowd.status().advice.step is Step.TRAIN
    finish(crowd.train(config, "mine"))
    finish(crowd.propose())
    crowd.refresh()
    assert crowd.status().grades_missing == ()


def test_a_grade_that_is_never_given_is_not_asked_for_for_ever(crowd, truly, config, finish):
    truly(crowd, [one for row, one in enumerate(crowd.table.ids) if row % 5 != 2][:101])
    finish(crowd.train(config, "mine"))
    now = crowd.status()
    assert (now.grades_missing, now.grades_absent) == ((), (Grade.FAIR,))
    assert now.advice.step is not Step.GRADE

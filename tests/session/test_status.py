from tinyclf.domain import Grade, Mark
from tinyclf.trust.advice import ENOUGH_CORRECTIONS, Advice, Step


def test_everything_is_counted_once(trained):
    trained.grade(trained.table.ids[15:17], Mark.UNSURE)
    trained.grade(trained.table.ids[17:18], Mark.NOT_GRADABLE)
    now = trained.status()
    assert (now.photos, now.human, now.proposed, now.waiting) == (25, 15, 7, 0)
    assert (now.unsure, now.not_gradable) == (2, 1)
    assert now.graded == (3, 3, 3, 3, 3)
    assert sum(wall.photos for wall in now.walls) == 22


def test_a_new_collection_waits_for_grades(session):
    now = session.status()
    assert (now.waiting, now.human, now.quality) == (25, 0, None)
    assert now.advice.step is Step.GRADE


def test_files_that_cannot_be_read_are_counted(session, photos, finish):
    (photos / "broken.png").touch()
    finish(session.import_photos(photos))
    assert session.status().problems == 1


def test_corrections_are_verdicts_that_are_not_what_was_proposed(trained):
    table = trained.table
    assert trained.status().new_verdicts == 0
    trained.grade([table.ids[15]], Grade(int(table.proposed[15])))
    trained.grade([table.ids[16]], Grade(int(table.proposed[16]) % 5 + 1))
    now = trained.status()
    assert (now.new_verdicts, now.corrections) == (2, 1)


def test_after_retraining_nothing_is_new(trained, config, finish):
    trained.grade([trained.table.ids[16]], Grade(1))
    finish(trained.train(config, "mine"))
    assert trained.status().new_verdicts == 0


def test_grades_that_a_training_would_learn_from_are_counted_without_the_exam(trained):
    assert trained.status().can_learn_from == 15
    trained._store.reserve_exam([trained.table.ids[20]], most=1)
    trained.refresh()
    trained.grade([trained.table.ids[20]], Grade(1))
    assert (trained.status().can_learn_from, trained.status().human) == (15, 16)


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

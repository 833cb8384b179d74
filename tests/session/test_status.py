from tinyclf.domain import Grade, Mark
from tinyclf.trust.advice import Step


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

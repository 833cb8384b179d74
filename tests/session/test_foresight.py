"""What it still takes is told from the proposals, the pace, and how the trainings went."""

from tinyclf.domain import ActKind, Grade
from tinyclf.session.foresight import history
from tinyclf.trust.effort import Pace


def test_before_any_proposal_there_is_nothing_to_plan(session):
    now = session.status()
    assert (now.effort, now.stop, now.pace) == (None, None, Pace())


def test_the_plan_is_made_of_the_proposals(trained):
    now = trained.status()
    assert now.effort.seconds_by_hand == 10 * now.pace.grade
    assert 0 < now.effort.exact_now < 1
    assert now.stop is not None


def test_every_training_is_a_point_of_the_learning_history(trained, config, finish):
    trained.grade(trained.table.ids[15:20], Grade.FAIR)
    finish(trained.train(config, "mine"))
    points = history(trained._store)
    assert [grades for grades, _ in points] == [15, 20]
    assert all(0 <= exact <= 1 for _, exact in points)


def test_when_all_is_accepted_nothing_is_left_to_plan(trained):
    trained.accept(trained.table.ids, ActKind.ACCEPT_REST)
    assert trained.status().effort is None

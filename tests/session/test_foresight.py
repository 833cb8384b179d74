"""What it still takes is told from the proposals, the pace, and how the trainings went."""

import pytest

from tinyclf.domain import ActKind, Grade
from tinyclf.session.foresight import history
from tinyclf.trust.advice import Advice, Step
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


def test_when_all_is_accepted_singly_nothing_is_left_to_plan(trained):
    trained.accept(trained.table.ids)
    assert trained.status().effort is None


def test_accepting_unseen_brings_no_grade_nearer_to_right(trained, config, finish):
    before = trained.status()
    trained.accept(trained.table.ids[15:22], ActKind.ACCEPT_REST)
    some = trained.status()
    assert (some.counts.proposed, some.bulk.photos) == (3, 7)
    assert (some.effort, some.stop) == (before.effort, before.stop)
    trained.accept(trained.table.ids, ActKind.ACCEPT_REST)
    every = trained.status()
    assert (every.effort, every.stop) == (before.effort, None)
    wrong = 25 * (1 - before.effort.exact_now)
    assert sum(wall.expected_wrong_in_bulk for wall in every.certificates) == pytest.approx(wrong)
    assert every.advice == Advice(Step.EXPORT, count=round(wrong))
    finish(trained.train(config, "mine"))
    finish(trained.propose())
    trained.refresh()
    assert trained.status().effort == before.effort  # nor does learning from them


def test_a_look_at_what_was_accepted_unseen_brings_it_nearer(trained):
    trained.accept(trained.table.ids, ActKind.ACCEPT_REST)
    before = trained.status().effort.exact_now
    trained.keep(trained.table.ids[15:20])
    assert trained.status().effort.exact_now > before

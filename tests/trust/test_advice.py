"""Advice leads from the first photo to the export, one step at a time."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from tinyclf.domain import GRADES, Grade, Wall
from tinyclf.trust.advice import (
    ENOUGH_CORRECTIONS,
    Advice,
    Checked,
    Collected,
    Learnt,
    Step,
    next_step,
    starters,
    wall_to_review,
)
from tinyclf.trust.certificate import Certificate, certify
from tinyclf.trust.stop_advice import StopAdvice, Way
from tinyclf.trust.wall_certificates import WallCertificate, looks_of


def walls(**wrong: float) -> list[Wall]:
    """The five walls, of which those named hide so many mistakes."""
    return [Wall(grade, 100, 20, 0, wrong.get(grade.name.lower(), 0.0)) for grade in GRADES]


def advised(**counts: Any) -> Advice:
    """What is advised a collector of 1,000 photos who has trained and proposed, or so far."""
    usual: dict[str, Any] = {
        "photos": 1000,
        "graded": [20] * 5,
        "ungraded": 900,
        "proposed": 900,
        "walls": walls(),
        "trained": True,
    }
    told = usual | counts
    has, learnt, checked = (
        part(**{one.name: told.pop(one.name) for one in fields(part) if one.name in told})
        for part in (Collected, Learnt, Checked)
    )
    assert not told
    return next_step(has, learnt, checked)


def test_review_and_audit_are_taken_before_a_wall() -> None:
    assert {step for step in Step if step.is_at_a_wall} == {Step.REVIEW, Step.AUDIT}


def test_an_empty_collection_needs_photos() -> None:
    assert advised(photos=0, ungraded=0, trained=False) == Advice(Step.IMPORT)


def test_the_grades_shortest_of_starters_are_asked_for() -> None:
    advice = advised(graded=[3, 20, 25, 3, 10], trained=False)
    assert advice == Advice(Step.GRADE, (Grade.BARELY_VISIBLE, Grade.GOOD), 17)


def test_with_a_starter_set_it_is_time_to_train() -> None:
    assert advised(trained=False) == Advice(Step.TRAIN)


def test_a_grade_that_seems_to_be_rare_is_not_waited_for() -> None:
    assert advised(graded=[0, 30, 30, 30, 30], trained=False) == Advice(Step.TRAIN)
    assert advised(graded=[0, 0, 0, 60, 60], trained=False) == Advice(Step.TRAIN)


def test_one_grade_alone_never_trains() -> None:
    assert advised(graded=[0, 0, 0, 0, 500], trained=False).step is Step.GRADE


@pytest.mark.parametrize(("photos", "each"), [(0, 2), (30, 3), (100, 10), (200, 20), (10_000, 20)])
def test_a_small_collection_needs_few_starters(photos: int, each: int) -> None:
    assert starters(photos) == each


def test_what_is_trained_is_asked_to_propose() -> None:
    assert advised(proposed=100) == Advice(Step.PROPOSE, count=800)


def test_a_few_photos_that_never_get_a_proposal_do_not_block_the_way() -> None:
    assert advised(proposed=890).step is not Step.PROPOSE


def test_many_corrections_are_worth_a_retraining() -> None:
    assert advised(corrections=ENOUGH_CORRECTIONS - 1).step is not Step.RETRAIN
    assert advised(corrections=ENOUGH_CORRECTIONS) == Advice(Step.RETRAIN, count=ENOUGH_CORRECTIONS)


def test_the_wall_that_hides_most_is_reviewed_first() -> None:
    assert advised(walls=walls(poor=3.2, good=12.6)) == Advice(Step.REVIEW, (Grade.GOOD,), 13)


def test_a_small_wall_of_doubts_comes_before_a_large_one_of_sure_proposals() -> None:
    large = Wall(Grade.POOR, 500, 100, 0, 40.0)
    small = Wall(Grade.GOOD, 120, 80, 0, 20.0)
    done = Wall(Grade.FLAWLESS, 90, 90, 90, 0.0)
    assert wall_to_review([large, small, done]) == small


def test_a_wall_with_one_photo_left_waits_for_those_with_many_in_doubt() -> None:
    nearly_done = Wall(Grade.GOOD, 120, 119, 0, 0.9)
    many = Wall(Grade.POOR, 100, 20, 0, 30.0)
    fewer = Wall(Grade.FAIR, 40, 20, 0, 10.0)
    assert wall_to_review([nearly_done, many, fewer]) == fewer
    assert wall_to_review([nearly_done, many]) == many


def test_a_wall_with_less_than_half_a_mistake_is_not_worth_a_look() -> None:
    single = Wall(Grade.FAIR, 1, 0, 0, 0.4)
    large = Wall(Grade.POOR, 500, 100, 0, 4.0)
    assert wall_to_review([single, large]) == large
    assert wall_to_review([single]) is None


def test_when_nothing_is_doubtful_or_left_it_is_taken_out() -> None:
    assert advised(walls=walls(poor=0.4)) == Advice(Step.EXPORT)
    assert advised(ungraded=0, proposed=0) == Advice(Step.EXPORT)


def certificate(grade: Grade, proposals: int, audit: Certificate | None = None) -> WallCertificate:
    return WallCertificate(grade, proposals, 1.0, 0, 0.0, audit, looks_of(proposals))


def test_who_accepted_unseen_is_not_told_that_all_looks_right() -> None:
    wall = WallCertificate(
        Grade.GOOD, 0, 0.0, 184, 10.0, None, looks_of(0), expected_wrong_in_bulk=92.3
    )
    unseen = Advice(Step.EXPORT, count=92)
    assert advised(ungraded=0, proposed=0, certificates=[wall]) == unseen
    assert advised(walls=walls(poor=0.4), certificates=[wall]) == unseen
    stop = StopAdvice(Way.STOP, 0.95)
    assert advised(walls=walls(poor=9.0), certificates=[wall], stop=stop).count == 101


def right(count: int, of: int) -> Certificate:
    """What is proved where so many were looked at and found right."""
    return certify(of, np.zeros(count, np.bool_))


ENOUGH = StopAdvice(Way.STOP, 0.95)


def test_an_exam_in_reach_is_graded_before_the_walls_are_reviewed() -> None:
    assert advised(exam=12, walls=walls(poor=9)) == Advice(Step.EXAM, count=12)
    assert advised(exam=12, ungraded=0, proposed=0) == Advice(Step.EXAM, count=12)
    assert advised(exam=12, proposed=100).step is Step.PROPOSE


def test_where_more_grades_surely_save_time_they_are_asked_for() -> None:
    more = StopAdvice(Way.GRADE, 0.95, more=100)
    assert advised(walls=walls(poor=9), stop=more) == Advice(Step.GRADE, GRADES, 20)
    unsure = StopAdvice(Way.NOT_SURE, 0.95, more=100)
    assert advised(walls=walls(poor=9), stop=unsure).step is Step.REVIEW


def test_once_it_seems_right_enough_it_is_proved() -> None:
    unproved = [certificate(Grade.GOOD, 400)]
    advice = advised(walls=walls(poor=9), stop=ENOUGH, certificates=unproved)
    assert advice == Advice(Step.AUDIT, (Grade.GOOD,), looks_of(400)[0].size)


def test_an_audit_begun_is_finished_first() -> None:
    begun = [certificate(Grade.GOOD, 400, right(10, 400))]
    advice = advised(walls=walls(poor=9), certificates=begun)
    assert advice == Advice(Step.AUDIT, (Grade.GOOD,), looks_of(400)[0].size - 10)


def test_what_is_proved_or_small_needs_no_audit_and_one_may_stop() -> None:
    proved = [certificate(Grade.GOOD, 400, right(50, 400)), certificate(Grade.FAIR, 20)]
    advice = advised(walls=walls(poor=9.4), stop=ENOUGH, certificates=proved)
    assert advice == Advice(Step.STOP, count=9)


def test_grades_never_learnt_from_come_first() -> None:
    missing = (Grade.POOR, Grade.FAIR)
    advice = advised(graded=[15, 0, 1, 9, 15], missing=missing, exam=12, walls=walls(poor=9))
    assert advice == Advice(Step.GRADE, missing, 20)
    assert advised(graded=[15, 2, 0, 9, 15], missing=missing).grades == (Grade.FAIR,)
    assert advised(graded=[15, 2, 2, 9, 15], missing=missing) == Advice(Step.TRAIN)


def test_a_complete_exam_waits_for_a_training() -> None:
    assert advised(exam_waits=True, walls=walls(poor=9)) == Advice(Step.TRAIN)

"""It says what saves time where that is known, and that it is not sure where it is not."""

import numpy as np
import pytest

from tinyclf.trust.effort import Pace, effort_plan
from tinyclf.trust.stop_advice import StopAdvice, Way, stop_advice

STEEP = [(50, 0.2), (100, 0.4), (200, 0.62), (400, 0.78)]
FLAT = [(100, 0.6), (400, 0.605), (1600, 0.61)]


def proposals(n: int, sureness: float) -> np.ndarray:
    """Opinions (n, 5), all equally sure."""
    rest = (1 - sureness) / 4
    return np.tile([sureness, rest, rest, rest, rest], (n, 1))


def test_a_large_collection_and_a_steep_curve_ask_for_more_grades() -> None:
    advice = stop_advice(proposals(10_000, 0.78), STEEP, 400)
    assert advice.way is Way.GRADE
    assert advice.more > 0
    assert advice.saved is not None
    assert 0 < advice.saved.low < advice.saved.value < advice.saved.high < advice.seconds
    assert advice.exact is not None
    assert advice.exact.value > 0.78


def test_where_learning_has_ended_it_is_time_to_review() -> None:
    advice = stop_advice(proposals(1000, 0.6), FLAT, 400)
    assert advice.way is Way.REVIEW
    assert advice.saved is not None
    assert advice.saved.value < 0


def test_from_a_hundred_grades_nothing_is_sure() -> None:
    assert stop_advice(proposals(10_000, 0.6), STEEP[:2], 100).way is Way.NOT_SURE
    assert stop_advice(proposals(10_000, 0.6), [], 100).way is Way.NOT_SURE


def test_an_interval_on_both_sides_is_not_sure() -> None:
    advice = stop_advice(proposals(2500, 0.5), [(50, 0.4), (100, 0.45), (200, 0.5)], 200)
    assert advice.way is Way.NOT_SURE
    assert advice.saved is not None
    assert advice.saved.low < 0 < advice.saved.high


def test_what_is_right_enough_is_done() -> None:
    assert stop_advice(proposals(500, 0.97), STEEP, 300) == StopAdvice(Way.STOP, 0.95)
    assert stop_advice(np.zeros((0, 5)), STEEP, 300).way is Way.STOP


def test_too_few_photos_to_grade_first_are_reviewed() -> None:
    advice = stop_advice(proposals(40, 0.5), STEEP, 10)
    assert (advice.way, advice.more, advice.saved) == (Way.REVIEW, 0, None)


def test_what_cannot_be_reached_is_aimed_at_as_far_as_it_goes() -> None:
    p = proposals(3000, 0.4)
    advice = stop_advice(p, FLAT, target=0.99)
    plan = effort_plan(p)
    assert advice.target == plan.exact_at_most < 0.99
    assert advice.seconds == pytest.approx(plan.seconds_for_all)


def test_accepting_unseen_saves_no_look_and_no_training_mends_it() -> None:
    p = proposals(10_000, 0.78)
    before = stop_advice(p, STEEP, 400)
    some, most = (
        stop_advice(p, STEEP, 400, accepted=np.arange(10_000) % 10 < tenths) for tenths in (1, 9)
    )
    assert before.seconds == some.seconds == most.seconds
    assert before.saved.value > some.saved.value > most.saved.value
    assert most.way is not Way.GRADE
    assert stop_advice(p, STEEP, 400, accepted=np.ones(10_000, bool)).more == 0


def test_who_grades_slowly_reviews_sooner() -> None:
    p = proposals(10_000, 0.78)
    usual, slow = (stop_advice(p, STEEP, 400, pace=pace) for pace in (Pace(), Pace(grade=60.0)))
    assert (usual.way, slow.way) == (Way.GRADE, Way.REVIEW)


def test_from_few_grades_nothing_is_sure_however_little_is_left() -> None:
    few = STEEP[:2]
    assert stop_advice(proposals(13, 0.5), few, 40).way is Way.NOT_SURE
    assert stop_advice(proposals(500, 0.97), few, 40).way is Way.NOT_SURE
    assert stop_advice(np.zeros((0, 5)), few, 40).way is Way.STOP

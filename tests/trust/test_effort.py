"""A plan says how long it takes to be so and so right, and what cannot be reached."""

import numpy as np
import pytest

from tinyclf.trust.effort import Pace, effort_plan, measured_pace
from tinyclf.trust.review_order import most_doubtful_first


def proposals(n: int = 2000, seed: int = 0) -> np.ndarray:
    """Opinions (n, 5), sharp and blurred ones."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.ones(5), n) ** rng.uniform(1, 8, (n, 1))
    shares: np.ndarray = p / p.sum(axis=1, keepdims=True)
    return shares


def test_a_small_wall_by_hand() -> None:
    p = np.array([[1.0, 0, 0, 0, 0], [0.5, 0.5, 0, 0, 0], [0.8, 0.2, 0, 0, 0]])
    plan = effort_plan(p, certain=7, pace=Pace(2.0, 1.0, 3.0), targets=(0.93, 0.97, 0.99, 1.0))
    assert plan.exact_now == pytest.approx(0.93)
    assert plan.exact_at_most == pytest.approx(0.993)
    assert [point.exact for point in plan.points] == [0.93, 0.97, 0.99]
    assert [point.looks for point in plan.points] == [0, 1, 2]
    assert [point.corrections for point in plan.points] == pytest.approx([0, 0.45, 0.63])
    assert [point.seconds for point in plan.points] == pytest.approx([0, 2.35, 3.89])
    assert plan.seconds_for_all == pytest.approx(3 + 3 * 0.63)
    assert plan.seconds_by_hand == 6


@pytest.mark.parametrize("target", [0.8, 0.9, 0.95])
def test_a_simulated_person_gets_there_on_time(target: float) -> None:
    p, rng, pace = proposals(10_000), np.random.default_rng(1), Pace()
    (point,) = effort_plan(p, pace=pace, targets=(target,)).points
    truth = np.array([rng.choice(5, p=row) for row in p])
    wrong = p.argmax(axis=1) != truth
    looked_at = most_doubtful_first(p)[: point.looks]
    seen = looked_at[wrong[looked_at] & (rng.random(point.looks) >= 0.1)]
    assert 1 - (wrong.sum() - len(seen)) / len(p) == pytest.approx(target, abs=0.02)
    seconds = point.looks * pace.glance + len(seen) * pace.correction
    assert point.seconds == pytest.approx(seconds, rel=0.08)


def test_what_is_overlooked_is_never_reached() -> None:
    p = proposals()
    plan = effort_plan(p)
    assert plan.exact_at_most == pytest.approx(1 - 0.1 * (1 - plan.exact_now))
    assert all(point.exact <= plan.exact_at_most for point in plan.points)
    (whole,) = effort_plan(p, targets=(1.0,), overlooked=0.0).points
    assert whole.looks > 0.99 * len(p)


def test_more_takes_longer_and_certain_photos_help() -> None:
    p = proposals()
    seconds = [point.seconds for point in effort_plan(p).points]
    assert seconds == sorted(seconds)
    beside = effort_plan(p, certain=500)
    assert beside.exact_now > effort_plan(p).exact_now
    assert beside.points[0].seconds < seconds[0]


def test_without_proposals_all_is_reached() -> None:
    plan = effort_plan(np.zeros((0, 5)), certain=10, targets=(0.99,))
    assert (plan.exact_now, plan.exact_at_most, plan.points[0].seconds) == (1, 1, 0)
    assert effort_plan(np.zeros((0, 5))).exact_now == 1


def test_the_pace_is_the_median_once_there_is_one() -> None:
    assert measured_pace([9.0] * 9, [], []) == Pace(1.5, 0.25, 1.5)
    assert measured_pace([2.0] * 9 + [600.0], [0.5] * 10, [1.0] * 10) == Pace(2.0, 0.5, 1.0)

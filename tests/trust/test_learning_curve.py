"""What more grades would bring is drawn, and is as unsure as it should be."""

import math

import numpy as np
import pytest

from tinyclf.domain import Interval
from tinyclf.trust.learning_curve import drawn_exact, interval_of_draws


def history(*grades: int, seed: int, error: float = 0.5) -> list[tuple[int, float]]:
    """Shares measured along a power law with a floor; `error` is that at 100 grades."""
    rng = np.random.default_rng(seed)
    return [(n, 1 - rng.binomial(n, true_error(n, error)) / n) for n in grades]


def true_error(n: int, error: float) -> float:
    return error * (0.2 + 0.8 / math.pow(n / 100, 0.3))


def expected(learnt: list[tuple[int, float]], grades: int, seed: int = 0) -> Interval:
    return interval_of_draws(drawn_exact(learnt, [grades], seed=seed)[:, 0])


def half_width(*grades: int) -> float:
    found = expected(history(*grades, seed=0), 2 * grades[-1])
    return (found.high - found.low) / 2


@pytest.mark.parametrize("grades", [(50, 100), (50, 100, 200), (50, 100, 200, 400)])
@pytest.mark.parametrize("error", [0.3, 0.65])
def test_the_interval_holds_the_truth(grades: tuple[int, ...], error: float) -> None:
    at = 2 * grades[-1]
    held = 0
    for seed in range(100):
        found = expected(history(*grades, seed=seed, error=error), at, seed)
        held += found.low <= 1 - true_error(at, error) <= found.high
    assert held >= 92


def test_from_few_grades_nothing_is_known_and_from_many_something() -> None:
    assert half_width(50, 100) > 0.1
    assert 0.04 < half_width(50, 100, 200, 400) < 0.07 < half_width(50, 100, 200) < 0.1


def test_more_grades_never_harm_and_are_never_perfect_by_luck() -> None:
    for learnt in ([(100, 0.5)], [(50, 0.9), (100, 0.2)], [(20, 1.0)], [(30, 0.0)]):
        draws = drawn_exact(learnt, [100, 200, 400])
        assert (np.diff(draws, axis=1) >= 0).all()
        assert (draws >= 0).all()
        assert (draws <= 1).all()
        assert np.median(draws[:, 0]) < 1


def test_the_same_seed_draws_the_same() -> None:
    learnt = history(50, 100, seed=1)
    assert (drawn_exact(learnt, [300], seed=2) == drawn_exact(learnt, [300], seed=2)).all()
    assert (drawn_exact(learnt, [300], seed=2) != drawn_exact(learnt, [300], seed=3)).any()

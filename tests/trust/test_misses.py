"""Mistakes that a glance misses are counted by expectation, and come back first."""

import numpy as np
import pytest

from tinyclf.trust.misses import first_to_come_back, still_wrong


def accepted(n: int, overlooked: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Doubts of the photos that a person let pass, and whether they are wrong."""
    rng = np.random.default_rng(seed)
    doubt = rng.beta(1, 3, n)
    wrong = rng.random(n) < doubt
    passed = ~wrong | (rng.random(n) < overlooked)
    return doubt[passed], wrong[passed]


@pytest.mark.parametrize("overlooked", [0.02, 0.1, 0.5, 1.0])
def test_the_chances_sum_to_what_was_overlooked(overlooked: float) -> None:
    doubt, wrong = accepted(50_000, overlooked)
    assert still_wrong(doubt, overlooked).sum() == pytest.approx(wrong.sum(), rel=0.05)


def test_who_looked_at_nothing_or_at_everything() -> None:
    doubt = np.array([0.0, 0.3, 1.0])
    assert still_wrong(doubt, 1.0) == pytest.approx(doubt)
    assert still_wrong(doubt, 0.0).tolist() == [0, 0, 0]
    assert still_wrong(doubt)[1] == pytest.approx(0.03 / 0.73)
    assert still_wrong(doubt[:0]).sum() == 0


def test_what_was_accepted_in_bulk_comes_back_first_and_of_it_the_doubtful() -> None:
    doubt = np.array([0.9, 0.1, 0.5, 0.1, 0.7])
    in_bulk = np.array([False, True, True, False, False])
    assert first_to_come_back(doubt, in_bulk).tolist() == [2, 1, 0, 4, 3]
    assert first_to_come_back(doubt[:0], in_bulk[:0]).tolist() == []

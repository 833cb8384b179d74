"""A person agrees with themselves as often as two blind looks say, and no oftener."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyclf.trust.consistency import FEWEST_FRESH, consistency, show_again


def collection(n: int = 400, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Codes of which few are 1 and many are 5, some marks and gaps, and when each was given."""
    rng = np.random.default_rng(seed)
    return rng.choice([-1, 0, 1, 2, 3, 4, 5], n, p=[0.02, 0.2, 0.03, 0.1, 0.15, 0.2, 0.3]), (
        rng.permutation(n)
    )


def test_shares_and_their_intervals() -> None:
    found = consistency([1, 2, 3, 4, 5] * 4, [1, 2, 3, 3, 3] * 4)
    assert found is not None
    assert (found.exact.value, found.within_one.value, found.photos) == (0.6, 0.8, 20)
    assert found.exact.low == pytest.approx(0.387, abs=1e-3)
    assert found.exact.high == pytest.approx(0.781, abs=1e-3)


def test_only_two_grades_can_agree() -> None:
    found = consistency([1, -1, 2, 0, -1, 3], [1, -1, -2, 4, 5, 4])
    assert found is not None
    assert (found.photos, found.exact.value, found.within_one.value) == (2, 0.5, 1.0)


def test_without_a_pair_nothing_is_said() -> None:
    assert consistency([], []) is None
    assert consistency([-1, 3], [-1, 0]) is None


def test_a_few_agreements_prove_little() -> None:
    found = consistency([5, 4], [5, 4])
    assert found is not None
    assert found.exact.low < 0.5 < found.exact.high == 1.0


@pytest.mark.parametrize(("looks", "too_little"), [(1, True), (9, True), (10, False)])
def test_below_ten_looks_it_is_no_ceiling(looks: int, too_little: bool) -> None:
    found = consistency([5] * looks, [5] * looks)
    assert found is not None
    assert found.is_too_little == too_little


def test_the_interval_holds_the_truth() -> None:
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(1000):
        first = rng.integers(1, 6, 40)
        second = np.where(rng.random(40) < 0.9, first, first % 5 + 1)
        found = consistency(first.tolist(), second.tolist())
        held += found is not None and found.exact.low <= 0.9 <= found.exact.high
    assert held >= 930


@given(st.integers(0, 300), st.integers(0, 9))
def test_one_in_twenty_is_shown_once_and_never_the_latest(n: int, seed: int) -> None:
    codes, acts = collection(n, seed)
    rows = show_again(codes, acts, seed=seed)
    graded = np.flatnonzero(codes > 0)
    fresh = graded[np.argsort(acts[graded])][-FEWEST_FRESH:]
    assert (codes[rows] > 0).all()
    assert not set(rows) & set(fresh)
    assert (
        len(set(rows))
        == len(rows)
        == min(round(len(graded) / 20), max(len(graded) - FEWEST_FRESH, 0))
    )


@pytest.mark.parametrize("seed", range(5))
def test_grades_are_shown_in_proportion(seed: int) -> None:
    codes, acts = collection(2000, seed)
    shown = np.bincount(codes[show_again(codes, acts, seed=seed)], minlength=6)[1:]
    due = np.bincount(codes[codes > 0], minlength=6)[1:] / 20
    assert np.abs(shown - due).max() <= 1.5


def test_what_was_shown_counts_and_is_not_shown_again() -> None:
    codes, acts = collection(1000)
    first = show_again(codes, acts, seed=1)
    assert not len(show_again(codes, acts, first, seed=2))
    more = show_again(codes, acts, first, share=0.1, seed=2)
    assert not set(first) & set(more)
    both = np.bincount(codes[[*first, *more]], minlength=6)[1:]
    assert np.abs(both - np.bincount(codes[codes > 0], minlength=6)[1:] / 10).max() <= 2


def test_the_order_tells_nothing_and_the_seed_everything() -> None:
    codes, acts = collection(2000)
    rows = show_again(codes, acts, seed=3)
    assert (np.diff(codes[rows]) < 0).any()
    assert (np.diff(codes[rows]) > 0).any()
    assert rows.tolist() == show_again(codes, acts, seed=3).tolist()
    assert rows.tolist() != show_again(codes, acts, seed=4).tolist()

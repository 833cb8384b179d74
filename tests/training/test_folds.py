"""Folds spread the grades and never part a group."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyclf.errors import InputError
from tinyclf.training.folds import group_codes, stratified_folds

labels = st.lists(st.integers(0, 4), min_size=1, max_size=60)


@given(labels, st.integers(2, 10), st.integers(0, 99))
def test_every_grade_is_spread_evenly(y: list[int], folds: int, seed: int) -> None:
    fold_of = stratified_folds(np.array(y), folds, np.random.default_rng(seed))
    used = min(folds, len(y))
    assert set(fold_of) == set(range(used))
    for grade in set(y):
        counts = np.bincount(fold_of[np.array(y) == grade], minlength=used)
        assert counts.max() - counts.min() <= 1


@given(labels, st.integers(1, 9), st.integers(2, 6), st.integers(0, 99))
def test_a_group_is_never_parted(y: list[int], n_groups: int, folds: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, n_groups, len(y))
    fold_of = stratified_folds(np.array(y), folds, rng, groups=groups)
    assert all(len(set(fold_of[groups == group])) == 1 for group in set(groups))
    assert fold_of.max() < min(folds, len(set(groups)))


def test_groups_are_spread_by_grade_and_size() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(60), rng.integers(1, 6, 60))
    y = (groups * 7) % 5
    fold_of = stratified_folds(y, 5, rng, groups=groups)
    table = np.array([np.bincount(y[fold_of == fold], minlength=5) for fold in range(5)])
    assert table.sum(axis=1).max() <= 1.2 * table.sum(axis=1).min()
    assert table.min() >= 0.5 * len(y) / 25


def test_a_fold_is_never_left_empty_while_groups_are_many() -> None:
    y = np.zeros(40, int)
    groups = np.concatenate([np.zeros(30, int), np.arange(1, 11)])
    fold_of = stratified_folds(y, 5, np.random.default_rng(0), groups=groups)
    assert set(fold_of) == set(range(5))


def test_the_same_seed_deals_the_same_folds() -> None:
    y = np.arange(50) % 5
    one, two = (stratified_folds(y, 5, np.random.default_rng(3)) for _ in range(2))
    assert (one == two).all()


def test_groups_may_be_any_names() -> None:
    assert group_codes(["b", "a", "b"], 3).tolist() == [1, 0, 1]
    assert group_codes(None, 3).tolist() == [0, 1, 2]


def test_groups_of_other_photos_are_refused() -> None:
    with pytest.raises(InputError, match="2 groups for 3 photos: name one for each"):
        group_codes(["a", "b"], 3)

from dataclasses import replace

import numpy as np
import pytest

from tinyclf.errors import InputError
from tinyclf.fitting.splits import fold_of_each, held_out, require_classes


def rng():
    return np.random.default_rng(0)


def test_a_fifth_of_150_flowers_is_30_of_them_ten_of_each_kind(rows):
    learnt_from, held = held_out(rows(150), 0.2, rng())
    assert len(learnt_from) == 120
    assert held.counts.tolist() == [10, 10, 10]


@pytest.mark.parametrize(("share", "held_rows"), [(0.05, 10), (0.15, 30), (0.5, 100), (0.7, 140)])
def test_a_share_is_held_out(rows, share, held_rows):
    learnt_from, held = held_out(rows(200), share, rng())
    assert abs(len(held) - held_rows) <= 3
    assert len(held) + len(learnt_from) == 200


def test_no_example_is_on_both_sides(rows):
    learnt_from, held = held_out(rows(), 0.3, rng())
    both = np.concatenate([learnt_from.x, held.x])
    assert len(np.unique(both, axis=0)) == 90


def test_nothing_is_held_out_of_a_share_of_nothing(rows):
    dataset = rows()
    assert held_out(dataset, 0.0, rng()) == (dataset, None)


def test_of_a_small_share_the_smallest_part_is_held_out(rows):
    learnt_from, held = held_out(rows(200), 0.01, rng())
    assert (len(learnt_from), len(held)) == (190, 10)


def test_a_share_of_too_few_names_the_share(rows):
    with pytest.raises(InputError, match=r"3 groups, too few to hold 0\.15 of them out"):
        held_out(replace(rows(), groups=np.arange(90) % 3), 0.15, rng())


def test_a_group_is_in_one_fold(rows):
    dataset = replace(rows(), groups=np.repeat(np.arange(30), 3))
    fold_of = fold_of_each(dataset, 5, rng())
    assert set(fold_of.tolist()) == {0, 1, 2, 3, 4}
    assert (fold_of.reshape(30, 3) == fold_of.reshape(30, 3)[:, :1]).all()


def test_more_folds_than_groups_are_refused(rows):
    dataset = replace(rows(), groups=np.arange(90) % 4)
    with pytest.raises(InputError, match="4 groups, too few for 5 parts"):
        fold_of_each(dataset, 5, rng())


def test_one_class_alone_cannot_be_learnt(rows):
    dataset = rows()
    with pytest.raises(InputError, match="one class to learn, 'b'"):
        require_classes(dataset.take(dataset.y == 1))

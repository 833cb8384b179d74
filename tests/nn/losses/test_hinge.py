import math

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import Hinge

CPU = NumpyBackend()


def judge(loss, scores, targets):
    return loss.value_and_gradient({}, np.asarray(scores), np.asarray(targets), {}, backend=CPU)


def test_each_class_too_near_costs_what_the_margin_lacks():
    value, ds = judge(Hinge(4), [[2.0, 1.5, 3.0, -1.0]], [0])

    # Class 1 lacks 0.5, class 2 lacks 2, class 3 is far enough off.
    assert value == pytest.approx((0.5 + 2) / 4)
    np.testing.assert_allclose(ds, [[-2 / 4, 1 / 4, 1 / 4, 0]])


def test_leading_by_the_margin_costs_and_teaches_nothing():
    value, ds = judge(Hinge(3), [[1.0, 0.0, 0.0], [5.0, 9.0, 8.0]], [0, 1])

    assert value == 0
    assert not ds.any()


def test_a_wider_margin_asks_for_more():
    value, _ = judge(Hinge(2, margin=3.0), [[1.0, 0.0]], [0])

    assert value == pytest.approx((3 - 1) / 2)


def test_a_row_of_shares_costs_what_its_classes_cost_each_by_its_share():
    scores, loss = [[0.3, -0.2, 0.1]], Hinge(3, class_weights=(1.0, 2.0, 3.0))

    value, ds = judge(loss, scores, [[0.7, 0.0, 0.3]])

    first, third = judge(loss, scores, [0]), judge(loss, scores, [2])
    assert value == pytest.approx(0.7 * first[0] + 0.3 * third[0])
    np.testing.assert_allclose(ds, 0.7 * first[1] + 0.3 * third[1])


def test_a_class_of_weight_zero_teaches_nothing():
    value, ds = judge(Hinge(2, class_weights=(0.0, 1.0)), [[0.0, 3.0], [0.0, 0.0]], [0, 1])

    assert value == pytest.approx(1 / 4)
    assert ds[0].tolist() == [0, 0]


def test_being_surely_wrong_costs_the_distance_and_the_margin():
    value, ds = judge(Hinge(2), np.float32([[1e4, -1e4]]), [1])

    assert value == (2e4 + 1) / 2
    assert ds.tolist() == [[0.5, -0.5]]


def test_probabilities_are_in_the_order_of_the_scores():
    p = Hinge(3).probabilities({}, np.array([[math.log(6), math.log(3), 0.0]]), backend=CPU)

    np.testing.assert_allclose(p, [[0.6, 0.3, 0.1]])


@pytest.mark.parametrize("margin", [-0.1, 1e5, float("nan")])
def test_a_margin_out_of_range_is_refused(margin):
    with pytest.raises(ConfigError, match="margin of the hinge loss must be from 0"):
        Hinge(3, margin=margin)

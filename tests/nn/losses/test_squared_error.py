import numpy as np
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import SquaredError

CPU = NumpyBackend()


def judge(loss, scores, targets):
    return loss.value_and_gradient({}, np.asarray(scores), np.asarray(targets), {}, backend=CPU)


def test_it_is_half_the_squared_distance_to_the_right_corner():
    value, ds = judge(SquaredError(3), [[0.5, 2.0, -1.0], [0.0, 0.0, 1.0]], [0, 2])

    assert value == pytest.approx((0.25 + 4 + 1) / 2 / 2)
    np.testing.assert_allclose(ds, [[-0.25, 1.0, -0.5], [0, 0, 0]])


def test_it_is_zero_where_the_scores_are_the_shares():
    value, ds = judge(SquaredError(3), [[0.2, 0.3, 0.5]], [[0.2, 0.3, 0.5]])

    assert value == pytest.approx(0, abs=1e-30)
    np.testing.assert_allclose(ds, 0, atol=1e-15)


def test_a_class_weighs_its_rows():
    plain, ds = judge(SquaredError(2), [[0.3, 0.4]], [1])

    weighted, weighted_ds = judge(SquaredError(2, class_weights=(0.5, 4.0)), [[0.3, 0.4]], [1])

    assert weighted == pytest.approx(4 * plain)
    np.testing.assert_allclose(weighted_ds, 4 * ds)


def test_a_mixed_row_leans_to_the_class_that_weighs_more():
    loss = SquaredError(2, class_weights=(1.0, 3.0))

    value, ds = judge(loss, [[0.25, 0.75]], [[0.5, 0.5]])

    assert value == 0
    assert ds.tolist() == [[0, 0]]


def test_a_class_of_weight_zero_teaches_nothing():
    with CPU.raising():
        value, ds = judge(SquaredError(2, class_weights=(0.0, 1.0)), [[9.0, 9.0], [0, 1]], [0, 1])

    assert value == 0
    assert not ds.any()


@pytest.mark.parametrize(
    ("scores", "probabilities"),
    [
        ([0.2, 0.3, 0.5], [0.2, 0.3, 0.5]),
        ([1.0, 3.0, -2.0], [0.25, 0.75, 0]),
        ([-1.0, -3.0, 0.0], [1 / 3, 1 / 3, 1 / 3]),
        ([1e-45, 0.0, -1.0], [1, 0, 0]),
    ],
)
def test_scores_above_zero_are_probabilities_when_they_sum_to_one(scores, probabilities):
    with CPU.raising():
        p = SquaredError(3).probabilities({}, np.float32([scores]), backend=CPU)

    np.testing.assert_allclose(p, [probabilities], rtol=1e-6)

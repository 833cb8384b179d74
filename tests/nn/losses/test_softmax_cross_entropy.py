import math

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import SoftmaxCrossEntropy

CPU = NumpyBackend()


def test_equal_scores_cost_the_logarithm_of_the_number_of_classes():
    value, _ = SoftmaxCrossEntropy(5).value_and_gradient(
        {}, np.zeros((3, 5)), np.array([0, 2, 4]), {}, backend=CPU
    )

    assert value == pytest.approx(math.log(5))


def test_adding_a_constant_to_all_scores_changes_nothing():
    loss, scores = SoftmaxCrossEntropy(3), np.array([[1.0, 2.0, -1.0]])

    np.testing.assert_allclose(
        loss.probabilities({}, scores + 1000, backend=CPU),
        loss.probabilities({}, scores, backend=CPU),
        rtol=1e-12,
    )


def test_being_surely_wrong_costs_the_distance():
    value, ds = SoftmaxCrossEntropy(2).value_and_gradient(
        {}, np.float32([[1e4, 0]]), np.array([1]), {}, backend=CPU
    )

    assert value == 1e4
    assert ds.tolist() == [[1, -1]]


def test_a_class_of_weight_zero_teaches_nothing():
    loss = SoftmaxCrossEntropy(2, class_weights=(0.0, 1.0))

    value, ds = loss.value_and_gradient(
        {}, np.array([[3.0, 1.0], [0.0, 0.0]]), np.array([0, 1]), {}, backend=CPU
    )

    assert value == pytest.approx(math.log(2) / 2)
    assert ds[0].tolist() == [0, 0]


def test_smoothed_labels_cost_a_part_of_every_class():
    loss = SoftmaxCrossEntropy(2, label_smoothing=0.2)

    value, ds = loss.value_and_gradient(
        {}, np.array([[math.log(3), 0.0]]), np.array([0]), {}, backend=CPU
    )

    # p = (3/4, 1/4), targets (0.9, 0.1)
    assert value == pytest.approx(-0.9 * math.log(3 / 4) - 0.1 * math.log(1 / 4))
    np.testing.assert_allclose(ds, [[-0.15, 0.15]])


def test_what_smoothing_gives_to_a_class_counts_by_its_weight():
    loss = SoftmaxCrossEntropy(2, class_weights=(0.0, 4.0), label_smoothing=0.5)

    value, _ = loss.value_and_gradient({}, np.zeros((1, 2)), np.array([0]), {}, backend=CPU)

    assert value == pytest.approx(4 * 0.25 * math.log(2))


def test_smoothed_labels_are_best_met_by_finite_scores():
    loss = SoftmaxCrossEntropy(3, label_smoothing=0.3)
    best = np.log([[0.8, 0.1, 0.1]])

    _, ds = loss.value_and_gradient({}, best, np.array([0]), {}, backend=CPU)

    np.testing.assert_allclose(ds, 0, atol=1e-15)


@pytest.mark.parametrize("smoothing", [-0.1, 1.0, float("nan")])
def test_smoothing_out_of_range_is_refused(smoothing):
    with pytest.raises(ConfigError, match="label smoothing must be at least 0 and less than 1"):
        SoftmaxCrossEntropy(3, label_smoothing=smoothing)

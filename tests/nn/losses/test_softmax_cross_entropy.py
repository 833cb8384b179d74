import math

import numpy as np
import pytest

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

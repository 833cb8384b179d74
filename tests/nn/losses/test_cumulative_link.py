from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import CumulativeLink

CPU = NumpyBackend()


def fitted(loss, targets, dtype=np.float64):
    parameters = {name: np.empty(shape, dtype) for name, shape in loss.shapes().items()}
    loss.initialize(parameters, np.asarray(targets))
    return parameters


def test_score_zero_predicts_the_class_frequencies():
    targets = np.repeat([0, 1, 2, 3, 4], [100, 300, 50, 500, 50])

    p = CumulativeLink(5).probabilities(
        fitted(CumulativeLink(5), targets), np.zeros((1, 1)), backend=CPU
    )

    np.testing.assert_allclose(p[0], [0.1, 0.3, 0.05, 0.5, 0.05], atol=0.002)


def test_a_higher_score_means_a_higher_class():
    loss = CumulativeLink(5)

    p = loss.probabilities(fitted(loss, np.arange(5)), np.linspace(-5, 5, 11)[:, None], backend=CPU)

    assert (np.diff(p @ np.arange(5)) > 0).all()


@pytest.mark.parametrize("present", [(0,), (4,), (2,), (0, 4), (1, 2), (3, 4)])
def test_classes_without_an_example_keep_a_place(present):
    loss = CumulativeLink(5)
    parameters = fitted(loss, np.repeat(present, 100_000), np.float32)

    p = loss.probabilities(parameters, np.zeros((1, 1), np.float32), backend=CPU)

    assert (p > 0).all()
    assert p[0, list(present)].sum() > 0.99


def test_fitting_two_classes_of_five_stays_finite():
    loss, targets = CumulativeLink(5), np.array([1, 3] * 10)
    parameters = fitted(loss, targets, np.float32)
    gradient = {name: np.empty_like(array) for name, array in parameters.items()}
    scores = np.where(targets == 1, -1, 1).astype(np.float32)[:, None]

    with CPU.raising():
        for _ in range(5000):
            value, _ = loss.value_and_gradient(parameters, scores, targets, gradient, backend=CPU)
            for name in parameters:
                parameters[name] -= 10 * gradient[name]

    assert np.isfinite(value)
    assert (loss.probabilities(parameters, np.zeros((1, 1), np.float32), backend=CPU) > 0).all()


@settings(deadline=None, derandomize=True, max_examples=50)
@given(first=st.floats(-50, 50), steps=st.lists(st.floats(-1e4, 1e4), min_size=3, max_size=3))
def test_every_class_keeps_a_place_whatever_the_parameters(first, steps):
    parameters = {"first": np.array([first]), "steps": np.array(steps)}
    unused = {name: np.empty_like(array) for name, array in parameters.items()}

    for target in range(5):
        value, _ = CumulativeLink(5).value_and_gradient(
            parameters, np.zeros((1, 1)), np.array([target]), unused, backend=CPU
        )
        assert 0 <= value < np.inf


@pytest.mark.parametrize("score", [-800.0, -30.0, 0.25, 800.0])
@pytest.mark.parametrize("target", [0, 1, 2])
def test_the_loss_in_float32_agrees_with_eight_hundred_digits(score, target):
    loss = CumulativeLink(3)
    parameters = {"first": np.float32([-1]), "steps": np.float32([0.5])}
    unused = {name: np.empty_like(array) for name, array in parameters.items()}

    value, _ = loss.value_and_gradient(
        parameters, np.float32([[score]]), np.array([target]), unused, backend=CPU
    )

    with localcontext(prec=800, Emin=-99999, Emax=99999):
        second = -1 + (1 + Decimal("0.5").exp()).ln() + Decimal("0.001")
        at_most = [1 / (1 + (Decimal(score) - θ).exp()) for θ in (Decimal(-1), second)]
        exact = -(([*at_most, Decimal(1)][target]) - ([Decimal(0), *at_most][target])).ln()
    assert value == pytest.approx(float(exact), rel=2e-6, abs=2e-7)


@pytest.mark.parametrize("size", [1e4, 1e6])
def test_being_surely_wrong_costs_the_distance_to_the_threshold(size):
    loss = CumulativeLink(3)
    parameters = {"first": np.float32([-1]), "steps": np.float32([0.5])}
    gradient = {name: np.empty_like(array) for name, array in parameters.items()}

    value, ds = loss.value_and_gradient(
        parameters, np.float32([[size], [-size]]), np.array([0, 2]), gradient, backend=CPU
    )

    assert value == pytest.approx(size, rel=1e-3)
    assert ds.tolist() == [[0.5], [-0.5]]


def test_two_classes_are_logistic_regression():
    loss = CumulativeLink(2)
    parameters = {"first": np.array([0.5]), "steps": np.empty(0)}

    p = loss.probabilities(parameters, np.array([[2.0]]), backend=CPU)

    assert p[0, 1] == pytest.approx(1 / (1 + np.exp(0.5 - 2)))


def test_weights_count_when_the_thresholds_are_placed():
    targets = np.repeat([0, 1], [900, 100])
    loss = CumulativeLink(2, class_weights=(1.0, 9.0))

    p = loss.probabilities(fitted(loss, targets), np.zeros((1, 1)), backend=CPU)

    np.testing.assert_allclose(p[0], [0.5, 0.5], atol=0.001)

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import Corn

CPU = NumpyBackend()


def judge(loss, scores, targets):
    return loss.value_and_gradient({}, np.asarray(scores), np.asarray(targets), {}, backend=CPU)


def test_scores_of_zero_halve_what_is_left_at_each_step():
    p = Corn(4).probabilities({}, np.zeros((1, 3)), backend=CPU)

    np.testing.assert_allclose(p, [[1 / 2, 1 / 4, 1 / 8, 1 / 8]])


def test_an_example_teaches_only_the_steps_it_reached():
    value, ds = judge(Corn(4), np.zeros((1, 3)), [1])

    # It is above 0, is not above 1, and step 2 never asks for it.
    assert value == pytest.approx(2 * math.log(2))
    np.testing.assert_allclose(ds, [[-0.5, 0.5, 0.0]])


def test_a_row_of_shares_takes_part_in_a_step_by_its_share_of_those_who_reach_it():
    _, ds = judge(Corn(3), np.zeros((1, 2)), [[0.2, 0.3, 0.5]])

    # Step 0: all of it, 0.8 upwards; step 1: 0.8 of it, 0.5 upwards.
    np.testing.assert_allclose(ds, [[0.5 - 0.8, 0.8 * 0.5 - 0.5]])


def test_the_best_scores_are_the_conditional_shares():
    best = np.log([[0.8 / 0.2, 0.5 / 0.3]])

    _, ds = judge(Corn(3), best, [[0.2, 0.3, 0.5]])

    np.testing.assert_allclose(ds, 0, atol=1e-15)
    np.testing.assert_allclose(
        Corn(3).probabilities({}, best, backend=CPU), [[0.2, 0.3, 0.5]], rtol=1e-12
    )


def test_two_classes_are_logistic_regression():
    p = Corn(2).probabilities({}, np.array([[1.5]]), backend=CPU)

    assert p[0, 1] == pytest.approx(1 / (1 + math.exp(-1.5)))


def test_a_class_weighs_the_same_at_every_step():
    plain, ds = judge(Corn(3), [[0.5, -1.0]], [2])

    weighted, weighted_ds = judge(Corn(3, class_weights=(1.0, 1.0, 4.0)), [[0.5, -1.0]], [2])

    assert weighted == pytest.approx(4 * plain)
    np.testing.assert_allclose(weighted_ds, 4 * ds)


@pytest.mark.parametrize("scores", [[-800.0, 3.0], [30.0, -30.0], [0.25, -0.5], [800.0, 800.0]])
@pytest.mark.parametrize("target", [0, 1, 2])
def test_the_loss_in_float32_agrees_with_eight_hundred_digits(scores, target):
    value, _ = judge(Corn(3), np.float32([scores]), [target])

    with localcontext(prec=800, Emin=-99999, Emax=99999):
        up = [1 / (1 + (-Decimal(s)).exp()) for s in scores]
        exact = -[1 - up[0], up[0] * (1 - up[1]), up[0] * up[1]][target].ln()
    assert value == pytest.approx(float(exact), rel=2e-6, abs=2e-7)


def test_being_surely_wrong_costs_the_distance():
    value, ds = judge(Corn(3), np.float32([[1e4, -1e4]]), [0])

    assert value == 1e4
    assert ds.tolist() == [[1, 0]]

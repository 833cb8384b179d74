"""A committee: each seat is judged by itself, and together they say a weighted mean."""

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.losses import Committee, CumulativeLink, SoftmaxCrossEntropy

PLAIN = NumpyBackend(compiled=False)
Y = np.array([0, 2, 1, 2])
SCORES = np.random.default_rng(0).standard_normal((4, 6))
LOSS = SoftmaxCrossEntropy(3)


def judged(loss, scores):
    return loss.value_and_gradient({}, scores, Y, {}, backend=PLAIN)


def test_it_costs_what_its_seats_cost():
    value, slope = judged(Committee(LOSS), SCORES)
    one, other = judged(LOSS, SCORES[:, :3]), judged(LOSS, SCORES[:, 3:])
    assert value == pytest.approx(one[0] + other[0])
    np.testing.assert_array_equal(slope, np.hstack([one[1], other[1]]))


def test_it_says_the_weighted_mean_of_what_they_say():
    both = Committee(LOSS, (0.75, 0.25)).probabilities({}, SCORES, backend=PLAIN)
    opinions = [LOSS.probabilities({}, part, backend=PLAIN) for part in np.hsplit(SCORES, 2)]
    np.testing.assert_allclose(both, 0.75 * opinions[0] + 0.25 * opinions[1])


def test_each_seat_has_thresholds_of_its_own():
    loss = Committee(CumulativeLink(4))
    assert loss.shapes() == {"0.first": (1,), "0.steps": (2,), "1.first": (1,), "1.steps": (2,)}
    assert loss.n_outputs == 2


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Committee(LOSS, ()), "shares of a committee must"),
        (lambda: Committee(LOSS, (0.5, 0.4)), "shares of a committee must sum to 1, not to 0.9"),
        (lambda: Committee(LOSS, (1.5, -0.5)), "shares of a committee must"),
        (lambda: Committee(LOSS, 2), "shares of a committee must be a row"),
        (lambda: Committee("softmax"), "loss of a committee must be a loss"),
    ],
)
def test_what_is_no_committee_is_refused(make, words):
    with pytest.raises(ConfigError, match=words):
        make()

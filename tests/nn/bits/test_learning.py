"""A 1-bit network learns by the gradient that passes straight through, and is packed then."""

import numpy as np
import pytest

from tinyclf.nn.bits import pack_network
from tinyclf.nn.layers import BatchNorm, BinaryLinear, Sign
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import Adam

PLAIN = (Sign(0.5), BinaryLinear(144, 96), Sign(), BinaryLinear(96, 10))
NORMED = (Sign(0.5), BinaryLinear(144, 96), BatchNorm(96), Sign(), BinaryLinear(96, 10))


def digits(n, seed):
    """Ten random patterns of 12 × 12 pixels, in noisy copies shifted by a pixel or not."""
    patterns = np.random.default_rng(0).random((10, 12, 12)) < 0.5
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 10, n)
    images = np.stack([np.roll(patterns[c], rng.integers(0, 2, 2), (0, 1)) for c in y])
    noise = rng.random(images.shape) < 0.15
    return (images ^ noise).reshape(n, -1).astype(np.float32), y


@pytest.mark.parametrize("layers", [PLAIN, NORMED], ids=["plain", "batch-norm"])
def test_it_learns_patterns_far_better_than_chance(cpu, layers):
    objective = Objective(Network((144,), layers), SoftmaxCrossEntropy(10))
    x, y = digits(1500, seed=1)
    unseen, truth = digits(500, seed=2)
    theta = objective.initialize(y, np.random.default_rng(0), np.float32, backend=cpu)
    step, gradient = Adam().start(theta, backend=cpu), np.empty_like(theta)
    rng = np.random.default_rng(0)

    for _ in range(15):
        for rows in np.array_split(rng.permutation(len(x)), 30):
            objective.value_and_gradient(theta, x[rows], y[rows], gradient, backend=cpu, rng=rng)
            step(theta, gradient, 0.01)

    packed = pack_network(objective.network, theta, backend=cpu)
    scores = packed.predict(unseen, backend=cpu)
    np.testing.assert_array_equal(scores, objective.network.predict(theta, unseen, backend=cpu))
    assert (scores.argmax(axis=1) == truth).mean() > 0.85

import numpy as np
import pytest

from tinyclf.errors import DivergedError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.divergence import guarded
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import SGD

CPU = NumpyBackend()


def test_an_overflow_becomes_one_sentence_with_the_step_and_a_cure():
    words = "at step 17: overflow.*smaller learning rate"
    with pytest.raises(DivergedError, match=words), guarded(CPU, 17):
        np.float32([3e38]) * 10


def test_infinity_that_is_found_late_has_the_last_step_it_can_have_come_from():
    words = "infinity by step 50: "
    with pytest.raises(DivergedError, match=words), guarded(CPU, 50, immediate=False):
        raise FloatingPointError("infinity or NaN")


def test_other_errors_pass():
    with pytest.raises(KeyError), guarded(CPU, 0):
        raise KeyError


def test_a_rate_far_too_high_stops_with_the_layer():
    objective = Objective(mlp(3, (8,), 2), SoftmaxCrossEntropy(2))
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((20, 3)).astype(np.float32), rng.integers(0, 2, 20)
    theta = objective.initialize(y, rng, np.float32, backend=CPU)
    gradient, step = np.empty_like(theta), SGD().start(theta, backend=CPU)

    def train():
        for i in range(100):
            with guarded(CPU, i):
                objective.value_and_gradient(theta, x, y, gradient, backend=CPU)
                step(theta, gradient, 1e12)

    with pytest.raises(DivergedError, match=r"at step \d+: .* in layer \d of 3"):
        train()

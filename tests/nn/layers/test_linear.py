import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.initializers import Glorot
from tinyclf.nn.layers import Linear


def test_outputs_are_weighted_sums_plus_bias(backend):
    parameters = {
        "W": backend.asarray([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
        "b": backend.asarray([10.0, 20.0]),
    }

    y, _ = Linear(3, 2).forward(
        parameters, backend.asarray([[1.0, 0.0, 2.0]]), backend=backend, rng=None
    )

    assert backend.to_numpy(y).tolist() == [[21.0, 34.0]]


def test_what_nobody_wants_is_not_computed(backend):
    layer = Linear(3, 2)
    parameters = {name: backend.xp.ones(shape) for name, shape in layer.shapes().items()}
    _, backward = layer.forward(parameters, backend.xp.ones((4, 3)), backend=backend, rng=None)

    assert backward(backend.xp.ones((4, 2)), parameters, wants_dx=False) is None


def test_biases_begin_at_zero():
    parameters = {"W": np.empty((3, 2)), "b": np.empty(2)}

    Linear(3, 2, Glorot()).initialize(parameters, np.random.default_rng(0))

    assert parameters["b"].tolist() == [0, 0]
    assert np.isfinite(parameters["W"]).all()


@pytest.mark.parametrize("width", [0, -1, 10**9, float("nan")])
def test_an_absurd_width_is_refused_with_the_range(width):
    with pytest.raises(ConfigError, match="from 1 to 1,000,000"):
        Linear(3, width)


def test_inputs_of_another_width_are_refused_with_both_shapes():
    with pytest.raises(ConfigError, match=r"Linear 3 → 2 takes shape \(3,\).*given \(4,\)"):
        Linear(3, 2).output_shape((4,))

"""The 1-bit layer: signs forward, and a gradient that passes straight through them.

The gradient by W is held against measured slopes of clip(W, −1, 1), the smooth stand-in for the
sign that defines it; those by the inputs and b against measured slopes of the layer itself.
"""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.errors import ConfigError
from tinyclf.nn.description import describe, network_from
from tinyclf.nn.layers import BinaryLinear, Sign
from tinyclf.nn.network import Network


def test_outputs_are_scaled_sums_with_plus_or_minus_plus_bias(backend):
    parameters = {
        "W": backend.asarray([[0.3, -2], [0, 5], [-1, 1], [4, -0.1]]),
        "b": backend.asarray([10.0, 20]),
    }

    y, _ = BinaryLinear(4, 2).forward(
        parameters, backend.asarray([[1.0, -1, 1, -1], [1, 2, 3, 4]]), backend=backend, rng=None
    )

    # (1 + 1 − 1 − 1) / 2 and (−1 − 1 + 1 + 1) / 2; then real inputs, which are not binarised.
    assert backend.to_numpy(y).tolist() == [[10, 20], [10 + (1 - 2 - 3 + 4) / 2, 20]]


def test_random_signs_have_sums_of_variance_one(backend):
    layer, rng = BinaryLinear(500, 300), np.random.default_rng(0)
    x, W = np.sign(rng.normal(size=(200, 500))), rng.normal(size=(500, 300))
    parameters = {"W": backend.asarray(W), "b": backend.xp.zeros(300)}

    y, _ = layer.forward(parameters, backend.asarray(x), backend=backend, rng=None)

    assert float(y.var()) == pytest.approx(1, abs=0.02)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    n=st.integers(0, 5), inputs=st.integers(1, 6), outputs=st.integers(1, 6), seed=st.integers(0)
)
def test_the_way_back_is_that_of_clipped_weights(backend, slope, n, inputs, outputs, seed):
    rng = np.random.default_rng(seed)
    layer = BinaryLinear(inputs, outputs)
    x, b = rng.normal(size=(n, inputs)), rng.normal(size=outputs)
    W, dy = rng.normal(size=(inputs, outputs)), rng.normal(size=(n, outputs))
    W[np.abs(np.abs(W) - 1) < 1e-3] = 0.5  # away from the kinks of the clipping

    def run(x, b):
        parameters = {"W": backend.asarray(W), "b": backend.asarray(b)}
        return layer.forward(parameters, backend.asarray(x), backend=backend, rng=None)

    def loss(x, b):
        return float((backend.to_numpy(run(x, b)[0]) * dy).sum())

    def clipped(W):
        return float((x @ np.clip(W, -1, 1) / np.sqrt(inputs) * dy).sum())

    gradient = {name: backend.xp.full(shape, np.nan) for name, shape in layer.shapes().items()}
    dx = backend.to_numpy(run(x, b)[1](backend.asarray(dy), gradient))

    close = {"rtol": 1e-6, "atol": 1e-7}
    np.testing.assert_allclose(dx, slope(lambda x: loss(x, b), x), **close)
    np.testing.assert_allclose(
        backend.to_numpy(gradient["b"]), slope(lambda b: loss(x, b), b), **close
    )
    np.testing.assert_allclose(backend.to_numpy(gradient["W"]), slope(clipped, W), **close)


def test_what_nobody_wants_is_not_computed_and_inputs_are_left_alone(backend):
    layer = BinaryLinear(3, 2)
    parameters = {name: backend.xp.ones(shape, "f4") for name, shape in layer.shapes().items()}
    x, dy = backend.xp.ones((4, 3), "f4"), backend.xp.ones((4, 2), "f4")
    y, backward = layer.forward(parameters, x, backend=backend, rng=None)

    assert backward(dy, {name: array.copy() for name, array in parameters.items()}, False) is None
    assert y.dtype == np.float32
    assert bool((x == 1).all() and (dy == 1).all())


def test_a_1_bit_network_survives_json():
    network = Network((3,), (Sign(0.5), BinaryLinear(3, 2), Sign(), BinaryLinear(2, 2)))

    assert network_from(json.loads(json.dumps(describe(network)))) == network


@pytest.mark.parametrize("width", [0, -1, 10**9, float("nan")])
def test_an_absurd_width_is_refused_with_the_range(width):
    with pytest.raises(ConfigError, match="from 1 to 1,000,000"):
        BinaryLinear(3, width)


def test_inputs_of_another_width_are_refused_with_both_shapes():
    with pytest.raises(ConfigError, match=r"BinaryLinear 3 → 2 takes shape \(3,\).*given \(4,\)"):
        BinaryLinear(3, 2).output_shape((4,))

"""A linear layer and its rectifier in one give what the two give in a row."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.nn.layers import Linear, ReLU
from tinyclf.nn.layers.fused.linear_relu import LinearReLU


@pytest.fixture(scope="module")
def both(backend):
    """Runs the two in one and in a row; returns y, dx, dW, db of each."""

    def run(linear, x, dy, parameters):
        results = []
        for layers in ([LinearReLU(linear)], [linear, ReLU()]):
            gradient = {name: backend.xp.full_like(p, np.nan) for name, p in parameters.items()}
            y, backwards = backend.asarray(x), []
            for layer in layers:
                y, backward = layer.forward(parameters, y, backend=backend, rng=None)
                backwards.append(backward)
            flow = backend.asarray(dy)
            for backward in reversed(backwards):
                flow = backward(flow, gradient)
            results.append([backend.to_numpy(a) for a in (y, flow, gradient["W"], gradient["b"])])
        return results

    return run


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    n=st.integers(0, 40), inputs=st.integers(1, 20), outputs=st.integers(1, 20), seed=st.integers(0)
)
def test_one_gives_what_two_give(backend, both, dtype, n, inputs, outputs, seed):
    rng, linear = np.random.default_rng(seed), Linear(inputs, outputs)
    draw = lambda *shape: rng.standard_normal(shape).astype(dtype)
    parameters = {name: backend.asarray(draw(*s)) for name, s in linear.shapes().items()}

    one, row = both(linear, draw(n, inputs), draw(n, outputs), parameters)

    rtol = 1e-4 if dtype == np.float32 else 1e-12
    for got, expected in zip(one, row, strict=True):
        np.testing.assert_allclose(got, expected, rtol=rtol, atol=rtol)


def test_at_zero_the_rectifier_is_shut(backend, both):
    parameters = {"W": backend.xp.ones((1, 1)), "b": backend.xp.zeros(1)}

    for y, dx, dW, db in both(Linear(1, 1), np.zeros((3, 1)), np.ones((3, 1)), parameters):
        assert not any(array.any() for array in (y, dx, dW, db))


def test_nan_does_not_vanish(backend):
    x = np.ones((5, 3))
    x[2, 1] = np.nan
    parameters = {"W": -backend.xp.ones((3, 4)), "b": backend.xp.zeros(4)}

    y, _ = LinearReLU(Linear(3, 4)).forward(
        parameters, backend.asarray(x), backend=backend, rng=None
    )

    assert np.isnan(backend.to_numpy(y)).all(axis=1).tolist() == [False, False, True, False, False]


def test_what_nobody_wants_is_not_computed(backend):
    parameters = {"W": backend.xp.ones((3, 4)), "b": backend.xp.zeros(4)}
    one = LinearReLU(Linear(3, 4))
    y, backward = one.forward(parameters, backend.xp.ones((2, 3)), backend=backend, rng=None)

    assert backward(y, parameters, wants_dx=False) is None

"""Activations in loops are those of the array module, where they round off, too."""

import numpy as np
import pytest

from tinyclf.nn.kernels.activations import NONE, RELU, TANH, Activation, activation


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "row",
    [
        Activation(NONE),
        Activation(RELU),
        Activation(TANH),
        Activation(TANH, 0.75),
        Activation(TANH, 0.9, 0.25, 0.0),
        Activation(TANH, 1.0, -0.5, -1.0),
        Activation(TANH, 0.75, -0.9, -1.0),
    ],
)
def test_they_are_the_same(row, dtype):
    pytest.importorskip("numba", reason="there are no loops without numba")
    from tinyclf.nn.kernels.compiled.activate import activate

    z = np.linspace(-9, 9, 999).astype(dtype)  # none so near to a step that it could round across
    wanted, y = np.empty_like(z), np.append(z, np.nan).astype(dtype)

    activation(np, row)(z, wanted)
    activate(y, np.array(row, np.float64))

    np.testing.assert_allclose(y[:-1], wanted, rtol=0, atol=1e-6 if dtype == np.float32 else 1e-15)
    assert np.isnan(y[-1])

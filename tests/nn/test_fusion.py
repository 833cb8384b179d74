"""A network computes some layers together; nobody can tell from what it gives."""

import numpy as np
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.fusion import stages
from tinyclf.nn.layers import Conv2d, Dropout, Flatten, LeakyReLU, Linear, MaxPool2d, ReLU, Tanh
from tinyclf.nn.layers.fused.conv_relu_pool import ConvReLUPool
from tinyclf.nn.layers.fused.linear_relu import LinearReLU
from tinyclf.nn.network import Network

NETWORKS = {
    "hidden layers": Network((3,), (Linear(3, 4), ReLU(), Linear(4, 5), ReLU(), Linear(5, 2))),
    "to the end": Network((3,), (Linear(3, 4), ReLU())),
    "nothing to fuse": Network((3,), (ReLU(), Linear(3, 4), Tanh(), ReLU(), Linear(4, 2))),
    "images": Network(
        (2, 10, 11),
        (
            *(Conv2d(2, 3), ReLU(), MaxPool2d()),
            *(Conv2d(3, 4, padding=1), MaxPool2d(), ReLU()),
            *(Flatten(), Linear(16, 5), ReLU(), Linear(5, 2)),
        ),
    ),
    "dropout behind": Network((3,), (Linear(3, 4), ReLU(), Dropout(0.5), Linear(4, 2))),
}


def plainly(network, theta, x, dy, backend, seed):
    """Outputs and gradient, layer by layer."""
    rng = backend.generator(seed)
    views = network.layout.views(theta)
    gradient = backend.xp.zeros_like(theta)
    backwards = []
    for layer, parameters in zip(network.layers, views, strict=True):
        x, backward = layer.forward(parameters, x, backend=backend, rng=rng)
        backwards.append(backward)
    steps = list(zip(backwards, network.layout.views(gradient), strict=True))
    for backward, into in reversed(steps):
        dy = backward(dy, into)
    return backend.to_numpy(x), backend.to_numpy(gradient)


@pytest.mark.parametrize("n", [0, 1, 7])
@pytest.mark.parametrize("name", NETWORKS)
def test_outputs_and_gradients_are_those_of_the_plain_layers(backend, name, n):
    network = NETWORKS[name]
    rng = np.random.default_rng(n)
    theta = network.initialize(rng, np.float64, backend=backend)
    x = backend.asarray(rng.standard_normal((n, *network.input_shape)))
    dy = backend.asarray(rng.standard_normal((n, *network.output_shape)))
    gradient = backend.xp.full_like(theta, np.nan)

    y, backward = network.forward(theta, x, backend=backend, rng=backend.generator(5))
    backward(dy, gradient)

    wanted, slope = plainly(network, theta, x, dy, backend, seed=5)
    np.testing.assert_allclose(backend.to_numpy(y), wanted, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(backend.to_numpy(gradient), slope, rtol=1e-12, atol=1e-13)


def test_a_linear_layer_takes_its_rectifier_along():
    first, second = stages((Linear(3, 4), ReLU(), Linear(4, 2)))

    assert (first.runs, first.first) == (LinearReLU(Linear(3, 4)), 0)
    assert (second.runs, second.first) == (Linear(4, 2), 2)


@pytest.mark.parametrize("behind", [(ReLU(), MaxPool2d()), (MaxPool2d(), ReLU())])
def test_a_convolution_takes_its_rectifier_and_pooling_along(behind):
    first, second = stages((Conv2d(1, 2), *behind, Flatten()))

    assert (first.runs, first.first) == (ConvReLUPool(Conv2d(1, 2), MaxPool2d()), 0)
    assert (second.runs, second.first) == (Flatten(), 3)


def test_a_convolution_does_not_take_what_does_not_fit():
    layers = (Conv2d(1, 2), LeakyReLU(), MaxPool2d(), Conv2d(2, 2), ReLU(), MaxPool2d(3))

    assert [stage.first for stage in stages(layers)] == list(range(6))


def test_an_overflow_in_fused_layers_names_the_layer():
    network = NETWORKS["hidden layers"]
    theta = np.full(network.n_parameters, 1e30, np.float32)

    with (
        NumpyBackend(compiled=False).raising(),
        pytest.raises(FloatingPointError, match=r"layer 3 of 5 \(Linear 4 → 5\), going forward"),
    ):
        network.forward(theta, np.ones((1, 3), np.float32), backend=NumpyBackend(compiled=False))

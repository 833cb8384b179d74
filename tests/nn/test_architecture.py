import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.architecture import ACTIVATIONS, binary_mlp, cnn, mlp
from tinyclf.nn.backend import NumpyBackend


def test_layers_follow_in_the_usual_order():
    network = mlp(10, (8, 6), 3, dropout=0.3, input_dropout=0.1)

    assert [str(layer) for layer in network.layers] == [
        "Dropout 0.1",
        "Linear 10 → 8",
        "ReLU",
        "Dropout 0.3",
        "Linear 8 → 6",
        "ReLU",
        "Dropout 0.3",
        "Linear 6 → 3",
    ]


def test_no_hidden_layer_makes_a_linear_model():
    assert [str(layer) for layer in mlp(10, (), 3).layers] == ["Linear 10 → 3"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gains_make_the_ends_small(activation):
    network = mlp(100, (200, 200), 100, activation=activation, first_gain=0.1, last_gain=0.1)
    theta = network.initialize(np.random.default_rng(0), np.float64, backend=NumpyBackend())

    first, middle, last = (part["W"].std() for part in network.layout.views(theta) if part)

    assert first < middle / 5
    assert last < middle / 5


def test_between_plus_and_minus_only_the_last_layer_weighs():
    network = binary_mlp(10, (8, 6), 3, dropout=0.3, input_dropout=0.1)

    assert [str(layer) for layer in network.layers] == [
        "Dropout 0.1",
        "BinaryLinear 10 → 8",
        "BatchNorm 8",
        "Sign",
        "BinaryLinear 8 → 6",
        "BatchNorm 6",
        "Sign",
        "Dropout 0.3",
        "Linear 6 → 3",
    ]
    assert [str(layer) for layer in binary_mlp(10, (), 3, dropout=0.3).layers] == ["Linear 10 → 3"]


def test_blocks_of_convolutions_stand_before_the_mlp():
    network = cnn((1, 28, 28), (10, 20), (32,), 5, activation="gelu", batch_norm=True, dropout=0.2)

    assert [str(layer) for layer in network.layers] == [
        "Conv2d 1 → 10, 3 × 3",
        "BatchNorm 10",
        "GELU",
        "MaxPool2d 2 × 2",
        "Conv2d 10 → 20, 3 × 3",
        "BatchNorm 20",
        "GELU",
        "MaxPool2d 2 × 2",
        "Flatten",
        "Linear 500 → 32",
        "GELU",
        "Dropout 0.2",
        "Linear 32 → 5",
    ]


def test_a_cnn_can_do_without_pooling_or_hidden_layers():
    network = cnn((3, 8, 9), (4,), (), 2, kernel=5, pool=1)

    assert [str(layer) for layer in network.layers] == [
        "Conv2d 3 → 4, 5 × 5",
        "ReLU",
        "Flatten",
        "Linear 80 → 2",
    ]


def test_too_many_blocks_for_small_images_are_refused_by_place():
    with pytest.raises(ConfigError, match="Layer 4 of the network does not fit: Conv2d 8 → 8"):
        cnn((1, 6, 6), (8, 8), (16,), 5)


def test_rows_are_no_images():
    with pytest.raises(ConfigError, match=r"takes shape \(784, height, width\)"):
        cnn((784,), (8,), (16,), 5)


def test_an_unknown_activation_is_refused_with_the_choice():
    with pytest.raises(
        ConfigError,
        match="activation must be one of relu, leaky-relu, gelu, sigmoid, tanh, not 'swish'",
    ):
        mlp(2, (2,), 2, activation="swish")

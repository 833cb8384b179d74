import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.architecture import ACTIVATIONS, mlp
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


def test_an_unknown_activation_is_refused_with_the_choice():
    with pytest.raises(ConfigError, match="no activation 'swish': choose relu, sigmoid, tanh"):
        mlp(2, (2,), 2, activation="swish")

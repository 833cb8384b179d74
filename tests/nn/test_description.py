import json

import pytest

from tests.nn.kinds import LAYERS, LOSSES
from tinyclf.errors import ModelError
from tinyclf.nn.architecture import cnn, mlp
from tinyclf.nn.description import describe, loss_from, network_from
from tinyclf.nn.forward_error import stabilized
from tinyclf.nn.layers import BatchNorm, Flatten, LeakyReLU, Linear, Sigmoid
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.stability import Stability

NETWORKS = [
    mlp(4, (), 1),
    mlp(4, (3, 2), 5, activation="sigmoid", dropout=0.5),
    mlp(4, (3,), 5, activation="tanh", input_dropout=0.1, first_gain=0.1),
    mlp(4, (3,), 5, activation="gelu"),
    cnn((3, 9, 9), (4,), (6,), 5, kernel=2, pool=3, batch_norm=True),
    stabilized(mlp(4, (3,), 5, activation="sigmoid"), Stability(4e-6, 1e-7)),
    Network((2, 3, 3), (BatchNorm(2, 1e-3, 0.2), LeakyReLU(0.1), Flatten(), Linear(18, 1))),
]


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_survives_json(network):
    assert network_from(json.loads(json.dumps(describe(network)))) == network


@pytest.mark.parametrize("kind", LAYERS)
def test_every_layer_survives_json(kind):
    shape, layer = LAYERS[kind](3, 2)
    network = Network(shape, (layer,))

    assert network_from(json.loads(json.dumps(describe(network)))) == network


@pytest.mark.parametrize("weights", [None, (0.5, 1.0, 2.0)])
@pytest.mark.parametrize("kind", LOSSES)
def test_every_loss_survives_json(kind, weights):
    loss = LOSSES[kind](3, weights)

    assert loss_from(json.loads(json.dumps(describe(loss)))) == loss


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ({"kind": "Evil"}, "asks for a 'Evil'"),
        ({"kind": ["ReLU"]}, "does not know"),
        ({}, "asks for a None"),
        ({"kind": "ReLU", "slope": 1}, "ReLU that cannot be"),
        ({"kind": "ReLU"}, "describes no network"),
        ({"kind": "Linear", "inputs": "3", "outputs": 1}, "Linear that cannot be"),
        ({"kind": "Linear", "inputs": 0, "outputs": 1}, "must be a whole number from 1"),
        ({"kind": "Linear", "inputs": 3, "outputs": 1, "initializer": "x"}, "initializer must be"),
        ({"kind": "Tanh", "stability": 5}, "stability of a layer must be"),
        ({"kind": "Stability", "epsilon_exp": 0.5}, "epsilon_exp must be from"),
        ({"kind": "BatchNorm", "features": "3"}, "BatchNorm that cannot be"),
        ({"kind": "Conv2d", "channels": 1, "outputs": 2, "kernel": 0}, "kernel of a convolution"),
        ({"kind": "MaxPool2d", "size": "2"}, "MaxPool2d that cannot be"),
        ({"kind": "Network", "input_shape": [1], "layers": ["x"]}, "Network that cannot be"),
        ({"kind": "Network", "input_shape": 3, "layers": 7}, "Network that cannot be"),
        (7, "describes no network"),
    ],
)
def test_what_cannot_be_is_refused(description, reason):
    with pytest.raises(ModelError, match=reason):
        network_from(description)


def test_a_sigmoid_of_before_there_was_stability_is_exact():
    description = {"kind": "Network", "input_shape": [3], "layers": [{"kind": "Sigmoid"}]}

    assert network_from(description) == Network((3,), (Sigmoid(),))


def test_a_loss_of_before_there_was_smoothing_is_read():
    description = {"kind": "SoftmaxCrossEntropy", "classes": 2, "class_weights": None}

    assert loss_from(description) == SoftmaxCrossEntropy(2)


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ({"kind": "Hinge", "classes": 3, "margin": "wide"}, "Hinge that cannot be"),
        ({"kind": "Hinge", "classes": 3, "margin": -1}, "margin of the hinge loss must be from 0"),
        ({"kind": "Corn", "classes": 1}, "number of classes must be a whole number from 2"),
        ({"kind": "SquaredError"}, "SquaredError that cannot be"),
        ({"kind": "SoftmaxCrossEntropy", "classes": 2, "label_smoothing": 1}, "less than 1"),
    ],
)
def test_losses_that_cannot_be_are_refused(description, reason):
    with pytest.raises(ModelError, match=reason):
        loss_from(description)


def test_a_layer_is_no_loss():
    with pytest.raises(ModelError, match="describes no loss"):
        loss_from({"kind": "ReLU"})

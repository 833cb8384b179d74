import json

import pytest

from tinyclf.errors import ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.description import describe, loss_from, network_from
from tinyclf.nn.losses import CumulativeLink, SoftmaxCrossEntropy

NETWORKS = [
    mlp(4, (), 1),
    mlp(4, (3, 2), 5, activation="sigmoid", dropout=0.5),
    mlp(4, (3,), 5, activation="tanh", input_dropout=0.1, first_gain=0.1),
]


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_survives_json(network):
    assert network_from(json.loads(json.dumps(describe(network)))) == network


@pytest.mark.parametrize("loss", [CumulativeLink(5), SoftmaxCrossEntropy(2, (0.5, 1.5))])
def test_a_loss_survives_json(loss):
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
        ({"kind": "Linear", "inputs": 0, "outputs": 1}, "must be from 1"),
        ({"kind": "Network", "input_shape": [1], "layers": ["x"]}, "Network that cannot be"),
        ({"kind": "Network", "input_shape": 3, "layers": 7}, "Network that cannot be"),
        (7, "describes no network"),
    ],
)
def test_what_cannot_be_is_refused(description, reason):
    with pytest.raises(ModelError, match=reason):
        network_from(description)


def test_a_layer_is_no_loss():
    with pytest.raises(ModelError, match="describes no loss"):
        loss_from({"kind": "ReLU"})

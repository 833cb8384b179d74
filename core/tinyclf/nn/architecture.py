"""Networks of the usual build, from a few numbers."""

from __future__ import annotations

from collections.abc import Sequence

from tinyclf.errors import ConfigError
from tinyclf.nn.initializers import Glorot, He, Initializer
from tinyclf.nn.layers import Dropout, Layer, Linear, ReLU, Sigmoid, Tanh
from tinyclf.nn.network import Network

ACTIVATIONS: dict[str, type[ReLU] | type[Sigmoid] | type[Tanh]] = {
    "relu": ReLU,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
}
"""The activations by the name a configuration gives them."""


def mlp(
    inputs: int,
    hidden: Sequence[int],
    outputs: int,
    *,
    activation: str = "relu",
    dropout: float = 0.0,
    input_dropout: float = 0.0,
    first_gain: float = 1.0,
    last_gain: float = 0.1,
) -> Network:
    """Return a multilayer perceptron: linear layers with an activation between each two.

    Args:
        inputs: Numbers in an input row.
        hidden: The widths between, first to last; none makes a linear model.
        outputs: Numbers in an output row.
        activation: A name in :data:`ACTIVATIONS`.
        dropout: Share of each hidden layer's outputs dropped while training.
        input_dropout: Share of the inputs dropped while training.
        first_gain: Factor on the first weights of the first layer.
        last_gain: Factor on those of the last layer, if it is not the first as well: a small one
            starts near the class frequencies.

    Raises:
        ConfigError: a number is out of its range, or there is no such activation.
    """
    if activation not in ACTIVATIONS:
        raise ConfigError(
            f"There is no activation '{activation}': choose {', '.join(ACTIVATIONS)}."
        )
    layers: list[Layer] = []
    if input_dropout:
        layers.append(Dropout(input_dropout))
    widths = [inputs, *hidden, outputs]
    for i in range(len(hidden)):
        gain = first_gain if i == 0 else 1.0
        layers.append(Linear(widths[i], widths[i + 1], _before(activation, gain)))
        layers.append(ACTIVATIONS[activation]())
        if dropout:
            layers.append(Dropout(dropout))
    layers.append(Linear(widths[-2], outputs, Glorot(last_gain if hidden else first_gain)))
    return Network((inputs,), tuple(layers))


def _before(activation: str, gain: float) -> Initializer:
    return He(gain) if activation == "relu" else Glorot(gain)

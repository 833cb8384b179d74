"""Networks of the usual build, from a few numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tinyclf.nn.arrays import Shape
from tinyclf.nn.images import LARGEST_WINDOW
from tinyclf.nn.initializers import Glorot, He, Initializer
from tinyclf.nn.layers import (
    GELU,
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.network import Network
from tinyclf.nn.ranges import require_flag, require_row, require_whole, require_word

ACTIVATIONS: dict[str, Callable[[], Layer]] = {
    "relu": ReLU,
    "leaky-relu": LeakyReLU,
    "gelu": GELU,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
}
"""The activations by the name a configuration gives them."""

HALVING = frozenset({"relu", "leaky-relu", "gelu"})
"""Those that let about half of a signal through."""


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
    require_word("The activation", activation, ACTIVATIONS)
    hidden = require_row("The hidden widths of a network", hidden, "(300, 100), or ()")
    first = [Dropout(input_dropout)] if input_dropout else []
    gains = (first_gain, last_gain)
    layers = _dense([inputs, *hidden, outputs], activation, dropout, gains)
    return Network((inputs,), (*first, *layers))


def binary_mlp(
    inputs: int,
    hidden: Sequence[int],
    outputs: int,
    *,
    dropout: float = 0.0,
    input_dropout: float = 0.0,
) -> Network:
    """Return a perceptron whose hidden weights and activations are all +1 or −1.

    Each hidden layer takes its inputs with plus or minus, and a batch norm brings the sums to where
    the sign's slopes are. What reads the last signs has real weights, as in Hubara et al. (2016):
    scores of whole numbers would be too coarse for a few grades.

    Args:
        inputs: Numbers in an input row; the first layer takes them as they are.
        hidden: The widths between, first to last.
        outputs: Numbers in an output row.
        dropout: Share of the last signs dropped while training; between 1-bit layers none is.
        input_dropout: Share of the inputs dropped while training.

    Raises:
        ConfigError: a number is out of its range.
    """
    hidden = require_row("The hidden widths of a network", hidden, "(64,), or ()")
    layers: list[Layer] = [Dropout(input_dropout)] if input_dropout else []
    for before, after in pairwise([inputs, *hidden]):
        layers += [BinaryLinear(before, after), BatchNorm(after), Sign()]
    if hidden and dropout:
        layers.append(Dropout(dropout))
    last = Linear([inputs, *hidden][-1], outputs, Glorot(0.1 if hidden else 1.0))
    return Network((inputs,), (*layers, last))


def cnn(
    input_shape: Shape,
    channels: Sequence[int],
    hidden: Sequence[int],
    classes: int,
    *,
    kernel: int = 3,
    pool: int = 2,
    activation: str = "relu",
    batch_norm: bool = False,
    dropout: float = 0.0,
) -> Network:
    """Return a convolutional network: blocks of convolution, activation and pooling, then an MLP.

    Args:
        input_shape: Of an image: (channels, height, width).
        channels: Output channels of each convolution, first to last.
        hidden: The widths of the linear layers between the images and the scores.
        classes: Scores of an image.
        kernel: Height and width of the convolutions' windows.
        pool: Height and width of the poolings' windows; 1 for none.
        activation: A name in :data:`ACTIVATIONS`.
        batch_norm: Whether a batch norm stands behind each convolution.
        dropout: Share of each hidden linear layer's outputs dropped while training.

    Raises:
        ConfigError: a number is out of its range, there is no such activation, or the images are
            too small for so many blocks; the message names the layer.
    """
    require_word("The activation", activation, ACTIVATIONS)
    input_shape = require_row("The shape of an image", input_shape, "(1, 28, 28)")
    channels = require_row("The channels of a network", channels, "(8, 16)")
    hidden = require_row("The hidden widths of a network", hidden, "(300, 100), or ()")
    batch_norm = require_flag("Whether there are batch norms", batch_norm)
    window = require_whole("The pooling of a convolutional network", pool, 1, LARGEST_WINDOW)
    layers: list[Layer] = []
    for before, after in pairwise([*input_shape[:1], *channels]):
        layers.append(Conv2d(before, after, kernel, initializer=_initializer_for(activation, 1.0)))
        if batch_norm:
            layers.append(BatchNorm(after))
        layers.append(ACTIVATIONS[activation]())
        if window > 1:
            layers.append(MaxPool2d(window))
    layers.append(Flatten())
    (inputs,) = Network(input_shape, tuple(layers)).output_shape
    layers += _dense([inputs, *hidden, classes], activation, dropout, (1.0, 0.1))
    return Network(input_shape, tuple(layers))


def _dense(
    widths: Sequence[int], activation: str, dropout: float, gains: tuple[float, float]
) -> list[Layer]:
    """Return linear layers from each width to the next; ``gains`` are the first's and last's."""
    layers: list[Layer] = []
    for before, after in pairwise(widths[:-1]):
        gain = 1.0 if layers else gains[0]
        layers.append(Linear(before, after, _initializer_for(activation, gain)))
        layers.append(ACTIVATIONS[activation]())
        if dropout:
            layers.append(Dropout(dropout))
    gain = gains[1] if layers else gains[0]
    return [*layers, Linear(widths[-2], widths[-1], Glorot(gain))]


def _initializer_for(activation: str, gain: float) -> Initializer:
    return He(gain) if activation in HALVING else Glorot(gain)

"""Examples of every layer and every loss, for the tests of what all of them promise."""

from __future__ import annotations

import functools
from collections.abc import Callable

from tinyclf.nn.arrays import Shape
from tinyclf.nn.layers import (
    GELU,
    AttentionPool,
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
from tinyclf.nn.losses import (
    Committee,
    Corn,
    CumulativeLink,
    Hinge,
    Loss,
    SoftmaxCrossEntropy,
    SquaredError,
)
from tinyclf.nn.stability import Stability

ROUNDED = Stability(epsilon_exp=0.1, epsilon_square=0.02)

LAYERS: dict[str, Callable[[int, int], tuple[Shape, Layer]]] = {
    "attention pooling": lambda inputs, outputs: (
        (4 * (inputs + 1),),
        AttentionPool(4, inputs, outputs),
    ),
    "batch norm": lambda inputs, outputs: ((inputs,), BatchNorm(inputs, epsilon=0.01)),
    "batch norm of images": lambda inputs, outputs: ((inputs, 3, 2), BatchNorm(inputs)),
    "binary linear": lambda inputs, outputs: ((inputs,), BinaryLinear(inputs, outputs)),
    "convolution": lambda inputs, outputs: ((inputs, 4, 5), Conv2d(inputs, outputs)),
    "convolution in steps": lambda inputs, outputs: (
        (2, 7, inputs),
        Conv2d(2, outputs, 5, stride=3, padding=2),
    ),
    "convolution of pixels": lambda inputs, outputs: ((inputs, 3, 2), Conv2d(inputs, outputs, 1)),
    "dropout": lambda inputs, outputs: ((inputs,), Dropout(0.4)),
    "flatten": lambda inputs, outputs: ((2, inputs, 3), Flatten()),
    "gelu": lambda inputs, outputs: ((inputs,), GELU()),
    "leaky relu": lambda inputs, outputs: ((inputs,), LeakyReLU(0.2)),
    "linear": lambda inputs, outputs: ((inputs,), Linear(inputs, outputs)),
    "parallel": lambda inputs, outputs: (
        (inputs + 3,),
        Parallel(
            inputs,
            (Dropout(0.4), Linear(inputs, outputs)),
            (GELU(), Linear(3, 2), Tanh()),
            1.5,
            0.5,
        ),
    ),
    "pooling": lambda inputs, outputs: ((2, 5, inputs + 1), MaxPool2d(2)),
    "pooling with overlap": lambda inputs, outputs: ((2, 4, inputs + 2), MaxPool2d(3, 1)),
    "relu": lambda inputs, outputs: ((inputs,), ReLU()),
    "sigmoid": lambda inputs, outputs: ((inputs,), Sigmoid()),
    "sigmoid, rounded off": lambda inputs, outputs: ((inputs,), Sigmoid(ROUNDED)),
    "sign": lambda inputs, outputs: ((inputs,), Sign(0.25)),
    "tanh": lambda inputs, outputs: ((inputs,), Tanh()),
    "tanh, rounded off": lambda inputs, outputs: ((inputs,), Tanh(ROUNDED)),
}
"""The shape of an input and the layer, for two widths from 1 up; where it has but one, the first.

A new layer is added here, and every test that goes through them takes it along.
"""

LOSSES: dict[str, Callable[..., Loss]] = {
    "committee": lambda *settings: Committee(CumulativeLink(*settings), (0.5, 0.2, 0.3)),
    "corn": Corn,
    "cumulative link": CumulativeLink,
    "hinge": Hinge,
    "softmax": SoftmaxCrossEntropy,
    "smoothed softmax": functools.partial(SoftmaxCrossEntropy, label_smoothing=0.2),
    "squared error": SquaredError,
    "wide hinge": functools.partial(Hinge, margin=2.5),
}
"""The loss, for a number of classes and their weights or None; new ones likewise."""

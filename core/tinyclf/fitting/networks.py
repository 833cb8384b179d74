"""From settings to the network that is trained."""

from __future__ import annotations

import math
from itertools import pairwise

from tinyclf.errors import ConfigError
from tinyclf.fitting.settings import FitSettings
from tinyclf.nn.architecture import ACTIVATIONS, mlp
from tinyclf.nn.arrays import Shape
from tinyclf.nn.layers import (
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    MaxPool2d,
    Sign,
)
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective

POOL = 2


def build_objective(settings: FitSettings, shape: Shape, classes: int) -> Objective:
    """Return the network for examples of a shape, and its loss.

    Raises:
        ConfigError: the settings do not fit the examples.
    """
    build = {"mlp": _mlp, "cnn": _cnn, "bits": _bits}[settings.model]
    return Objective(Network(shape, build(settings, shape, classes)), SoftmaxCrossEntropy(classes))


def _mlp(settings: FitSettings, shape: Shape, classes: int) -> tuple[Layer, ...]:
    training = settings.training
    dense = mlp(
        math.prod(shape),
        training.hidden,
        classes,
        activation=training.activation,
        dropout=training.dropout if training.hidden else 0.0,
        input_dropout=training.input_dropout,
    )
    return (*_flatten(shape), *dense.layers)


def _cnn(settings: FitSettings, shape: Shape, classes: int) -> tuple[Layer, ...]:
    if len(shape) != 3:
        raise ConfigError("A cnn looks at pictures, but these examples are rows: choose mlp.")
    training, kernel = settings.training, settings.kernel
    layers: list[Layer] = [Dropout(training.input_dropout)] if training.input_dropout else []
    padding = kernel // 2 if settings.padded else 0
    for before, after in pairwise([shape[0], *settings.convolutions]):
        layers.append(Conv2d(before, after, kernel, padding=padding))
        if settings.batch_norm:
            layers.append(BatchNorm(after))
        layers += [ACTIVATIONS[training.activation](), MaxPool2d(POOL)]
    layers.append(Flatten())
    (inputs,) = Network(shape, tuple(layers)).output_shape
    if training.dropout:
        layers.append(Dropout(training.dropout))
    dense = mlp(
        inputs,
        training.hidden,
        classes,
        activation=training.activation,
        dropout=training.dropout if training.hidden else 0.0,
    )
    return (*layers, *dense.layers)


def _bits(settings: FitSettings, shape: Shape, classes: int) -> tuple[Layer, ...]:
    """Return layers all of whose weights and inputs are one bit, so that they can be packed."""
    training = settings.training
    layers: list[Layer] = [*_flatten(shape)]
    for before, after in pairwise([math.prod(shape), *training.hidden]):
        layers += [Sign(), BinaryLinear(before, after), BatchNorm(after)]
    layers.append(Sign())
    if training.dropout:
        layers.append(Dropout(training.dropout))
    layers.append(BinaryLinear([math.prod(shape), *training.hidden][-1], classes))
    return tuple(layers)


def _flatten(shape: Shape) -> tuple[Layer, ...]:
    return (Flatten(),) if len(shape) > 1 else ()

"""Which examples each step of a training takes, pass after pass."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.layers import BatchNorm
from tinyclf.nn.network import Network
from tinyclf.training.config import TrainingConfig

Picks: TypeAlias = Iterable[NDArray[np.int64]]
"""The rows of one batch after another."""


def planned(config: TrainingConfig, network: Network, examples: int) -> tuple[int, int]:
    """Return (passes, steps a pass) for a training on so many examples.

    Raises:
        ConfigError: a batch norm cannot train on batches of the configured size.
        InputError: nor on so few examples.
    """
    lonely = _needs_company(network)
    if lonely is None:
        return config.steps(examples)
    if config.batch_size < 2:
        raise ConfigError(
            f"{lonely} compares the examples of a batch, so batch_size must be at least 2, not 1: "
            "make it larger, or leave the layer out."
        )
    if examples < 2:
        raise InputError(
            f"{lonely} compares examples with each other, but there is one alone: give more, or "
            "leave the layer out."
        )
    return config.steps(examples, least=2)


def passes(examples: int, epochs: int, steps: int, rng: np.random.Generator) -> Iterator[Picks]:
    """Yield the batches of each pass: all examples, in an order drawn when it begins."""
    for _ in range(epochs):
        # Batches differ by one example at most: none is a tiny rest.
        yield np.array_split(rng.permutation(examples), steps)


def _needs_company(network: Network) -> BatchNorm | None:
    """Return the first layer that sees but one number of each feature in an example."""
    shape = network.input_shape
    for layer in network.layers:
        if isinstance(layer, BatchNorm) and math.prod(shape[1:]) == 1:
            return layer
        shape = layer.output_shape(shape)
    return None

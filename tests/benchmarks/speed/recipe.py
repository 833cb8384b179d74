"""A recipe: all that makes a training, so that two libraries can be given the same."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.speed import datasets
from tests.benchmarks.speed.datasets import MNIST
from tests.benchmarks.speed.limits import Shape

CLASSES = 10

MOMENTUM = 0.9

START, FLOOR, WARM_UP = 0.04, 1e-4, 0.3
"""Of the one-cycle schedule: its first and last rate as shares of the peak; how long it rises."""


@dataclass(frozen=True)
class Recipe:
    """How a network for pictures is built and trained.

    Attributes:
        hidden: Widths of the fully connected layers before the last.
        convolutions: Before them: (channels, kernel side), each with ReLU and 2 × 2 max pooling.
        optimizer: ``"adam"``, ``"adamw"`` or ``"sgd"``, the last with Nesterov's momentum.
        rate: The rate, or its peak.
        one_cycle: Whether it rises and falls, else it stays.
        weight_decay: For AdamW, of weights only.
        dropout: After each hidden layer.
        shift: Each picture of a batch is moved by up to so many pixels, each by its own.
        batch: Pictures in a step.
        epochs: Passes over the training set.
        dataset: Its name in :mod:`.datasets`.
    """

    hidden: tuple[int, ...]
    convolutions: tuple[tuple[int, int], ...] = ()
    optimizer: str = "adam"
    rate: float = 1e-3
    one_cycle: bool = False
    weight_decay: float = 0.0
    dropout: float = 0.0
    shift: int = 0
    batch: int = 128
    epochs: int = 1
    dataset: str = MNIST

    def steps(self, pictures: int) -> int:
        """Return how many steps the training takes."""
        return self.epochs * math.ceil(pictures / self.batch)

    def rates(self, pictures: int) -> Iterator[float]:
        """Yield the rate of each step: :class:`tinyclf.nn.schedules.OneCycle`, or a constant."""
        steps = self.steps(pictures)
        for step in range(steps):
            yield self.rate * (_one_cycle(step / steps) if self.one_cycle else 1.0)

    @property
    def features(self) -> int:
        """How many numbers reach the first fully connected layer."""
        channels, side, _ = datasets.shape(self.dataset)
        for more, kernel in self.convolutions:
            side, channels = (side - kernel + 1) // 2, more
        return channels * side * side

    def products(self) -> list[Shape]:
        """Return the matrix products of one step of the fully connected layers, there and back."""
        widths = (self.features, *self.hidden, CLASSES)
        n = self.batch
        shapes = []
        for i in range(len(widths) - 1):
            inputs, outputs = widths[i : i + 2]
            shapes += [(n, inputs, outputs), (inputs, n, outputs)]
            if i > 0 or self.convolutions:
                shapes.append((n, outputs, inputs))
        return shapes


def _one_cycle(done: float) -> float:
    if done < WARM_UP:
        return _glide(START, 1.0, done / WARM_UP)
    return _glide(1.0, FLOOR, (done - WARM_UP) / (1 - WARM_UP))


def _glide(start: float, end: float, done: float) -> float:
    return end + (start - end) * (1 + math.cos(math.pi * done)) / 2

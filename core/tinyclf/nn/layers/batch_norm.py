"""Batch normalisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require, require_whole, settle

MOST_FEATURES = 1_000_000


@dataclass(frozen=True)
class BatchNorm:
    """Y = γ (X − μ) / √(σ² + ε) + β, for each feature alone (Ioffe & Szegedy 2015).

    Takes (n, features), or images (n, features, h, w), where a feature is a channel. While
    training, μ and σ² are those of the batch, over all axes but that of the features; the running
    ones then move a little towards them. Inference uses the running ones.

    This is the one layer that writes to its parameters, and only in training: the running mean and
    variance are no weights (their gradient is 0), but belong to what is saved and restored with
    them. Whoever predicts while a training goes on uses a snapshot of theta.

    Parameters, all (features,), so that weight decay spares them: ``scale`` γ, ``shift`` β,
    ``mean`` and ``variance``, the running ones.

    Attributes:
        features: Numbers in a row, or channels of an image, 1 to 1,000,000.
        epsilon: ε, 1e-12 to 1: keeps a constant feature from division by zero.
        momentum: The share of the new batch in the running mean and variance, 0 to 1.
    """

    features: int
    epsilon: float = 1e-5
    momentum: float = 0.1

    def __post_init__(self) -> None:
        settle(
            self,
            features=require_whole("The features of a batch norm", self.features, 1, MOST_FEATURES),
            epsilon=require("The ε of a batch norm", self.epsilon, 1e-12, 1.0),
            momentum=require("The momentum of a batch norm", self.momentum, 0.0, 1.0),
        )

    def __str__(self) -> str:
        return f"BatchNorm {self.features}"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the same shape, (features,) or (features, h, w), else raise ConfigError."""
        if len(input_shape) not in (1, 3) or input_shape[0] != self.features:
            raise ConfigError(
                f"{self} takes shape {(self.features,)} or ({self.features}, height, width), "
                f"but is given {input_shape}."
            )
        return input_shape

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of γ, β and the running mean and variance."""
        one_each = (self.features,)
        return {"scale": one_each, "shift": one_each, "mean": one_each, "variance": one_each}

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Begin with mean 0 and variance 1, and change nothing else."""
        parameters["scale"][:] = 1
        parameters["shift"][:] = 0
        parameters["mean"][:] = 0
        parameters["variance"][:] = 1

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return Y of the shape of X, and the way back; with ``rng``, by the batch's own figures.

        Raises:
            InputError: in training, where a feature has fewer than two numbers in the batch.
        """
        axes, column = (0, *range(2, x.ndim)), (-1, *(1,) * (x.ndim - 2))
        scale, shift = (parameters[name].reshape(column) for name in ("scale", "shift"))
        if rng is None:
            normal = x - parameters["mean"].reshape(column)
            variance = running_variance(backend.xp, parameters)
        else:
            normal, mean, variance = self._centred(x, axes, column)
            self._move_running(parameters, mean, variance, x.size // self.features)
        # An infinite variance becomes NaN here, and is found; it must not pass for a dull feature.
        inverse = (1 + 0 * variance) / backend.xp.sqrt(variance + self.epsilon)
        inverse = inverse.reshape(column)
        normal *= inverse

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            dy.sum(axis=axes, out=gradient["shift"])
            (dy * normal).sum(axis=axes, out=gradient["scale"])
            gradient["mean"][:] = gradient["variance"][:] = 0
            if not wants_dx:
                return None
            d_normal = dy if rng is None else _through_the_batch(dy, normal, gradient, column)
            dx: Array = d_normal * (scale * inverse)
            return dx

        return normal * scale + shift, backward

    def _centred(
        self, x: Array, axes: tuple[int, ...], column: Shape
    ) -> tuple[Array, Array, Array]:
        """Return X − μ, μ (features,) and σ² (features,) of this batch.

        The variance is the mean square of what is left without the mean: it cannot become negative,
        nor cancel.
        """
        if x.size < 2 * self.features:
            raise InputError(
                f"{self} needs at least two numbers of each feature to train, but the batch has "
                f"{len(x)} example{'' if len(x) == 1 else 's'}: "
                "train on larger batches, or leave the layer out."
            )
        # Seen from its first number, a feature far from 0 does not drown in rounding errors.
        first = x[0].reshape(self.features, -1)[:, 0]
        centred = x - first.reshape(column)
        mean = centred.mean(axis=axes)
        centred -= mean.reshape(column)
        variance = (centred * centred).mean(axis=axes)
        return centred, first + mean, variance

    def _move_running(self, parameters: Views, mean: Array, variance: Array, m: int) -> None:
        """Move the running figures, in place, towards those of a batch, of m numbers a feature.

        Its variance is corrected for the size of the sample.
        """
        for name, seen in (("mean", mean), ("variance", variance * (m / (m - 1)))):
            running = parameters[name]
            running *= 1 - self.momentum
            running += self.momentum * seen


def running_variance(xp: Any, parameters: Views) -> Array:
    """Return the running variance (features,), NaN where it is less than 0, as none can be."""
    variance = parameters["variance"]
    plain: Array = xp.where(variance >= 0, variance, np.float32(np.nan))
    return plain


def _through_the_batch(dy: Array, normal: Array, gradient: Views, column: Shape) -> Array:
    """Return dy − Σ dy / m − normal · Σ (dy · normal) / m.

    Each number moved the mean and the variance of its batch as well: what goes back through those
    is taken off. The sums are the gradients of β and γ.
    """
    m = dy.size // gradient["shift"].size
    rest: Array = normal * (gradient["scale"] / -m).reshape(column)
    rest += dy
    rest -= (gradient["shift"] / m).reshape(column)
    return rest

"""A network and its loss as one function of one flat vector: what an optimizer makes small."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array, Layout, Views, check_array, check_precision
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.finite import (
    all_finite,
    first_spoiled_row,
    no_finite_output,
    parameters_not_finite,
)
from tinyclf.nn.losses.loss import Loss
from tinyclf.nn.losses.targets import check_targets
from tinyclf.nn.network import Network
from tinyclf.nn.ranges import require_kind


@dataclass(frozen=True)
class Objective:
    """The mean loss of a network on examples, as a function of all parameters.

    The flat vector theta holds the network's parameters, then the loss's own (thresholds).

    Attributes:
        network: Gives scores.
        loss: Judges them.

    Raises:
        ConfigError: the network does not give as many scores as the loss wants.
    """

    network: Network
    loss: Loss

    def __post_init__(self) -> None:
        require_kind("The network of an objective", self.network, Network, "a Network")
        require_kind("Its loss", self.loss, Loss, "a loss, such as SoftmaxCrossEntropy(3)")
        wanted = (self.loss.n_outputs,)
        if self.network.output_shape != wanted:
            raise ConfigError(
                f"The loss ({self.loss}) wants scores of shape {wanted}, "
                f"but the network's last layer gives {self.network.output_shape}."
            )

    @cached_property
    def layout(self) -> Layout:
        """Where the network's and then the loss's parameters lie in theta."""
        return Layout((*self.network.layout.parts, self.loss.shapes()))

    @property
    def n_parameters(self) -> int:
        """The length of theta."""
        return self.layout.size

    @property
    def weights(self) -> tuple[slice, ...]:
        """Where theta holds weight matrices: what weight decay may shrink."""
        return self.layout.weights

    def initialize(
        self, targets: Array, rng: np.random.Generator, dtype: npt.DTypeLike, *, backend: Backend
    ) -> Array:
        """Return a first theta; the same seed and targets give the same bits.

        Args:
            targets: Of the training examples: classes (n,) or rows of shares (n, k).
            rng: NumPy's generator.
            dtype: ``float32`` or ``float64``.
            backend: Where theta should live.

        Raises:
            InputError: the dtype is another, or the targets are neither classes nor shares.
        """
        targets = np.asarray(backend.to_numpy(targets))
        check_targets(targets, self.loss.class_weights, self.loss.classes)
        theta = np.empty(self.n_parameters, dtype)
        net, own = self._split(theta)
        with np.errstate(under="ignore"):
            net[:] = self.network.initialize(rng, dtype, backend=NumpyBackend())
            self.loss.initialize(own, targets)
        return backend.asarray(theta)

    def value_and_gradient(
        self,
        theta: Array,
        x: Array,
        targets: Array,
        gradient: Array,
        *,
        backend: Backend,
        rng: np.random.Generator | None = None,
    ) -> float:
        """Return the mean loss over the rows of ``x``, and overwrite ``gradient`` with its slope.

        Args:
            theta: All parameters (n_parameters,).
            x: Inputs (n, *input_shape), of the dtype of ``theta``.
            targets: Classes (n,) or rows of shares (n, k).
            gradient: Receives ∂loss/∂theta (n_parameters,).
            backend: Whose arrays these are.
            rng: Randomness for dropout, from ``backend.generator``; None means inference.

        Raises:
            InputError: a shape, a dtype or a class does not fit.
            FloatingPointError: a parameter, an input or the loss is infinite or NaN, or a number on
                the way overflows (where NumPy computes it: compiled kernels and cards cannot tell);
                the message says where that began.
        """
        self._check_vectors(theta, gradient)
        if not all_finite(backend.xp, theta):
            raise FloatingPointError("infinity or NaN in the parameters")
        check_array("The inputs", x)
        if x.dtype == theta.dtype and not all_finite(backend.xp, x):
            raise FloatingPointError("infinity or NaN in the inputs")
        with backend.raising():
            return self.value_and_gradient_of_finite(
                theta, x, targets, gradient, backend=backend, rng=rng
            )

    def value_and_gradient_of_finite(
        self,
        theta: Array,
        x: Array,
        targets: Array,
        gradient: Array,
        *,
        backend: Backend,
        rng: np.random.Generator | None = None,
    ) -> float:
        """Do as :meth:`value_and_gradient`, within ``backend.raising()``: what a step takes.

        Arguments and errors as there, but parameters and inputs are finite: only what comes of them
        is looked at.
        """
        loss, backward = self._forward(theta, x, targets, gradient, backend, rng)
        value = float(loss)
        if not math.isfinite(value):
            raise self._overflow(theta, x, backend)
        backward()
        return value

    def value_and_gradient_unchecked(
        self,
        theta: Array,
        x: Array,
        targets: Array,
        gradient: Array,
        *,
        backend: Backend,
        rng: np.random.Generator | None = None,
    ) -> Any:
        """Do as :meth:`value_and_gradient`, but look at no number: none is read back from a card.

        Within ``backend.raising()``. Arguments as there, the targets as rows of shares; shapes and
        dtypes are checked as there.

        Returns:
            The mean loss on the backend; infinity or NaN is for the caller to find.
        """
        loss, backward = self._forward(theta, x, targets, gradient, backend, rng)
        backward()
        return loss

    def probabilities(
        self, theta: Array, x: Array, *, backend: Backend, batch_size: int = 1024
    ) -> npt.NDArray[np.floating]:
        """Return the probability of each class (n, k), in main memory; rows sum to 1.

        Arguments and errors as for :meth:`Network.predict`, and for probabilities
        that are not finite.
        """
        self._check("parameters", theta)
        net, own = self._split(theta)
        if not all_finite(backend.xp, theta):
            raise parameters_not_finite()
        scores = self.network.predict(net, x, backend=backend, batch_size=batch_size)
        with np.errstate(all="ignore"):
            p = self.loss.probabilities(own, scores, backend=backend)
        if not all_finite(backend.xp, p):
            raise no_finite_output(first_spoiled_row(backend.xp, p), "the probabilities")
        return backend.to_numpy(p)

    def _forward(
        self,
        theta: Array,
        x: Array,
        targets: Array,
        gradient: Array,
        backend: Backend,
        rng: np.random.Generator | None,
    ) -> tuple[Any, Callable[[], None]]:
        """Return the mean loss on the backend, and the way back, which fills ``gradient``."""
        self._check_vectors(theta, gradient)
        net, own = self._split(theta)
        d_net, d_own = self._split(gradient)
        scores, backward = self.network.forward(net, x, backend=backend, rng=rng)
        try:
            loss, d_scores = self.loss.value_and_gradient(
                own, scores, targets, d_own, backend=backend
            )
        except FloatingPointError as error:
            raise self._overflow(theta, x, backend) from error
        return loss, partial(backward, d_scores, d_net)

    def _overflow(self, theta: Array, x: Array, backend: Backend) -> FloatingPointError:
        """Return the error that says where infinity or NaN began."""
        net, _ = self._split(theta)
        place = self.network.first_overflow(net, x, backend=backend)
        return FloatingPointError(f"infinity or NaN in {place}")

    def _check_vectors(self, theta: Array, gradient: Array) -> None:
        self._check("parameters", theta)
        self._check("gradient", gradient)
        check_precision(theta)
        if gradient.dtype != theta.dtype:
            raise InputError(
                f"The gradient is {gradient.dtype}, but the parameters are {theta.dtype}: "
                "make it like them."
            )

    def _check(self, what: str, vector: Array) -> None:
        check_array(f"The {what}", vector)
        if vector.shape != (self.n_parameters,):
            raise InputError(
                f"The objective has {self.n_parameters} parameters, "
                f"but the array given for its {what} has shape {vector.shape}."
            )

    def _split(self, vector: Array) -> tuple[Array, Views]:
        """Return the network's part of a flat vector, and the loss's by name, both views."""
        n = self.network.n_parameters
        [own] = self._own_layout.views(vector[n:])
        return vector[:n], own

    @cached_property
    def _own_layout(self) -> Layout:
        return Layout((self.loss.shapes(),))

"""Layers in a row, over one flat vector of parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import Array, Layout, Shape, check_array, check_precision, room_for
from tinyclf.nn.backend import Backend
from tinyclf.nn.finite import (
    all_finite,
    check_inputs,
    first_spoiled_row,
    no_finite_output,
    parameters_not_finite,
    require_real,
)
from tinyclf.nn.fusion import Stage, stages
from tinyclf.nn.layers.layer import Backward, Layer
from tinyclf.nn.ranges import (
    MOST_NUMBERS,
    require,
    require_kind,
    require_room,
    require_row,
    require_whole,
    settle,
)

MOST_LAYERS = 10_000
MOST_PARAMETERS = 1_000_000_000
LARGEST_BATCH = 1_000_000_000

NetworkBackward: TypeAlias = Callable[[Array, Array], None]
"""``backward(dy, gradient)``: overwrites the flat ``gradient`` with ∂loss/∂theta."""


@dataclass(frozen=True)
class Network:
    """A function from arrays to arrays; its parameters are an argument, not a part of it.

    Attributes:
        input_shape: Shape of one input, without the batch axis: ``(3000,)``.
        layers: The layers, first to last.

    Raises:
        ConfigError: it has no layers or too many parameters, or a layer does not fit the one
            before or makes an array of more than 1,000,000,000 numbers of one example; the message
            names the layer and the shapes.
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        layers = require_row("The layers of a network", self.layers, "(Linear(3, 2), ReLU())")
        for layer in layers:
            require_kind("Each layer of a network", layer, Layer, "a layer, such as ReLU()")
        settle(self, input_shape=_settled(self.input_shape), layers=layers)
        require("The number of layers of a network", len(self.layers), 1, MOST_LAYERS)
        require("The number of parameters of a network", self.n_parameters, 0, MOST_PARAMETERS)
        _ = self.output_shape  # walks through all layers, and raises where two do not fit

    @cached_property
    def layout(self) -> Layout:
        """Where each layer's parameters lie in the flat vector."""
        return Layout(tuple(layer.shapes() for layer in self.layers))

    @property
    def n_parameters(self) -> int:
        """The length of the flat vector."""
        return self.layout.size

    @cached_property
    def output_shape(self) -> Shape:
        """The shape of one output, without the batch axis."""
        shape = self.input_shape
        for number, layer in enumerate(self.layers, start=1):
            try:
                shape = layer.output_shape(shape)
                require_room(f"The output of {layer}", shape)
            except ConfigError as error:
                raise ConfigError(f"Layer {number} of the network does not fit: {error}") from None
        return shape

    def initialize(
        self, rng: np.random.Generator, dtype: npt.DTypeLike, *, backend: Backend
    ) -> Array:
        """Return first parameters (n_parameters,); the same seed gives the same bits."""
        theta = np.empty(self.n_parameters, dtype)
        check_precision(theta)
        for layer, parameters in zip(self.layers, self.layout.views(theta), strict=True):
            layer.initialize(parameters, rng)
        return backend.asarray(theta)

    def forward(
        self, theta: Array, x: Array, *, backend: Backend, rng: np.random.Generator | None = None
    ) -> tuple[Array, NetworkBackward]:
        """Return the outputs, and the way back.

        Args:
            theta: Parameters (n_parameters,).
            x: Inputs (n, *input_shape), of the dtype of ``theta``.
            backend: Whose arrays these are.
            rng: Randomness for dropout, from ``backend.generator``; None for inference.

        Returns:
            Outputs (n, *output_shape), and ``backward(dy, gradient)``, which overwrites the flat
            ``gradient`` (n_parameters,) with ∂loss/∂theta.

        Raises:
            InputError: a shape or a dtype does not fit.
            FloatingPointError: within ``backend.raising()``: overflow; the message names the layer.
        """
        self._check(theta, x)
        if x.dtype != theta.dtype:
            raise InputError(
                f"The inputs are {x.dtype}, but the parameters are {theta.dtype}: convert one."
            )
        y = x
        backwards: list[Backward] = []
        views = self.layout.views(theta)
        for stage in self._stages:
            try:
                y, backward = stage.runs.forward(views[stage.first], y, backend=backend, rng=rng)
            except FloatingPointError as error:
                place = self._place(stage.first)
                raise FloatingPointError(f"{error} in {place}, going forward") from error
            backwards.append(backward)
        return y, self._backward(backwards)

    def predict(self, theta: Array, x: Array, *, backend: Backend, batch_size: int = 1024) -> Array:
        """Return the outputs (n, *output_shape) in inference mode, computed batch by batch.

        Args:
            theta: Parameters (n_parameters,).
            x: Inputs (n, *input_shape) of any real dtype, in main memory or on the backend.
            backend: Whose array ``theta`` is.
            batch_size: How many inputs are computed at a time, 1 to 1,000,000,000.

        Raises:
            ConfigError: the batch size is out of its range.
            InputError: a shape or a dtype does not fit, an input, a parameter or an output is NaN
                or infinite, a number on the way overflows (where NumPy computes it: compiled
                kernels and cards cannot tell), or there is no memory for the outputs.
        """
        require_whole("The batch size", batch_size, 1, LARGEST_BATCH)
        self._check(theta, x)
        require_real("The inputs", x.dtype)
        if not all_finite(backend.xp, theta):
            raise parameters_not_finite()
        y = room_for("The outputs", backend.xp.empty, (len(x), *self.output_shape), theta.dtype)
        for start in range(0, len(x), batch_size):
            batch = slice(start, start + batch_size)
            y[batch] = self._outputs(theta, x[batch], start, backend)
        return y

    def require_parameters(self, theta: Array, *, finite: bool = False) -> None:
        """Check that an array has the shape of the flat vector.

        Args:
            theta: The array; in main memory, if its numbers are looked at.
            finite: Whether to look at them as well.

        Raises:
            InputError: it has another; the message names both. Or its numbers are looked at, and
                are not all real and finite.
        """
        check_array("The parameters", theta)
        if theta.shape != (self.n_parameters,):
            raise InputError(
                f"The network has {self.n_parameters} parameters, "
                f"but is given an array of shape {theta.shape}."
            )
        if not finite:
            return
        require_real("The network's parameters", theta.dtype)
        if not np.isfinite(theta).all():
            raise parameters_not_finite()

    def first_overflow(self, theta: Array, x: Array, *, backend: Backend) -> str:
        """Return where infinity or NaN first appears on the way forward, in words.

        Arguments as for :meth:`forward`. For use after a loss came out infinite or NaN without an
        error: a graphics card raises none, and NaN in the inputs spreads in silence everywhere.
        """
        isfinite = backend.xp.isfinite
        if not isfinite(x).all():
            return "the inputs"
        for i, parameters in enumerate(self.layout.views(theta)):
            # Layer by layer: a layer before may have spoiled this one's running figures.
            if not all(isfinite(array).all() for array in parameters.values()):
                return "the parameters"
            with np.errstate(all="ignore"):
                x, _ = self.layers[i].forward(parameters, x, backend=backend, rng=None)
            if not isfinite(x).all():
                return self._place(i)
        return "the loss"

    def _backward(self, backwards: list[Backward]) -> NetworkBackward:
        def backward(dy: Array, gradient: Array) -> None:
            views = self.layout.views(gradient)
            flow: Array | None = dy
            for stage, back in zip(reversed(self._stages), reversed(backwards), strict=True):
                if flow is None or stage.first < self._first_trained:
                    break
                try:
                    wants_dx = stage.first > self._first_trained
                    flow = back(flow, views[stage.first], wants_dx=wants_dx)
                except FloatingPointError as error:
                    place = self._place(stage.first)
                    raise FloatingPointError(f"{error} in {place}, going back") from error

        return backward

    @cached_property
    def _stages(self) -> tuple[Stage, ...]:
        return stages(self.layers)

    @cached_property
    def _first_trained(self) -> int:
        """The first layer with parameters: the way back need not go further."""
        trained = [i for i, shapes in enumerate(self.layout.parts) if shapes]
        return min(trained, default=len(self.layers))

    def _check(self, theta: Array, x: Array) -> None:
        check_precision(theta)
        self.require_parameters(theta)
        check_inputs("The network", x, self.input_shape)

    def _outputs(self, theta: Array, x: Array, start: int, backend: Backend) -> Array:
        """Return the outputs of some inputs, the first of which is the row ``start`` of all."""
        try:
            with backend.raising():
                inputs = backend.asarray(x, theta.dtype)
                y, _ = self.forward(theta, inputs, backend=backend)
        except FloatingPointError:
            pass
        else:
            # Both: a rectifier or a sigmoid can make a plain number of infinity.
            if all_finite(backend.xp, inputs) and all_finite(backend.xp, y):
                return y
        with np.errstate(all="ignore"):
            return self._outputs_of_plain_rows(theta, x, start, backend)

    def _outputs_of_plain_rows(self, theta: Array, x: Array, start: int, backend: Backend) -> Array:
        """Do as :meth:`_outputs`, looking at what every layer gives."""
        x = backend.asarray(x, theta.dtype)
        trace = [x]
        for layer, parameters in zip(self.layers, self.layout.views(theta), strict=True):
            y, _ = layer.forward(parameters, trace[-1], backend=backend, rng=None)
            trace.append(y)
        if all(all_finite(backend.xp, y) for y in trace):
            return trace[-1]
        row = first_spoiled_row(backend.xp, *trace)
        place = self.first_overflow(theta, x[row : row + 1], backend=backend)
        raise no_finite_output(start + row, place)

    def _place(self, i: int) -> str:
        return f"layer {i + 1} of {len(self.layers)} ({self.layers[i]})"


def _settled(shape: Shape) -> Shape:
    """Return the shape of a network's inputs in Python's integers, else raise ConfigError."""
    if not isinstance(shape, tuple | list):
        raise ConfigError(f"The shape of a network's inputs must be a tuple, such as ({shape},).")
    sides = tuple(
        require_whole("Each side of a network's inputs", side, 1, MOST_NUMBERS) for side in shape
    )
    require_room("An input of the network", sides)
    return sides

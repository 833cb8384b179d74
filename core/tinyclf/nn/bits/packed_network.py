"""A 1-bit network as bits: what it takes to predict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tinyclf.errors import ConfigError, InputError, ModelError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits.words import WORD, Words, n_words, valid_bits
from tinyclf.nn.finite import (
    all_finite,
    check_inputs,
    first_spoiled_row,
    no_finite_output,
    require_real,
)
from tinyclf.nn.kernels.pack_signs import pack_signs
from tinyclf.nn.kernels.xnor_layers import xnor_layers
from tinyclf.nn.network import MOST_LAYERS
from tinyclf.nn.ranges import require_whole, settle

WIDEST = 65_534
"""Of a layer's inputs: so that a limit, which may be one more than they, fits in 16 bits."""


@dataclass(frozen=True, eq=False)
class PackedNetwork:
    """Scores = scale · s + bias, where s are the sums of :mod:`tinyclf.nn.kernels.xnor_layers`.

    Attributes:
        widths: Inputs, then the outputs of each layer; inputs of a layer are 1 to 65,534.
        weights: All layers' signs, packed, flat; see the kernel.
        limits: Of each hidden layer, flat: a unit is +1 where fewer bits differ.
        bias: (outputs,), float32 or float64: the precision of the scores.
        scale: Of the sums.
        threshold: An input is +1 where it is more than this, else −1.

    Raises:
        ModelError: the parts do not fit each other, or scores could be infinite.
    """

    widths: tuple[int, ...]
    weights: Words
    limits: npt.NDArray[np.uint16]
    bias: npt.NDArray[np.floating[Any]]
    scale: float = 1.0
    threshold: float = 0.0

    def __post_init__(self) -> None:
        self._require_widths()
        wanted = {
            "weights": ((sum(r * c for r, c in self.shapes),), (np.uint64,)),
            "limits": ((sum(c for _, c in self.shapes[:-1]),), (np.uint16,)),
            "bias": ((self.widths[-1],), (np.float32, np.float64)),
        }
        for name, (shape, dtypes) in wanted.items():
            array = getattr(self, name)
            if array.shape != shape or array.dtype not in dtypes:
                raise ModelError(
                    f"A packed network of widths {self.widths} needs {name} of shape {shape}, "
                    f"{np.dtype(dtypes[0])}, but has {array.dtype} of shape {array.shape}."
                )
            settle(self, **{name: np.ascontiguousarray(array)})  # compiled loops take no other
        if not np.isfinite([*self.bias, self.scale, self.threshold]).all():
            raise ModelError("The biases, scale and threshold of a packed network must be finite.")
        self._require_finite_scores()
        if not self._padding_is_clear():
            raise ModelError("The padding of a packed network is not 0: its bits are damaged.")

    @cached_property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The shape (words, columns) of each layer's weights."""
        return packed_shapes(self.widths)

    @property
    def n_bytes(self) -> int:
        """The memory that it takes."""
        return self.weights.nbytes + self.limits.nbytes + self.bias.nbytes

    def predict(self, x: npt.ArrayLike, *, backend: NumpyBackend) -> npt.NDArray[np.floating[Any]]:
        """Return the scores (n, outputs) of inputs (n, widths[0]), real numbers.

        Raises:
            InputError: the inputs have another shape, or one is NaN or infinite.
        """
        x = np.asarray(x)
        require_real("The inputs", x.dtype)
        if x.dtype != self.bias.dtype or not x.flags.c_contiguous:
            with np.errstate(all="ignore"):  # what comes of it is looked at
                x = np.asarray(x, self.bias.dtype, order="C")
        check_inputs("The packed network", x, self.widths[:1])
        if not all_finite(np, x):
            raise no_finite_output(first_spoiled_row(np, x), "the inputs")
        words = np.empty((len(x), self.shapes[0][0]), np.uint64)
        backend.kernel(pack_signs)(x, self.threshold, words)
        return self._scores(words, backend)

    def predict_packed(
        self, words: Words, *, backend: NumpyBackend
    ) -> npt.NDArray[np.floating[Any]]:
        """Return the scores (n, outputs) of packed inputs (n, ⌈widths[0] / 64⌉), padded with 0.

        Raises:
            InputError: they are no such words, or a bit of the padding is 1.
        """
        width = self.shapes[0][0]
        if words.dtype != np.uint64 or words.ndim != 2 or words.shape[1] != width:
            raise InputError(
                f"The packed network takes packed inputs (n, {width}) of uint64, "
                f"but is given {words.dtype} of shape {words.shape}."
            )
        if (words[:, -1] & ~valid_bits(self.widths[0])[-1]).any():
            raise InputError(
                f"Packed inputs are {self.widths[0]} bits, then 0, but some hold a 1 behind them: "
                "pack them again."
            )
        return self._scores(np.ascontiguousarray(words), backend)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return all of it as named arrays, for a file."""
        return {
            "widths": self._widths,
            "weights": self.weights,
            "limits": self.limits,
            "bias": self.bias,
            "scale": np.array([self.scale]),
            "threshold": np.array([self.threshold]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> PackedNetwork:
        """Return the network of :meth:`to_arrays`.

        Raises:
            ModelError: an array is missing, or they do not fit each other.
        """
        try:
            return cls(
                widths=tuple(int(width) for width in arrays["widths"]),
                weights=arrays["weights"].copy(),
                limits=arrays["limits"].copy(),
                bias=arrays["bias"].copy(),
                scale=float(arrays["scale"].item()),
                threshold=float(arrays["threshold"].item()),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"A packed network lacks a part or has a wrong one: {error}") from None

    def _scores(self, words: Words, backend: NumpyBackend) -> npt.NDArray[np.floating[Any]]:
        """Return the scores of packed inputs that are known to fit."""
        scores = np.empty((len(words), self.widths[-1]), self.bias.dtype)
        run = backend.kernel(xnor_layers)
        run(words, self._widths, self.weights, self.limits, scores)
        scores *= self.scale
        scores += self.bias
        return scores

    @cached_property
    def _widths(self) -> npt.NDArray[np.int64]:
        return np.array(self.widths, np.int64)

    def _require_widths(self) -> None:
        try:
            check_widths(self.widths)
        except ConfigError as error:
            raise ModelError(f"The packed network cannot be: {error}") from None

    def _require_finite_scores(self) -> None:
        """Check that no sum, of which the last layer's inputs is the largest, can overflow.

        Nor may the scale itself be subnormal: then no product with a whole number is.
        """
        kind = np.finfo(self.bias.dtype)
        if 0 < abs(self.scale) < float(kind.tiny):
            raise ModelError(f"The scale of the packed network, {self.scale:.3g}, is too small.")
        largest = abs(self.scale) * self.widths[-2] + float(abs(self.bias).max())
        if largest > float(kind.max):
            raise ModelError(
                f"The scores of the packed network can be as large as {largest:.3g}, "
                f"which is infinite in {self.bias.dtype}: make its scale or biases smaller."
            )

    def _padding_is_clear(self) -> bool:
        start = limit = 0
        for (rows, columns), (inputs, outputs) in zip(
            self.shapes, pairwise(self.widths), strict=True
        ):
            W = self.weights[start : start + rows * columns].reshape(rows, columns)
            beyond = W[-1] & ~valid_bits(inputs)[-1]
            if beyond.any() or self.limits[limit + outputs : limit + columns].any():
                return False
            start, limit = start + W.size, limit + columns
        return True


def check_widths(widths: tuple[int, ...]) -> None:
    """Check the widths of a packed network.

    Raises:
        ConfigError: there are fewer than two, or one is out of its range.
    """
    require_whole("The number of layers of a packed network", len(widths) - 1, 1, MOST_LAYERS)
    for width in widths:
        require_whole("The width of a layer of a packed network", width, 1, WIDEST)


def packed_shapes(widths: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return the shape (words, columns) of each layer's weights: outputs padded to a word."""
    return tuple((n_words(i), WORD * n_words(o)) for i, o in pairwise(widths))


def packed_limits(limits: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.uint16]:
    """Return a hidden layer's limits (outputs,), 0 to inputs + 1, padded to a word."""
    packed = np.zeros(WORD * n_words(len(limits)), np.uint16)
    packed[: len(limits)] = limits
    return packed

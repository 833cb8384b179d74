"""The weights of a 1-bit network as one string of bits, to be crossed and mutated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.bits import PackedNetwork
from tinyclf.nn.bits.packed_network import packed_shapes
from tinyclf.nn.bits.words import WORD, Words, valid_bits


@dataclass(frozen=True)
class Genome:
    """How networks of certain widths are strings of bits, held as words.

    First come the weights of all layers, as :class:`~tinyclf.nn.bits.PackedNetwork` has them, then
    one word for each output of each layer. Its bits are the weights of so many more inputs, which
    are always +1: together the output's bias. There are about 2 √inputs of them, so that a bias
    reaches as far as two standard deviations of a sum of random signs. A word holds no more than
    64: beyond 1,024 inputs a bias reaches less far.

    Attributes:
        widths: Inputs, then the outputs of each layer.
    """

    widths: tuple[int, ...]

    @property
    def n_words(self) -> int:
        """The length of a string, in words."""
        return self._n_weights + sum(columns for _, columns in self._shapes)

    def random(self, rng: np.random.Generator) -> Words:
        """Return a string (n_words,) of random bits."""
        return rng.integers(0, 2**WORD, self.n_words, np.uint64) & self._valid

    def mutate(self, words: Words, rate: float, rng: np.random.Generator) -> None:
        """Turn each bit over with probability ``rate``, less than ½, in place.

        A Poisson number of bits is toggled, at random places, some more than once. Then the
        toggles of each bit are Poisson, too, of mean λ, and their number is odd with probability
        (1 − exp(−2 λ)) / 2, which λ is chosen to make ``rate``.
        """
        toggles = -math.log1p(-2 * rate) / 2
        places = rng.integers(0, WORD * words.size, rng.poisson(toggles * WORD * words.size))
        bits = np.uint64(1) << (places % WORD).astype(np.uint64)
        np.bitwise_xor.at(words, places // WORD, bits)
        words &= self._valid

    def cross(self, mother: Words, father: Words, rng: np.random.Generator) -> Words:
        """Return a child: each unit, with all its weights, is the one parent's or the other's."""
        mothers = rng.random(int(self._unit_of[-1]) + 1) < 0.5
        child: Words = np.where(mothers[self._unit_of], mother, father)
        return child

    def decode(self, words: Words) -> tuple[Words, NDArray[np.uint16], NDArray[np.float32]]:
        """Return weights (a view), limits and biases as a packed network has them.

        A hidden unit is on where s, the sum over its weights and those of its bias, is more than
        0: where s = inputs − 2 d + bias > 0, with d bits that differ, so d < (inputs + bias) / 2.
        """
        units = self._units
        bias = 2 * np.bitwise_count(words[self._n_weights :]).astype(np.int64) - units.bias_bits
        limits = np.clip((units.inputs + bias + 1) // 2, 0, units.inputs + 1) * units.exists
        hidden = len(units.inputs) - self._shapes[-1][1]
        scores_bias = bias[hidden : hidden + self.widths[-1]].astype(np.float32)
        return words[: self._n_weights], limits[:hidden].astype(np.uint16), scores_bias

    def network(self, words: Words, threshold: float) -> PackedNetwork:
        """Return the network that a string stands for."""
        weights, limits, bias = self.decode(words)
        return PackedNetwork(self.widths, weights.copy(), limits, bias, threshold=threshold)

    @cached_property
    def _shapes(self) -> tuple[tuple[int, int], ...]:
        return packed_shapes(self.widths)

    @cached_property
    def _n_weights(self) -> int:
        return sum(rows * columns for rows, columns in self._shapes)

    @cached_property
    def _units(self) -> _Units:
        inputs, exists = [], []
        for (i, o), (_, columns) in zip(pairwise(self.widths), self._shapes, strict=True):
            inputs.append(np.full(columns, i))
            exists.append(np.arange(columns) < o)
        return _Units(np.concatenate(inputs), np.concatenate(exists))

    @cached_property
    def _unit_of(self) -> NDArray[np.int64]:
        """Which unit, counted through all layers, each word belongs to."""
        of_weights, start = [], 0
        for rows, columns in self._shapes:
            of_weights.append(np.tile(np.arange(start, start + columns), rows))
            start += columns
        return np.concatenate([*of_weights, np.arange(start)])

    @cached_property
    def _valid(self) -> Words:
        """The string whose bits are all 1, but for those of padding, of inputs and of units."""
        of_weights = [
            np.repeat(valid_bits(inputs), columns)
            for inputs, (_, columns) in zip(self.widths, self._shapes, strict=False)
        ]
        of_biases = np.uint64(2**WORD - 1) >> (WORD - self._units.bias_bits).astype(np.uint64)
        valid = np.concatenate([*of_weights, of_biases])
        valid[~self._units.exists[self._unit_of]] = 0
        return valid


@dataclass(frozen=True, eq=False)
class _Units:
    """The units of all layers in a row, with those of padding, which do not exist.

    Attributes:
        inputs: Of each unit (units,).
        exists: Whether it is no padding (units,).
    """

    inputs: NDArray[np.int64]
    exists: NDArray[np.bool_]

    @cached_property
    def bias_bits(self) -> NDArray[np.int64]:
        """How many bits each unit's bias has: 2 √inputs, even, at most a word."""
        bits: NDArray[np.int64] = 2 * np.ceil(np.sqrt(self.inputs)).astype(np.int64)
        return np.minimum(bits, WORD)

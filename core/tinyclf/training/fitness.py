"""How fit 1-bit networks are, that is, how well they answer examples."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits.words import Words
from tinyclf.nn.kernels.xnor_layers import xnor_layers
from tinyclf.training.genome import Genome
from tinyclf.training.metrics import confusion, matthews_correlation

Table: TypeAlias = NDArray[np.int64]
"""Counts of answers (classes, classes), ``[truth][proposed]``."""

Fitnesses: TypeAlias = NDArray[np.float64]
"""The fitness of each string (strings,)."""

WORK = 1 << 21
"""Words of weights gone through at a time, for all rows together: a few milliseconds."""


def accuracy(table: Table) -> float:
    """Return the share of right answers."""
    return float(np.trace(table) / table.sum())


FITNESS: dict[str, Callable[[Table], float]] = {
    "accuracy": accuracy,
    "mcc": matthews_correlation,
}
"""What makes a network fit, by its name: the share right; or Matthews correlation, for which rare
classes count as well."""


class Arena:
    """Where strings are judged, and the fittest is remembered.

    Args:
        genome: What the strings are.
        words: Inputs of the examples, packed (n, words).
        y: Their classes (n,).
        measure: Of fitness.
        backend: Who computes.

    Attributes:
        fittest: The fittest string of all that were judged, the first of equals.
        table: Its answers.
    """

    def __init__(
        self,
        genome: Genome,
        words: Words,
        y: NDArray[np.integer[Any]],
        measure: Callable[[Table], float],
        backend: NumpyBackend,
    ) -> None:
        self.fittest: Words = np.empty(0, np.uint64)
        self._fitness = -np.inf
        self.table: Table = np.zeros((genome.widths[-1],) * 2, np.int64)
        self._genome, self._words, self._y, self._measure = genome, words, y, measure
        self._run = backend.kernel(xnor_layers)
        self._widths = np.array(genome.widths, np.int64)
        step = max(1, WORK // genome.n_words)
        self._chunks = [slice(start, start + step) for start in range(0, len(y), step)]

    def judge(self, strings: Words, fitness: Fitnesses) -> Generator[None, None, None]:
        """Fill in the fitness of each string, yielding every few ms."""
        for i, string in enumerate(strings):
            table = np.zeros_like(self.table)
            decoded = self._genome.decode(string)
            for chunk in self._chunks:
                table += self._answers(self._words[chunk], self._y[chunk], *decoded)
                yield
            fitness[i] = self._measure(table)
            if fitness[i] > self._fitness:
                self._fitness, self.table, self.fittest = fitness[i], table, string.copy()

    def _answers(
        self,
        words: Words,
        y: NDArray[np.integer[Any]],
        weights: Words,
        limits: NDArray[np.uint16],
        bias: NDArray[np.float32],
    ) -> Table:
        scores = np.empty((len(y), len(bias)), np.float32)
        self._run(words, self._widths, weights, limits, scores)
        scores += bias
        return confusion(y, scores.argmax(axis=1), len(bias))

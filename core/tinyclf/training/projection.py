"""The directions in which photos differ most: features in 256 numbers instead of thousands.

A linear head on them learns from few grades as well as one on all features, and in a tenth of a
second. They need no grades, so all photos of a collection take part in finding them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.errors import InputError, ModelError
from tinyclf.nn.finite import all_finite, first_spoiled_row
from tinyclf.training.given import check_rows
from tinyclf.training.scaling import Standardizer

COMPONENTS = 256
"""Directions kept."""

DIRECTIONS_FROM = 1_000
"""Photos the directions are found from, drawn among all: more take longer, and hardly turn them."""

ROWS = 1024
"""Photos projected at a time."""

LEAST_SHARE = 1e-7
"""Of the largest variance: below it a direction is what rounding left."""


@dataclass(frozen=True, eq=False)
class Projection:
    """Standardized features, less their mean, along their principal components (Hotelling 1933).

    They are scaled together such that the first varies by 1; the others keep their proportion, so
    that a ridge presses most on what varies least.

    Attributes:
        standardizer: What features go through first; it clips.
        components: (d, k) float32, the directions as columns, strongest first.
        center: (k,) float64, where the mean of the standardized features comes to lie.

    Raises:
        InputError: the arrays do not fit each other.
    """

    standardizer: Standardizer
    components: NDArray[np.float32]
    center: NDArray[np.float64]

    def __post_init__(self) -> None:
        d, wanted = len(self.standardizer.mean), self.components.shape
        if wanted != (d, len(self.center)):
            raise InputError(
                f"Components of shape {wanted} do not fit {d} features and a center of "
                f"{len(self.center)} numbers: fit the projection anew."
            )

    @classmethod
    def fit(cls, x: NDArray[Any], seed: int, components: int = COMPONENTS) -> Projection:
        """Return the projection of the photos x (n, d): give it all there are, graded or not.

        The smaller of the two matrices of scalar products, photos by photos (the Gram matrix) or
        features by features, gives the components: of thousands of features in a second or two.

        Args:
            x: Features as they were extracted, of at least one photo.
            seed: Draws the photos they are found from, where there are more than `DIRECTIONS_FROM`.
            components: How many at most; fewer where photos or features are.

        Raises:
            InputError: the features are no real numbers, of no photo, or not finite.
        """
        check_rows("The features", x)
        if x.ndim != 2 or not x.size:
            raise InputError(
                f"A projection is fitted to features (n, d) of photos, not to shape {x.shape}."
            )
        standardizer = Standardizer.fit(x)
        some = x if len(x) <= DIRECTIONS_FROM else x[_drawn(len(x), seed)]
        scaled = standardizer.apply(some)
        mean = scaled.mean(axis=0, dtype=np.float64)
        scaled -= mean.astype(np.float32)
        directions, deviations = _principal(scaled, components)
        directions = (directions / deviations[0]).astype(np.float32)
        return cls(standardizer, directions, mean @ directions)

    @property
    def dimension(self) -> int:
        """The width d of the features."""
        return len(self.components)

    @property
    def width(self) -> int:
        """k, how many numbers are left of them."""
        return len(self.center)

    def apply(self, x: NDArray[Any]) -> NDArray[np.float64]:
        """Return (n, k) for features x (n, d) as they were extracted.

        Raises:
            InputError: the features are no real numbers or not finite; the message names the photo.
            ModelError: they are of another width.
        """
        check_rows("Features", x)
        if x.ndim != 2 or x.shape[1] != self.dimension:
            raise ModelError(
                f"This projection is of features of width {self.dimension}, not of shape "
                f"{x.shape}; fit it anew to the present ones."
            )
        projected = np.empty((len(x), self.width))
        for start in range(0, len(x), ROWS):
            rows = x[start : start + ROWS]
            if not all_finite(np, rows):
                photo = start + first_spoiled_row(np, rows)
                raise InputError(
                    f"The features of photo {photo} hold NaN or infinity; read them again, or "
                    "leave the photo out."
                )
            projected[start : start + ROWS] = self.standardizer.apply(rows) @ self.components
        projected -= self.center
        return projected

    def unfolded(
        self, weights: NDArray[np.float64], bias: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return a linear layer on projected features as one on the standardized features.

        (X C − c) W + b = X (C W) + (b − c W): the same scores, and nothing else to carry along.

        Args:
            weights: W (k, outputs).
            bias: b (outputs,).

        Returns:
            Weights (d, outputs) and bias (outputs,).
        """
        return self.components @ weights, bias - self.center @ weights


def _drawn(n: int, seed: int) -> NDArray[np.intp]:
    """Return the rows of `DIRECTIONS_FROM` photos out of n, in their order."""
    return np.sort(np.random.default_rng(seed).choice(n, DIRECTIONS_FROM, replace=False))


def _principal(x: NDArray[np.float32], most: int) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Return the principal directions (d, k) of centred rows x (n, d), and the deviations (k,).

    Where nothing varies there is one direction, of nothing, and its deviation counts as 1.
    """
    n, d = x.shape
    wide = d > n
    squares = (x @ x.T if wide else x.T @ x).astype(np.float64)
    squares /= n
    variances, vectors = np.linalg.eigh(squares)
    variances, vectors = variances[::-1][:most], vectors[:, ::-1][:, :most]
    kept = variances > LEAST_SHARE * variances[0]
    if not (variances[0] > 0 and kept.any()):
        return np.zeros((d, 1)), np.ones(1)
    deviations, vectors = np.sqrt(variances[kept]), vectors[:, kept]
    if wide:
        # A direction is a sum of photos, which its deviation scales to length one.
        vectors = x.T @ (vectors / (deviations * np.sqrt(n))).astype(np.float32)
    return vectors, deviations

"""What a quick head sees of a photo: some of its numbers along their principal components.

Photos are projected once and then kept so: a head on them is refitted in a tenth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, PLAIN_DIMENSION
from tinyclf.nn.lbfgs import Vector
from tinyclf.nn.objective import Objective
from tinyclf.training.classifier import Member
from tinyclf.training.projection import Projection
from tinyclf.training.scaling import Standardizer


@dataclass(frozen=True, eq=False)
class View:
    """A first part of the features along its principal components.

    Attributes:
        dimension: The width d of the features it is a part of.
        projection: Of the part.
    """

    dimension: int
    projection: Projection

    @property
    def width(self) -> int:
        """k, how many numbers are left of a photo."""
        return self.projection.width

    def apply(self, x: NDArray[Any]) -> NDArray[np.float32]:
        """Return (n, k) for features x (n, d) as they were extracted."""
        return self.projection.apply(x[:, : self.projection.dimension]).astype(np.float32)

    def member(self, head: Objective, theta: Vector, whole: Objective, precision: str) -> Member:
        """Return a linear head on what this sees as a network on all standardized features.

        Args:
            head: Network and loss of projected photos.
            theta: Its parameters.
            whole: Network and loss of standardized features (d,).
            precision: Of the member's parameters.
        """
        full = np.zeros(whole.n_parameters, precision)
        layer, own = head.layout.views(theta)
        full_layer, full_own = whole.layout.views(full)
        weights, full_layer["b"][:] = self.projection.unfolded(layer["W"], layer["b"])
        seen = len(weights)
        # What standardizes all features makes them smaller the more there are.
        full_layer["W"][:seen] = weights * np.sqrt(self.dimension / seen)
        for name, parameters in own.items():
            full_own[name][:] = parameters
        return Member(full, self._standardizer())

    def _standardizer(self) -> Standardizer:
        """Return the scale of all features: those that it does not see count as they are."""
        scale = self.projection.standardizer
        unseen = self.dimension - len(scale.mean)
        if not unseen:
            return scale
        mean = np.append(scale.mean, np.zeros(unseen, scale.mean.dtype))
        return replace(scale, mean=mean, scale=np.append(scale.scale, np.ones_like(mean[-unseen:])))


def views_of(x: NDArray[Any], seed: int = 0) -> tuple[View, ...]:
    """Return what quick heads see of features x (n, d): all, and before that what is plain.

    Of features with the condition encoder there are two views, without it and with it: it sees
    damage, and adds noise where grades are about something else. Heads that see either agree on
    the mean.

    Args:
        x: Features of some or all photos, graded or not.
        seed: As of `Projection.fit`.

    Raises:
        InputError: the features are no real numbers, of no photo, or not finite.
    """
    d = x.shape[1]
    widths = (PLAIN_DIMENSION, d) if d == BUILTIN_DIMENSION else (d,)
    return tuple(View(d, Projection.fit(x[:, :width], seed)) for width in widths)

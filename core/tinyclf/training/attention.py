"""Features with a map: a head that looks at places of the photo, beside the one of its vector.

Both learn at the same time and nothing of each other; their opinions are averaged. What the map's
head makes of a photo is a weighted mean of its places, so that it can tell where it looked.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import CHANNELS, MAP_NUMBERS, PLACES
from tinyclf.errors import InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.initializers import Glorot
from tinyclf.nn.layers import AttentionPool, Dropout, Linear, Parallel
from tinyclf.nn.losses import Committee, Loss
from tinyclf.nn.network import Network
from tinyclf.training.classifier import Classifier
from tinyclf.training.scaling import Standardizer

WIDTH = 16
"""Of the layer that scores a place: a wider one can tell more kinds of places apart."""

SIZE = 0.3
"""Of the numbers at a place: larger ones are sooner learnt by heart."""

VECTOR_SHARE = 0.7
"""Of the opinion: the larger, the less the map's head is heard, which few grades hardly teach."""


def before_map(inputs: int) -> int:
    """Return how many of a row's numbers stand before the map.

    Raises:
        InputError: the row is too short to hold a vector and a map.
    """
    if inputs <= MAP_NUMBERS:
        raise InputError(
            f"Features with a map are rows of more than {MAP_NUMBERS} numbers, not of {inputs}: "
            "read them again, or train with other features."
        )
    return inputs - MAP_NUMBERS


def with_attention(vector: Network, inputs: int, outputs: int, dropout: float) -> Network:
    """Return a network that looks at a vector, beside one that looks at the map behind it.

    Args:
        vector: For the first numbers of a row.
        inputs: Numbers in a row.
        outputs: Scores that each of the two gives.
        dropout: Share of what attention brings home that is dropped while training.
    """
    first = before_map(inputs)
    pool = AttentionPool(PLACES, CHANNELS, WIDTH)
    drop = (Dropout(dropout),) if dropout else ()
    looks = (pool, *drop, Linear(CHANNELS, outputs, Glorot(0.1)))
    # A row is standardized to length 1. The vector is to have that for itself, as it has without a
    # map; what stands at a place is to be of size SIZE.
    heads = Parallel(
        first,
        vector.layers,
        looks,
        left_gain=math.sqrt(inputs / first),
        right_gain=SIZE * math.sqrt(inputs),
    )
    return Network((inputs,), (heads,))


def both_judged(loss: Loss) -> Loss:
    """Return the loss of the two, the vector's first."""
    return Committee(loss, (VECTOR_SHARE, 1 - VECTOR_SHARE))


def map_standardizer(x: NDArray[Any]) -> Standardizer:
    """Return the standardizer of rows x (n, d) that end in a map.

    A channel has one mean and one deviation, whatever the place; they are of the places that are
    there. Which these are is left as it is.
    """
    first = before_map(x.shape[1])
    vector = Standardizer.fit(x[:, :first])
    places = x[:, first : first + PLACES * CHANNELS].reshape(-1, CHANNELS)
    there = x[:, first + PLACES * CHANNELS :].reshape(-1) > 0
    seen = Standardizer.fit(places[there]) if there.any() else Standardizer.fit(places)
    none, one = np.zeros(PLACES, np.float32), np.ones(PLACES, np.float32)
    return Standardizer(
        np.concatenate([vector.mean, np.tile(seen.mean, PLACES), none]),
        np.concatenate([vector.scale, np.tile(seen.scale, PLACES), one]),
    )


def attention_of(classifier: Classifier, x: NDArray[Any]) -> NDArray[np.float32] | None:
    """Return how much each place weighs in a classifier's opinion, (n, PLACES); rows sum to 1.

    Args:
        classifier: Of features with a map; of others there is ``None``.
        x: Features (n, d), as they were extracted.
    """
    match classifier.objective.network.layers:
        case (Parallel(first=first, right=(AttentionPool() as pool, *_)) as heads,):
            pass
        case _:
            return None
    backend, weights = NumpyBackend(), []
    _, (place, *_) = heads.sides
    for member in classifier.members:
        scaled = member.standardizer.apply(x, member.theta.dtype) * heads.right_gain
        views, *_ = classifier.objective.layout.views(member.theta)
        weights.append(pool.attention(place.own(views), scaled[:, first:], backend=backend))
    return np.asarray(np.mean(weights, axis=0, dtype=np.float64), np.float32)

"""Which photos of a wall an audit looks at: drawn at random after its proposals are frozen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.ranges import require_whole


def drawn(population: int, size: int, seed: int) -> NDArray[np.intp]:
    """Return so many rows of the frozen wall, in the order in which they are to be looked at.

    Every set of so many is as likely as any other, and a larger draw by the same seed begins with
    the smaller: so the next look goes on where the last one ended. Doubts have no say in it; a
    sample of the doubtful ones would prove nothing of the others.

    Args:
        population: Unverified proposals on the wall.
        size: How many of them are to be looked at; of a smaller wall, all.
        seed: A new one for each audit, chosen before any of its answers and kept with them.

    Raises:
        ConfigError: a number is none or negative.
    """
    most = np.iinfo(np.intp).max
    population = require_whole("The photos on a wall", population, 0, most)
    size = require_whole("The photos to look at", size, 0, most)
    seed = require_whole("The seed", seed, 0, most)
    # A stream of its own: what else draws by this seed must not favour the same rows.
    rng = np.random.default_rng([seed, *b"audit"])
    return rng.permutation(population)[:size].astype(np.intp, copy=False)

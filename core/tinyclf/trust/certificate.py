"""How many of a wall's proposals are wrong at most: a proof, from a random audit of it.

The wall's proposals are frozen, then some are drawn at random and looked at. How many of those are
wrong is hypergeometric, whatever the classifier thinks of itself: no assumption but that the draw
was random (`audit.py`) and that the person's answers are right. The bound inverts its distribution
(Buonaccorsi 1987): the largest number wrong under which so few wrong ones among those looked at
would still be seen with a chance of at least alpha.

Who looks at the bound after each answer, and stops when it pleases, breaks its promise. So there
are four looks at sizes set beforehand, each at a quarter of alpha (Bonferroni): together they keep
it, whichever one is stopped at. Their price, at a wall of 400 where no mistake is found: to show at
most 10, 5, 2, 1 % wrong takes 39, 74, 153, 233 photos; a single look, its size chosen beforehand,
would take 27, 52, 113, 180 (`looks_needed` at an alpha of .05).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.nn.ranges import require, require_whole
from tinyclf.trust.log_choose import log_choose

CONFIDENCE = 0.95
"""How sure a certificate is, all its looks together."""

LOOK_SHARES = (0.10, 0.05, 0.02, 0.01)
"""The share wrong that each look shows at most, if it finds nothing wrong."""

LARGEST = 10_000_000
"""Photos on a wall; the arithmetic is exact to eight digits and more up to here."""

LEAST_ALPHA = 1e-6

TIE = 1e-8
"""A chance that falls short of alpha by this share of it is rounding: it still counts as alpha."""


@dataclass(frozen=True, slots=True)
class Look:
    """A size at which the audit of a wall may stop.

    Attributes:
        size: So many of the photos drawn are looked at by then.
        at_most_wrong: What it proves if none of them is wrong.
    """

    size: int
    at_most_wrong: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an audit proves of a wall up to now.

    Attributes:
        population: Unverified proposals on the wall as it was frozen.
        looked_at: How many of them have been looked at.
        found_wrong: How many of these were wrong; the person corrected them.
        at_most_wrong: So many of the wall as it was frozen are wrong at most, those found included.
        confidence: How sure that is: 1 where it is no more than was counted.
        next_size: How many will have been looked at when the bound is next set, if it will be.
    """

    population: int
    looked_at: int
    found_wrong: int
    at_most_wrong: int
    confidence: float
    next_size: int | None

    @property
    def at_most_still_wrong(self) -> int:
        """So many are wrong at most now that those found are corrected."""
        return self.at_most_wrong - self.found_wrong


def certify(
    population: int, wrong: NDArray[np.bool_], confidence: float = CONFIDENCE
) -> Certificate:
    """Return what the answers up to now prove.

    Between two looks the bound stays that of the last one, but for what the answers since rule out
    by themselves: that is what makes it safe to watch.

    Args:
        population: Unverified proposals on the wall as it was frozen.
        wrong: (n,) whether each photo looked at was wrong, in the order drawn.
        confidence: Of all looks together, .5 to .9999.

    Raises:
        ConfigError: a number is out of its range.
    """
    sizes = [look.size for look in preset_looks(population, confidence)]
    looked_at = require_whole("The photos looked at", len(wrong), 0, population)
    found = int(np.count_nonzero(wrong))
    counted = population - (looked_at - found)
    proved = max((size for size in sizes if size <= looked_at), default=0)
    bound = most_wrong(
        population, proved, int(np.count_nonzero(wrong[:proved])), _alpha(confidence)
    )
    return Certificate(
        population,
        looked_at,
        found,
        at_most_wrong=min(max(bound, found), counted),
        confidence=confidence if bound < counted else 1.0,
        next_size=next_look(population, looked_at, confidence),
    )


def preset_looks(population: int, confidence: float = CONFIDENCE) -> tuple[Look, ...]:
    """Return the looks of a wall, smallest first: at most four, fewer where sizes coincide.

    If nothing is found wrong they show at most 10, 5, 2 and 1 % wrong (`LOOK_SHARES`). Looking at
    all that remains needs no look of its own: then it is counted.

    Raises:
        ConfigError: a number is out of its range.
    """
    alpha = _alpha(confidence)
    sizes = sorted({looks_needed(population, share, alpha) for share in LOOK_SHARES})
    return tuple(Look(size, most_wrong(population, size, 0, alpha)) for size in sizes if size)


def next_look(population: int, looked_at: int, confidence: float = CONFIDENCE) -> int | None:
    """Return the size of the look that comes after so many photos; `None` after the last.

    Raises:
        ConfigError: a number is out of its range.
    """
    sizes = (look.size for look in preset_looks(population, confidence))
    return next((size for size in sizes if size > looked_at), None)


def looks_needed(population: int, share: float, alpha: float) -> int:
    """Return how many photos show that at most a share of the wall is wrong, if none of them is.

    Args:
        population: Unverified proposals on the wall.
        share: 0 to 1; the number wrong allowed is rounded down.
        alpha: The chance of a proof that does not hold, in one look of this size, 1e-6 to .5.

    Raises:
        ConfigError: a number is out of its range.
    """
    require_whole("The photos on a wall", population, 0, LARGEST)
    require("The share wrong", share, 0, 1)
    require("alpha", alpha, LEAST_ALPHA, 0.5)
    too_many = math.floor(share * population + 1e-9) + 1
    if too_many > population:
        return 0
    return bisect_left(
        range(population),
        True,
        key=lambda size: not _is_likely(population, too_many, size, 0, alpha),
    )


def most_wrong(population: int, looked_at: int, found_wrong: int, alpha: float) -> int:
    """Return the largest number wrong, those found included, that one look does not rule out.

    The truth is larger in at most a share alpha of all draws, whatever it is.

    Args:
        population: Unverified proposals on the wall.
        looked_at: How many of them were drawn at random and looked at.
        found_wrong: How many of these were wrong.
        alpha: 1e-6 to .5.

    Raises:
        ConfigError: a number is out of its range.
    """
    require_whole("The photos on a wall", population, 0, LARGEST)
    require_whole("The photos looked at", looked_at, 0, population)
    require_whole("The photos found wrong", found_wrong, 0, looked_at)
    require("alpha", alpha, LEAST_ALPHA, 0.5)
    counted = population - (looked_at - found_wrong)
    more = range(found_wrong + 1, counted + 1)
    ruled_out = bisect_left(
        more,
        True,
        key=lambda wrong: not _is_likely(population, wrong, looked_at, found_wrong, alpha),
    )
    return found_wrong + ruled_out


def _alpha(confidence: float) -> float:
    """Return what each look may fail at."""
    return (1 - require("The confidence", confidence, 0.5, 0.9999)) / len(LOOK_SHARES)


def _is_likely(population: int, wrong: int, looked_at: int, found: int, alpha: float) -> bool:
    """Tell whether at most so many are found with a chance of at least alpha."""
    return _log_chance(population, wrong, looked_at, found) >= math.log(alpha) + math.log1p(-TIE)


def _log_chance(population: int, wrong: int, looked_at: int, found: int) -> float:
    """Return the logarithm of the chance to find at most so many: the hypergeometric cdf.

    The chance of `found` itself is by log-gammas; those of fewer follow by their ratios.
    """
    right = population - wrong
    least = max(0, looked_at - right)
    if found < least:
        return -math.inf
    k = np.arange(found, least, -1)
    ratios = k / (wrong - k + 1) * ((right - looked_at + k) / (looked_at - k + 1))
    logs: NDArray[Any] = np.concatenate([[0.0], np.cumsum(np.log(ratios))])
    exactly = (
        log_choose(wrong, found)
        + log_choose(right, looked_at - found)
        - log_choose(population, looked_at)
    )
    return float(exactly + np.logaddexp.reduce(logs))

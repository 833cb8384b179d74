"""How good a classifier may become with more grades, drawn from how it learnt up to now.

A few measured points cannot tell one curve from another. So every draw blurs the points by their
own error, takes one of two usual curves, fits it, and goes on along it; where the draws part,
nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval

DRAWS = 400
"""Curves drawn: enough for the ends of a 95 % interval to stay put."""

DECAY, DECAY_SPREAD = 0.15, 0.15
"""What is believed of the exponent b of error = a n⁻ᵇ before anything is measured."""


def drawn_exact(
    history: Sequence[tuple[int, float]], at: Sequence[int], *, seed: int = 0, draws: int = DRAWS
) -> NDArray[np.float64]:
    """Return plausible shares of exact proposals (draws, points) after so many grades.

    Half of the draws follow a power law, log error = α − b log n (Hestness et al. 2017), half are
    log-linear, error = α − β log n; more grades never do harm. Either is a line over log n, drawn
    from its posterior: see `_lines`.

    Args:
        history: (grades, share of exact proposals judged on as many photos); at least one.
        at: Numbers of grades.
        seed: Of the draws.
        draws: How many.
    """
    rng = np.random.default_rng(seed)
    n = np.array([grades for grades, _ in history], np.float64)
    exact = np.array([share for _, share in history], np.float64)
    error = ((1 - exact) * n + 1) / (n + 2)  # never 0, nor 1: a share of few says little
    noise = np.sqrt(error * (1 - error) / n)
    log_n, log_at = np.log(n), np.log(np.asarray(at, np.float64))
    level = float(np.average(error, weights=n))

    power = np.exp(_lines(log_n, np.log(error), noise / error, log_at, 1.0, draws, rng))
    linear = _lines(log_n, error, noise, log_at, level, draws, rng)
    is_power = rng.random((draws, 1)) < 0.5
    return 1 - np.clip(np.where(is_power, power, linear), 0, 1)


def interval_of_draws(draws: NDArray[Any]) -> Interval:
    """Return the median of draws (n,) and what 95 % of them lie between."""
    low, value, high = np.quantile(draws, (0.025, 0.5, 0.975))
    return Interval(float(value), float(low), float(high))


def _lines(
    log_n: NDArray[np.float64],
    values: NDArray[np.float64],
    noise: NDArray[np.float64],
    log_at: NDArray[np.float64],
    scale: float,
    draws: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Return (draws, points) of lines α − β (log n − c) that fall, drawn from their posterior.

    The values vᵢ at log nᵢ err by a normal of deviation σᵢ; of α nothing is believed before, of β
    that it is normal, of mean m and deviation s. With wᵢ = 1 / σᵢ² and c the mean of log n weighted
    by w, least squares give

        α = Σ wᵢ vᵢ / Σ wᵢ
        β = (m / s² − Σ wᵢ (log nᵢ − c) vᵢ) / (1 / s² + Σ wᵢ (log nᵢ − c)²)

    (Bishop 2006, section 3.3). Of vᵢ and m that were blurred by their own deviations, these are
    draws from the posterior (Papandreou and Yuille 2010); a β below 0 counts as 0.

    Args:
        log_n: Logarithms (n,) of the numbers of grades.
        values: vᵢ (n,), the errors or their logarithms.
        noise: σᵢ (n,).
        log_at: Where the lines are wanted, (points,).
        scale: Of m and s, times `DECAY` and `DECAY_SPREAD`.
        draws: How many lines.
        rng: Draws them.
    """
    v = values + noise * rng.normal(size=(draws, len(values)))
    s = scale * DECAY_SPREAD
    m = scale * DECAY + s * rng.normal(size=draws)
    w = noise**-2
    c = (w @ log_n) / w.sum()
    centred = log_n - c
    alpha = v @ w / w.sum()
    beta = (m / s**2 - v @ (w * centred)) / (1 / s**2 + w @ centred**2)
    lines: NDArray[np.float64] = alpha[:, None] - np.maximum(beta, 0)[:, None] * (log_at - c)
    return lines

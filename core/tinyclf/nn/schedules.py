"""Schedules: the learning rate as a function of the step, counted from 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from tinyclf.errors import ConfigError
from tinyclf.nn.ranges import (
    is_number,
    require,
    require_positive,
    require_share,
    require_whole,
    settle,
    spelled,
)

HIGHEST_RATE = 1_000.0
MOST_STEPS = 1_000_000_000


class Schedule(Protocol):
    """Says how far to step."""

    def __call__(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0; past the end, that of the end."""


@dataclass(frozen=True)
class Constant:
    """The same rate always.

    Attributes:
        peak: The rate, more than 0.
    """

    peak: float

    def __post_init__(self) -> None:
        settle(self, peak=_require_rate(self.peak))

    def __call__(self, step: int) -> float:
        """Return the rate."""
        return self.peak


@dataclass(frozen=True)
class Cosine:
    """Half a cosine from ``peak`` down to ``floor`` · ``peak`` (Loshchilov & Hutter 2017).

    Attributes:
        peak: The first rate, more than 0.
        steps: How many steps there will be, at least 1.
        floor: The share of the peak that is left at the end, 0 to 1.
    """

    peak: float
    steps: int
    floor: float = 0.0

    def __post_init__(self) -> None:
        settle(
            self,
            peak=_require_rate(self.peak),
            steps=require_whole("The number of steps", self.steps, 1, MOST_STEPS),
            floor=require("The floor of a schedule", self.floor, 0.0, 1.0),
        )

    def __call__(self, step: int) -> float:
        """Return the rate of a step; a negative one is a ConfigError."""
        return _glide(self.peak, self.peak * self.floor, _done(step, self.steps))


@dataclass(frozen=True)
class OneCycle:
    """Up to ``peak`` and down to nearly nothing, both as half a cosine (Smith & Topin 2019).

    Attributes:
        peak: The highest rate, more than 0.
        steps: How many steps there will be, at least 1.
        warmup: The share of the steps that go up, at least 0 and less than 1.
        start: The first rate as a share of the peak, 0 to 1.
        floor: The last rate as a share of the peak, 0 to 1.
    """

    peak: float
    steps: int
    warmup: float = 0.3
    start: float = 0.04
    floor: float = 1e-4

    def __post_init__(self) -> None:
        settle(
            self,
            peak=_require_rate(self.peak),
            steps=require_whole("The number of steps", self.steps, 1, MOST_STEPS),
            warmup=require_share("The warm-up of a schedule", self.warmup),
            start=require("The start of a schedule", self.start, 0.0, 1.0),
            floor=require("The floor of a schedule", self.floor, 0.0, 1.0),
        )

    def __call__(self, step: int) -> float:
        """Return the rate of a step; a negative one is a ConfigError."""
        done = _done(step, self.steps)
        if done < self.warmup:
            return _glide(self.peak * self.start, self.peak, done / self.warmup)
        down = (done - self.warmup) / (1 - self.warmup)
        return _glide(self.peak, self.peak * self.floor, down)


def _glide(start: float, end: float, done: float) -> float:
    """Return the value at ``done`` (0 to 1) of half a cosine from ``start`` to ``end``."""
    return end + (start - end) * (1 + math.cos(math.pi * done)) / 2


def _done(step: int, steps: int) -> float:
    """Return the share of the steps that is done, 0 to 1."""
    if not is_number(step) or not step >= 0:
        raise ConfigError(
            f"Steps are counted from 0, but a schedule is asked for step {spelled(step)}."
        )
    return min(step, steps) / steps


def _require_rate(rate: float) -> float:
    return require_positive("A learning rate", rate, HIGHEST_RATE)

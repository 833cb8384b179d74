"""Whether a second part of the features helps: asked of the grades themselves, by cross-validation.

What helps with fine damage only adds noise elsewhere. So linear heads are fitted to the first part
alone and to all of it, on the same folds; the second part is let in where the photos held out are
then told better by more than noise would explain.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.encoder.layout import PLAIN_DIMENSION
from tinyclf.nn.formulas import LEAST_PROBABILITY
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.feature_names import EMBEDDING, PLAIN_EMBEDDING
from tinyclf.training.folds import group_codes
from tinyclf.training.projection import Projection
from tinyclf.training.ridge_path import held_out_opinions

ENOUGH_TO_ASK = 30
"""Of fewer grades it is not asked whether the second part helps: it is let in."""

SURE = 1.0
"""Standard errors that the mean gain must be above nothing: the larger, the more often the second
part is left out. `tinyclf compare` tells in how many folds it is let in."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the grades say of the second part.

    Attributes:
        is_open: Whether it helps.
        gain: By how much the log-loss of held-out photos falls, on average; in nats.
        error: The standard error of that.
    """

    is_open: bool
    gain: float
    error: float


def has_second_part(config: TrainingConfig, x: NDArray[Any]) -> bool:
    """Tell whether features x (n, d) hold more than a configuration may need.

    That is so with the built-in embedding alone: what is behind its first `PLAIN_DIMENSION` numbers
    is the condition encoder's.
    """
    return config.features == EMBEDDING and x.shape[1] > PLAIN_DIMENSION


def is_asked(config: TrainingConfig, x: NDArray[Any], y: NDArray[np.integer[Any]]) -> bool:
    """Tell whether so many grades y (n,) are asked if a second part of features x helps."""
    return has_second_part(config, x) and len(y) >= ENOUGH_TO_ASK


def without_second(x: NDArray[Any]) -> NDArray[Any]:
    """Return features (n, d) less their second part."""
    return x[:, :PLAIN_DIMENSION]


def let_in(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    config: TrainingConfig,
    seed: int,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
) -> Generator[EpochReport, None, tuple[NDArray[Any], TrainingConfig, Gate | None]]:
    """Return the features that a configuration is to be trained on, and as what, with the reason.

    The condition encoder's part is left out if it does not help, where that `is_asked`.

    Args:
        x: Features (n, d).
        y: Classes (n,), 0 to 4.
        config: What is to be trained.
        seed: As of `ask`.
        groups: As of `ask`.

    Raises:
        TrainingError, InputError: as `ask`.
    """
    if not is_asked(config, x, y):
        return x, config, None
    gate = yield from ask(x, y, PLAIN_DIMENSION, seed, groups=groups)
    if gate.is_open:
        return x, config, gate
    return without_second(x), replace(config, features=PLAIN_EMBEDDING), gate


def ask(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    first: int,
    seed: int,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
) -> Generator[EpochReport, None, Gate]:
    """Return whether the second part of the features helps.

    Args:
        x: Features (n, d).
        y: Classes (n,), 0 to 4.
        first: How many numbers of a row are the first part, 1 to d − 1.
        seed: Equal seeds give equal answers.
        groups: n names; photos of one group are never on both sides of a fold.

    Raises:
        TrainingError: fewer than two grades (or groups) are present, or a feature is not finite.
        InputError: shapes or classes do not fit.
    """
    losses = []
    for part in (x[:, :first], x):
        projection = Projection.fit(part, seed)
        opinions = yield from held_out_opinions(part, y, projection, seed, groups=groups)
        likelihood = opinions[np.arange(len(y)), y]
        losses.append(-np.log(np.maximum(likelihood, LEAST_PROBABILITY)))
    gains = losses[0] - losses[1]
    gain, error = float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(len(gains)))
    return Gate(gain > SURE * error, gain, error)


def ask_each_fold(
    x: NDArray[Any],
    y: NDArray[np.integer[Any]],
    config: TrainingConfig,
    fold_of: NDArray[np.intp],
    seed: int,
    *,
    groups: Sequence[object] | NDArray[Any] | None = None,
) -> Generator[EpochReport, None, tuple[bool, ...]]:
    """Return for each fold whether its photos, held out, would meet the second part.

    That is what the others say: no photo has a say in how it is judged itself. Where too few are
    left to be asked, it is let in.

    Args:
        x: Features (n, d).
        y: Classes (n,), 0 to 4.
        config: What is to be trained.
        fold_of: (n,) the fold that holds out each photo, from 0.
        seed: Equal seeds give equal answers.
        groups: n names; photos of one group are never on both sides.

    Returns:
        Nothing where there is no second part.
    """
    if not has_second_part(config, x):
        return ()
    codes = group_codes(groups, len(y))
    answers = []
    for fold in range(int(fold_of.max()) + 1):
        known = fold_of != fold
        alike = len(set(y[known])) < 2 or len(set(codes[known])) < 2
        if alike or not is_asked(config, x[known], y[known]):
            answers.append(True)
            continue
        gate = yield from ask(x[known], y[known], PLAIN_DIMENSION, seed, groups=codes[known])
        answers.append(gate.is_open)
    return tuple(answers)

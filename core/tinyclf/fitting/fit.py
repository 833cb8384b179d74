"""A fit from the first split to the last figure: learn, calibrate, test once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.domain import Job, Progress
from tinyclf.fitting.chance import Purpose, generator
from tinyclf.fitting.cross_validation import CrossValidated, cross_validate
from tinyclf.fitting.evaluating import Evaluation, judged
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.learning import learn
from tinyclf.fitting.record import FitRecord, data_key, now_in_utc
from tinyclf.fitting.settings import FitSettings
from tinyclf.fitting.splits import held_out, require_classes
from tinyclf.nn.backend import Backend
from tinyclf.training.metrics import exact
from tinyclf.trust.calibration import fit_temperature

OWN_SHARE = 0.2
"""Held out for the test where the source keeps none, and nothing is said."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """What a fit gave.

    Attributes:
        model: With its record.
        record: How it came to be.
        evaluation: On examples it never saw; ``None`` where there are none.
        folds: The cross-validation; ``None`` without one.
    """

    model: FittedModel
    record: FitRecord
    evaluation: Evaluation | None
    folds: CrossValidated | None


@dataclass(frozen=True)
class _Roles:
    """Which examples are for what."""

    learnt_from: Dataset
    test: Dataset | None
    tested_on: str


def fit(parts: Parts, settings: FitSettings, backend: Backend) -> Job[Fitted]:
    """Fit a model; yield reports; the test examples are looked at once, in the end.

    Args:
        parts: The examples.
        settings: How.
        backend: Where the arithmetic happens.

    Raises:
        ConfigError: the settings do not fit the examples.
        InputError: the examples cannot be split or learnt from so.
        DivergedError: the training ran into infinity.
    """
    yield Progress("Preparing examples", 0, 0)
    roles = _split(parts, settings)
    require_classes(roles.learnt_from, parts.train)
    train, validation = held_out(
        roles.learnt_from, settings.validation, generator(settings.seed, Purpose.SPLITS)
    )
    require_classes(train, parts.train)
    folds = None
    if settings.folds is not None:
        folds = yield from cross_validate(roles.learnt_from, settings, backend)
    rng = generator(settings.seed, Purpose.LEARNING)
    learnt = yield from learn(train, settings, rng, backend, validation)
    opinions = None
    if validation is not None:
        opinions = yield from learnt.model.predicting(validation.x, "Validating")
    model = replace(
        learnt.model, temperature=_temperature(roles.learnt_from, validation, opinions, folds)
    )
    evaluation = yield from _tested(model, roles, folds)
    record = FitRecord(
        settings=settings.to_mapping(),
        source=roles.learnt_from.source,
        data_key=data_key(parts.train),
        examples=len(train),
        epochs=learnt.epochs,
        best_epoch=learnt.best_epoch,
        train_seconds=learnt.seconds,
        test_accuracy=None if evaluation is None else evaluation.accuracy.value,
        tested_on=_tested_on(roles, folds),
        tested=0 if evaluation is None else evaluation.examples,
        validation_accuracy=_share_right(validation, opinions),
        fold_accuracies=() if folds is None else folds.accuracies,
        history=learnt.history,
        when=now_in_utc(),
    )
    return Fitted(replace(model, record=record.to_mapping()), record, evaluation, folds)


def _split(parts: Parts, settings: FitSettings) -> _Roles:
    share = settings.test_share
    if share is None and parts.test is not None:
        return _Roles(parts.train, parts.test, "test part")
    if share is None:
        share = 0.0 if settings.folds else OWN_SHARE
    train, test = held_out(parts.train, share, generator(settings.seed, Purpose.TEST))
    return _Roles(train, test, "nothing" if test is None else "held-out share")


def _tested(
    model: FittedModel, roles: _Roles, folds: CrossValidated | None
) -> Job[Evaluation | None]:
    """Judge on the test examples; without any, on what the networks of the folds said."""
    if roles.test is not None:
        return judged(roles.test, (yield from model.predicting(roles.test.x, "Testing")))
    return None if folds is None else judged(roles.learnt_from, folds.opinions)


def _tested_on(roles: _Roles, folds: CrossValidated | None) -> str:
    return "folds" if roles.test is None and folds is not None else roles.tested_on


def _temperature(
    learnt_from: Dataset,
    validation: Dataset | None,
    opinions: NDArray[np.float64] | None,
    folds: CrossValidated | None,
) -> float:
    """Return what makes confidence honest on examples that were not learnt from."""
    if folds is not None:
        return fit_temperature(folds.opinions, learnt_from.y)
    if validation is not None and opinions is not None:
        return fit_temperature(opinions, validation.y)
    return 1.0


def _share_right(dataset: Dataset | None, opinions: NDArray[np.float64] | None) -> float | None:
    return None if dataset is None or opinions is None else exact(dataset.y, opinions)

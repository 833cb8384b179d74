"""One network learns from some examples: prepared, trained or bred, and ready to predict."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.domain import Job, Progress
from tinyclf.fitting.breeding import bred
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.history import Point
from tinyclf.fitting.networks import build_objective
from tinyclf.fitting.preprocessing import Preprocessing, fit_preprocessing
from tinyclf.fitting.scorers import FloatScorer, PackedScorer, Scorer
from tinyclf.fitting.settings import FitSettings
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.nn.bits import pack_network
from tinyclf.nn.layers import Flatten
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.training.augmentation import Mixup
from tinyclf.training.curves import EpochReport
from tinyclf.training.examples import Examples
from tinyclf.training.relay import relayed
from tinyclf.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Learnt:
    """What came of a training.

    Attributes:
        model: The network, its confidence not calibrated yet, without a record.
        history: Its curves.
        epochs: Passes made, or generations bred.
        best_epoch: The one that was kept: the last, where there is no validation.
        seconds: How long it took, with preparing.
    """

    model: FittedModel
    history: tuple[Point, ...]
    epochs: int
    best_epoch: int
    seconds: float


def learn(
    dataset: Dataset,
    settings: FitSettings,
    rng: np.random.Generator,
    backend: Backend,
    validation: Dataset | None = None,
) -> Job[Learnt]:
    """Learn from examples.

    Args:
        dataset: All that is learnt from, how inputs are prepared included.
        settings: How.
        rng: Every random choice comes from it.
        backend: Where the arithmetic happens.
        validation: Examples that the best pass is chosen on.

    Raises:
        ConfigError: the settings do not fit the examples.
        InputError: the examples cannot be learnt from.
        DivergedError: the training ran into infinity.
    """
    yield Progress("Preparing examples", 0, 0)
    began = time.perf_counter()
    preprocessing = fit_preprocessing(dataset, settings.model)
    examples = _examples(dataset, preprocessing)
    scorer: Scorer
    if settings.evolution is not None:
        scorer, history = yield from bred(examples, settings, len(dataset.classes), rng)
    else:
        objective = build_objective(settings, dataset.shape, len(dataset.classes))
        judged = None if validation is None else _examples(validation, preprocessing)
        theta, history = yield from _trained(objective, examples, judged, settings, rng, backend)
        scorer = _scorer(objective, backend.to_numpy(theta), settings)
    seconds = time.perf_counter() - began
    model = FittedModel(
        scorer,
        preprocessing,
        dataset.classes,
        dataset.shape,
        dataset.features,
        takes_bytes=dataset.x.dtype == np.uint8,
    )
    epochs = history[-1].epoch if history else 0
    return Learnt(model, history, epochs, _best(history), seconds)


def _examples(dataset: Dataset, preprocessing: Preprocessing) -> Examples:
    return Examples(preprocessing.prepare(dataset.x), dataset.y, preprocessing.scale)


def _trained(
    objective: Objective,
    examples: Examples,
    validation: Examples | None,
    settings: FitSettings,
    rng: np.random.Generator,
    backend: Backend,
) -> Generator[EpochReport, None, tuple[Array, tuple[Point, ...]]]:
    """Train; return the parameters, and a point for each pass that was measured."""
    config = settings.training
    if validation is not None and config.patience is None:
        config = replace(config, patience=config.epochs)  # the best pass is kept, all are made
    mixup = (Mixup(config.mixup),) if config.mixup else ()
    trainer = Trainer(objective, config, backend, (*settings.augmentations, *mixup))
    history: list[Point] = []

    def noted(report: EpochReport) -> EpochReport:
        if report.measured:
            history.append(_point(report))
        return report

    job = trainer.train(examples, rng, validation=validation, watched=validation)
    theta = yield from relayed(job, noted)
    return theta, tuple(history)


def _point(report: EpochReport) -> Point:
    return Point(
        report.epoch,
        report.loss,
        report.accuracy,
        report.held_out_loss,
        report.held_out_accuracy,
    )


def _best(history: tuple[Point, ...]) -> int:
    """Return the pass that was kept: the one of least loss on the validation, else the last."""
    judged = [point for point in history if point.held_out_loss is not None]
    if judged:
        return min(judged, key=lambda point: point.held_out_loss or 0.0).epoch
    return history[-1].epoch if history else 0


def _scorer(objective: Objective, theta: Array, settings: FitSettings) -> Scorer:
    if settings.model != "bits":
        return FloatScorer(objective, theta)
    layers = tuple(layer for layer in objective.network.layers if not isinstance(layer, Flatten))
    network = Network((math.prod(objective.network.input_shape),), layers)
    return PackedScorer(pack_network(network, theta, backend=NumpyBackend()))

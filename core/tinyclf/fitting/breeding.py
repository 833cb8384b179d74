"""1-bit networks bred by the genetic algorithm, on examples as a fit has them."""

from __future__ import annotations

import math
from collections.abc import Generator

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.fitting.history import Point
from tinyclf.fitting.scorers import PackedScorer
from tinyclf.fitting.settings import FitSettings
from tinyclf.nn.backend import NumpyBackend
from tinyclf.training.examples import Examples
from tinyclf.training.genetic import GeneticReport, GeneticTrainer
from tinyclf.training.relay import relayed


def bred(
    examples: Examples,
    settings: FitSettings,
    classes: int,
    rng: np.random.Generator,
) -> Generator[GeneticReport, None, tuple[PackedScorer, tuple[Point, ...]]]:
    """Breed a network; yield reports; return it, and a point for each generation.

    Raises:
        ConfigError: no evolution is set, or a setting is out of its range.
    """
    evolution = settings.evolution
    if evolution is None:
        raise ConfigError("Say how networks are bred: give an evolution.")
    inputs = math.prod(examples.x.shape[1:])
    trainer = GeneticTrainer(
        (inputs, *settings.training.hidden, classes),
        NumpyBackend(),
        population=evolution.population,
        generations=evolution.generations,
        mutation_rate=evolution.mutation_rate,
        fitness=evolution.fitness,
    )
    flat = Examples(examples.x.reshape(-1, inputs), examples.y, examples.scale)
    history: list[Point] = []

    def noted(report: GeneticReport) -> GeneticReport:
        if report.accuracy is not None and _is_news(report, history):
            history.append(_point(report))
        return report

    network = yield from relayed(trainer.train(flat, rng), noted)
    return PackedScorer(network), tuple(history)


def _is_news(report: GeneticReport, history: list[Point]) -> bool:
    """Tell whether another generation was bred; without a mistake, none follows."""
    return not history or (report.done > history[-1].epoch and history[-1].accuracy != 1)


def _point(report: GeneticReport) -> Point:
    return Point(
        report.done,
        None,
        report.accuracy,
        best_fitness=report.best,
        mean_fitness=report.mean,
        fitness_spread=report.spread,
    )

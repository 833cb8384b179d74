"""Batch normalisation through a whole training: it learns, and its running figures are kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.walking import walked
from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.layers import BatchNorm, Linear, ReLU
from tinyclf.nn.losses import CumulativeLink
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.training import trainer as trainer_module
from tinyclf.training.choices import OPTIMIZERS
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.examples import Examples
from tinyclf.training.metrics import log_loss
from tinyclf.training.trainer import Trainer

CPU = NumpyBackend()


@pytest.fixture
def world(graded: Callable[..., Any]) -> tuple[Examples, Examples]:
    x, y = (array.copy() for array in graded(120))
    x = x.astype(np.float32)
    return Examples(x[:80], y[:80]), Examples(x[80:], y[80:])


def objective_for(examples: Examples) -> Objective:
    d = examples.x.shape[1]
    layers = (BatchNorm(d), Linear(d, 16), BatchNorm(16), ReLU(), Linear(16, 1))
    return Objective(Network((d,), layers), CumulativeLink(5))


def trained(
    objective: Objective, config: TrainingConfig, examples: Examples, **sets: Examples
) -> tuple[np.ndarray, list[EpochReport]]:
    job = Trainer(objective, config, CPU).train(examples, np.random.default_rng(0), **sets)
    theta, reports = walked(job)
    return theta, [report for report in reports if report.measured]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_it_learns(world: tuple[Examples, Examples], quick: TrainingConfig, optimizer: str) -> None:
    seen, _ = world
    config = replace(quick, optimizer=optimizer, least_steps=200)

    theta, figures = trained(objective_for(seen), config, seen)

    assert figures[-1].loss < 0.8 * figures[0].loss
    assert np.isfinite(theta).all()


def test_the_running_figures_are_those_of_the_inputs(
    world: tuple[Examples, Examples], quick: TrainingConfig
) -> None:
    seen, _ = world
    config = replace(quick, mixup=0.0, least_steps=300, batch_size=len(seen), weight_decay=1.0)

    theta, _ = trained(objective_for(seen), config, seen)

    first = objective_for(seen).layout.views(theta)[0]
    np.testing.assert_allclose(first["mean"], seen.x.mean(axis=0), atol=1e-3)
    np.testing.assert_allclose(first["variance"], seen.x.var(axis=0, ddof=1), rtol=1e-3)


def test_stopping_early_brings_the_running_figures_of_the_best_back(
    world: tuple[Examples, Examples], quick: TrainingConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_module, "stride", lambda *_: 1)  # the best is measured, too
    seen, held_out = world
    objective = objective_for(seen)
    config = replace(quick, optimizer="sgd", learning_rate=0.1, patience=5, epochs=40)

    theta, figures = trained(objective, config, seen, validation=held_out, watched=held_out)

    losses = [report.held_out_loss for report in figures]
    assert losses[-1] > min(losses), "the last was the best: nothing had to be brought back"
    p = objective.probabilities(theta, held_out.x, backend=CPU)
    assert log_loss(held_out.y, p) == min(losses)


def test_no_example_of_a_pass_is_left_alone(
    world: tuple[Examples, Examples], quick: TrainingConfig
) -> None:
    seen, _ = world
    five = Examples(seen.x[:5], seen.y[:5])
    theta, _ = trained(objective_for(seen), replace(quick, batch_size=2), five)
    assert np.isfinite(theta).all()


def test_batches_of_one_are_refused_before_the_training(
    world: tuple[Examples, Examples], quick: TrainingConfig
) -> None:
    seen, _ = world
    config = replace(quick, batch_size=1)
    with pytest.raises(ConfigError, match=r"BatchNorm \d+ .* batch_size must be at least 2, not 1"):
        trained(objective_for(seen), config, seen)


def test_one_example_alone_is_refused_before_the_training(
    world: tuple[Examples, Examples], quick: TrainingConfig
) -> None:
    seen, _ = world
    with pytest.raises(InputError, match=r"BatchNorm \d+ .* there is one alone: give more"):
        trained(objective_for(seen), quick, Examples(seen.x[:1], seen.y[:1]))

"""Words of a configuration become objects of the network core."""

from dataclasses import replace

import numpy as np
import pytest

from tinyclf.errors import TrainingError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.optimizers import SGD, Adam, AdamW
from tinyclf.nn.schedules import Constant, Cosine, OneCycle
from tinyclf.training.choices import LOSSES
from tinyclf.training.config import CHOICES, TrainingConfig
from tinyclf.training.recipe import (
    build_objective,
    build_optimizer,
    build_schedule,
    class_weights,
)

Y = np.array([0, 0, 0, 0, 1])


@pytest.mark.parametrize(
    ("word", "kind"),
    LOSSES.items(),
)
def test_the_loss_is_the_one_named(word: str, kind: type) -> None:
    objective = build_objective(TrainingConfig(loss=word), 7, Y, 5)
    assert isinstance(objective.loss, kind)
    assert objective.network.input_shape == (7,)


def test_two_photos_are_too_few_for_one_bit_weights() -> None:
    config = TrainingConfig(weights="1-bit")
    with pytest.raises(TrainingError, match="learns from 3 grades or more"):
        build_objective(config, 7, Y[-2:], 5)
    assert build_objective(config, 7, Y[-3:], 5).network.input_shape == (7,)


@pytest.mark.parametrize(("word", "kind"), [("sgd", SGD), ("adam", Adam), ("adamw", AdamW)])
def test_the_optimizer_is_the_one_named(word: str, kind: type) -> None:
    config = TrainingConfig(optimizer=word)
    assert type(build_optimizer(config, build_objective(config, 7, Y, 5))) is kind


@pytest.mark.parametrize(
    ("word", "kind"), [("constant", Constant), ("cosine", Cosine), ("one-cycle", OneCycle)]
)
def test_the_schedule_is_the_one_named(word: str, kind: type) -> None:
    assert type(build_schedule(TrainingConfig(schedule=word), 100)) is kind


def test_an_optimizer_has_the_settings_that_are_its_own() -> None:
    config = TrainingConfig(optimizer="sgd", momentum=0.7, weight_decay=0.3)
    objective = build_objective(config, 7, Y, 5)
    adamw = build_optimizer(replace(config, optimizer="adamw"), objective)
    assert build_optimizer(config, objective) == SGD(0.7, nesterov=True)
    assert adamw == AdamW(weight_decay=0.3, decayed=objective.weights)


@pytest.mark.parametrize("word", CHOICES["optimizer"])
def test_every_optimizer_steps_downhill(word: str) -> None:
    config = TrainingConfig(optimizer=word)
    objective = build_objective(config, 3, Y, 5)
    theta = np.ones(objective.n_parameters)
    step = build_optimizer(config, objective).start(theta, backend=NumpyBackend())
    step(theta, np.ones_like(theta), 0.1)
    assert (theta < 1).all()


@pytest.mark.parametrize("word", CHOICES["schedule"])
def test_every_schedule_stays_at_or_below_the_learning_rate(word: str) -> None:
    schedule = build_schedule(TrainingConfig(schedule=word, learning_rate=0.5), 100)
    assert max(schedule(step) for step in range(100)) == pytest.approx(0.5, rel=1e-3)


def test_rare_classes_weigh_more_and_the_mean_photo_weighs_one() -> None:
    full, half = (class_weights(Y, 3, balance) for balance in (1.0, 0.5))
    assert full is not None
    assert half is not None
    assert full[1] / full[0] == pytest.approx(4)
    assert half[1] / half[0] == pytest.approx(2)
    assert np.mean([full[label] for label in Y]) == pytest.approx(1)
    assert class_weights(Y, 3, 0.0) is None

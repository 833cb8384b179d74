"""A training on a card is the training on the processor.

There is no card here: a stand-in for CuPy, as strict as it, has NumPy compute, and runs the CUDA
sources of the kernels on the processor (:mod:`tests.nn.card.stand_in`).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.nn.card.stand_in import card_backend
from tinyclf.errors import DivergedError
from tinyclf.nn.architecture import cnn
from tinyclf.nn.backend import CupyBackend, NumpyBackend
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.training.augmentation import Mixup, Noise, Shift
from tinyclf.training.bag import train_classifier
from tinyclf.training.config import CHOICES, TrainingConfig
from tinyclf.training.examples import Examples
from tinyclf.training.recipe import build_objective
from tinyclf.training.trainer import Trainer

Finish = Callable[..., Any]
Graded = Callable[..., Any]

BRIEF = TrainingConfig(hidden=(6,), epochs=2, least_steps=6, folds=2, precision="f8", balance=0.5)
ELSEWISE = [
    {"loss": loss, "optimizer": optimizer, "activation": activation, "precision": precision}
    for loss, optimizer, activation, precision in (
        ("ordinal", "adamw", "relu", "f8"),
        ("softmax", "adamw", "leaky-relu", "f4"),
        ("corn", "sgd", "sigmoid", "f8"),
        ("hinge", "adam", "tanh", "f8"),
        ("squared-error", "sgd", "gelu", "f8"),
    )
]


@pytest.fixture(autouse=True)
def same_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor draws dropout's numbers in a way of its own; here as on a card."""
    monkeypatch.setattr(NumpyBackend, "noise", CupyBackend.noise)


@pytest.fixture
def card() -> CupyBackend:
    return card_backend("stand-in")


def test_every_loss_optimizer_and_activation_comes_here() -> None:
    for name in ("loss", "optimizer", "activation"):
        assert {settings[name] for settings in ELSEWISE} == set(CHOICES[name])


@pytest.mark.parametrize("patience", [None, 1])
@pytest.mark.parametrize("settings", ELSEWISE, ids=lambda settings: settings["loss"])
def test_a_bag_trains_and_proposes_alike(
    finish: Finish, graded: Graded, card: CupyBackend, settings: dict[str, Any], patience: int
) -> None:
    config = replace(BRIEF, **settings, patience=patience)
    x, y = graded(60)
    near = 1e-9 if config.precision == "f8" else 1e-4

    there = finish(train_classifier(x, y, config, 0, backend=card))
    here = finish(train_classifier(x, y, config, 0, backend=NumpyBackend(compiled=False)))

    for one, other in zip(there.members, here.members, strict=True):
        assert type(one.theta) is np.ndarray
        np.testing.assert_allclose(one.theta, other.theta, atol=near)
    np.testing.assert_allclose(there.out_of_fold, here.out_of_fold, atol=near)
    proposed = there.classifier("key").probabilities(x, card)
    np.testing.assert_allclose(proposed, here.classifier("key").probabilities(x), atol=1e-4)


def test_small_nets_are_replayed(finish: Finish, graded: Graded, card: CupyBackend) -> None:
    finish(train_classifier(*graded(60), replace(BRIEF, least_steps=20), 0, backend=card))

    assert card.xp.launches >= 30


def test_pictures_are_trained_on_alike(finish: Finish, card: CupyBackend) -> None:
    rng = np.random.default_rng(0)
    pictures = rng.integers(0, 255, (12, 3, 8, 8)).astype(np.uint8)
    examples = Examples(pictures, rng.integers(0, 3, 12), 1 / 255)
    objective = Objective(cnn((3, 8, 8), (4,), (5,), 3), SoftmaxCrossEntropy(3))
    varied = Noise(0.1), Shift(1), Mixup(0.4)

    def theta(backend: Any) -> Any:
        trainer = Trainer(objective, BRIEF, backend, varied)
        return backend.to_numpy(finish(trainer.train(examples, np.random.default_rng(1))))

    np.testing.assert_allclose(theta(card), theta(NumpyBackend(compiled=False)), atol=1e-9)


def test_running_into_infinity_ends_in_one_sentence(
    finish: Finish, graded: Graded, card: CupyBackend
) -> None:
    x, y = graded(60)
    huge = Examples(np.full_like(x, 3e38), y)
    config = replace(BRIEF, precision="f4", least_steps=1)
    trainer = Trainer(build_objective(config, x.shape[1], y, 5), config, card)

    with pytest.raises(DivergedError, match=r"infinity by step \d+"):
        finish(trainer.train(huge, np.random.default_rng(0)))
